"""Graphs of any size for the benchmarks: an input feeds a layered mix of ops, so that one edit changes every node."""

from __future__ import annotations

from engine.document import Edge, Graph, Node

_OPS = ("Tanh", "Sin", "Add", "Mul", "Cos", "Sub")
_ROWS = 10
_COLUMN, _ROW = 240.0, 140.0


def layered_graph(count: int) -> Graph:
    """Return a graph of `count` nodes that hang on its one input, x, and all lead to its one output."""
    nodes = [Node("n0", None, "x", 0.5)]
    edges = []
    for index in range(1, count):
        place = {"x": (1 + (index - 1) // _ROWS) * _COLUMN, "y": (index - 1) % _ROWS * _ROW}
        node = Node(f"n{index}", _OPS[index % len(_OPS)], f"v{index}", **place)
        nodes.append(node)
        for port in range(len(node.ports)):
            edges.append(Edge(f"n{max(index - 1 - port, 0)}", 0, node.id, port))
    return Graph.of(nodes, edges)
