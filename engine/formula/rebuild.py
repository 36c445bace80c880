"""Build a graph node by node, and take nodes of a present graph wherever op, parameters and inputs are the same."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from engine.autograd import Function, check_parameters
from engine.document import (
    Edge,
    Graph,
    Node,
    OutputPort,
    Value,
    fresh_name,
    fresh_value,
    too_many_nodes,
    too_many_wires,
    valued,
)
from engine.errors import ParameterError
from engine.formula.literals import refuse
from engine.formula.placement import with_positions
from engine.formula.writer import reading_order
from engine.limits import MAX_EDGES, MAX_NODES
from engine.pieces import Pieces

Source = OutputPort | None
"""What feeds a port: an output, or nothing yet."""
_Key = tuple[str, tuple[tuple[str, Any], ...], tuple[Source, ...]]
"""What makes two ops the same: op, parameters and inputs."""


class AllOutputs(tuple[str, int]):
    """Stand, in the place of its first output, for all outputs of a call: what a name means that was given to it."""


class Rebuilder:
    """Collect the nodes and wires of a new graph; `place` is always where in the formula a node is asked for."""

    def __init__(self, present: Graph, used_names: set[str], assigned_names: set[str]) -> None:
        self.present = present
        self.used_names = used_names
        self.assigned_names = assigned_names
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.sources: dict[str, Sequence[Source]] = {}
        """What feeds the ports of each op."""
        self.meaning: dict[str, Source] = {}
        """What each name of the formula stands for."""
        self.chosen: OutputPort | None = None
        """The output from which the text says that backward starts."""
        self.wanted_names: dict[str, str] = {}
        self.singled_out: set[str] = set()
        """Ops with several outputs of which one was named or chosen by its place."""
        order, self._lines = reading_order(present)
        self._known = _known_nodes(present, order)
        self._unvalued: list[str] = []
        """New inputs of which the text does not say the value."""

    def input(self, name: str, value: Value | None, place: ast.expr) -> OutputPort:
        """Take the input of this name that is known or was there, or else make one."""
        known = self.meaning.get(name)
        kept = self.present.node_named(name) if known is None else self.nodes[known[0]]
        if kept is not None and kept.is_input:
            node = kept if value is None else valued(kept, value)
            if value is not None and node.id in self._unvalued:
                self._unvalued.remove(node.id)
        else:
            node = Node(self._fresh_id(), None, name, 1.0 if value is None else value)
            if value is None:
                self._unvalued.append(node.id)
        self._put(node, place)
        self.wanted_names[node.id] = name
        return node.id, 0

    def new_input(self, name: str, value: Value, place: ast.expr) -> OutputPort:
        """Make an input that differs from all before; an empty name leaves it to `graph`."""
        kept = self.present.node_named(name) if name else None
        if kept is not None and kept.is_input and kept.id not in self.nodes:
            node = valued(kept, value)
        else:
            node = Node(self._fresh_id(), None, "", value)
        self._put(node, place)
        return node.id, 0

    def op(
        self, op: type[Function], given: dict[str, Any], sources: Sequence[Source], place: ast.expr, name: str
    ) -> OutputPort:
        """Take the present graph's node of the same op, parameters and inputs, or else make one."""
        try:
            parameters = check_parameters(op, given)
        except ParameterError as error:
            refuse(place, str(error))
        key = _key(op.__name__, parameters, sources)
        node = self._known_node(key, name) or self._changed_node(key, name, parameters)
        if node is None:
            node = Node(self._fresh_id(), op.__name__, "", parameters=MappingProxyType(parameters))
        self._put(node, place)
        self.sources[node.id] = sources
        for port, source in enumerate(sources):
            if source is not None:
                self.edges.append(Edge(*source, node.id, port))
        if len(self.edges) > MAX_EDGES:
            refuse(
                place,
                too_many_wires(MAX_EDGES),
            )
        return node.id, 0

    def _known_node(self, key: _Key, name: str) -> Node | None:
        """Return the present graph's node: of this name, or else one whose name is not wanted elsewhere."""
        nodes = self._known.get(key, [])
        free = (node for node in nodes if node.name not in self.assigned_names)
        found = next((node for node in nodes if node.name == name), None) or next(free, None)
        if found is not None:
            nodes.remove(found)
        return found

    def _changed_node(self, key: _Key, name: str, parameters: dict[str, Any]) -> Node | None:
        """Return the present graph's node of this name, op and inputs, with other parameters than it had."""
        for (op, _, sources), nodes in self._known.items():
            found = next((node for node in nodes if node.name == name), None)
            if found is not None and (op, sources) == (key[0], key[2]):
                nodes.remove(found)
                return replace(found, parameters=MappingProxyType(parameters))
        return None

    def _put(self, node: Node, place: ast.expr) -> None:
        if len(self.nodes) >= MAX_NODES and node.id not in self.nodes:
            refuse(
                place,
                too_many_nodes(MAX_NODES),
            )
        self.nodes[node.id] = node

    def _fresh_id(self) -> str:
        number = len(self.nodes) + 1
        taken = {*self.nodes, *(block.id for block in self.present.blocks)}
        while f"n{number}" in taken or f"n{number}" in self.present:
            number += 1
        return f"n{number}"

    def want_name(self, source: OutputPort, name: str) -> None:
        """Ask for a name for a node; the first one asked for counts."""
        self.wanted_names.setdefault(source[0], name)

    # The whole --------------------------------------------------------------------------------------------------

    def graph(self) -> Pieces[Graph]:
        """Return the graph that was read, with names and places for what is new."""
        named = self._with_new_values(self._named())
        order = [node.id for node in self.present.nodes() if node.id in named]
        order += [node_id for node_id in named if node_id not in self.present]
        output = self.chosen or self.present.output
        output = output if output and output[0] in named else None
        training = self.present.training
        if training is not None:
            training = training.without({node.id for node in self.present.nodes() if node.id not in named})
        graph = Graph.of([named[node_id] for node_id in order], self.edges, output, training=training)
        yield 0.0
        return (yield from with_positions(graph, self.present))

    def _named(self) -> dict[str, Node]:
        wanted = set(self.wanted_names.values())
        names: dict[str, str] = {}
        taken = {block.name for block in self.present.blocks}
        for node_id, node in self.nodes.items():
            name = self.wanted_names.get(node_id, node.name)
            if node_id not in self.wanted_names and (not name or name in wanted or name in self.used_names):
                continue
            names[node_id] = name
            taken.add(name)
        for node_id, node in self.nodes.items():
            if node_id not in names:
                names[node_id] = fresh_name(taken | self.used_names | wanted, is_input=node.is_input)
                taken.add(names[node_id])
        return {
            node_id: replace(node, name=names[node_id], is_named=self._is_named(node))
            for node_id, node in self.nodes.items()
        }

    def _is_named(self, node: Node) -> bool:
        """Return whether the text gives an op its name; a line that the present formula has by itself says nothing."""
        if node.is_input or node.id not in self.wanted_names:
            return False
        return node.is_named or node.id not in self._lines

    def _with_new_values(self, nodes: dict[str, Node]) -> dict[str, Node]:
        """Give inputs of which the text does not say the value 1, 2, 3 …, so that not all gradients coincide."""
        held = [node.value for node in nodes.values() if node.is_input and node.id not in self._unvalued]
        for node_id in self._unvalued:
            nodes[node_id] = replace(nodes[node_id], value=fresh_value(held))
            held.append(nodes[node_id].value)
        return nodes


def _known_nodes(present: Graph, order: Sequence[str]) -> dict[_Key, list[Node]]:
    """Return the present graph's op nodes by their op, parameters and inputs, in the order its own formula is read."""
    known: dict[_Key, list[Node]] = {}
    for node_id in order:
        node = present.node(node_id)
        assert node.op is not None
        wires = present.wires_into(node_id)
        sources = [(wires[p].source, wires[p].output) if p in wires else None for p in range(len(node.ports))]
        known.setdefault(_key(node.op, node.parameters, sources), []).append(node)
    return known


def _key(op: str, parameters: Mapping[str, Any], sources: Sequence[Source]) -> _Key:
    return op, tuple(sorted(parameters.items())), tuple(sources)
