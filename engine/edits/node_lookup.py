"""Find what the ids and names in an edit stand for, or refuse the edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine import limits
from engine.document import (
    Block,
    Graph,
    InputPort,
    Node,
    OutputPort,
    called,
    centre,
    check_name,
    shown,
)
from engine.errors import DuplicateNameError, EditError, PortError, UnknownNodeError
from engine.messages import say

# Of an edit that is applied ---------------------------------------------------------------------------------------


def existing_node(graph: Graph, node_id: str) -> Node:
    """Return the node of this id; raises UnknownNodeError."""
    block = graph.block(node_id)
    if block is not None:
        raise UnknownNodeError(say("{name} is a block, not a node.", name=block.name), block.name)
    if node_id not in graph:
        raise UnknownNodeError(say("There is no node with the id {id}.", id=node_id))
    return graph.node(node_id)


def existing_block(graph: Graph, block_id: str) -> Block:
    """Return the block of this id; raises UnknownNodeError."""
    block = graph.block(block_id)
    if block is None:
        raise UnknownNodeError(say("There is no block with the id {id}.", id=block_id))
    return block


def refuse_taken_id(graph: Graph, new_id: str) -> None:
    """Raise DuplicateNameError where a node or a block has this id already."""
    if new_id in graph:
        raise DuplicateNameError(say("There is a node with the id {id} already.", id=new_id), graph.node(new_id).name)
    block = graph.block(new_id)
    if block is not None:
        raise DuplicateNameError(say("There is a block with the id {id} already.", id=new_id), block.name)


def free_name(graph: Graph, text: str, node: Node | Block | None = None) -> str:
    """Return a typed name as it is kept; raises EditError, which names the node to be renamed."""
    concerned = () if node is None else (node.name,)
    try:
        name = check_name(text)
    except EditError as error:
        error.nodes = concerned
        raise
    taken = graph.names() - {*concerned}
    if name in taken:
        raise DuplicateNameError(say("Another node is named {name} already.", name=name), *concerned, name)
    return name


def existing_output(graph: Graph, node_id: str, output: int) -> OutputPort:
    """Return an output of a node; a block's stands for that of a member. Raises PortError and UnknownNodeError."""
    member, member_output = member_output_of(graph, node_id, output)
    node = existing_node(graph, member)
    if member_output >= node.n_outputs:
        raise PortError(say("{name} has no output no. {number}.", name=node.name, number=member_output + 1), node.name)
    return member, member_output


def member_output_of(graph: Graph, source: str, output: int) -> OutputPort:
    """Return the output as it is; a block's stands for that of a member. Raises PortError where a block has none."""
    block = graph.block(source)
    if block is None:
        return source, output
    if output >= len(block.outputs):
        raise PortError(say("{name} has no output no. {number}.", name=block.name, number=output + 1), block.name)
    return block.outputs[output]


def member_ports_of(graph: Graph, target: str, port: int) -> tuple[InputPort, ...]:
    """Return the input port as it is; a block's stands for all that it feeds. Raises PortError where it has none."""
    block = graph.block(target)
    if block is None:
        return ((target, port),)
    if port >= len(block.inputs):
        raise PortError(say("{name} has no input no. {number}.", name=block.name, number=port + 1), block.name)
    return block.inputs[port]


def member_positions(graph: Graph, positions: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return new positions of nodes; a block's new centre takes its members along. All stay within MAX_COORDINATE."""
    found: dict[str, tuple[float, float]] = {}
    for each, (x, y) in positions.items():
        block = graph.block(each)
        if block is None:
            found[each] = (_within(x), _within(y))
            continue
        old_x, old_y = centre(graph, block)
        for member in block.members:
            node = graph.node(member)
            found[member] = (_within(node.x + x - old_x), _within(node.y + y - old_y))
    return found


def _within(coordinate: float) -> float:
    return min(max(coordinate, -limits.MAX_COORDINATE), limits.MAX_COORDINATE)


def name_shown(graph: Graph, node_id: str) -> str:
    """Return the name under which a node is shown: its own, or that of the closed block that it is in."""
    return called(graph, shown(graph)[node_id]) if graph.blocks else graph.node(node_id).name


# For an undo label ------------------------------------------------------------------------------------------------

_LONGEST_VALUE = 20


def name_in_label(graph: Graph, node_id: str) -> str:
    """Return the name of a node or a block, or "the new node" for one that is not in the graph yet."""
    return called(graph, node_id) if node_id in graph or graph.block(node_id) else say("the new node")


def only_name(graph: Graph, ids: Sequence[str]) -> str | None:
    """Return the name of the one node or block that some ids mean, or None where there are several."""
    return name_in_label(graph, ids[0]) if len(ids) == 1 else None


def shortened(value: str) -> str:
    """Return a typed value, cut off where it is too long for a label."""
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
