"""Answer questions about blocks: nodes that are grouped under a name, and shown as one node while it is closed.

A block changes nothing of what is computed: it is a set of nodes of the graph. Two blocks share no node, or one holds
all nodes of the other. No path along the wires leads out of a block and back into it, so that the graph has no cycle
when a block is shown as one node, whichever of the others are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

import networkx as nx

from engine.document.graph import Block, Graph, InputPort, OutputPort, Wiring
from engine.limits import MAX_NESTING
from engine.messages import say

Blocks = tuple[Block, ...]
Chain = tuple[Block, ...]
"""Blocks that stand in each other, the outermost first."""


def chains(graph: Graph) -> dict[str, Chain]:
    """Return for each node the blocks that it is in."""
    found: dict[str, Chain] = {node.id: () for node in graph.nodes()}
    for block in by_size(graph.blocks):
        for member in block.members:
            found[member] = (*found[member], block)
    return found


def by_size(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks so that each stands before those in it."""
    return sorted(blocks, key=lambda block: -len(block.members))


_SHOWN: WeakKeyDictionary[Wiring, tuple[Blocks, dict[str, str]]] = WeakKeyDictionary()


def shown(graph: Graph) -> dict[str, str]:
    """Return for each node what stands for it in the picture: the outermost closed block that it is in, or itself.

    To be read only: graphs with the same wiring and the same blocks share it.
    """
    known = _SHOWN.get(graph.wiring)
    if known is None or known[0] is not graph.blocks:
        places = {
            node_id: next((block.id for block in chain if not block.is_open), node_id)
            for node_id, chain in chains(graph).items()
        }
        known = _SHOWN[graph.wiring] = (graph.blocks, places)
    return known[1]


def members_of(graph: Graph, ids: Iterable[str]) -> list[str]:
    """Return the nodes that some ids stand for, each once: a block's stands for its members."""
    found: dict[str, None] = {}
    for each in ids:
        block = graph.block(each)
        found.update(dict.fromkeys((each,) if block is None else block.members))
    return list(found)


