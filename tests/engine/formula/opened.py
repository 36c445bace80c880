"""Open a script as its graph, and look at the numbers of its names."""

from __future__ import annotations

from typing import Any

from engine.document import Graph
from engine.evaluation import Trace, evaluate
from engine.formula import graph_of_script


def opened(script: str) -> tuple[Graph, Trace]:
    graph = graph_of_script(script)
    return graph, evaluate(graph)


def data(graph: Graph, trace: Trace, name: str) -> Any:
    node = graph.node_named(name)
    assert node is not None, name
    found = trace.nodes[node.id].data
    return None if found is None else found[0]


def grad(graph: Graph, trace: Trace, name: str) -> Any:
    node = graph.node_named(name)
    assert node is not None, name
    return trace.nodes[node.id].grad[0]


MICROGRAD = """\
from micrograd.engine import Value

a = Value(-4.0)
b = Value(2.0)
c = a + b
d = a * b + b**3
c += c + 1
c += 1 + c + (-a)
d += d * 2 + (b + a).relu()
d += 3 * d + (b - a).relu()
e = c - d
f = e**2
g = f / 2.0
g += 10.0 / f
print(f'{g.data:.4f}') # prints 24.7041, the outcome of this forward pass
g.backward()
print(f'{a.grad:.4f}') # prints 138.8338, i.e. the numerical value of dg/da
print(f'{b.grad:.4f}') # prints 645.5773, i.e. the numerical value of dg/db
"""
"""The example of micrograd's README, with the numbers that its authors print."""
