from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.document import Graph
from engine.edits import SetFormula, SetValue, apply
from engine.evaluation import evaluate
from engine.replay import GRID, curve, heights_shown, levels, objective, places_in_bands, surface, ticks, window
from tests.engine.built import built
from tests.engine.replay.test_descent import ROSENBROCK
from tests.strategies import smooth_graphs


def test_heights_stand_where_their_inputs_are() -> None:
    goal = objective(built("x=2 y=3 a=Square(x) z=Sub(a,y)"))
    heights = surface(goal, "x", "y", (-2.0, 4.0), (1.0, 3.0))
    assert heights.shape == (GRID, GRID)
    # x² − y at the corners: a row for each y, from below.
    assert [heights[0, 0], heights[0, -1], heights[-1, 0], heights[-1, -1]] == [3, 15, 1, 13]
    xs, ys = np.meshgrid(np.linspace(-2, 4, GRID), np.linspace(1, 3, GRID))
    assert heights == pytest.approx(xs**2 - ys)
    assert surface(goal, "y", "x", (1.0, 3.0), (-2.0, 4.0)) == pytest.approx(heights.T)


@given(smooth_graphs(), st.data())
@settings(max_examples=60)
def test_the_grid_holds_what_the_engine_computes(graph: Graph, data: st.DataObject) -> None:
    trace = evaluate(graph)
    reached = [node.id for node in graph.nodes() if node.is_input and trace.nodes[node.id].grad[0] is not None]
    if len(reached) < 2:
        return
    across, up = reached[:2]
    heights = surface(objective(graph), across, up, (-1.0, 2.0), (-3.0, 0.5))
    row, column = data.draw(st.integers(0, GRID - 1)), data.draw(st.integers(0, GRID - 1))
    there = apply(graph, SetValue(node=across, value=float(np.linspace(-1, 2, GRID)[column])))
    there = apply(there, SetValue(node=up, value=float(np.linspace(-3, 0.5, GRID)[row])))
    found = evaluate(there)
    assert found.output is not None
    computed = found.nodes[found.output[0]].data
    assert computed is not None
    assert heights[row, column] == pytest.approx(float(computed[found.output[1]]), rel=1e-9, abs=1e-12)