def centre(graph: Graph, block: Block) -> tuple[float, float]:
    """Return where a block stands: in the middle of its members."""
    xs, ys = zip(*((graph.node(member).x, graph.node(member).y) for member in block.members), strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


# What is a block ------------------------------------------------------------------------------------------------


def find_fault(graph: Graph, blocks: Sequence[Block]) -> tuple[int, str] | None:
    """Return which of some blocks cannot be one beside those before it, and the sentence that says why."""
    around: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        members = set(block.members)
        if all(graph.node(member).is_input for member in members):
            return index, say("a block needs at least one op.")
        sharing = {each for member in members for each in around.get(member, ())}
        for other in [blocks[each] for each in sorted(sharing)]:
            common = members.intersection(other.members)
            if len(common) == len(members) == len(other.members):
                return index, say("the block {block} holds exactly these nodes already.", block=other.name)
            if len(common) < min(len(members), len(other.members)):
                inside = next(graph.node(each).name for each in other.members if each in common)
                return index, say(
                    "the block {block} holds {node}, and reaches beyond these nodes.", block=other.name, node=inside
                )
        for member in members:
            around.setdefault(member, []).append(index)
        if max(len(around[member]) for member in members) > MAX_NESTING:
            return index, say("blocks stand in each other up to {limit} deep.", limit=MAX_NESTING)
    way = cycle_through_block(graph, blocks)
    if way is None:
        return None
    index = max(index for index, block in enumerate(blocks) if block.id in way)
    between = way[(way.index(blocks[index].id) + 1) % len(way)]
    name = called(graph, between, blocks)
    return index, say(
        "these nodes cannot be one block: {name} stands on a way out of them and back into them.", name=name
    )


def called(graph: Graph, each: str, blocks: Iterable[Block] | None = None) -> str:
    """Return the name of a node or a block."""
    held = graph.blocks if blocks is None else blocks
    return next((block.name for block in held if block.id == each), "") or graph.node(each).name


def cycle_through_block(graph: Graph, blocks: Iterable[Block]) -> list[str] | None:
    """Return a way that leads out of a block and back into it, as nodes and blocks that stand side by side.

    Without a cycle among those there is none in any picture: to open a block is to put a graph without cycles in a
    node's place.
    """
    network = nx.DiGraph(beside(graph, chains(graph.with_blocks(tuple(blocks)))))
    if nx.is_directed_acyclic_graph(network):
        return None
    return [step[0] for step in nx.find_cycle(network)]


def beside(graph: Graph, around: Mapping[str, Chain]) -> list[tuple[str, str]]:
    """Return what each wire joins: two nodes or blocks that stand side by side in the smallest block around them."""
    joined: list[tuple[str, str]] = []
    for edge in graph.edges():
        sources = [*(block.id for block in around[edge.source]), edge.source]
        targets = [*(block.id for block in around[edge.target]), edge.target]
        joined.append(next((a, b) for a, b in zip(sources, targets, strict=False) if a != b))
    return joined


# Its ports ------------------------------------------------------------------------------------------------------


def refreshed_blocks(graph: Graph) -> Blocks:
    """Return the blocks of a graph with members that are there and ports that fit the wires.

    A block that has lost its last op is gone, and so is one that holds just what another around it holds.
    """
    inserted = {node.id: index for index, node in enumerate(graph.nodes())}
    needed = {node_id: index for index, node_id in enumerate(graph.topological_order())}
    held: set[frozenset[str]] = set()
    kept: dict[str, Block] = {}
    for block in by_size(graph.blocks):
        members = frozenset(member for member in block.members if member in graph)
        if members not in held and any(not graph.node(member).is_input for member in members):
            held.add(members)
            in_order = sorted(members, key=needed.__getitem__)
            kept[block.id] = replace(
                block,
                members=tuple(sorted(members, key=inserted.__getitem__)),
                inputs=_inputs(graph, in_order, block.inputs),
                outputs=_outputs(graph, in_order, block),
            )
    return tuple(kept[block.id] for block in graph.blocks if block.id in kept)


def _inputs(
    graph: Graph, members: Sequence[str], known: Iterable[tuple[InputPort, ...]]
) -> tuple[tuple[InputPort, ...], ...]:
    """Return the members' ports that are fed from outside or from nowhere; what one value feeds is one port.

    A port that is known goes on as it is, as far as its members' ports are fed by the same.
    """
    sources = dict(_open_ports(graph, members))
    groups: list[list[InputPort]] = []
    for group in known:
        parts: dict[OutputPort | None, list[InputPort]] = {}
        for port in group:
            if port in sources:
                parts.setdefault(sources.pop(port), []).append(port)
        groups.extend(parts.values())
    fed: dict[OutputPort, list[InputPort]] = {}
    for known_group in groups:
        source = output_feeding(graph, known_group[0])
        if source is not None:
            fed.setdefault(source, known_group)
    for port, source in sources.items():
        if source is not None and source in fed:
            fed[source].append(port)
            continue
        groups.append([port])
        if source is not None:
            fed[source] = groups[-1]
    return tuple(map(tuple, groups))


def _open_ports(graph: Graph, members: Sequence[str]) -> Iterator[tuple[InputPort, OutputPort | None]]:
    inside = set(members)
    for node_id in members:
        for port in range(len(graph.node(node_id).ports)):
            source = output_feeding(graph, (node_id, port))
            if source is None or source[0] not in inside:
                yield (node_id, port), source


def _outputs(graph: Graph, members: Sequence[str], block: Block) -> tuple[OutputPort, ...]:
    """Return the members' outputs that are used outside, or nowhere, or differentiated.

    While the block is closed it also keeps those that it has.
    """
    inside = set(members)
    users: dict[OutputPort, set[bool]] = {}
    for source, target, output in graph.network.out_edges(members, data="output"):
        users.setdefault((source, output), set()).add(target in inside)
    present = [(member, output) for member in members for output in range(graph.node(member).n_outputs)]
    found = {output for output in present if output == graph.output or users.get(output) != {True}}
    kept = found if block.is_open else set(present)
    known = [output for output in block.outputs if output in kept]
    return tuple(dict.fromkeys([*known, *(output for output in present if output in found)]))


def output_feeding(graph: Graph, port: InputPort) -> OutputPort | None:
    """Return the output whose wire leads to an input port, or None where no wire leads to it."""
    wire = graph.wires_into(port[0]).get(port[1])
    return None if wire is None else (wire.source, wire.output)
