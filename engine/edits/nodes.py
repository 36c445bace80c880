"""The edits of nodes as a whole: add, rename, move, delete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field

from engine import limits
from engine.document import (
    INPUT,
    Graph,
    Id,
    Node,
    Op,
    Parameters,
    Position,
    Role,
    Strict,
    Value,
    fresh_name,
    fresh_value,
    members_of,
    with_written,
)
from engine.edits.blocks import with_member
from engine.edits.node_lookup import (
    existing_node,
    free_name,
    member_positions,
    name_in_label,
    only_name,
    refuse_taken_id,
)
from engine.edits.values import checked_input, with_parameters
from engine.errors import EditError, LimitError, ParameterError, ValueRefusedError
from engine.messages import say, say_count

_Coordinate = Annotated[float, Field(ge=-limits.MAX_COORDINATE, le=limits.MAX_COORDINATE)]

# Add --------------------------------------------------------------------------------------------------------------


class AddNode(Strict):
    """Add an input or an op; without a name it gets the first free one."""

    type: Literal["add"] = "add"
    id: Id
    op: Op
    name: str | None = None
    value: Any = None
    written: Annotated[str, Field(max_length=limits.MAX_WRITTEN_LENGTH)] = ""
    """How the value was written, where its digits do not say so; what means another value is left out."""
    parameters: Parameters | None = None
    role: Role | None = None
    x: _Coordinate = 0.0
    y: _Coordinate = 0.0
    block: Id | None = None
    """The open block that it is dropped into."""


def apply_add_node(graph: Graph, event: AddNode) -> Graph:
    """Return the graph with one more node; raises EditError for a taken id or name, a bad value or a full graph."""
    if len(graph) >= limits.MAX_NODES:
        raise LimitError(
            say_count(
                "The graph has {count} node, which is the limit.",
                "The graph has {count} nodes, which is the limit.",
                len(graph),
            )
        )
    refuse_taken_id(graph, event.id)
    is_input = event.op == INPUT
    name = fresh_name(graph.names(), is_input=is_input) if event.name is None else free_name(graph, event.name)
    if not is_input and event.value is not None:
        raise ValueRefusedError(say("{name} is an op; only an input has a value.", name=name), name)
    value, written = (None, "") if not is_input else _value_of(graph, event, name)
    if is_input and event.parameters:
        raise ParameterError(say("{name} is an input, which has no parameters.", name=name), name)
    if not is_input and event.role is not None:
        raise EditError(say("{name} is computed; only an input has a role.", name=name), name)
    op = None if is_input else event.op
    node = Node(event.id, op, name, value, x=event.x, y=event.y, written=written, role=event.role)
    after = graph.with_new_node(with_parameters(node, event.parameters or {}))
    return after if event.block is None else after.with_blocks(with_member(graph, event.block, event.id))


def _value_of(graph: Graph, event: AddNode, name: str) -> tuple[Value, str]:
    """Return the value that the edit gives to an input, or else the first of 1, 2, 3 … that is free."""
    if event.value is not None:
        value, written = checked_input(event.value, name)
        return value, written or with_written(Node(event.id, None, name, value), event.written).written
    return fresh_value(node.value for node in graph.nodes()), ""


def label_add_node(graph: Graph, event: AddNode) -> str:
    """Return the label: "add Square"."""
    return say("add {op}", op=event.op)


# Rename -----------------------------------------------------------------------------------------------------------


class Rename(Strict):
    """Give a node or a block another name."""

    type: Literal["rename"] = "rename"
    node: Id
    name: str


def apply_rename(graph: Graph, event: Rename) -> Graph:
    """Return the graph with another name; raises InvalidNameError, DuplicateNameError, UnknownNodeError.

    What was named by hand keeps its name. An op that has the letter it got when it was added takes another one, where
    an input is to have that.
    """
    block = graph.block(event.node)
    if block is not None:
        renamed = replace(block, name=free_name(graph, event.name, block))
        return graph.with_blocks(tuple(renamed if each == block else each for each in graph.blocks))
    node = existing_node(graph, event.node)
    if node.is_input:
        graph = _give_way(graph, event.name, node)
    name = free_name(graph, event.name, node)
    return graph.with_nodes(
        replace(node, name=name, is_named=node.is_named or (name != node.name and not node.is_input))
    )


def _give_way(graph: Graph, text: str, node: Node) -> Graph:
    """Return the graph with another name for an op that has, unasked, the one that an input is to have."""
    wanted = text.strip()
    holder = next((each for each in graph.nodes() if each.name == wanted and each.id != node.id), None)
    if holder is None or holder.is_input or holder.is_named:
        return graph
    return graph.with_nodes(replace(holder, name=fresh_name(graph.names(), is_input=False)))


def label_rename(graph: Graph, event: Rename) -> str:
    """Return the label: "rename x to w"."""
    return say("rename {name} to {new}", name=name_in_label(graph, event.node), new=event.name.strip())


# Move -------------------------------------------------------------------------------------------------------------


class Move(Strict):
    """Put nodes and blocks elsewhere: the new centre of each."""

    type: Literal["move"] = "move"
    positions: Annotated[dict[Id, Position], Field(max_length=limits.MAX_NODES)]


def apply_move(graph: Graph, event: Move) -> Graph:
    """Return the graph with nodes elsewhere; raises UnknownNodeError."""
    return with_positions(graph, event.positions)


def label_move(graph: Graph, event: Move) -> str:
    """Return the label: "move x", "move 3 nodes"."""
    name = only_name(graph, list(event.positions))
    if name is None:
        return say_count("move {count} node", "move {count} nodes", len(event.positions))
    return say("move {name}", name=name)


def with_positions(graph: Graph, positions: Mapping[str, tuple[float, float]]) -> Graph:
    """Return the graph with nodes, and the members of blocks, at new positions; raises UnknownNodeError."""
    found = member_positions(graph, positions)
    return graph.with_nodes(*(replace(existing_node(graph, node_id), x=x, y=y) for node_id, (x, y) in found.items()))


# Delete -----------------------------------------------------------------------------------------------------------


class Delete(Strict):
    """Take nodes away, with their wires; a block with all its members."""

    type: Literal["delete"] = "delete"
    nodes: Annotated[list[Id], Field(max_length=limits.MAX_NODES)]


def apply_delete(graph: Graph, event: Delete) -> Graph:
    """Return the graph without some nodes; raises UnknownNodeError."""
    return graph.without_nodes({existing_node(graph, node_id).id for node_id in members_of(graph, event.nodes)})


def label_delete(graph: Graph, event: Delete) -> str:
    """Return the label: "delete x", "delete 3 nodes"."""
    name = only_name(graph, event.nodes)
    if name is None:
        return say_count("delete {count} node", "delete {count} nodes", len(event.nodes))
    return say("delete {name}", name=name)
