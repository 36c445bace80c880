"""The graph document: what somebody has built, before anything is computed of it.

A `networkx.MultiDiGraph` whose edge key is the target's input port, so that a Variable may feed two ports of one
Function (`x + x`). A Graph is never changed: `engine.edits.apply` makes a new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import networkx as nx

from engine.function import Function, find_op
from engine.values import Value

OutputPort = tuple[str, int]
"""A node's id and which of its outputs is meant."""


@dataclass(frozen=True)
class Node:
    """Stand for an input (`op` is None, `value` is set) or for an op; `x` and `y` are its centre."""

    id: str
    op: str | None
    name: str
    value: Value | None = None
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    x: float = 0.0
    y: float = 0.0

    @property
    def is_input(self) -> bool:
        """Return whether this is an input variable."""
        return self.op is None

    @property
    def function(self) -> type[Function] | None:
        """Return the op's class, or None for an input."""
        return None if self.op is None else find_op(self.op)

    @property
    def ports(self) -> tuple[str, ...]:
        """Return the names of the input ports."""
        return () if self.function is None else self.function.ports

    @property
    def n_outputs(self) -> int:
        """Return how many outputs the node has."""
        return 1 if self.function is None else len(self.function.output_names)


@dataclass(frozen=True)
class Edge:
    """Lead an output of one node to an input port of another."""

    source: str
    output: int
    target: str
    port: int


class Graph:
    """Hold nodes in the order they were added, the edges between them, and the chosen output."""

    def __init__(self, network: nx.MultiDiGraph | None = None, output: OutputPort | None = None) -> None:
        self.network = nx.MultiDiGraph() if network is None else network
        self.output = output
        """The output chosen to be differentiated; None leaves it to the last sink."""

    @classmethod
    def of(cls, nodes: list[Node], edges: list[Edge], output: OutputPort | None = None) -> Graph:
        """Build a graph from nodes and edges that are known to be sound."""
        network = nx.MultiDiGraph()
        for node in nodes:
            network.add_node(node.id, node=node)
        for edge in edges:
            network.add_edge(edge.source, edge.target, key=edge.port, output=edge.output)
        return cls(network, output)

    def __contains__(self, node_id: object) -> bool:
        return node_id in self.network

    def __len__(self) -> int:
        return len(self.network)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Graph):
            return NotImplemented
        return (self.nodes(), self.edges(), self.output) == (other.nodes(), other.edges(), other.output)

    __hash__ = None  # type: ignore[assignment] # compared by content, so not to be kept in a set

    def node(self, node_id: str) -> Node:
        """Return the node with this id; raises KeyError."""
        node: Node = self.network.nodes[node_id]["node"]
        return node

    def nodes(self) -> list[Node]:
        """Return all nodes in the order they were added."""
        return [node for _, node in self.network.nodes(data="node")]

    def node_named(self, name: str) -> Node | None:
        """Return the node of this name, if there is one."""
        return self._by_name.get(name)

    def edges(self) -> list[Edge]:
        """Return all edges, by target in the order of nodes, then by port."""
        return [edge for node_id in self.network for edge in self.wires_into(node_id).values()]

    def wires_into(self, node_id: str) -> dict[int, Edge]:
        """Return the edge at each wired input port of a node, in port order."""
        return self._wires.get(node_id, {})

    def sinks(self) -> list[Node]:
        """Return the nodes that feed no other."""
        return [node for node in self.nodes() if self.network.out_degree(node.id) == 0]

    def topological_order(self) -> list[str]:
        """Return the ids so that every node stands after its inputs; ties in the order nodes were added."""
        return self._topological_order

    def leads_to(self, source: str, target: str) -> bool:
        """Return whether there is a way along the edges from source to target."""
        return bool(nx.has_path(self.network, source, target))

    def output_port(self) -> OutputPort | None:
        """Return the output to differentiate: the chosen one, else the last op that feeds no other, else None."""
        if self.output is not None:
            return self.output
        last = next((node for node in reversed(self.sinks()) if not node.is_input), None)
        return None if last is None else (last.id, 0)

    def changed(self, output: OutputPort | None) -> Graph:
        """Return a copy with another chosen output; its network may then be changed by the reducer alone."""
        return Graph(self.network.copy(), output)

    @cached_property
    def _by_name(self) -> dict[str, Node]:
        return {node.name: node for node in self.nodes()}

    @cached_property
    def _wires(self) -> dict[str, dict[int, Edge]]:
        wires: dict[str, dict[int, Edge]] = {}
        for source, target, port, output in self._raw_edges():
            wires.setdefault(target, {})[port] = Edge(source, output, target, port)
        return {target: dict(sorted(ports.items())) for target, ports in wires.items()}

    @cached_property
    def _topological_order(self) -> list[str]:
        place = {node_id: index for index, node_id in enumerate(self.network)}
        return list(nx.lexicographical_topological_sort(self.network, key=place.__getitem__))

    def _raw_edges(self) -> Iterator[tuple[str, str, int, int]]:
        yield from self.network.edges(keys=True, data="output")
