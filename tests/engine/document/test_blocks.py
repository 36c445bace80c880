"""Blocks: their ports and edits, how they are seen, and that no number changes by them."""

from __future__ import annotations

import base64
import itertools
import json
import re
import zlib
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import (
    Block,
    Edge,
    Graph,
    find_fault,
    from_document,
    from_json,
    from_link,
    members_of,
    output_feeding,
    settled,
    shown,
    to_document,
    to_json,
    to_link,
)
from engine.edits import (
    AddNode,
    Choose,
    Connect,
    Delete,
    Differentiate,
    Disconnect,
    Event,
    MakeBlock,
    Move,
    Rename,
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
from engine.errors import CycleError, DocumentError, DuplicateNameError, EditError, PortError, UnknownNodeError
from engine.evaluation import BlockNode, evaluate, fold, fold_trace
from engine.explain import block_derivatives
from tests.engine.built import built
from tests.strategies import block_events, damaged, events, graphs, grouped, smooth_graphs

FLAT = built("x=0.5 one=1 a=Neg(x) b=Exp(a) c=Add(one,b) y=Div(one,c) z=Square(y)")
"""(1 / (1 + e⁻ˣ))²"""
SIGMOID = apply(FLAT, MakeBlock(id="s", nodes=["a", "b", "c", "y"], name="sigmoid"))


def after(*edits: Event, start: Graph = SIGMOID) -> Graph:
    graph = start
    for event in edits:
        graph = apply(graph, event)
    return graph


def block_of(graph: Graph, block_id: str = "s") -> Block:
    block = graph.block(block_id)
    assert block is not None
    return block


def seen(graph: Graph) -> list[str]:
    return [node.id for node in fold(graph).nodes()]


# What a block is ------------------------------------------------------------------------------------------------


def test_four_nodes_and_one_block_give_the_numbers_of_the_op() -> None:
    op = evaluate(built("x=0.5 y=Sigmoid(x) z=Square(y)"))
    whole = evaluate(SIGMOID)
    folded = fold_trace(SIGMOID, whole)
    assert folded.nodes["s"].data is not None
    for found in (whole.nodes["y"], folded.nodes["s"]):
        assert found.data is not None
        np.testing.assert_allclose(found.data[0], op.nodes["y"].data[0], rtol=1e-15)  # type: ignore[index]
        np.testing.assert_allclose(found.grad[0], op.nodes["y"].grad[0], rtol=1e-15)  # type: ignore[arg-type]
    np.testing.assert_allclose(whole.nodes["x"].grad[0], op.nodes["x"].grad[0], rtol=1e-15)  # type: ignore[arg-type]
    assert whole.nodes == evaluate(FLAT).nodes


def test_it_has_one_port_for_each_value_that_it_is_given() -> None:
    block = block_of(SIGMOID)
    assert block.inputs == ((("a", 0),), (("c", 0), ("y", 0)))
    assert block.outputs == (("y", 0),)
    node = fold(SIGMOID).node("s")
    assert isinstance(node, BlockNode)
    assert (node.name, node.ports, node.output_names, node.n_members) == ("sigmoid", ("x", "one"), ("y",), 4)


def test_an_unwired_port_inside_stays_within_reach() -> None:
    graph = after(MakeBlock(id="s", nodes=["a", "b"]), start=built("x=1 a=Add(x,_) b=Square(a)"))
    assert block_of(graph).inputs == ((("a", 0),), (("a", 1),))
    assert fold(graph).node("s").ports == ("x", "a.x1")


def test_it_shows_what_is_used_outside_or_nowhere_or_differentiated() -> None:
    start = built("x=2 a=Square(x) b=Square(a) c=Neg(a) d=Exp(b) e=Add(a,x)")
    block = block_of(after(MakeBlock(id="s", nodes=["a", "b", "c"]), start=start))
    assert block.outputs == (("a", 0), ("b", 0), ("c", 0))
    start = built("x=2 a=Square(x) b=Square(a) c=Exp(b)", output="a")
    assert block_of(after(MakeBlock(id="s", nodes=["a", "b"]), start=start)).outputs == (("a", 0), ("b", 0))


def test_inputs_may_be_inside() -> None:
    graph = after(MakeBlock(id="s", nodes=["x", "a"]), start=built("x=2 a=Square(x) b=Neg(x)"))
    assert block_of(graph).inputs == ()
    assert block_of(graph).outputs == (("x", 0), ("a", 0))
    assert fold(graph).edges() == [Edge("s", 0, "b", 0)]


@pytest.mark.parametrize(
    ("nodes", "sentence"),
    [
        (["x", "one"], "A block needs at least one op."),
        (["a", "c"], "These nodes cannot be one block: b stands on a way out of them and back into them."),
        (["y", "z"], "The block sigmoid holds y, and reaches beyond these nodes."),
        (["s"], "The block sigmoid holds exactly these nodes already."),
    ],
)
def test_what_cannot_be_a_block_is_refused_in_a_sentence(nodes: list[str], sentence: str) -> None:
    start = FLAT if "c" in nodes else SIGMOID
    with pytest.raises(EditError) as refused:
        apply(start, MakeBlock(id="t", nodes=nodes))
    assert str(refused.value) == sentence


def test_names_and_ids_are_those_of_nodes_too() -> None:
    with pytest.raises(DuplicateNameError):
        apply(SIGMOID, MakeBlock(id="t", nodes=["z"], name="x"))
    with pytest.raises(DuplicateNameError):
        apply(SIGMOID, MakeBlock(id="x", nodes=["z"]))
    with pytest.raises(DuplicateNameError):
        apply(SIGMOID, AddNode(id="s", op="Add"))
    with pytest.raises(DuplicateNameError):
        apply(SIGMOID, Rename(node="x", name="sigmoid"))
    assert block_of(after(MakeBlock(id="t", nodes=["z"])), "t").name == "block"
    assert after(Rename(node="s", name="block"), MakeBlock(id="t", nodes=["z"])).blocks[1].name == "block1"


def test_two_blocks_may_not_feed_each_other() -> None:
    start = built("x=1 a=Neg(x) b=Exp(a) c=Neg(x) d=Exp(c)")
    graph = after(MakeBlock(id="p", nodes=["a", "d"], name="p"), start=start)
    with pytest.raises(EditError, match=r"cannot be one block: p stands on a way out of them and back into them\."):
        apply(graph, MakeBlock(id="q", nodes=["b", "c"]))


def test_blocks_stand_in_each_other_eight_deep() -> None:
    chain = built("x=1 " + " ".join(f"a{n}=Neg({'x' if n == 0 else f'a{n - 1}'})" for n in range(12)))
    graph = chain
    for depth in range(8):
        graph = apply(graph, MakeBlock(id=f"b{depth}", nodes=[f"a{n}" for n in range(depth + 2)]))
    with pytest.raises(EditError, match="up to 8 deep"):
        apply(graph, MakeBlock(id="b8", nodes=[f"a{n}" for n in range(10)]))
    assert seen(graph) == ["x", "b7", "a9", "a10", "a11"]
    assert seen(apply(graph, SetOpen(block="b7", open=True))) == ["x", "b6", "a8", "a9", "a10", "a11"]


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
    with pytest.raises(PortError, match="sigmoid has no input port 2"):
        apply(SIGMOID, Connect(source="x", target="s", port=2))
    with pytest.raises(PortError, match="sigmoid has no output 1"):
        apply(SIGMOID, Connect(source="s", output=1, target="z", port=0))


def test_a_port_that_fed_two_stays_one_when_its_wire_is_taken_off() -> None:
    graph = after(Disconnect(target="s", port=1))
    assert block_of(graph).inputs == block_of(SIGMOID).inputs
    assert fold(graph).edges() == [Edge("x", 0, "s", 0), Edge("s", 0, "z", 0)]
    assert after(Connect(source="one", target="s", port=1), start=graph) == SIGMOID
    with pytest.raises(PortError, match="No wire leads into port 1 of sigmoid"):
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
    copy = [AddNode(id="p", op="Neg"), AddNode(id="q", op="Exp"), MakeBlock(id="r", nodes=["p", "q"], name="f1")]
    assert undo_label(SIGMOID, copy) == "add the block f1"


# In documents ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "place", "sentence"),
    [
        ({"nodes": ["a", "nobody"]}, "blocks[0].nodes", "there is no node with the id “nobody”."),
        ({"nodes": ["a", "a"]}, "blocks[0].nodes", "the node “a” stands twice."),
        ({"nodes": []}, "blocks[0]", "a block needs at least one op."),
        ({"nodes": ["x"], "inputs": [], "outputs": []}, "blocks[0]", "a block needs at least one op."),
        ({"nodes": ["a", "c"], "inputs": [], "outputs": []}, "blocks[0]", "b stands on a way out of them and back"),
        ({"id": "x"}, "blocks[0].id", "the id “x” stands twice."),
        ({"name": "x"}, "blocks[0].name", "the name “x” stands twice."),
        ({"name": "1"}, "blocks[0].name", "is not a name"),
        ({"open": 1}, "blocks[0].open", "valid boolean"),
        ({"inputs": [[["a", 1]]]}, "blocks[0].inputs", "no node of the block has the port a, 1."),
        ({"inputs": [[["z", 0]]]}, "blocks[0].inputs", "no node of the block has the port z, 0."),
        ({"outputs": [["y", 1]]}, "blocks[0].outputs", "no node of the block has the port y, 1."),
        ({"outputs": "y"}, "blocks[0].outputs", "tuple"),
        ({"more": 1}, "blocks[0].more", "not permitted"),
    ],
)
def test_a_damaged_block_is_refused_at_its_place(damage: dict[str, Any], place: str, sentence: str) -> None:
    document = to_document(SIGMOID)
    document["blocks"] = [{**document["blocks"][0], **damage}]
    if damage.get("nodes") == []:
        document["blocks"][0] |= {"inputs": [], "outputs": []}
    with pytest.raises(DocumentError, match=re.escape(sentence)) as refused:
        from_document(json.loads(json.dumps(document)))
    assert refused.value.place == place


