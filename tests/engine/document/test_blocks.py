"""Blocks: what is one, its ports, in documents, and that no number changes by them."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import (
    Edge,
    Graph,
    from_document,
    from_json,
    from_link,
    members_of,
    to_document,
    to_json,
    to_link,
)
from engine.edits import (
    AddNode,
    Event,
    MakeBlock,
    Rename,
    SetOpen,
    apply,
)
from engine.errors import DocumentError, DuplicateNameError, EditError
from engine.evaluation import BlockNode, evaluate, fold, fold_trace
from tests.engine.built import built
from tests.engine.document.block_graphs import FLAT, SIGMOID, after, block_of, shown_ids, sound
from tests.strategies import block_events, damaged, events, graphs, grouped, smooth_graphs

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
    assert shown_ids(graph) == ["x", "b7", "a9", "a10", "a11"]
    assert shown_ids(apply(graph, SetOpen(block="b7", open=True))) == ["x", "b6", "a8", "a9", "a10", "a11"]


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
        ({"open": 1}, "blocks[0].open", "true or false"),
        ({"inputs": [[["a", 1]]]}, "blocks[0].inputs", "no node of the block has the port a, 1."),
        ({"inputs": [[["z", 0]]]}, "blocks[0].inputs", "no node of the block has the port z, 0."),
        ({"outputs": [["y", 1]]}, "blocks[0].outputs", "no node of the block has the port y, 1."),
        ({"outputs": "y"}, "blocks[0].outputs", "should be a list"),
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


# Whatever is built ----------------------------------------------------------------------------------------------


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
