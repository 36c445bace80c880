"""Graphs in one line: "x=2 y=3 a=Square(x) b=Square(y) z=Add(a,b)"."""

from __future__ import annotations

from engine.autograd import Array
from engine.document import Edge, Graph, Node
from engine.evaluation import Trace


def built(text: str, output: str | None = None) -> Graph:
    """Build a graph whose ids are its names; m.1 is the second output of m."""
    nodes, edges = [], []
    for word in text.split():
        name, _, rest = word.partition("=")
        op, bracket, inputs = rest.rstrip(")").partition("(")
        nodes.append(Node(name, op if bracket else None, name, None if bracket else float(rest)))
        for port, source in enumerate(filter(None, inputs.split(","))):
            if source != "_":
                node, _, index = source.partition(".")
                edges.append(Edge(node, int(index or 0), name, port))
    return Graph.of(nodes, edges, None if output is None else (output, 0))


def grad_of(trace: Trace, name: str) -> Array | None:
    return trace.nodes[name].grad[0]


SEED = built("x=2 y=3 a=Square(x) b=Square(y) z=Add(a,b)")
FORK = built("x=2 a=Square(x) b=Square(a) c=Square(a) y=Add(b,c)")
"""(x²)² + (x²)² at 2, on which the book's three variants give 32, 96 and 64."""