def test_blocks_that_cross_are_refused() -> None:
    document = to_document(SIGMOID)
    document["blocks"].append({"id": "t", "name": "t", "nodes": ["y", "z"]})
    with pytest.raises(DocumentError, match="the block sigmoid holds y, and reaches beyond these nodes") as refused:
        from_document(document)
    assert refused.value.place == "blocks[1]"


def test_ports_that_are_not_told_are_found() -> None:
    document = to_document(SIGMOID)
    document["blocks"] = [{"id": "s", "name": "sigmoid", "nodes": ["a", "b", "c", "y"]}]
    assert from_document(document) == SIGMOID


@settings(deadline=None, max_examples=100)
@given(damaged(grouped(graphs()).map(lambda graph: json.loads(to_json(graph)))))
def test_whatever_is_damaged_is_refused_or_sound(document: Any) -> None:
    try:
        graph = from_document(document)
    except DocumentError:
        return
    sound(graph)


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


def test_tidy_lays_out_what_is_seen() -> None:
    graph = after(Tidy())
    xs = [fold(graph).node(each).x for each in ("x", "s", "z")]
    assert xs == [-260, 0, 260]


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


# Whatever is built ----------------------------------------------------------------------------------------------


def sound(graph: Graph) -> None:
    """Assert what holds of the blocks of every graph."""
    assert find_fault(graph, graph.blocks) is None
    assert settled(graph) == graph.blocks
    ids = [each.id for each in (*graph.nodes(), *graph.blocks)]
    assert len(set(ids)) == len(ids)
    assert len(graph.names()) == len(ids)
    for is_open in itertools.product([False, True], repeat=len(graph.blocks)):
        seen_alike(graph.with_blocks(tuple(map(lambda b, o: replace(b, is_open=o), graph.blocks, is_open))))


