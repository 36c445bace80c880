"""Edits that name a block, and what an edit does to blocks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.document import (
    COLUMN_DISTANCE,
    Edge,
    from_document,
    output_feeding,
    tidy,
    to_document,
)
from engine.edits import (
    AddNode,
    Choose,
    Connect,
    Delete,
    Differentiate,
    Disconnect,
    MakeBlock,
    Move,
    SetFormula,
    SetOpen,
    SetParameter,
    SetValue,
    Tidy,
    Ungroup,
    apply,
    edit_label,
    undo_label,
)
from engine.edits.move_aside import positions_aside
from engine.errors import CycleError, PortError, UnknownNodeError
from engine.evaluation import evaluate, fold, fold_trace
from engine.explain import block_derivatives
from tests.engine.built import built
from tests.engine.document.block_graphs import FLAT, SIGMOID, after, block_of, sound

# Edits that name a block ----------------------------------------------------------------------------------------


def test_it_is_wired_as_a_node() -> None:
    graph = after(
        AddNode(id="u", op="Input"), Connect(source="u", target="s", port=1), Connect(source="s", target="z", port=0)
    )
    assert output_feeding(graph, ("c", 0)) == output_feeding(graph, ("y", 0)) == ("u", 0)
    graph = after(Disconnect(target="z", port=0), AddNode(id="w", op="Neg"), Connect(source="s", target="w", port=0))
    assert output_feeding(graph, ("w", 0)) == ("y", 0)
    with pytest.raises(CycleError, match=r"z → sigmoid would close a cycle: sigmoid already leads to z\."):
        apply(SIGMOID, Connect(source="z", target="s", port=0))
    with pytest.raises(PortError, match=r"sigmoid has no input no\. 3"):
        apply(SIGMOID, Connect(source="x", target="s", port=2))
    with pytest.raises(PortError, match=r"sigmoid has no output no\. 2"):
        apply(SIGMOID, Connect(source="s", output=1, target="z", port=0))


def test_a_port_that_fed_two_stays_one_when_its_wire_is_taken_off() -> None:
    graph = after(Disconnect(target="s", port=1))
    assert block_of(graph).inputs == block_of(SIGMOID).inputs
    assert fold(graph).edges() == [Edge("x", 0, "s", 0), Edge("s", 0, "z", 0)]
    assert after(Connect(source="one", target="s", port=1), start=graph) == SIGMOID
    with pytest.raises(PortError, match=r"No wire leads into input no\. 2 of sigmoid"):
        apply(graph, Disconnect(target="s", port=1))


def test_fed_by_two_inside_an_open_block_it_becomes_two() -> None:
    graph = after(SetOpen(block="s", open=True), Connect(source="x", target="c", port=0))
    assert block_of(graph).inputs == ((("a", 0),), (("c", 0),), (("y", 0),))


def test_while_it_is_closed_it_keeps_its_outputs() -> None:
    start = built("x=2 a=Square(x) b=Square(a) c=Exp(b) d=Neg(a)")
    graph = after(MakeBlock(id="s", nodes=["a", "b"]), Disconnect(target="d", port=0), start=start)
    assert block_of(graph).outputs == (("a", 0), ("b", 0))
    assert block_of(after(SetOpen(block="s", open=True), start=graph)).outputs == (("b", 0),)


def test_a_wire_that_leads_out_and_back_is_refused() -> None:
    graph = after(SetOpen(block="s", open=True), AddNode(id="u", op="Neg"), Connect(source="a", target="u", port=0))
    with pytest.raises(CycleError, match="A way would lead out of the block sigmoid and back into it"):
        apply(graph, Connect(source="u", target="c", port=0))


def test_what_is_dropped_into_an_open_block_belongs_to_it() -> None:
    graph = after(
        SetOpen(block="s", open=True),
        MakeBlock(id="t", nodes=["b", "c"], open=True),
        AddNode(id="u", op="Neg", block="t"),
        Connect(source="b", target="u", port=0),
        Connect(source="u", target="c", port=1),
    )
    assert block_of(graph, "t").members == ("b", "c", "u")
    assert block_of(graph).members == ("a", "b", "c", "y", "u")


def test_it_is_moved_with_all_that_is_in_it() -> None:
    graph = after(Move(positions={"a": (-100, 0), "y": (300, 40)}))
    moved = after(Move(positions={"s": (0, 0)}), start=graph)
    assert [(moved.node(each).x, moved.node(each).y) for each in "aby"] == [(-200, -20), (-100, -20), (200, 20)]
    assert (fold(moved).node("s").x, fold(moved).node("s").y) == (0, 0)


def test_it_is_deleted_with_all_that_is_in_it() -> None:
    graph = after(Delete(nodes=["s"]))
    assert [node.id for node in graph.nodes()] == ["x", "one", "z"]
    assert graph.blocks == ()


def test_it_shrinks_and_vanishes_with_its_last_op() -> None:
    start = after(MakeBlock(id="s", nodes=["x", "a", "b"]), start=built("x=2 a=Square(x) b=Square(a)"))
    graph = after(Delete(nodes=["b"]), start=start)
    assert block_of(graph).members == ("x", "a")
    assert after(Delete(nodes=["a"]), start=graph).blocks == ()


def test_of_two_that_hold_the_same_the_outer_stays() -> None:
    graph = after(MakeBlock(id="t", nodes=["a", "b"]), Delete(nodes=["c", "y"]))
    assert [block.id for block in graph.blocks] == ["s"]


def test_it_is_taken_apart_and_its_output_chosen() -> None:
    flat = after(Ungroup(block="s"))
    assert (flat.blocks, flat.edges()) == ((), FLAT.edges())
    assert after(Choose(node="s")).output == ("y", 0)
    with pytest.raises(UnknownNodeError):
        apply(FLAT, Ungroup(block="s"))
    with pytest.raises(UnknownNodeError):
        apply(FLAT, SetOpen(block="x", open=True))
    with pytest.raises(UnknownNodeError, match="sigmoid is a block"):
        apply(SIGMOID, SetValue(node="s", value=1))


def test_a_formula_keeps_it_as_far_as_its_nodes_are_kept() -> None:
    assert after(SetFormula(text="z = 1 / (one + exp(-x))"), start=SIGMOID).block("s") is not None
    graph = after(SetFormula(text="y = one / (one + exp(-x)); w = y + x"))
    assert block_of(graph) == block_of(SIGMOID)
    assert after(SetFormula(text="z = x + one")).blocks == ()
    renamed = after(SetFormula(text="sigmoid = (one / (one + exp(-x))) ** 2"))
    assert renamed.node("z").name == "sigmoid"
    assert block_of(renamed).name == "block"


def test_a_formulas_new_nodes_have_ids_that_no_block_has() -> None:
    start = after(MakeBlock(id="n4", nodes=["a", "b"]), start=built("x=1 a=Neg(x) b=Exp(a)"))
    graph = after(SetFormula(text="b = exp(-x); c = sin(x)"), start=start)
    assert [node.id for node in graph.nodes()] == ["x", "a", "b", "n5"]
    assert block_of(graph, "n4").members == ("a", "b")


def test_a_formula_that_leads_around_a_member_takes_that_out() -> None:
    graph = after(MakeBlock(id="s", nodes=["a", "b"]), start=built("x=1 a=Neg(x) b=Exp(a) c=Add(b,x)"))
    changed = after(SetFormula(text="a = -x; c = add(a, x); b = exp(c)"), start=graph)
    assert block_of(changed).members == ("a",)
    sound(changed)


def test_it_stays_within_the_bounds_of_coordinates() -> None:
    graph = after(
        Move(positions={"a": (-1e6, 0), "b": (0, 0), "c": (0, 0), "y": (0, 0)}), Move(positions={"s": (-1e6, 0)})
    )
    assert from_document(to_document(graph)) == graph
    crowded = after(
        *(Move(positions={each: (1e6, 1e6)}) for each in ("x", "one", "a", "b", "c", "y")), Tidy(), start=SIGMOID
    )
    edge = after(Move(positions=dict.fromkeys("abcyzx", (1e6, 1e6))), SetOpen(block="s", open=True), start=crowded)
    assert from_document(to_document(edge)) == edge


def test_parameters_change_its_ports() -> None:
    start = built("x=1 y=2 a=Concat(x,y) b=Sum(a)")
    graph = after(MakeBlock(id="s", nodes=["a", "b"]), SetParameter(node="a", name="n_inputs", value=3), start=start)
    assert fold(graph).node("s").ports == ("x", "y", "a.x2")
    graph = after(SetParameter(node="a", name="n_inputs", value=1), start=graph)
    assert fold(graph).node("s").ports == ("x",)


def test_every_edit_has_words() -> None:
    assert edit_label(SIGMOID, MakeBlock(id="t", nodes=["s", "z"])) == "make a block of 5 nodes"
    assert edit_label(SIGMOID, SetOpen(block="s", open=True)) == "open sigmoid"
    assert edit_label(SIGMOID, SetOpen(block="s", open=False)) == "close sigmoid"
    assert edit_label(SIGMOID, Ungroup(block="s")) == "ungroup sigmoid"
    assert edit_label(SIGMOID, Move(positions={"s": (0, 0)})) == "move sigmoid"
    assert edit_label(SIGMOID, Connect(source="x", target="s", port=1)) == "connect x → sigmoid"
    assert edit_label(SIGMOID, Disconnect(target="s", port=1)) == "disconnect one → sigmoid"
    assert edit_label(SIGMOID, Disconnect(target="s", port=2)) == "disconnect sigmoid"
    copy = [AddNode(id="p", op="Neg"), AddNode(id="q", op="Exp"), MakeBlock(id="r", nodes=["p", "q"], name="f1")]
    assert undo_label(SIGMOID, copy) == "add the block f1"


# How it is seen -------------------------------------------------------------------------------------------------


def test_nothing_stands_in_the_way_of_a_block() -> None:
    tidied = after(Tidy(), start=FLAT)
    closed = after(MakeBlock(id="s", nodes=["a", "b", "c", "y"]), start=tidied)
    assert closed.node("one").x < fold(closed).node("s").x - 200  # what feeds it stands on its left
    opened = after(SetOpen(block="s", open=True), start=closed)
    top = min(opened.node(each).y for each in "abcy")
    assert opened.node("one").y < top - 100
    still = {each: (opened.node(each).x, opened.node(each).y) for each in "abcy"}
    assert still == {each: (tidied.node(each).x, tidied.node(each).y) for each in "abcy"}


def test_tidy_leaves_nothing_in_the_frame_of_an_open_block() -> None:
    opened = after(SetOpen(block="s", open=True))
    laid_out = opened.with_nodes(*(replace(opened.node(each), x=x, y=y) for each, (x, y) in tidy(fold(opened)).items()))
    assert set(positions_aside(laid_out, block_of(laid_out))) == {"one"}
    tidied = apply(opened, Tidy())
    assert positions_aside(tidied, block_of(tidied)) == {}


def test_tidy_lays_out_what_is_seen() -> None:
    graph = after(Tidy())
    xs = [fold(graph).node(each).x for each in ("x", "s", "z")]
    assert xs == [-COLUMN_DISTANCE, 0, COLUMN_DISTANCE]


def test_it_tells_of_what_is_the_matter_inside() -> None:
    graph = after(Disconnect(target="s", port=0))
    found = fold_trace(graph, evaluate(graph)).nodes["s"]
    assert (found.data, found.state, found.message) == (None, "waiting", "a: waiting for x")


def test_its_local_derivatives_are_those_of_all_that_is_in_it() -> None:
    derivatives = block_derivatives(SIGMOID, block_of(SIGMOID), evaluate(SIGMOID))
    assert derivatives is not None
    y = 1 / (1 + np.exp(-0.5))
    np.testing.assert_allclose(derivatives[0][0], y * (1 - y), rtol=1e-15)
    np.testing.assert_allclose(derivatives[1][0], y - y * y, rtol=1e-14)
    waiting = after(Disconnect(target="s", port=0))
    assert block_derivatives(waiting, block_of(waiting), evaluate(waiting)) is None


def test_the_gradients_graph_leaves_blocks_as_they_are() -> None:
    graph = after(Differentiate(node="x"))
    assert block_of(graph).members == block_of(SIGMOID).members
    sound(graph)
    of_block = after(Differentiate(node="s"))
    assert of_block.output is not None
    sound(of_block)
