from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.document import Graph
from engine.edits import Descend, SetFormula, SetValue, apply, undo_label
from engine.errors import EditError
from engine.evaluation import evaluate
from engine.replay import RATES, descend, first_rate, objective
from engine.replay import descent as descent_module
from tests.engine.built import FORK, SEED, built
from tests.strategies import smooth_graphs

ROSENBROCK_TEXT = "x0 = 0; x1 = 2; y = 100*(x1 - x0**2)**2 + (x0 - 1)**2"


def drawn(text: str) -> Graph:
    return apply(Graph(), SetFormula(text=text))


def place(graph: Graph, values: object, name: str) -> float:
    node = graph.node_named(name)
    assert node is not None
    return float(values[node.id])  # type: ignore[index]


ROSENBROCK = drawn(ROSENBROCK_TEXT)


def test_the_first_step_on_rosenbrock() -> None:
    descent = descend(ROSENBROCK, 0.001, 3)
    here, there = descent.points[:2]
    assert here.output == 401
    assert {name: place(ROSENBROCK, here.grads, name) for name in ("x0", "x1")} == {"x0": -2, "x1": 400}
    assert place(ROSENBROCK, there.values, "x0") == pytest.approx(0.002, rel=1e-15)
    assert place(ROSENBROCK, there.values, "x1") == pytest.approx(1.6, rel=1e-15)
    assert there.output == pytest.approx(100 * (1.6 - 0.002**2) ** 2 + (0.002 - 1) ** 2)
    assert (len(descent.points), descent.trouble) == (4, "")


def test_a_quartic_rolls_into_the_valley_on_its_side() -> None:
    for start, end in ((2, 1), (-2, -1)):
        graph = drawn(f"x = {start}; y = x**4 - 2*x**2")
        final = descend(graph, 0.01, 500).points[-1]
        assert place(graph, final.values, "x") == pytest.approx(end, abs=1e-9)
        assert final.output == pytest.approx(-1)


coordinates = st.floats(-50, 50).map(lambda value: round(value, 3))


@given(coordinates, coordinates, st.floats(1e-4, 0.99), st.integers(1, 60))
def test_on_a_sum_of_squares_every_step_shrinks_by_one_factor(x: float, y: float, rate: float, steps: int) -> None:
    graph = apply(apply(SEED, SetValue(node="x", value=x)), SetValue(node="y", value=y))
    descent = descend(graph, rate, steps)
    assert len(descent.points) == steps + 1
    for k, point in enumerate(descent.points):
        factor = (1 - 2 * rate) ** k
        assert float(point.values["x"]) == pytest.approx(x * factor, rel=1e-9, abs=1e-12)
        assert float(point.values["y"]) == pytest.approx(y * factor, rel=1e-9, abs=1e-12)
        assert point.output == pytest.approx((x * x + y * y) * factor**2, rel=1e-9, abs=1e-12)


@given(smooth_graphs(), st.floats(1e-3, 0.5))
@settings(max_examples=60)
def test_every_step_goes_by_the_gradient_that_the_engine_finds(graph: Graph, rate: float) -> None:
    descent = descend(graph, rate, 3)
    for here, there in zip(descent.points, descent.points[1:], strict=False):
        at = graph
        for node, value in here.values.items():
            at = apply(at, SetValue(node=node, value=value.tolist()))
        trace = evaluate(at)
        assert trace.output is not None
        data = trace.nodes[trace.output[0]].data
        assert data is not None
        assert here.output == pytest.approx(float(data[trace.output[1]]), rel=1e-9, abs=1e-12)
        for node, value in here.values.items():
            grad = trace.nodes[node].grad[0]
            assert (grad is not None) == (node in descent.moving)
            moved = value if grad is None else value - rate * grad
            assert float(there.values[node]) == pytest.approx(float(moved), rel=1e-9, abs=1e-12)


def test_entries_of_arrays_go_down_and_constants_stay() -> None:
    graph = drawn("x = [1, -2, 4]; y = sum(3 * x * x)")
    (moving,) = descend(graph, 0.1, 5).moving
    for k, point in enumerate(descend(graph, 0.1, 5).points):
        assert point.values[moving] == pytest.approx(np.array([1, -2, 4]) * (1 - 6 * 0.1) ** k)


def test_what_is_not_to_move_is_held() -> None:
    descent = descend(SEED, 0.1, 2, ["y"])
    assert descent.moving == ("y",)
    assert [float(point.values["x"]) for point in descent.points] == [2, 2, 2]
    assert [float(point.values["y"]) for point in descent.points] == pytest.approx([3, 2.4, 1.92])
    assert "no input that moves" in descend(SEED, 0.1, 2, ["nobody"]).trouble.lower()


def test_a_way_that_runs_off_ends_with_a_sentence_and_finite_numbers() -> None:
    descent = descend(ROSENBROCK, 0.1, 50)
    assert 1 < len(descent.points) < 50
    for point in descent.points:
        assert math.isfinite(point.output)
        assert all(np.isfinite(number).all() for number in (*point.values.values(), *point.grads.values()))
    assert descent.trouble == (
        f"At step {len(descent.points)}, y is no longer finite: the way ends before. Try a smaller learning rate."
    )


