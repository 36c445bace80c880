"""Read the graph behind a Variable: its creator, the inputs of that, and so on, with the numbers that they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.autograd import Function, Variable, check_parameters
from engine.document import (
    Edge,
    Graph,
    Node,
    OutputPort,
    Value,
    check_name,
    check_value,
    fresh_name,
    layout_in_pieces,
    too_many_nodes,
    too_many_wires,
)
from engine.errors import LimitError, PlaygroundError, UnknownOpError
from engine.evaluation import NodeTrace, Trace
from engine.limits import MAX_EDGES, MAX_NODES
from engine.messages import say
from engine.pieces import finish


@dataclass(frozen=True)
class FunctionNode(Node):
    """Stand for a Function that is no op of the registry, such as a class that somebody has just written."""

    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ("y",)

    def __post_init__(self) -> None:
        """Do nothing: nothing is known of its parameters."""

    @property
    def function(self) -> None:
        """Return None: there is no such op."""
        return

    @property
    def ports(self) -> tuple[str, ...]:
        """Return the names of its input ports."""
        return self.inputs

    @property
    def output_names(self) -> tuple[str, ...]:
        """Return the names of its outputs."""
        return self.outputs


def graph_of_variable(y: Variable) -> Graph:
    """Return the graph that computed a Variable, as a document with its values, differentiated at that Variable.

    Nodes are called as the Variables are, or x, y, z … and a, b, c …. Raises UnknownOpError for a Function that is no
    op of the registry, LimitError where the graph is too large, and ValueRefusedError for a value that no document
    holds, such as nan.
    """
    return _Recording(y, to_be_kept=True).graph


def recorded(y: Variable) -> tuple[Graph, Trace]:
    """Return the graph behind a Variable to be looked at, and the data and grads that its Variables hold now.

    A Function that is no op is a `FunctionNode`; the inputs' values stand in the trace alone. Raises LimitError.
    """
    recording = _Recording(y, to_be_kept=False)
    return recording.graph, recording.trace()


class _Recording:
    def __init__(self, y: Variable, *, to_be_kept: bool) -> None:
        self._to_be_kept = to_be_kept
        self._taken: set[str] = set()
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        self._ports: dict[Variable, OutputPort] = {}
        self._functions: dict[str, Function] = {}
        self._inputs: dict[str, Variable] = {}
        wanted = {x.name for function in _functions_behind(y) for x in function.inputs} | {y.name}
        self._wanted = {name for name in wanted if name is not None and _may_be_a_name(name)}
        for function in _functions_behind(y):
            self._add_function(function)
        if y.creator is None:
            self._port(y)
        graph = Graph.of(self._nodes, self._edges, self._ports[y])
        places = finish(layout_in_pieces(graph))
        placed = [replace(node, x=places[node.id][0], y=places[node.id][1]) for node in self._nodes]
        self.graph = Graph.of(placed, self._edges, self._ports[y])

    def trace(self) -> Trace:
        """Return the numbers that the Variables hold."""
        nodes = {}
        for node_id in self.graph.topological_order():
            if node_id in self._inputs:
                ys: list[Any] = [self._inputs[node_id]]
                data = (np.asarray(ys[0].data),)
            else:
                function = self._functions[node_id]
                ys = [each() for each in function.outputs]
                data = _data_of(function, ys)
            nodes[node_id] = NodeTrace(data, tuple(_grad_of(each) for each in ys))
        return Trace(nodes, output=self.graph.output)

    def _add_function(self, function: Function) -> None:
        sources = [self._port(x) for x in function.inputs]
        ys = [each() for each in function.outputs]
        node_id = self._add(
            type(function).__name__, next((y.name for y in ys if y is not None and y.name), None), function
        )
        self._functions[node_id] = function
        self._ports |= {y: (node_id, place) for place, y in enumerate(ys) if y is not None}
        self._edges += [Edge(*source, node_id, port) for port, source in enumerate(sources)]
        if len(self._edges) > MAX_EDGES:
            raise LimitError(too_many_wires(MAX_EDGES))

    def _port(self, x: Variable) -> OutputPort:
        if x not in self._ports:
            node_id = self._add(None, x.name, x=x)
            self._inputs[node_id] = x
            self._ports[x] = (node_id, 0)
        return self._ports[x]

    def _add(
        self, op: str | None, name: str | None, function: Function | None = None, x: Variable | None = None
    ) -> str:
        if len(self._nodes) >= MAX_NODES:
            raise LimitError(too_many_nodes(MAX_NODES))
        if name is None or name in self._taken or name not in self._wanted:
            name = fresh_name(self._taken | self._wanted, is_input=op is None)
        self._taken.add(name)
        node_id = f"n{len(self._nodes) + 1}"
        self._nodes.append(self._node(node_id, op, name, function, x))
        return node_id

    def _node(self, node_id: str, op: str | None, name: str, function: Function | None, x: Variable | None) -> Node:
        if x is not None:
            return Node(node_id, None, name, self._value_of(x))
        assert function is not None
        if type(function) is Function.registry.get(op or ""):
            parameters: Mapping[str, Any] = {
                each.name: getattr(function, each.name) for each in type(function).parameters
            }
            return Node(node_id, op, name, parameters=MappingProxyType(check_parameters(type(function), parameters)))
        if self._to_be_kept:
            raise UnknownOpError(say("There is no op named “{name}”.", name=op))
        ports = tuple(f"x{place}" for place in range(len(function.inputs)))
        outputs = tuple(f"y{place}" for place in range(len(function.outputs)))
        return FunctionNode(node_id, op, name, inputs=ports, outputs=outputs)

    def _value_of(self, x: Variable) -> Value:
        if self._to_be_kept:
            return check_value(np.asarray(x.data, dtype=float).tolist())
        return (0.0,) if x.ndim else 0.0  # of which kind it is says how large it is drawn


def _functions_behind(y: Variable) -> list[Function]:
    """Return the Functions behind a Variable, each once, inputs before their users."""
    met: dict[Function, None] = {}
    pending = [y.creator]
    while pending:
        function = pending.pop()
        if function is not None and function not in met:
            met[function] = None
            pending += [x.creator for x in reversed(function.inputs)]  # the first one next
            if len(met) > MAX_NODES:
                raise LimitError(too_many_nodes(MAX_NODES))
    return sorted(met, key=lambda function: function.generation)


def _data_of(function: Function, ys: list[Any]) -> tuple[Any, ...]:
    """Return the data of a Function's outputs; of one that nobody holds any more it is computed again."""
    if any(y is None for y in ys):
        computed = function.forward(*[x.data for x in function.inputs])
        return tuple(map(np.asarray, computed if isinstance(computed, tuple) else (computed,)))
    return tuple(np.asarray(y.data) for y in ys)


def _grad_of(y: Any) -> Any:
    grad = None if y is None else y.grad
    return None if grad is None else np.asarray(grad.data if isinstance(grad, Variable) else grad)


def _may_be_a_name(name: str) -> bool:
    try:
        return check_name(name) == name
    except PlaygroundError:
        return False