def seen_alike(graph: Graph) -> None:
    """Assert that the picture has no cycle, and that its wires are those of the graph that cross a border."""
    folded = fold(graph)
    assert nx.is_directed_acyclic_graph(folded.network)
    place = shown(graph)
    crossing = [edge for edge in graph.edges() if place[edge.source] != place[edge.target]]
    meant = set()
    for edge in folded.edges():
        block, source = graph.block(edge.target), graph.block(edge.source)
        ports = [(edge.target, edge.port)] if block is None else block.inputs[edge.port]
        output = (edge.source, edge.output) if source is None else source.outputs[edge.output]
        for port in ports:
            assert output_feeding(graph, port) == output
            meant.add(port)
    assert meant == {(edge.target, edge.port) for edge in crossing}
    for node in folded.nodes():
        assert set(folded.wires_into(node.id)) <= set(range(len(node.ports)))


@settings(deadline=None, max_examples=60)
@given(grouped(graphs()))
def test_blocks_of_any_graph_are_sound(graph: Graph) -> None:
    sound(graph)


@settings(deadline=None, max_examples=60)
@given(grouped(graphs()), st.lists(events | block_events, max_size=12))
def test_no_edits_leave_unsound_blocks(graph: Graph, edits: list[Event]) -> None:
    for event in edits:
        try:
            graph = apply(graph, event)
        except EditError:
            continue
    sound(graph)
    assert from_document(to_document(graph)) == graph


