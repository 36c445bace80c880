"""The nodes that a gradient takes: which they are, what they are called, and where they stand."""

from __future__ import annotations

import pytest

from engine.document import ROW_DISTANCE, Edge, Graph, Node, from_json, to_json
from engine.edits import Move, Tidy, apply, gradient_graph, with_gradient
from engine.edits.gradient_graph import gradient_in_pieces
from tests.engine.built import SEED, built

QUARTIC = built("x=2 a=Square(x) b=Square(a) c=Neg(a) y=Add(b,c)")
BESIDE = built("x=2 y=3 s=Sin(y) t=Sin(s) u=Sin(t) z=Mul(x,u)")


def new_nodes(start: Graph, source: str) -> list[Node]:
    return with_gradient(start, (source, 0)).nodes()[len(start) :]


def test_what_is_there_already_is_not_drawn_again() -> None:
    # ∂y/∂a = 2a · 1 + −1, and times 2x: one Neg, one Add, and a Mul for each product
    ops = sorted(str(node.op) for node in new_nodes(QUARTIC, "x"))
    assert ops == ["Add", *["Constant"] * 3, *["Mul"] * 4, "Neg"]


def test_new_nodes_are_called_as_if_somebody_had_added_them() -> None:
    assert {node.name: node.op for node in new_nodes(SEED, "x")} == {
        "c": "Mul",
        "d": "Constant",
        "gx": "Mul",
        "e": "Constant",
    }


def test_an_array_that_no_node_holds_becomes_an_input() -> None:
    start = Graph.of(
        [Node("x", None, "x", (1.0, 2.0)), Node("p", "Square", "p")],
        [Edge("x", 0, "p", 0)],
    )
    graph = with_gradient(start, ("x", 0))
    seed = next(node for node in graph.nodes()[2:] if node.is_input)
    assert (seed.name, seed.value) == ("y", (1.0, 1.0))
    assert [edge.output for edge in graph.edges()] == [0] * len(graph.edges())
    assert from_json(to_json(graph)) == graph


@pytest.mark.parametrize("start", [SEED, QUARTIC, BESIDE])
def test_they_begin_a_row_below_or_are_centred_beside(start: Graph) -> None:
    for moved in (0.0, 500.0):
        tidied = apply(start, Tidy())
        tidied = apply(tidied, Move(positions={node.id: (node.x, node.y + moved) for node in tidied.nodes()}))
        old, new = [node.y for node in tidied.nodes()], [node.y for node in new_nodes(tidied, "x")]
        is_below = min(new) - max(old) == pytest.approx(ROW_DISTANCE)
        assert is_below or min(new) + max(new) == pytest.approx(min(old) + max(old))


def test_what_does_not_lead_from_the_source_takes_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backward also visits the sines; their gradients are no part of that by x, which takes two nodes."""
    monkeypatch.setattr(gradient_graph, "MAX_NODES", len(BESIDE) + 2)
    assert len(new_nodes(BESIDE, "x")) == 2


def test_the_work_is_told_in_growing_shares() -> None:
    shares = [*gradient_in_pieces(QUARTIC, ("x", 0))]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.2 < 0.6 <= shares[-1] <= 1
