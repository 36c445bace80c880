"""The edits of blocks, and what other edits mean where they name a block: its members, and their ports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine import limits
from engine.document import (
    Block,
    Blocks,
    Graph,
    InputPort,
    OutputPort,
    called,
    centre,
    find_fault,
    fresh_block_name,
    members_of,
    settled,
    shown,
    way_back,
)
from engine.edits.events import MakeBlock, SetOpen
from engine.errors import CycleError, EditError, PortError, UnknownNodeError


def with_new_block(event: MakeBlock, graph: Graph, name: str) -> Blocks:
    """Return the blocks with a new one; raises EditError, which names the nodes in its way."""
    inputs = tuple(tuple(group) for group in event.inputs)
    block = Block(event.id, name, tuple(members_of(graph, event.nodes)), event.open, inputs)
    fault = find_fault(graph, (*graph.blocks, block))
    if fault is not None:
        raise EditError(fault[1][:1].upper() + fault[1][1:], *(graph.node(each).name for each in block.members[-1:]))
    return (*graph.blocks, block)


def with_open(event: SetOpen, graph: Graph) -> Blocks:
    """Return the blocks with one open or closed."""
    block = existing_block(graph, event.block)
    return tuple(replace(each, is_open=event.open) if each == block else each for each in graph.blocks)


def with_member(graph: Graph, block_id: str, node_id: str) -> Blocks:
    """Return the blocks with one more node in one of them, and in those around it."""
    inside = set(existing_block(graph, block_id).members)
    return tuple(
        replace(block, members=(*block.members, node_id)) if inside.issubset(block.members) else block
        for block in graph.blocks
    )


def existing_block(graph: Graph, block_id: str) -> Block:
    """Return the block of this id; raises UnknownNodeError."""
    block = graph.block(block_id)
    if block is None:
        raise UnknownNodeError(f"There is no block with the id {block_id}.")
    return block


def new_block_name(graph: Graph) -> str:
    """Return the first free name for a block."""
    return fresh_block_name(graph.names())


# What names a block means its members ---------------------------------------------------------------------------


def meant_output(graph: Graph, source: str, output: int) -> OutputPort:
    """Return the output that is meant; a block's stands for one of its members'."""
    block = graph.block(source)
    if block is None:
        return source, output
    if output >= len(block.outputs):
        raise PortError(f"{block.name} has no output {output}.", block.name)
    return block.outputs[output]


def meant_ports(graph: Graph, target: str, port: int) -> tuple[InputPort, ...]:
    """Return the input ports that are meant; a block's stands for all that it feeds."""
    block = graph.block(target)
    if block is None:
        return ((target, port),)
    if port >= len(block.inputs):
        raise PortError(f"{block.name} has no input port {port}.", block.name)
    return block.inputs[port]


def meant_places(graph: Graph, positions: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the places that are meant; a block takes its members along."""
    places: dict[str, tuple[float, float]] = {}
    for each, (x, y) in positions.items():
        block = graph.block(each)
        if block is None:
            places[each] = (_within(x), _within(y))
            continue
        middle = centre(graph, block)
        for member in block.members:
            node = graph.node(member)
            places[member] = (_within(node.x + x - middle[0]), _within(node.y + y - middle[1]))
    return places


def _within(coordinate: float) -> float:
    return min(max(coordinate, -limits.MAX_COORDINATE), limits.MAX_COORDINATE)


def name_shown(graph: Graph, node_id: str) -> str:
    """Return the name under which a node is seen: its own, or that of the closed block that it is in."""
    return called(graph, shown(graph)[node_id]) if graph.blocks else graph.node(node_id).name


# After an edit --------------------------------------------------------------------------------------------------


def kept_true(before: Graph, after: Graph) -> Blocks:
    """Return the blocks as an edit leaves them; raises CycleError if a way now leads out of one and back into it."""
    # Between graphs that are wired alike only parameters may change what ports there are.
    same = (after.wiring, after.blocks, after.output) == (before.wiring, before.blocks, before.output)
    if same and all(node.parameters is before.node(node.id).parameters for node in after.nodes()):
        return after.blocks
    blocks = settled(after)
    way = way_back(after, blocks)
    if way is not None:
        names = [called(after, each, blocks) for each in way]
        block = next(block.name for block in blocks if block.id in way)
        raise CycleError(
            f"A way would lead out of the block {block} and back into it: {' → '.join([*names, names[0]])}.", *names
        )
    return blocks


def under_free_names(graph: Graph) -> Blocks:
    """Return the blocks of a graph that has become another, with other names where nodes have taken theirs."""
    renamed: list[Block] = []
    taken = {node.name for node in graph.nodes()}
    for block in settled(graph):
        name = block.name if block.name not in taken else fresh_block_name(taken | graph.names())
        taken.add(name)
        renamed.append(replace(block, name=name))
    return tuple(renamed)
