"""Graphs with blocks, and what holds of the blocks of every graph."""

from __future__ import annotations

import itertools
from dataclasses import replace

import networkx as nx

from engine.document import (
    Block,
    Graph,
    find_fault,
    output_feeding,
    refreshed_blocks,
    shown,
)
from engine.edits import (
    Event,
    MakeBlock,
    apply,
)
from engine.evaluation import fold
from tests.engine.built import built

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


def shown_ids(graph: Graph) -> list[str]:
    return [node.id for node in fold(graph).nodes()]


def sound(graph: Graph) -> None:
    """Assert what holds of the blocks of every graph."""
    assert find_fault(graph, graph.blocks) is None
    assert refreshed_blocks(graph) == graph.blocks
    ids = [each.id for each in (*graph.nodes(), *graph.blocks)]
    assert len(set(ids)) == len(ids)
    assert len(graph.names()) == len(ids)
    for is_open in itertools.product([False, True], repeat=len(graph.blocks)):
        shown_alike(graph.with_blocks(tuple(map(lambda b, o: replace(b, is_open=o), graph.blocks, is_open))))


def shown_alike(graph: Graph) -> None:
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
