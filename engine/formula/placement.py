"""Places for nodes that join a graph: where the layout would put them, on free ground."""

from __future__ import annotations

import math
from dataclasses import replace

from engine.document import COLUMN, ROW, Graph, tidy


def placed(graph: Graph, present: Graph) -> Graph:
    """Put new nodes where the layout would, as seen from a neighbour that was there before, on free ground."""
    if all(node.id in present for node in graph.nodes()):
        return graph
    ideal = tidy(graph)
    places = {node.id: (node.x, node.y) for node in graph.nodes() if _stays(graph, node.id, present)}
    if not any(graph.node(node_id).ports for node_id in places):
        return _laid_out(graph, ideal, places)
    for node_id in graph.topological_order():
        if node_id in places:
            continue
        x, y = ideal[node_id]
        beside = _neighbour(graph, node_id, places)
        namesake = present.node_named(graph.node(node_id).name)
        leftmost = max((places[wire.source][0] for wire in graph.wires_into(node_id).values()), default=-math.inf)
        if namesake is not None and namesake.id not in graph and namesake.x > leftmost:
            x, y = namesake.x, namesake.y  # what had this name is gone: take its place
        elif beside is not None:
            x, y = x + places[beside][0] - ideal[beside][0], y + places[beside][1] - ideal[beside][1]
            x = max(x, leftmost + COLUMN)  # wires lead to the right
        while any(abs(x - other[0]) < COLUMN * 0.75 and abs(y - other[1]) < ROW * 0.75 for other in places.values()):
            y += ROW
        places[node_id] = (x, y)
    return _with_places(graph, places)


def _laid_out(graph: Graph, ideal: dict[str, tuple[float, float]], kept: dict[str, tuple[float, float]]) -> Graph:
    """Lay out a graph of which only inputs were there before: as a whole, the first of them at its place."""
    anchor = next(iter(kept), None)
    to, origin = ((0.0, 0.0), (0.0, 0.0)) if anchor is None else (kept[anchor], ideal[anchor])
    return _with_places(graph, {each: (x + to[0] - origin[0], y + to[1] - origin[1]) for each, (x, y) in ideal.items()})


def _with_places(graph: Graph, places: dict[str, tuple[float, float]]) -> Graph:
    nodes = [replace(node, x=places[node.id][0], y=places[node.id][1]) for node in graph.nodes()]
    return Graph(dict(zip((node.id for node in nodes), nodes, strict=True)), graph.wiring, graph.output)


def _stays(graph: Graph, node_id: str, present: Graph) -> bool:
    """Return whether a node was there before; a Constant whose users are all new goes with them."""
    users = list(graph.network.successors(node_id))
    is_bare = not graph.node(node_id).is_input and not graph.node(node_id).ports
    return node_id in present and not (is_bare and users and all(user not in present for user in users))


def _neighbour(graph: Graph, node_id: str, places: dict[str, tuple[float, float]]) -> str | None:
    before = (wire.source for wire in graph.wires_into(node_id).values())
    after = graph.network.successors(node_id)
    return next((other for other in (*before, *after, *places) if other in places), None)
