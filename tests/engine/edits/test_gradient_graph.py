from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from engine.document import COLUMN_DISTANCE, ROW_DISTANCE, Graph, Node, from_json, to_json
from engine.edits import Differentiate, MakeBlock, SetValue, Tidy, apply, gradient_graph, with_gradient
from engine.edits.gradient_graph import _beside
from engine.errors import EditError, LimitError
from engine.evaluation import evaluate
from tests.engine.built import SEED, built
from tests.strategies import smooth_graphs

QUARTIC = built("x=2 a=Square(x) b=Square(a) c=Neg(a) y=Add(b,c)")  # x⁴ − x²


def tidied(graph: Graph) -> Graph:
    return apply(graph, Tidy())


def output_of(graph: Graph) -> float:
    trace = evaluate(graph)
    assert trace.output is not None
    data = trace.nodes[trace.output[0]].data
    assert data is not None
    return float(data[trace.output[1]])


def test_the_seed_graphs_gradient_is_drawn_beside_it() -> None:
    graph = with_gradient(SEED, ("x", 0))
    assert output_of(graph) == 4.0
    assert graph.nodes()[:5] == SEED.nodes()
    assert graph.output is not None
    assert graph.node(graph.output[0]).name == "gx"


def test_the_gradient_of_an_exponent_is_drawn() -> None:
    graph = with_gradient(built("x=2 p=3 y=Power(x,p)"), ("p", 0))
    assert output_of(graph) == pytest.approx(8 * np.log(2))  # a Constant cannot be nan, which the rule had held


def test_the_new_nodes_lie_beside_the_present_ones() -> None:
    for start in (SEED, tidied(SEED), tidied(QUARTIC)):
        graph = with_gradient(start, ("x", 0))
        new = graph.nodes()[len(start) :]
        assert all(
            max(abs(a.x - b.x) / COLUMN_DISTANCE, abs(a.y - b.y) / ROW_DISTANCE) > 0.6
            for a in new
            for b in start.nodes()
        )


CHAIN = built("x=1 a=Sin(x) b=Cos(a) c=Sin(b) d=Cos(c) e=Sin(d)")


@pytest.mark.parametrize("start", [SEED, tidied(SEED), tidied(QUARTIC), tidied(CHAIN)])
def test_wires_into_the_new_nodes_lead_to_the_right(start: Graph) -> None:
    graph = with_gradient(start, ("x", 0))
    new = {node.id for node in graph.nodes()[len(start) :]}
    into_new = [edge for edge in graph.edges() if edge.target in new]
    assert any(edge.source not in new for edge in into_new)
    for edge in into_new:
        assert graph.node(edge.source).x + COLUMN_DISTANCE <= graph.node(edge.target).x


def test_they_stand_on_the_right_or_below_whatever_shows_them_larger() -> None:
    def row(columns: int) -> list[tuple[float, float]]:
        return [(column * COLUMN_DISTANCE, 0.0) for column in range(columns)]

    # A canvas 1.7 times as wide as high: two columns of two fit side by side, and two rows of three below each other.
    column = [(0.0, 0.0), (0.0, ROW_DISTANCE)]
    assert _beside(column, column, 0) == (COLUMN_DISTANCE, 0)
    assert _beside(row(3), row(3), 0) == (0, ROW_DISTANCE)
    assert _beside(row(3), row(3), COLUMN_DISTANCE) == (COLUMN_DISTANCE, ROW_DISTANCE)


