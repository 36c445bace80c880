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
from engine.autograd import Function, check_parameters, parse_parameter, parse_parameters
from engine.document import (
    INPUT,
    Block,
    Edge,
    Graph,
    Node,
    Value,
    by_size,
    check_name,
    check_value,
    fresh_name,
    members_of,
    parse_value,
    tidy,
)
from engine.edits.block_edits import (
    existing_block,
    kept_true,
    meant_output,
    meant_places,
    meant_ports,
    name_shown,
    new_block_name,
    under_free_names,
    with_member,
    with_new_block,
    with_open,
)
from engine.edits.events import (
    AddNode,
    Choose,
    Connect,
    Delete,
    Descend,
    Differentiate,
    Disconnect,
    Event,
    MakeBlock,
    Move,
    Rename,
    Replace,
    SetFormula,
    SetOpen,
    SetParameter,
    SetValue,
    Tidy,
    Ungroup,
    parse_event,
)
from engine.edits.gradient_graph import with_gradient
from engine.edits.make_room import make_room
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
from engine.evaluation import fold
from engine.formula import graph_of_formula
from engine.replay import descend

__all__ = [
    "AddNode",
    "Choose",
    "Connect",
    "Delete",
    "Descend",
    "Differentiate",
    "Disconnect",
    "Event",
    "MakeBlock",
    "Move",
    "Rename",
    "Replace",
    "SetFormula",
    "SetOpen",
    "SetParameter",
    "SetValue",
    "Tidy",
    "Ungroup",
    "apply",
    "parse_event",
]

_NEW_VALUE = 1.0


def apply(graph: Graph, event: Event) -> Graph:
    """Return the graph after an edit; raises EditError, and never changes the given graph."""
    after = _apply(event, graph)
    return after.with_blocks(kept_true(graph, after)) if after.blocks else after


@singledispatch
def _apply(event: Event, graph: Graph) -> Graph:
    raise TypeError(f"{type(event).__name__} is not an edit")


@_apply.register
def _add(event: AddNode, graph: Graph) -> Graph:
    if len(graph) >= limits.MAX_NODES:
        raise LimitError(f"The graph has {len(graph)} nodes, which is the limit.")
    _refuse_taken_id(graph, event.id)
    is_input = event.op == INPUT
    name = fresh_name(graph.names(), is_input=is_input) if event.name is None else _free_name(graph, event.name)
    if not is_input and event.value is not None:
        raise ValueRefusedError(f"{name} is an op; only an input has a value.", name)
    value = None if not is_input else _NEW_VALUE if event.value is None else _value(event.value, name)
    if is_input and event.parameters:
        raise ParameterError(f"{name} is an input, which has no parameters.", name)
    op = None if is_input else event.op
    node = Node(event.id, op, name, value, x=event.x, y=event.y)
    after = graph.with_new_node(_with_parameters(node, event.parameters or {}))
    return after if event.block is None else after.with_blocks(with_member(graph, event.block, event.id))


@_apply.register
def _connect(event: Connect, graph: Graph) -> Graph:
    source, output = meant_output(graph, event.source, event.output)
    for target, port in meant_ports(graph, event.target, event.port):
        graph = _connected(graph, source, output, target, port)
    return graph


def _connected(graph: Graph, source_id: str, output: int, target_id: str, port: int) -> Graph:
    source, target = _existing(graph, source_id), _existing(graph, target_id)
    names = name_shown(graph, source.id), name_shown(graph, target.id)
    if output >= source.n_outputs:
        raise PortError(f"{source.name} has no output {output}.", *names)
    if target.is_input:
        raise PortError(f"{target.name} is an input: nothing can be wired into it.", *names)
    if port >= len(target.ports):
        raise PortError(f"{target.name} has no input port {port}.", *names)
    if graph.leads_to(target.id, source.id):
        why = f"{names[1]} already leads to {names[0]}" if names[0] != names[1] else "it would feed itself"
        raise CycleError(f"{names[0]} → {names[1]} would close a cycle: {why}.", *names)
    occupied = port in graph.wires_into(target.id)
    if not occupied and graph.network.number_of_edges() >= limits.MAX_EDGES:
        raise LimitError(f"The graph has {limits.MAX_EDGES} wires, which is the limit.", *names)
    return graph.with_edge(Edge(source.id, output, target.id, port))


@_apply.register
def _disconnect(event: Disconnect, graph: Graph) -> Graph:
    for target_id, port in meant_ports(graph, event.target, event.port):
        target = _existing(graph, target_id)
        wire = graph.wires_into(target.id).get(port)
        if wire is None:
            name = name_shown(graph, target.id)
            raise PortError(f"No wire leads into port {event.port} of {name}.", name)
        graph = graph.without_edge(wire)
    return graph


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
    return Graph.of(changed.nodes(), edges, None if lost_choice else graph.output, graph.blocks)


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
    block = graph.block(event.node)
    if block is not None:
        renamed = replace(block, name=_free_name(graph, event.name, block))
        return graph.with_blocks(tuple(renamed if each == block else each for each in graph.blocks))
    node = _existing(graph, event.node)
    return graph.with_nodes(replace(node, name=_free_name(graph, event.name, node)))


