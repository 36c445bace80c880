"""Tidy: left to right, few crossings, no wire under a node."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings

from engine.document import (
    COLUMN_DISTANCE,
    FUNCTION_SIZE,
    INPUT_SIZE,
    ROW_DISTANCE,
    Edge,
    Graph,
    Node,
    clearing,
    layout,
    tidy,
)
from engine.edits import Tidy, apply
from engine.formula import graph_of_formula
from engine.lessons import LESSONS
from engine.limits import MAX_NODES
from engine.pieces import finish
from tests.engine.lessons.test_lessons import NUMBERS
from tests.strategies import graphs
from tools.bench.graphs import layered_graph

NODE_HALF = (88.0, 44.0)
"""Half a drawn node's width and height."""


def built(text: str) -> Graph:
    """Build a graph from words such as "x y a=Square(x) z=Add(a,y)"."""
    nodes, edges = [], []
    for word in text.split():
        name, _, call = word.partition("=")
        op, _, inputs = call.rstrip(")").partition("(")
        nodes.append(Node(name, op or None, name, None if op else 1.0))
        edges += [Edge(source, 0, name, port) for port, source in enumerate(filter(None, inputs.split(",")))]
    return Graph.of(nodes, edges)


# "Find the bug" feeds both a and b into both d and e: two layers of that kind cross at least once.
LESSON_CROSSINGS = {**dict.fromkeys(NUMBERS, 0), "find_the_bug": 1}

# Fixed graphs, with the fewest crossings that each can have when it is drawn in layers.
FIXED = [
    *((each.name, each.graph, LESSON_CROSSINGS[each.name]) for each in LESSONS if each.name in LESSON_CROSSINGS),
    ("neuron", built("x1 w1 x2 w2 b p=Mul(x1,w1) q=Mul(x2,w2) s=Add(p,q) t=Add(s,b) o=Tanh(t)"), 0),
    ("diamonds", built("x a=Square(x) b=Square(a) c=Neg(a) y=Add(b,c) d=Sin(y) e=Cos(y) z=Mul(d,e)"), 0),
    ("shuffled", built("w x y z a=Mul(z,y) b=Mul(x,w) c=Add(b,a) d=Sin(c)"), 0),
    ("a long way round", built("x a=Sin(x) b=Cos(a) c=Exp(b) d=Tanh(c) z=Add(d,x)"), 0),
]


def ends(graph: Graph, places: dict[str, tuple[float, float]], edge: Edge) -> tuple[float, float, float, float]:
    """Where a wire is drawn: from the source's right border to the target's left one, at the ports' heights."""
    (x0, y0), (x1, y1) = places[edge.source], places[edge.target]
    outputs, ports = graph.node(edge.source).n_outputs, len(graph.node(edge.target).ports)
    rise = ((edge.output + 1) / (outputs + 1) - 0.5) * 2 * NODE_HALF[1]
    fall = ((edge.port + 1) / (ports + 1) - 0.5) * 2 * NODE_HALF[1]
    return x0 + NODE_HALF[0], y0 + rise, x1 - NODE_HALF[0], y1 + fall


