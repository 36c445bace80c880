"""The edits of blocks: make, open or close, ungroup; and what other edits do to blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from engine import limits
from engine.document import (
    Block,
    BlockInputs,
    Blocks,
    Graph,
    Id,
    Strict,
    called,
    cycle_through_block,
    find_fault,
    fresh_block_name,
    members_of,
    refreshed_blocks,
)
from engine.edits.move_aside import positions_aside
from engine.edits.node_lookup import (
    existing_block,
    existing_node,
    free_name,
    member_positions,
    name_in_label,
    only_name,
    refuse_taken_id,
)
from engine.errors import CycleError, EditError
from engine.messages import say, say_count

# Make a block -----------------------------------------------------------------------------------------------------


class MakeBlock(Strict):
    """Make one block of nodes, closed; a block among them stands for its members.

    Without a name it gets the first free one. `inputs` groups its ports as those of a block it is a copy of.
    """

    type: Literal["block"] = "block"
    id: Id
    nodes: Annotated[list[Id], Field(max_length=limits.MAX_NODES)]
    name: str | None = None
    inputs: BlockInputs = ()
    open: bool = False


def apply_make_block(graph: Graph, event: MakeBlock) -> Graph:
    """Return the graph with one more block; raises EditError where these nodes cannot be one, or for a taken name."""
    refuse_taken_id(graph, event.id)
    members = tuple(members_of(graph, event.nodes))
    for node_id in members:
        existing_node(graph, node_id)
    name = fresh_block_name(graph.names()) if event.name is None else free_name(graph, event.name)
    block = Block(event.id, name, members, event.open, tuple(tuple(group) for group in event.inputs))
    fault = find_fault(graph, (*graph.blocks, block))
    if fault is not None:
        sentence = fault[1][:1].upper() + fault[1][1:]  # in a document it stands behind its place, and so begins small
        raise EditError(sentence, *(graph.node(each).name for each in members[-1:]))
    return clear_of_others(graph.with_blocks((*graph.blocks, block)), event.id)


def label_make_block(graph: Graph, event: MakeBlock) -> str:
    """Return the label: "make a block of a", "make a block of 3 nodes"."""
    members = members_of(graph, event.nodes)
    name = only_name(graph, members)
    if name is None:
        return say_count("make a block of {count} node", "make a block of {count} nodes", len(members))
    return say("make a block of {name}", name=name)


# Open or close ----------------------------------------------------------------------------------------------------


class SetOpen(Strict):
    """Open a block, so that its members are shown, or close it."""

    type: Literal["set open"] = "set open"
    block: Id
    open: bool


def apply_set_open(graph: Graph, event: SetOpen) -> Graph:
    """Return the graph with a block open or closed, and nothing in its way; raises UnknownNodeError."""
    block = existing_block(graph, event.block)
    changed = tuple(replace(each, is_open=event.open) if each == block else each for each in graph.blocks)
    return clear_of_others(graph.with_blocks(changed), event.block)


def label_set_open(graph: Graph, event: SetOpen) -> str:
    """Return the label: "open sigmoid", "close sigmoid"."""
    name = name_in_label(graph, event.block)
    return say("open {name}", name=name) if event.open else say("close {name}", name=name)


# Ungroup ----------------------------------------------------------------------------------------------------------


class Ungroup(Strict):
    """Take a block away and leave its members."""

    type: Literal["ungroup"] = "ungroup"
    block: Id


def apply_ungroup(graph: Graph, event: Ungroup) -> Graph:
    """Return the graph without a block; raises UnknownNodeError."""
    gone = existing_block(graph, event.block)
    return graph.with_blocks(tuple(block for block in graph.blocks if block != gone))


def label_ungroup(graph: Graph, event: Ungroup) -> str:
    """Return the label: "ungroup sigmoid"."""
    return say("ungroup {name}", name=name_in_label(graph, event.block))


# What other edits do to blocks ------------------------------------------------------------------------------------


def with_member(graph: Graph, block_id: str, node_id: str) -> Blocks:
    """Return the blocks with one more node in one of them, and in those around it; raises UnknownNodeError."""
    inside = set(existing_block(graph, block_id).members)
    return tuple(
        replace(block, members=(*block.members, node_id)) if inside.issubset(block.members) else block
        for block in graph.blocks
    )


def clear_of_others(graph: Graph, block_id: str) -> Graph:
    """Return the graph with everything moved aside that stands where a block is shown, or will be."""
    positions = member_positions(graph, positions_aside(graph, existing_block(graph, block_id)))
    return graph.with_nodes(*(replace(graph.node(node_id), x=x, y=y) for node_id, (x, y) in positions.items()))


def blocks_after(before: Graph, after: Graph) -> Blocks:
    """Return the blocks as an edit leaves them; raises CycleError if a path leads out of one and back into it."""
    # An edit that changes which ports a node has makes a new Wiring, even where all wires stay.
    if (after.wiring, after.blocks, after.output) == (before.wiring, before.blocks, before.output):
        return after.blocks
    blocks = refreshed_blocks(after)
    cycle = cycle_through_block(after, blocks)
    if cycle is not None:
        names = [called(after, each, blocks) for each in cycle]
        block = next(block.name for block in blocks if block.id in cycle)
        way = " → ".join([*names, names[0]])
        raise CycleError(
            say("A way would lead out of the block {block} and back into it: {way}.", block=block, way=way), *names
        )
    return blocks


def with_free_block_names(graph: Graph) -> Blocks:
    """Return the blocks of a graph, renamed where a node has taken a block's name."""
    renamed: list[Block] = []
    taken = {node.name for node in graph.nodes()}
    for block in refreshed_blocks(graph):
        name = block.name if block.name not in taken else fresh_block_name(taken | graph.names())
        taken.add(name)
        renamed.append(replace(block, name=name))
    return tuple(renamed)