@settings(deadline=None, max_examples=40)
@given(grouped(smooth_graphs()))
def test_no_number_changes_by_blocks(graph: Graph) -> None:
    trace, flat = evaluate(graph), evaluate(graph.with_blocks(()))
    assert str(trace) == str(flat)
    folded = fold_trace(graph, trace)
    for node in fold(graph).nodes():
        block = graph.block(node.id)
        outputs = [(node.id, i) for i in range(node.n_outputs)] if block is None else block.outputs
        for index, (node_id, output) in enumerate(outputs):
            assert folded.nodes[node.id].data[index] == flat.nodes[node_id].data[output]  # type: ignore[index]
            assert folded.nodes[node.id].grad[index] == flat.nodes[node_id].grad[output]


def unpacked(link: str) -> Any:
    return json.loads(zlib.decompress(base64.urlsafe_b64decode(link + "=" * (-len(link) % 4))))


@settings(deadline=None, max_examples=40)
@given(grouped(graphs()))
def test_files_and_links_hold_the_blocks(graph: Graph) -> None:
    assert from_json(to_json(graph)) == graph
    linked = from_link(to_link(graph))[0]
    assert [(b.name, b.is_open, len(b.members), len(b.inputs), len(b.outputs)) for b in linked.blocks] == [
        (b.name, b.is_open, len(b.members), len(b.inputs), len(b.outputs)) for b in graph.blocks
    ]
    assert unpacked(to_link(linked)) == unpacked(to_link(graph))


@settings(deadline=None, max_examples=40)
@given(grouped(graphs()), st.data())
def test_members_stand_for_a_block(graph: Graph, data: st.DataObject) -> None:
    ids = data.draw(st.lists(st.sampled_from([each.id for each in (*graph.nodes(), *graph.blocks)]), max_size=3))
    assert all(each in graph for each in members_of(graph, ids))


def test_the_gradients_graph_leaves_blocks_as_they_are() -> None:
    graph = after(Differentiate(node="x"))
    assert block_of(graph).members == block_of(SIGMOID).members
    sound(graph)
    of_block = after(Differentiate(node="s"))
    assert of_block.output is not None
    sound(of_block)