@pytest.mark.parametrize(
    ("graph", "sentence"),
    [
        (Graph(), "There is no computed output to go down on yet."),
        (built("x=1 y=Add(x,_)"), "There is no computed output to go down on yet."),
        (built("x=-1 y=Log(x)"), "y is not finite here, so no step leads down from it."),
        (built("x=0 y=Sqrt(x)"), "x.grad is not finite here, so no step leads down from it."),
        (drawn("y = constant(3) + constant(4)"), "No input leads to y: there is nothing to move."),
        (
            drawn("x = [1, 2]; y = x * x"),
            "y has shape (2,): only a single number can go down. Take its Sum or Mean, for instance.",
        ),
    ],
)
def test_where_there_is_no_way_down_one_sentence_says_why(graph: Graph, sentence: str) -> None:
    descent = descend(graph, 0.1, 5)
    assert (descent.points, descent.trouble) == ((), sentence)


def test_trouble_elsewhere_does_not_stop_it() -> None:
    graph = built("w=-1 v=Log(w) x=3 y=Square(x)")
    assert [point.output for point in descend(graph, 0.25, 2).points] == [9, 2.25, 0.5625]


def test_a_large_graph_goes_as_far_as_can_be_afforded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descent_module, "MAX_WORK", 100)
    descent = descend(SEED, 0.1, 50)
    steps = len(descent.points) - 1
    assert 1 <= steps < 50
    assert descent.trouble == f"The graph is large: these are the first {steps} steps."


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("x = 2; y = x**2", 0.1),
        (ROSENBROCK_TEXT, 0.001),  # at 0.01 it goes from 401 to 401.1
        ("x = 2; y = 3; z = 15 * (x**2 + y**2)", 0.01),
        ("x = 0; y = x**2", 0.1),  # nothing moves, and nothing rises
        ("x = 0.05; y = log(x)", 0.001),  # at 0.01 x would be below 0
        ("x = -1; y = log(x)", 0.1),
        ("x = 1; y = 1e30 * x**2", 0.001),
    ],
)
def test_the_first_rate_is_the_largest_that_does_not_lead_up(text: str, rate: float) -> None:
    goal = objective(drawn(text))
    assert first_rate(goal) == rate


@given(smooth_graphs())
@settings(max_examples=60)
def test_a_rate_that_is_found_leads_down_and_the_next_larger_up(graph: Graph) -> None:
    trace = evaluate(graph)
    assume(trace.output is not None)
    rate = first_rate(objective(graph, trace))

    def leads_down(rate: float) -> bool:
        points = descend(graph, rate, 1).points
        return len(points) > 1 and points[1].output <= points[0].output

    assert leads_down(rate) or not any(map(leads_down, RATES))
    assert not any(leads_down(larger) for larger in RATES[: RATES.index(rate)])


def test_as_an_edit_it_moves_every_input_at_once() -> None:
    event = Descend(rate=0.1, steps=2)
    graph = apply(SEED, event)
    assert [graph.node(node).value for node in "xy"] == pytest.approx([1.28, 1.92])
    assert apply(SEED, Descend(rate=0.1, inputs=["x"])).node("y").value == 3
    assert undo_label(SEED, [Descend(rate=0.1)]) == "one step of descent"
    assert undo_label(SEED, [event]) == "2 steps of descent"
    with pytest.raises(EditError, match="no computed output"):
        apply(Graph(), event)


def test_two_inputs_set_at_once_are_both_named() -> None:
    events = [SetValue(node="x", value=1), SetValue(node="y", value=2)]
    assert undo_label(SEED, events) == "set x and y"
    assert undo_label(SEED, events[:1]) == "set x to 1"


def test_a_fork_goes_down_by_its_whole_gradient() -> None:
    assert float(descend(FORK, 1 / 64, 1).points[1].values["x"]) == 1.0


@pytest.mark.parametrize(
    ("text", "grads"),
    [
        ("c = 0; x = 0; y = where(c, sqrt(x), x)", {"x": 1}),
        ("c = 0; x = -1; y = where(c, log(x) ** 0.5, x * x)", {"x": -2}),
        ("x = [0, 4]; y = largest(sqrt(x))", {"x": [0, 0.25]}),
        ("x = 2; p = 3; y = x ** p", {"x": 12, "p": 8 * math.log(2)}),
    ],
)
def test_it_goes_down_where_infinity_stands_behind_a_branch_not_taken(text: str, grads: dict[str, object]) -> None:
    graph = drawn(text)
    descent = descend(graph, 0.01, 1)
    assert (len(descent.points), descent.trouble) == (2, "")
    for name, grad in grads.items():
        node = graph.node_named(name)
        assert node is not None
        np.testing.assert_allclose(descent.points[0].grads[node.id], grad)