@_apply.register
def _move(event: Move, graph: Graph) -> Graph:
    return _placed(graph, event.positions)


def _placed(graph: Graph, positions: Mapping[str, tuple[float, float]]) -> Graph:
    places = meant_places(graph, positions)
    return graph.with_nodes(*(replace(_existing(graph, node_id), x=x, y=y) for node_id, (x, y) in places.items()))


@_apply.register
def _delete(event: Delete, graph: Graph) -> Graph:
    return graph.without_nodes({_existing(graph, node_id).id for node_id in members_of(graph, event.nodes)})


@_apply.register
def _choose(event: Choose, graph: Graph) -> Graph:
    if event.node is None:
        return graph.with_output(None)
    node_id, output = meant_output(graph, event.node, event.output)
    node = _existing(graph, node_id)
    if output >= node.n_outputs:
        raise PortError(f"{node.name} has no output {output}.", node.name)
    return graph.with_output((node.id, output))


@_apply.register
def _tidy(event: Tidy, graph: Graph) -> Graph:
    graph = _placed(graph, tidy(fold(graph)))
    for block in by_size(graph.blocks):
        # The layout knows no frames: what it put into one that it does not belong to moves aside.
        graph = _with_room(graph, block.id) if block.is_open else graph
    return graph


@_apply.register
def _replace(event: Replace, graph: Graph) -> Graph:
    return event.document


@_apply.register
def _set_formula(event: SetFormula, graph: Graph) -> Graph:
    after = graph_of_formula(event.text, graph)
    return after.with_blocks(under_free_names(after.with_blocks(graph.blocks)))


@_apply.register
def _make_block(event: MakeBlock, graph: Graph) -> Graph:
    _refuse_taken_id(graph, event.id)
    for node_id in members_of(graph, event.nodes):
        _existing(graph, node_id)
    name = new_block_name(graph) if event.name is None else _free_name(graph, event.name)
    return _with_room(graph.with_blocks(with_new_block(event, graph, name)), event.id)


@_apply.register
def _set_open(event: SetOpen, graph: Graph) -> Graph:
    return _with_room(graph.with_blocks(with_open(event, graph)), event.block)


def _with_room(graph: Graph, block_id: str) -> Graph:
    """Return the graph with nothing in the way of a block, be it where it is seen or where it will be."""
    return _placed(graph, make_room(graph, existing_block(graph, block_id)))


@_apply.register
def _ungroup(event: Ungroup, graph: Graph) -> Graph:
    gone = existing_block(graph, event.block)
    return graph.with_blocks(tuple(block for block in graph.blocks if block != gone))


def _refuse_taken_id(graph: Graph, taken: str) -> None:
    if taken in graph:
        raise DuplicateNameError(f"There is a node with the id {taken} already.", graph.node(taken).name)
    block = graph.block(taken)
    if block is not None:
        raise DuplicateNameError(f"There is a block with the id {taken} already.", block.name)


@_apply.register
def _differentiate(event: Differentiate, graph: Graph) -> Graph:
    node_id, output = meant_output(graph, event.node, event.output)
    node = _existing(graph, node_id)
    if output >= node.n_outputs:
        raise PortError(f"{node.name} has no output {output}.", node.name)
    return with_gradient(graph, (node.id, output)).with_blocks(graph.blocks)


@_apply.register
def _descend(event: Descend, graph: Graph) -> Graph:
    descent = descend(graph, event.rate, event.steps, event.inputs)
    if len(descent.points) < 2:
        raise EditError(descent.trouble)
    values, nodes = descent.points[-1].values, map(graph.node, descent.moving)
    return graph.with_nodes(*(replace(node, value=_value(values[node.id].tolist(), node.name)) for node in nodes))


def _existing(graph: Graph, node_id: str) -> Node:
    block = graph.block(node_id)
    if block is not None:
        raise UnknownNodeError(f"{block.name} is a block, not a node.", block.name)
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


def _free_name(graph: Graph, text: str, node: Node | Block | None = None) -> str:
    """Return the name in its one form; raises EditError that names the node to be renamed."""
    concerned = () if node is None else (node.name,)
    try:
        name = check_name(text)
    except EditError as error:
        error.nodes = concerned
        raise
    taken = graph.names() - {*concerned}
    if name in taken:
        raise DuplicateNameError(f"Another node is named {name} already.", *concerned, name)
    return name


def _value(value: Any, name: str) -> Value:
    try:
        return parse_value(value) if isinstance(value, str) else check_value(value)
    except PlaygroundError as error:
        raise ValueRefusedError(str(error), name) from None
