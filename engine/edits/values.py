"""The edits of what nodes hold: an input's value and role, an op's parameters, and many values by gradient descent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from engine import limits
from engine.autograd import Function, check_parameters, parse_parameter, parse_parameters, write_parameter
from engine.document import Edge, Graph, Id, Node, Role, Strict, Value, typed_value, valued
from engine.edits.node_lookup import existing_node, name_in_label, only_name, shortened
from engine.errors import EditError, ParameterError, ValueRefusedError
from engine.messages import mark, say, say_count
from engine.pieces import Pieces, finish
from engine.replay import DescentSteps, Rate, descent_in_pieces

# Set a value ------------------------------------------------------------------------------------------------------


class SetValue(Strict):
    """Give an input another value: a number, a nested list, or the text that somebody typed."""

    type: Literal["set value"] = "set value"
    node: Id
    value: Any


def apply_set_value(graph: Graph, event: SetValue) -> Graph:
    """Return the graph with another value; raises UnknownNodeError and ValueRefusedError."""
    node = existing_node(graph, event.node)
    if not node.is_input:
        raise ValueRefusedError(say("{name} is computed; only an input's value can be set.", name=node.name), node.name)
    return graph.with_nodes(valued(node, *checked_input(event.value, node.name)))


def label_set_value(graph: Graph, event: SetValue) -> str:
    """Return the label: "set x to 5"."""
    value = shortened(str(event.value).strip())
    return say("set {name} to {value}", name=name_in_label(graph, event.node), value=value)


def checked_input(value: Any, name: str) -> tuple[Value, str]:
    """Return a value that was typed or read from JSON as it is kept, and how it was written where that says more.

    Raises ValueRefusedError, which names the node.
    """
    try:
        return typed_value(value)
    except EditError as error:
        raise ValueRefusedError(str(error), name, offers=error.offers) from None


# Set a parameter --------------------------------------------------------------------------------------------------


class SetParameter(Strict):
    """Give an op another constant: a JSON value, or the text that somebody typed.

    Without a name the text may set several: "axis=0, keepdims=no".
    """

    type: Literal["set parameter"] = "set parameter"
    node: Id
    name: str | None = None
    value: Any


def apply_set_parameter(graph: Graph, event: SetParameter) -> Graph:
    """Return the graph with other parameters; raises UnknownNodeError and ParameterError.

    Wires to ports that the node no longer has are taken off.
    """
    node = existing_node(graph, event.node)
    if node.function is None:
        raise ParameterError(say("{name} is an input, which has no parameters.", name=node.name), node.name)
    after = with_parameters(node, _given_parameters(event, node.function, node.name))
    changed = graph.with_nodes(after)
    if (node.ports, node.output_names) == (after.ports, after.output_names):
        return changed
    edges = [edge for edge in graph.edges() if not _is_lost(edge, after)]
    lost_choice = graph.output is not None and graph.output[0] == node.id and graph.output[1] >= after.n_outputs
    # With a new Wiring: what has been computed from the old one holds for as many ports as there were.
    return Graph.of(changed.nodes(), edges, None if lost_choice else graph.output, graph.blocks, graph.training)


def label_set_parameter(graph: Graph, event: SetParameter) -> str:
    """Return the label: "set exponent of a to 3"; of several at once "set a to axis=0, keepdims=no"."""
    value = shortened(event.value.strip() if isinstance(event.value, str) else write_parameter(event.value))
    name = name_in_label(graph, event.node)
    if not event.name:
        return say("set {name} to {value}", name=name, value=value)
    return say("set {parameter} of {name} to {value}", parameter=event.name, name=name, value=value)


def _is_lost(edge: Edge, node: Node) -> bool:
    """Return whether a wire leads to a port, or from an output, that a node no longer has."""
    into_nothing = edge.target == node.id and edge.port >= len(node.ports)
    return into_nothing or (edge.source == node.id and edge.output >= node.n_outputs)


def _given_parameters(event: SetParameter, op: type[Function], name: str) -> dict[str, Any]:
    text = event.value if isinstance(event.value, str) else None
    try:
        if event.name is None:
            return parse_parameters(op, text or "")
        return {event.name: event.value if text is None else parse_parameter(op, event.name, text)}
    except ParameterError as error:
        raise ParameterError(str(error), name) from None


def with_parameters(node: Node, given: Mapping[str, Any]) -> Node:
    """Return the node with some parameters changed; raises ParameterError, which names the node."""
    if node.function is None:
        return node
    try:
        checked = check_parameters(node.function, {**node.parameters, **given})
    except ParameterError as error:
        raise ParameterError(str(error), node.name) from None
    return replace(node, parameters=MappingProxyType(checked))


# Set a role -------------------------------------------------------------------------------------------------------


class SetRole(Strict):
    """Say what some inputs are in training: data, weight or target; None takes their role away."""

    type: Literal["set role"] = "set role"
    nodes: Annotated[list[Id], Field(min_length=1, max_length=limits.MAX_NODES)]
    role: Role | None = None


def apply_set_role(graph: Graph, event: SetRole) -> Graph:
    """Return the graph with another role of some inputs; raises UnknownNodeError and EditError."""
    nodes = [existing_node(graph, node_id) for node_id in event.nodes]
    for node in nodes:
        if not node.is_input:
            raise EditError(say("{name} is computed; only an input has a role.", name=node.name), node.name)
    after = graph.with_nodes(*(replace(node, role=event.role) for node in nodes))
    if graph.training is None or event.role in ("data", "target"):
        return after
    return after.with_training(graph.training.without(event.nodes))  # only data and targets come from a table


def label_set_role(graph: Graph, event: SetRole) -> str:
    """Return the label: "make x a weight"."""
    name = only_name(graph, event.nodes)
    if name is None:
        return say_count("set the role of {count} input", "set the roles of {count} inputs", len(event.nodes))
    return say(_ROLE_LABELS[event.role], name=name)


_ROLE_LABELS: Final[Mapping[Role | None, str]] = {
    "data": mark("make {name} data"),
    "weight": mark("make {name} a weight"),
    "target": mark("make {name} a target"),
    None: mark("take the role of {name} away"),
}


# Descend ----------------------------------------------------------------------------------------------------------


class Descend(Strict):
    """Move inputs down the gradient of the output, a number of steps; None moves all that have a gradient."""

    type: Literal["descend"] = "descend"
    rate: Rate
    steps: DescentSteps = 1
    inputs: Annotated[list[Id], Field(max_length=limits.MAX_NODES)] | None = None


def apply_descend(graph: Graph, event: Descend) -> Graph:
    """Return the graph with the values after the last step; raises EditError where no step can be made."""
    return finish(descend_in_pieces(graph, event))


def descend_in_pieces(graph: Graph, event: Descend) -> Pieces[Graph]:
    """Do the same as `apply_descend` in pieces, each a step."""
    descent = yield from descent_in_pieces(graph, event.rate, event.steps, event.inputs)
    if len(descent.points) < 2:
        raise EditError(descent.trouble)
    values, nodes = descent.points[-1].values, map(graph.node, descent.moving)
    return graph.with_nodes(*(valued(node, *checked_input(values[node.id].tolist(), node.name)) for node in nodes))


def label_descend(graph: Graph, event: Descend) -> str:
    """Return the label: "one step of descent", "5 steps of descent"."""
    return say_count("one step of descent", "{count} steps of descent", event.steps)