@pytest.mark.parametrize(("limit", "of"), [("MAX_NODES", "nodes"), ("MAX_EDGES", "wires")])
def test_the_graph_may_become_as_large_as_any_other(limit: str, of: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = with_gradient(QUARTIC, ("x", 0))
    size = len(whole) if of == "nodes" else len(whole.edges())
    monkeypatch.setattr(gradient_graph, limit, size)
    assert with_gradient(QUARTIC, ("x", 0)) == whole
    monkeypatch.setattr(gradient_graph, limit, size - 1)
    with pytest.raises(LimitError, match=f"more than {size - 1} {of}, which is the limit"):
        with_gradient(QUARTIC, ("x", 0))


def test_it_is_differentiated_again_and_again() -> None:
    # x⁴ − x²: 4x³ − 2x = 28, 12x² − 2 = 46, 24x = 48 at 2
    graph = QUARTIC
    for expected in (28.0, 46.0, 48.0):
        graph = with_gradient(graph, ("x", 0))
        assert output_of(graph) == expected


def test_it_follows_the_inputs() -> None:
    graph = apply(QUARTIC, Differentiate(node="x"))
    for x in (-1.0, 0.0, 0.5, 3.0):
        assert output_of(apply(graph, SetValue(node="x", value=x))) == 4 * x**3 - 2 * x


def test_gradients_of_nodes_in_between_are_called_after_them() -> None:
    names = {node.name for node in with_gradient(QUARTIC, ("x", 0)).nodes()}
    assert {"ga", "gx"} <= names


def test_blocks_stay_as_they_are() -> None:
    start = apply(SEED, MakeBlock(id="n7", nodes=["a", "b"], name="squares"))
    graph = with_gradient(start, ("x", 0))
    assert graph.blocks == start.blocks
    assert output_of(graph) == 4.0
    assert output_of(from_json(to_json(graph))) == 4.0


def test_arrays_and_shapes() -> None:
    # L = Σ (x · b)², ∂L/∂b = Σ 2 x² b
    start = Graph.of(
        [
            Node("x", None, "x", (1.0, 2.0, 3.0)),
            Node("b", None, "b", 2.0),
            Node("p", "Mul", "p"),
            Node("q", "Square", "q"),
            Node("L", "Sum", "L"),
        ],
        [*built("x=1 b=1 p=Mul(x,b) q=Square(p) L=Neg(q)").edges()],
    )
    graph = with_gradient(start, ("b", 0))
    assert output_of(graph) == 2 * 14 * 2.0
    assert output_of(with_gradient(graph, ("b", 0))) == 2 * 14


def test_a_saved_graph_with_its_gradient_opens_again() -> None:
    graph = with_gradient(QUARTIC, ("x", 0))
    assert output_of(from_json(to_json(graph))) == 28.0


@pytest.mark.parametrize(
    ("graph", "source", "told"),
    [
        (built("x=1 y=2 z=Neg(x) w=Square(y)", "z"), "y", "z does not depend on y: its gradient is None."),
        (built("x=1"), "x", "There is nothing to differentiate yet."),
        (built("x=1 z=Add(x,_)"), "x", "There is nothing to differentiate yet."),
    ],
)
def test_where_there_is_no_gradient_one_sentence_says_so(graph: Graph, source: str, told: str) -> None:
    with pytest.raises(EditError) as refusal:
        apply(graph, Differentiate(node=source))
    assert str(refusal.value) == told


@settings(max_examples=60, deadline=None)
@given(smooth_graphs("Square", "Exp"))
def test_the_drawn_gradient_is_the_computed_one_and_so_is_that_of_the_gradient(graph: Graph) -> None:
    trace = evaluate(graph)
    for node in graph.nodes():
        grad = trace.nodes[node.id].grad[0]
        if node.is_input and grad is not None:
            first = with_gradient(graph, (node.id, 0))
            assert output_of(first) == pytest.approx(float(grad), rel=1e-12, abs=1e-12)
            value, h = float(node.value), 1e-5  # type: ignore[arg-type]
            above, below = (output_of(apply(first, SetValue(node=node.id, value=value + move))) for move in (h, -h))
            again = evaluate(first).nodes[node.id].grad[0]
            second = 0.0 if again is None else float(again)
            scale = max(1.0, abs(second), abs(float(grad)))
            if np.isfinite(second) and scale < 1e4:
                assert (above - below) / (2 * h) == pytest.approx(second, abs=1e-4 * scale)
