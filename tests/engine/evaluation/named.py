"""Graphs node by node, whose ids are their names, for values that `tests.engine.built` cannot write."""

from __future__ import annotations

from engine.document import Edge, Graph, Node
from engine.evaluation import NodeTrace, Trace


def graph_of(*nodes: Node, edges: str = "") -> Graph:
    """Build a graph; an edge is written "source>target:port"."""
    wires = []
    for edge in edges.split():
        source, target = edge.split(">")
        target, port = target.split(":")
        wires.append(Edge(source, 0, target, int(port)))
    return Graph.of(nodes, wires)


def number(name: str, value: object) -> Node:
    return Node(name, None, name, value)  # type: ignore[arg-type]


def op(name: str, kind: str) -> Node:
    return Node(name, kind, name)


def result(trace: Trace, graph: Graph, name: str) -> NodeTrace:
    node = graph.node_named(name)
    assert node is not None
    return trace.nodes[node.id]
