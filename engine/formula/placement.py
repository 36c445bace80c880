"""Find positions for nodes that join a graph: where the layout would put them, away from all others."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final, TypeAlias

from engine.document import ARRAY_SIZE, COLUMN_DISTANCE, ROW_DISTANCE, Graph, layout_in_pieces
from engine.pieces import Pieces

_Place: TypeAlias = tuple[float, float]
_GAP: Final = (23.0, 12.0)
"""What is kept free between a new node and another, beside it and below it."""


def with_positions(graph: Graph, present: Graph) -> Pieces[Graph]:
    """Return the graph with new nodes where the layout would put them, relative to a neighbour that was there before.

    Nodes of `present` stay where they are. A new node moves down until it stands in nobody's way.
    """
    if all(node.id in present for node in graph.nodes()):
        return graph
    ideal = yield from layout_in_pieces(graph)
    positions = {node.id: (node.x, node.y) for node in graph.nodes() if _stays(graph, node.id, present)}
    if not any(graph.node(node_id).ports for node_id in positions):
        return _laid_out(graph, ideal, positions)
    for node_id in graph.topological_order():
        if node_id in positions:
            continue
        x, y = ideal[node_id]
        beside = _neighbour(graph, node_id, positions)
        namesake = present.node_named(graph.node(node_id).name)
        leftmost = max((positions[wire.source][0] for wire in graph.wires_into(node_id).values()), default=-math.inf)
        if namesake is not None and namesake.id not in graph and namesake.x > leftmost:
            x, y = namesake.x, namesake.y  # what had this name is gone: take its place
        elif beside is not None:
            x, y = x + positions[beside][0] - ideal[beside][0], y + positions[beside][1] - ideal[beside][1]
            x = max(x, leftmost + COLUMN_DISTANCE)  # wires lead to the right
        while any(_is_near(graph, node_id, (x, y), other, place) for other, place in positions.items()):
            y += ROW_DISTANCE
        positions[node_id] = (x, y)
    return _moved(graph, positions)


def _is_near(graph: Graph, node_id: str, place: _Place, other: str, other_place: _Place) -> bool:
    """Return whether two nodes would stand in each other's way; any op may come to show an array."""
    sizes = [graph.node(each).size for each in (node_id, other)]
    width, height = sum(max(size[0], ARRAY_SIZE[0]) for size in sizes) / 2, sum(size[1] for size in sizes) / 2
    return abs(place[0] - other_place[0]) < width + _GAP[0] and abs(place[1] - other_place[1]) < height + _GAP[1]


def _laid_out(graph: Graph, ideal: dict[str, tuple[float, float]], kept: dict[str, tuple[float, float]]) -> Graph:
    """Lay out a graph of which only inputs were there before: as a whole, the first of them where it was."""
    anchor = next(iter(kept), None)
    to, origin = ((0.0, 0.0), (0.0, 0.0)) if anchor is None else (kept[anchor], ideal[anchor])
    return _moved(graph, {each: (x + to[0] - origin[0], y + to[1] - origin[1]) for each, (x, y) in ideal.items()})


def _moved(graph: Graph, positions: dict[str, tuple[float, float]]) -> Graph:
    nodes = [replace(node, x=positions[node.id][0], y=positions[node.id][1]) for node in graph.nodes()]
    return Graph({node.id: node for node in nodes}, graph.wiring, graph.output, training=graph.training)


def _stays(graph: Graph, node_id: str, present: Graph) -> bool:
    """Return whether a node was there before; a Constant whose users are all new is placed anew with them."""
    users = list(graph.network.successors(node_id))
    is_constant = not graph.node(node_id).is_input and not graph.node(node_id).ports
    return node_id in present and not (is_constant and users and all(user not in present for user in users))


def _neighbour(graph: Graph, node_id: str, positions: dict[str, tuple[float, float]]) -> str | None:
    """Return a node that has a position: one that feeds this one, or else one that it feeds, or else any."""
    before = (wire.source for wire in graph.wires_into(node_id).values())
    after = graph.network.successors(node_id)
    return next((other for other in (*before, *after, *positions) if other in positions), None)
