"""Edit events, and `apply`: the only code that changes a graph.

An event says what somebody did. `apply` answers with a new graph, or refuses with an `EditError` that names the
nodes; the given graph stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import singledispatch
from types import MappingProxyType
from typing import Any

from engine import limits
from engine.derivative import with_gradient
from engine.descent import descend
from engine.errors import (
    CycleError,
    DuplicateNameError,
    EditError,
    LimitError,
    ParameterError,
    PlaygroundError,
    PortError,
    UnknownNodeError,
    ValueRefusedError,
)
from engine.events import (
    AddNode,
    Choose,
    Connect,
    Delete,
    Descend,
    Differentiate,
    Disconnect,
    Event,
    Move,
    Rename,
    Replace,
    SetFormula,
    SetParameter,
    SetValue,
    Tidy,
    parse_event,
)
from engine.function import Function
from engine.graph import Edge, Graph, Node
from engine.layout import tidy
from engine.names import check_name, fresh_name
from engine.parameters import check_parameters, parse_parameter, parse_parameters
from engine.parsing import graph_of_formula
from engine.schema import INPUT
from engine.values import Value, check_value, parse_value

__all__ = [
    "AddNode",
    "Choose",
    "Connect",
    "Delete",
    "Descend",
    "Differentiate",
    "Disconnect",
    "Event",
    "Move",
    "Rename",
    "Replace",
    "SetFormula",
    "SetParameter",
    "SetValue",
    "Tidy",
    "apply",
    "parse_event",
]

_NEW_VALUE = 1.0


def apply(graph: Graph, event: Event) -> Graph:
    """Return the graph after an edit; raises EditError, and never changes the given graph."""
    return _apply(event, graph)


@singledispatch
def _apply(event: Event, graph: Graph) -> Graph:
    raise TypeError(f"{type(event).__name__} is not an edit")


@_apply.register
def _add(event: AddNode, graph: Graph) -> Graph:
    if len(graph) >= limits.MAX_NODES:
        raise LimitError(f"The graph has {len(graph)} nodes, which is the limit.")
    if event.id in graph:
        raise DuplicateNameError(f"There is a node with the id {event.id} already.", graph.node(event.id).name)
    is_input = event.op == INPUT
    if event.name is None:
        name = fresh_name({node.name for node in graph.nodes()}, is_input=is_input)
    else:
        name = _free_name(graph, event.name)
    if not is_input and event.value is not None:
        raise ValueRefusedError(f"{name} is an op; only an input has a value.", name)
    value = None if not is_input else _NEW_VALUE if event.value is None else _value(event.value, name)
    if is_input and event.parameters:
        raise ParameterError(f"{name} is an input, which has no parameters.", name)
    op = None if is_input else event.op
    node = Node(event.id, op, name, value, x=event.x, y=event.y)
    return graph.with_new_node(_with_parameters(node, event.parameters or {}))


@_apply.register
def _connect(event: Connect, graph: Graph) -> Graph:
    source, target = _existing(graph, event.source), _existing(graph, event.target)
    names = source.name, target.name
    if event.output >= source.n_outputs:
        raise PortError(f"{source.name} has no output {event.output}.", *names)
    if target.is_input:
        raise PortError(f"{target.name} is an input: nothing can be wired into it.", *names)
    if event.port >= len(target.ports):
        raise PortError(f"{target.name} has no input port {event.port}.", *names)
    if graph.leads_to(target.id, source.id):
        why = f"{target.name} already leads to {source.name}" if source != target else "it would feed itself"
        raise CycleError(f"{source.name} → {target.name} would close a cycle: {why}.", *names)
    occupied = event.port in graph.wires_into(target.id)
    if not occupied and graph.network.number_of_edges() >= limits.MAX_EDGES:
        raise LimitError(f"The graph has {limits.MAX_EDGES} wires, which is the limit.", *names)
    return graph.with_edge(Edge(source.id, event.output, target.id, event.port))


@_apply.register
def _disconnect(event: Disconnect, graph: Graph) -> Graph:
    target = _existing(graph, event.target)
    wire = graph.wires_into(target.id).get(event.port)
    if wire is None:
        raise PortError(f"No wire leads into port {event.port} of {target.name}.", target.name)
    return graph.without_edge(wire)


@_apply.register
def _set_value(event: SetValue, graph: Graph) -> Graph:
    node = _existing(graph, event.node)
    if not node.is_input:
        raise ValueRefusedError(f"{node.name} is computed; only an input's value can be set.", node.name)
    return graph.with_nodes(replace(node, value=_value(event.value, node.name)))


@_apply.register
def _set_parameter(event: SetParameter, graph: Graph) -> Graph:
    node = _existing(graph, event.node)
    if node.function is None:
        raise ParameterError(f"{node.name} is an input, which has no parameters.", node.name)
    after = _with_parameters(node, _given(event, node.function, node.name))
    changed = graph.with_nodes(after)
    if (node.ports, node.output_names) == (after.ports, after.output_names):
        return changed
    edges = [edge for edge in graph.edges() if not _is_lost(edge, after)]
    lost_choice = graph.output is not None and graph.output[0] == node.id and graph.output[1] >= after.n_outputs
    # Built anew: what has been found out about the wiring holds for as many ports as there were.
    return Graph.of(changed.nodes(), edges, None if lost_choice else graph.output)


def _is_lost(edge: Edge, node: Node) -> bool:
    """Return whether a wire leads to a port, or from an output, that a node no longer has."""
    into_nothing = edge.target == node.id and edge.port >= len(node.ports)
    return into_nothing or (edge.source == node.id and edge.output >= node.n_outputs)


def _given(event: SetParameter, op: type[Function], name: str) -> dict[str, Any]:
    text = event.value if isinstance(event.value, str) else None
    try:
        if event.name is None:
            return parse_parameters(op, text or "")
        return {event.name: event.value if text is None else parse_parameter(op, event.name, text)}
    except ParameterError as error:
        raise ParameterError(str(error), name) from None


@_apply.register
def _rename(event: Rename, graph: Graph) -> Graph:
    node = _existing(graph, event.node)
    return graph.with_nodes(replace(node, name=_free_name(graph, event.name, node)))


@_apply.register
def _move(event: Move, graph: Graph) -> Graph:
    return graph.with_nodes(
        *(replace(_existing(graph, node_id), x=x, y=y) for node_id, (x, y) in event.positions.items())
    )


@_apply.register
def _delete(event: Delete, graph: Graph) -> Graph:
    return graph.without_nodes({_existing(graph, node_id).id for node_id in event.nodes})


@_apply.register
def _choose(event: Choose, graph: Graph) -> Graph:
    if event.node is None:
        return graph.with_output(None)
    node = _existing(graph, event.node)
    if event.output >= node.n_outputs:
        raise PortError(f"{node.name} has no output {event.output}.", node.name)
    return graph.with_output((node.id, event.output))


@_apply.register
def _tidy(event: Tidy, graph: Graph) -> Graph:
    places = tidy(graph)
    return graph.with_nodes(*(replace(node, x=places[node.id][0], y=places[node.id][1]) for node in graph.nodes()))


@_apply.register
def _replace(event: Replace, graph: Graph) -> Graph:
    return event.document


@_apply.register
def _set_formula(event: SetFormula, graph: Graph) -> Graph:
    return graph_of_formula(event.text, graph)


@_apply.register
def _differentiate(event: Differentiate, graph: Graph) -> Graph:
    node = _existing(graph, event.node)
    if event.output >= node.n_outputs:
        raise PortError(f"{node.name} has no output {event.output}.", node.name)
    return with_gradient(graph, (node.id, event.output))


@_apply.register
def _descend(event: Descend, graph: Graph) -> Graph:
    descent = descend(graph, event.rate, event.steps, event.inputs)
    if len(descent.points) < 2:
        raise EditError(descent.trouble)
    values, nodes = descent.points[-1].values, map(graph.node, descent.moving)
    return graph.with_nodes(*(replace(node, value=_value(values[node.id].tolist(), node.name)) for node in nodes))


def _existing(graph: Graph, node_id: str) -> Node:
    if node_id not in graph:
        raise UnknownNodeError(f"There is no node with the id {node_id}.")
    return graph.node(node_id)


def _with_parameters(node: Node, given: Mapping[str, Any]) -> Node:
    if node.function is None:
        return node
    try:
        checked = check_parameters(node.function, {**node.parameters, **given})
    except ParameterError as error:
        raise ParameterError(str(error), node.name) from None
    return replace(node, parameters=MappingProxyType(checked))


def _free_name(graph: Graph, text: str, node: Node | None = None) -> str:
    """Return the name in its one form; raises EditError that names the node to be renamed."""
    concerned = () if node is None else (node.name,)
    try:
        name = check_name(text)
    except EditError as error:
        error.nodes = concerned
        raise
    holder = graph.node_named(name)
    if holder is not None and holder != node:
        raise DuplicateNameError(f"Another node is named {name} already.", *concerned, name)
    return name


def _value(value: Any, name: str) -> Value:
    try:
        return parse_value(value) if isinstance(value, str) else check_value(value)
    except PlaygroundError as error:
        raise ValueRefusedError(str(error), name) from None