def curve(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    """The cubic that the canvas draws, with its control points at 45 % of the way across."""
    points = []
    for step in range(41):
        t = step / 40
        across = x1 - x0
        xs = (x0, x0 + 0.45 * across, x1 - 0.45 * across, x1)
        ys = (y0, y0, y1, y1)
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        points.append(
            (sum(w * x for w, x in zip(weights, xs, strict=True)), sum(w * y for w, y in zip(weights, ys, strict=True)))
        )
    return points


def crossings(graph: Graph, places: dict[str, tuple[float, float]]) -> int:
    """Count the pairs of drawn wires that cross, by comparing their heights where both are."""
    drawn = [curve(*ends(graph, places, edge)) for edge in graph.edges()]
    count = 0
    for index, first in enumerate(drawn):
        for second in drawn[:index]:
            left, right = max(first[0][0], second[0][0]), min(first[-1][0], second[-1][0])
            if right <= left:
                continue
            above = [height_at(first, x) - height_at(second, x) for x in (left + 1, right - 1)]
            count += above[0] * above[1] < -1
    return count


def height_at(points: list[tuple[float, float]], x: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0 or 1)
    raise AssertionError(x)


def wires_under_nodes(graph: Graph, places: dict[str, tuple[float, float]]) -> Iterator[tuple[str, str, str]]:
    for edge in graph.edges():
        for x, y in curve(*ends(graph, places, edge)):
            for node_id, (nx, ny) in places.items():
                inside = abs(x - nx) < NODE_HALF[0] and abs(y - ny) < NODE_HALF[1]
                if node_id not in (edge.source, edge.target) and inside:
                    yield edge.source, edge.target, node_id


@pytest.mark.parametrize(("graph", "fewest"), [(g, n) for _, g, n in FIXED], ids=[name for name, _, _ in FIXED])
def test_fixed_graphs_are_drawn_with_the_fewest_crossings(graph: Graph, fewest: int) -> None:
    assert crossings(graph, tidy(graph)) == fewest


@pytest.mark.parametrize("graph", [pytest.param(g, id=name) for name, g, _ in FIXED])
def test_no_wire_runs_under_a_node(graph: Graph) -> None:
    assert sorted(set(wires_under_nodes(graph, tidy(graph)))) == []


@pytest.mark.parametrize("graph", [pytest.param(g, id=name) for name, g, _ in FIXED])
def test_a_wire_that_passes_a_node_leaves_a_gap(graph: Graph) -> None:
    places = tidy(graph)
    for edge in graph.edges():
        for x, y in curve(*ends(graph, places, edge)):
            for node_id, (nx, ny) in places.items():
                height = (INPUT_SIZE if graph.node(node_id).is_input else FUNCTION_SIZE)[1]
                is_passed = node_id not in (edge.source, edge.target) and abs(x - nx) < NODE_HALF[0]
                assert not is_passed or abs(y - ny) >= height / 2 + 8 - 1  # places are rounded


def test_slots_stand_as_near_to_where_they_are_wanted_as_their_distances_allow() -> None:
    wire = ("z", 0, 1)
    # Two nodes wanted at 0 stand half a row above and below it; weighed 4 to 1, a fifth and four fifths.
    assert layout._spaced(["a", "b"], [(0, 1), (0, 1)]) == [-ROW_DISTANCE / 2, ROW_DISTANCE / 2]
    assert layout._spaced(["a", "b"], [(0, 4), (0, 1)]) == pytest.approx([-ROW_DISTANCE / 5, ROW_DISTANCE * 4 / 5])
    # Beside a wire that passes, (120 + 24) / 2 are enough.
    assert layout._spaced(["a", wire, "b"], [(0, 1)] * 3) == pytest.approx([-72, 0, 72])
    assert layout._spaced(["a", wire, "b"], [(-200, 1), (0, 1), (150, 1)]) == [-200, 0, 150]


def test_a_wire_that_passes_is_pulled_straight_more_than_a_node(monkeypatch: pytest.MonkeyPatch) -> None:
    weights: dict[type, set[float]] = {str: set(), tuple: set()}
    spaced = layout._spaced

    def recorded(layer: Any, wanted: Any, *more: Any) -> list[float]:
        for slot, (_, weight) in zip(layer, wanted, strict=True):
            weights[type(slot)].add(weight)
        return spaced(layer, wanted, *more)

    monkeypatch.setattr(layout, "_spaced", recorded)
    tidy(built("x a=Sin(x) b=Cos(a) z=Add(b,x)"))
    assert weights == {str: {1.0}, tuple: {4.0}}


@pytest.mark.parametrize("graph", [pytest.param(g, id=name) for name, g, _ in FIXED])
def test_twice_as_many_sweeps_move_nothing_more(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    once = tidy(graph)
    for module, sweeps in ((layout, "_ORDER_SWEEPS"), (layout, "_PLACE_SWEEPS"), (clearing, "_SWEEPS")):
        monkeypatch.setattr(module, sweeps, 2 * getattr(module, sweeps))
    for node_id, (x, y) in tidy(graph).items():
        assert (x, y) == (once[node_id][0], pytest.approx(once[node_id][1], abs=3))


def test_crossings_are_counted_as_pair_by_pair() -> None:
    picks = random.Random(2)
    layers = [[f"a{i}" for i in range(12)], [f"b{i}" for i in range(12)]]
    ports = (-0.25, 0.0, 0.25)
    links = [
        (f"a{picks.randrange(12)}", picks.choice(ports), f"b{picks.randrange(12)}", picks.choice(ports))
        for _ in range(40)
    ]
    drawn = [(int(left[1:]) + leaves, int(right[1:]) + enters) for left, leaves, right, enters in links]
    crossing = sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(drawn) for c, d in drawn[:i])
    assert crossing > 100
    assert layout.count_crossings(layers, links) == crossing


def test_the_order_gets_better_by_sweeps_there_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the swaps that come after them: 20 sums of two of the five before each."""
    picks = random.Random(1)
    names, words = ["x", "y"], ["x", "y"]
    for number in range(20):
        first, second = picks.sample(names[-5:], 2)
        names.append(f"v{number}")
        words.append(f"v{number}=Add({first},{second})")
    graph = built(" ".join(words))
    monkeypatch.setattr(layout, "_LARGEST_TO_SWAP", 0)

    def crossings_left() -> int:
        layers, links = layout.layers_of(graph, layout.depths_of(graph))
        finish(layout.uncross(layers, links))
        return layout.count_crossings(layers, links)

    as_given = crossings_left()
    monkeypatch.setattr(layout, "_ORDER_SWEEPS", 1)
    assert as_given < crossings_left()
    monkeypatch.setattr(layout, "_ORDER_SWEEPS", 48)
    assert as_given == crossings_left()


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_any_graph_runs_left_to_right_without_overlap(graph: Graph) -> None:
    places = tidy(graph)
    assert set(places) == {node.id for node in graph.nodes()}
    for edge in graph.edges():
        assert places[edge.source][0] + COLUMN_DISTANCE <= places[edge.target][0]
    listed = list(places.values())
    for index, (x, y) in enumerate(listed):
        for other_x, other_y in listed[:index]:
            assert abs(x - other_x) >= COLUMN_DISTANCE or abs(y - other_y) >= ROW_DISTANCE - 1
    assert tidy(graph) == places


def test_tidying_twice_changes_nothing_more() -> None:
    once = apply(LESSONS[3].graph, Tidy())
    assert apply(once, Tidy()) == once


def slots_and_links(graph: Graph) -> int:
    layers, links = layout.layers_of(graph, layout.depths_of(graph))
    return sum(map(len, layers)) + len(links)


def test_the_largest_graph_is_laid_out_with_little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is done for each slot or wire is done more often than there are sweeps."""
    graph = layered_graph(MAX_NODES)
    size = slots_and_links(graph)
    work: Counter[str] = Counter()

    def count_calls(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def counted(*arguments: Any) -> Any:
            work[name] += len(arguments[0]) if name == "_spaced" else 1
            return original(*arguments)

        monkeypatch.setattr(owner, name, counted)

    for name in ("count_crossings", "_mean_place", "_spaced"):
        count_calls(layout, name)
    count_calls(clearing._Wire, "reach")
    assert len(tidy(graph)) == MAX_NODES
    assert 0 < work["count_crossings"] <= 1 + layout._ORDER_SWEEPS
    assert 0 < work["_mean_place"] <= layout._ORDER_SWEEPS * size
    assert 0 < work["_spaced"] <= layout._PLACE_SWEEPS * size
    assert 0 < work["reach"] <= clearing._SWEEPS * size


def test_swaps_of_neighbours_are_tried_in_small_graphs_only(monkeypatch: pytest.MonkeyPatch) -> None:
    crossing = built("x y a=Add(x,y) b=Add(y,x) c=Mul(a,b)")
    counted: list[int] = []
    gained = layout._gained_by_swap
    monkeypatch.setattr(layout, "_gained_by_swap", lambda *given: counted.append(1) or gained(*given))
    tidy(crossing)
    assert counted
    counted.clear()
    monkeypatch.setattr(layout, "_LARGEST_TO_SWAP", 4)
    tidy(crossing)
    assert not counted


def test_a_swap_gains_what_counting_all_crossings_says() -> None:
    picks = random.Random(3)
    layers = [[f"{row}{i}" for i in range(9)] for row in "abc"]
    ports = (-0.25, 0.0, 0.25)
    links = [
        (f"{left}{picks.randrange(9)}", picks.choice(ports), f"{right}{picks.randrange(9)}", picks.choice(ports))
        for left, right in ("ab", "bc")
        for _ in range(25)
    ]
    before = {slot: [(a, at, on) for a, at, b, on in links if b == slot] for slot in layers[1]}
    after = {slot: [(b, on, at) for a, at, b, on in links if a == slot] for slot in layers[1]}
    place = {slot: index for layer in layers for index, slot in enumerate(layer)}
    for index in range(8):
        upper, lower = layers[1][index : index + 2]
        swapped = [*layers[1][:index], lower, upper, *layers[1][index + 2 :]]
        gained = layout.count_crossings(layers, links) - layout.count_crossings([layers[0], swapped, layers[2]], links)
        assert sum(layout._gained_by_swap(place, ends, upper, lower) for ends in (before, after)) == gained


def test_where_nobody_can_follow_the_longest_wires_they_take_no_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sum of 60 terms: x leads past 1 to 59 columns, and 1 + 2 + … + 31 is 496."""
    graph = graph_of_formula("y = " + " + ".join(f"{number}*x" for number in range(1, 61)), Graph())
    monkeypatch.setattr(layout, "_MOST_PASSING", 500)
    layers, _ = layout.layers_of(graph, layout.depths_of(graph))
    passing: Counter[Any] = Counter(slot[:2] for layer in layers for slot in layer if isinstance(slot, tuple))
    assert sum(passing.values()) <= 500
    assert set(passing.values()) == set(range(1, 32))
    assert len(tidy(graph)) == len(graph)


@pytest.mark.parametrize("terms", [3, 19, 20, 25, 60])
def test_a_wire_may_pass_any_number_of_layers(terms: int) -> None:
    graph = graph_of_formula("y = " + " + ".join(f"{number}*x" for number in range(1, terms + 1)), Graph())
    places = tidy(graph)
    assert len(places) == len(graph) == 3 * terms  # x, a number and a product for each term, and the sums between them
