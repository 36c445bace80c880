"""A workload as a graph document: its operators add nodes, and compute nothing."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from engine.document import Edge, Graph, Node
from tools.bench_engine.workloads import Workload


class _Pen:
    """Hold the nodes and edges drawn so far."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []

    def node(
        self, op: str | None, *inputs: _Drawn, value: float | None = None, parameters: dict[str, Any] | None = None
    ) -> _Drawn:
        name = f"v{len(self.nodes)}"
        self.nodes.append(Node(name, op, name, value, MappingProxyType(parameters or {})))
        self.edges += [Edge(x.name, 0, name, port) for port, x in enumerate(inputs)]
        return _Drawn(name, self)

    def drawn(self, value: Any) -> _Drawn:
        """Return a number's own node, or the node that it is."""
        return value if isinstance(value, _Drawn) else self.node("Constant", parameters={"value": float(value)})


class _Drawn:
    """Stand for a node where a workload computes with variables."""

    def __init__(self, name: str, pen: _Pen) -> None:
        self.name = name
        self.pen = pen

    def __add__(self, other: Any) -> _Drawn:
        return self.pen.node("Add", self, self.pen.drawn(other))

    def __radd__(self, other: Any) -> _Drawn:
        return self.pen.node("Add", self.pen.drawn(other), self)

    def __sub__(self, other: Any) -> _Drawn:
        return self.pen.node("Sub", self, self.pen.drawn(other))

    def __rsub__(self, other: Any) -> _Drawn:
        return self.pen.node("Sub", self.pen.drawn(other), self)

    def __mul__(self, other: Any) -> _Drawn:
        return self.pen.node("Mul", self, self.pen.drawn(other))

    def __rmul__(self, other: Any) -> _Drawn:
        return self.pen.node("Mul", self.pen.drawn(other), self)

    def __pow__(self, power: int) -> _Drawn:
        return (
            self.pen.node("Square", self) if power == 2 else self.pen.node("Pow", self, parameters={"exponent": power})
        )


def as_document(workload: Workload) -> Graph:
    """Return a workload's graph as the playground holds it; its inputs stand in the order of the leaves."""
    pen = _Pen()
    xs = [pen.node(None, value=value) for value in workload.values]
    output = workload.build(xs, lambda x: pen.node("ReLU", x))
    return Graph.of(pen.nodes, pen.edges, (output.name, 0))