def test_what_is_not_finite_is_a_blank() -> None:
    heights = surface(objective(built("x=2 y=3 a=Log(x) z=Add(a,y)")), "x", "y", (-1.0, 1.0), (0.0, 1.0))
    assert np.isnan(heights[:, :31]).all()  # log of −1 to 0
    assert np.isfinite(heights[:, 31:]).all()
    xs, ys = curve(objective(built("x=2 c=2 y=Div(c,x)")), "x", (-1.0, 1.0))
    assert np.isnan(ys[len(xs) // 2])
    assert ys[0] == -2


def test_trouble_elsewhere_leaves_no_blank() -> None:
    goal = objective(built("w=-1 v=Log(w) x=3 y=1 z=Mul(x,y)"))
    assert np.isfinite(surface(goal, "x", "y", (0.0, 1.0), (0.0, 1.0))).all()


def test_a_graph_of_arrays_has_its_map_too() -> None:
    graph = apply(Graph(), SetFormula(text="x = [1, 2, 3]; w = 2; b = 1; y = sum((x*w + b)**2)"))
    goal = objective(graph)
    names = {node: graph.node(node).name for node in goal.axes}
    assert list(names.values()) == ["w", "b"]
    heights = surface(goal, *goal.axes, (-1.0, 1.0), (0.0, 2.0))
    n = len(heights)
    ws, bs = np.meshgrid(np.linspace(-1, 1, n), np.linspace(0, 2, n))
    assert heights == pytest.approx(sum((x * ws + bs) ** 2 for x in (1, 2, 3)))


def test_a_curve_is_the_function() -> None:
    graph = apply(Graph(), SetFormula(text="x = 2; y = x**4 - 2*x**2"))
    goal = objective(graph)
    xs, ys = curve(goal, goal.axes[0], (-2.0, 2.0))
    assert ys == pytest.approx(xs**4 - 2 * xs**2)
    assert (xs[0], xs[-1]) == (-2, 2)


def test_the_curve_of_a_logarithm_is_seen() -> None:
    xs = np.linspace(0.0, 3.5, 241)
    with np.errstate(divide="ignore"):
        heights = np.log(xs)
    low, high = heights_shown(heights, [math.log(0.05)])
    assert (low, high) == (heights[1], heights[-1])  # all that is finite


def test_neither_walls_nor_poles_flatten_the_rest() -> None:
    xs = np.linspace(-0.5, 3.5, 241)
    wall = xs**4 - 2 * xs**2
    low, high = heights_shown(wall, [8.0, -1.0])
    assert low == wall.min()
    assert 8 < high < 50 < wall.max()
    with np.errstate(divide="ignore"):
        pole = 1 / np.linspace(-0.5, 1.5, 241)
    low, high = heights_shown(pole, [2.0])
    assert -5 < low < 0 < 2 <= high < 5


numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(numbers, st.lists(numbers, max_size=6))
def test_a_window_holds_the_present_value_with_room_around(present: float, path: list[float]) -> None:
    low, high = window(present, path)
    assert math.isfinite(low)
    assert math.isfinite(high)
    assert low < high
    if abs(present) < 1e299:
        assert low < present < high
        assert window(present, path, (low, high)) == (low, high)
        assert all(
            low <= tick <= high or math.isclose(tick, low) or math.isclose(tick, high) for tick in ticks((low, high))
        )


@given(st.lists(numbers | st.just(math.nan), max_size=40), st.lists(st.floats(-1e300, 1e300), max_size=6))
def test_what_is_to_be_seen_of_a_curve_is_and_most_of_it(drawn: list[float], seen: list[float]) -> None:
    low, high = heights_shown(np.array(drawn), seen)
    assert math.isfinite(high - low)
    assert all(low <= height <= high for height in seen)
    finite = [min(max(height, -1e300), 1e300) for height in drawn if math.isfinite(height)]
    assert sum(low <= height <= high for height in finite) >= len(finite) / 2


def test_a_window_follows_its_path_but_not_one_that_runs_away() -> None:
    assert window(2.0) == (0.0, 4.0)
    assert window(2.0, [2.0, 1.0, 0.0]) == (-1.0, 3.0)
    assert window(0.5, [0.5, 3.0, -40.0, 1e200]) == window(0.5, [0.5, 3.0])
    assert window(2.0, [2.0, 0.0], (-2.0, 5.0)) == (-2.0, 5.0)  # it still serves
    assert window(2.0, [2.0, 0.0], (0.0, 5.0)) == (-1.0, 3.0)  # the way would end on its edge
    assert window(2.0, [2.0, 0.0], (-20.0, 20.0)) == (-1.0, 3.0)  # it has become too wide


def test_ticks_are_round() -> None:
    assert ticks((-1.0, 1.2)) == [-1.0, -0.5, 0.0, 0.5, 1.0]
    assert ticks((0.0, 0.3)) == [0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]
    assert ticks((-400.0, 1000.0)) == [0.0, 500.0, 1000.0]


def test_levels_show_rosenbrocks_valley() -> None:
    goal = objective(ROSENBROCK)
    heights = surface(goal, *goal.axes, (-1.5, 1.5), (-1.0, 3.0))
    between = levels(heights)
    places = places_in_bands(heights, between)
    xs, ys = np.linspace(-1.5, 1.5, GRID), np.linspace(-1, 3, GRID)
    floor = [places[int(np.argmin(abs(ys - x * x))), column] for column, x in enumerate(xs)]
    # Evenly spaced levels would put half of the map into one band.
    shares = np.bincount(np.minimum(places, between.size - 2).astype(int).reshape(-1)) / places.size
    assert max(floor) < (between.size - 1) / 4
    assert shares.max() < 0.15
    assert shares.min() > 0.01


@given(st.lists(numbers | st.just(math.nan), min_size=4, max_size=40))
@example([0.0, 0.0, 0.0, 5e-324])
@example([-1.7e308, 0.0, 5e-324, 1.7e308])
def test_places_keep_the_order_of_heights(drawn: list[float]) -> None:
    heights = np.array(drawn)
    between = levels(heights)
    places = places_in_bands(heights, between)
    assert (np.isnan(places) == np.isnan(heights)).all()
    finite = np.isfinite(heights)
    if not finite.any():
        return
    in_order = places[finite][np.argsort(heights[finite])]
    assert (np.diff(in_order) >= -1e-9).all()
    assert in_order[[0, -1]] == pytest.approx([0, between.size - 1])


def test_places_are_whole_on_the_levels_and_have_no_corner_there() -> None:
    between = np.array([0.0, 1.0, 3.0, 10.0])
    assert places_in_bands(between, between) == pytest.approx([0, 1, 2, 3])
    for level in (1.0, 3.0):
        low, here, high = places_in_bands(np.array([level - 1e-6, level, level + 1e-6]), between)
        assert (here - low) * 1e6 == pytest.approx((high - here) * 1e6, rel=1e-3)
    tiny = np.array([0.0, 5e-324, 1.0])
    assert places_in_bands(tiny, tiny) == pytest.approx([0, 1, 2])
