"""A closed block as it is shown: where its wires lead, and what it says of its members."""

from __future__ import annotations

import numpy as np
import pytest

from engine.document import Block, Graph
from engine.edits import Delete, MakeBlock, SetOpen, SetValue, apply
from engine.evaluation import BlockNode, NodeTrace, carry_over, evaluate, fold, fold_node, fold_trace, shown_port
from engine.evaluation.folding import shown_output
from tests.engine.built import built

INNER = built("x=2 y=5 m=MinMax(x,y) h=Square(m.1) z=Add(m.0,h)")
CLOSED = apply(INNER, MakeBlock(id="b", nodes=["m", "h"], name="f", open=False))
"""z = min + max², with min, max and the square in a block, whose outputs are min and max²."""


def block_of(graph: Graph) -> Block:
    block = graph.block("b")
    assert block is not None
    return block


def test_a_closed_block_is_one_node_and_an_open_one_is_none() -> None:
    folded = fold(CLOSED)
    assert [node.id for node in folded.nodes()] == ["x", "y", "b", "z"]
    node = folded.node("b")
    assert isinstance(node, BlockNode)
    assert (node.op, node.name, node.ports, node.n_members) == ("Block", "f", ("x", "y"), 2)
    opened = apply(CLOSED, SetOpen(block="b", open=True))
    assert fold(opened) is opened
    assert fold(apply(opened, SetOpen(block="b", open=False))).node("b").name == "f"


def test_its_wires_lead_to_its_ports() -> None:
    edges = {(edge.source, edge.output, edge.target, edge.port) for edge in fold(CLOSED).edges()}
    assert edges == {("x", 0, "b", 0), ("y", 0, "b", 1), ("b", 0, "z", 0), ("b", 1, "z", 1)}
    assert [shown_port(CLOSED, port) for port in (("m", 1), ("h", 0), ("z", 1))] == [("b", 1), ("b", -1), ("z", 1)]
    hidden = ("m", 1)
    outputs = [shown_output(CLOSED, output) for output in (("m", 0), ("h", 0), hidden, ("z", 0))]
    assert outputs == [("b", 0), ("b", 1), ("b", 0), ("z", 0)]


def test_a_port_without_a_wire_is_named_after_the_port_inside() -> None:
    graph = apply(built("x=2 y=Add(x,_) z=Square(y)"), MakeBlock(id="b", nodes=["y"], name="f", open=False))
    assert fold(graph).node("b").ports == ("x", "y.x1")


def test_it_shows_the_numbers_of_its_outputs_and_nothing_of_what_is_inside() -> None:
    trace = fold_trace(CLOSED, evaluate(CLOSED))
    found = trace.nodes["b"]
    assert found.data == (2.0, 25.0)
    assert found.grad == (1.0, 1.0)
    assert set(trace.nodes) == {"x", "y", "b", "z"}
    assert set(trace.functions) == {"z"}
    assert (trace.output, trace.sweeps, trace.stale) == (("z", 0), (("z", 0),), False)


def test_each_output_has_its_own_gradient() -> None:
    graph = apply(INNER, MakeBlock(id="b", nodes=["m"], name="f", open=False))
    assert fold_trace(graph, evaluate(graph)).nodes["b"].grad == (1.0, 2 * 5.0)


def test_while_one_output_is_missing_it_shows_no_data() -> None:
    known, unknown = NodeTrace((np.array(2.0),) * 2, (None,) * 2), NodeTrace(None, (None,), "waiting", "waiting for x")
    found = fold_node(CLOSED, block_of(CLOSED), {"m": known, "h": unknown})
    assert (found.data, found.grad, found.message) == (None, (None, None), "h: waiting for x")


STATES = ["error", "trouble", "waiting", "stale", "ok"]


@pytest.mark.parametrize(("worse", "better"), [(a, b) for i, a in enumerate(STATES) for b in STATES[i + 1 :]])
@pytest.mark.parametrize("turned", [False, True])
def test_it_says_the_worst_of_its_members(worse: str, better: str, turned: bool) -> None:
    first, second = (better, worse) if turned else (worse, better)
    found = fold_node(
        CLOSED,
        block_of(CLOSED),
        {
            "m": NodeTrace(None, (None, None), first, f"it is {first}"),  # type: ignore[arg-type]
            "h": NodeTrace(None, (None,), second, f"it is {second}"),  # type: ignore[arg-type]
        },
    )
    name = "" if worse == "stale" else "h: " if turned else "m: "
    assert (found.state, found.message) == (worse, f"{name}it is {worse}")


def test_what_is_stale_stays_so_and_a_start_that_is_gone_is_left_out() -> None:
    after = apply(CLOSED, SetValue(node="x", value=3.0))
    carried = carry_over(evaluate(CLOSED), CLOSED, after)
    assert fold_trace(after, carried).stale
    assert fold_trace(after, carried).nodes["b"].message == "out of date: press Forward"
    without = apply(CLOSED, Delete(nodes=["z"]))
    assert fold_trace(without, carry_over(evaluate(CLOSED), CLOSED, without)).sweeps == ()
