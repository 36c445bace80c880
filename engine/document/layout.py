"""Lay a graph out from left to right by depth, with few crossings: a layered drawing after Sugiyama, Tagawa and Toda.

Own code because no library fits: those in pure Python (grandalf, the layouts of networkx) know no ports, and either are
no longer maintained or do not count crossings; the others are compiled.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from engine.document.geometry import COLUMN_DISTANCE, FUNCTION_SIZE, INPUT_SIZE, ROW_DISTANCE
from engine.document.graph import Edge, Graph

_PASSING_HEIGHT: Final = 110.0
"""The height that is kept free for a wire where it passes between nodes."""
_PORTS_HEIGHT: Final = FUNCTION_SIZE[1]
"""Along which a node's ports stand."""
_HALF_WIDTH: Final = (FUNCTION_SIZE[0] + INPUT_SIZE[0]) / 4
"""From the middle of a node to where a wire leaves it: of an op's box and an input's ellipse, the mean."""
_CLEARANCE: Final = 8.0
"""Between a node and a wire that passes it."""
_CURVE_STEPS: Final = 24
_STEPS_A_LAYER: Final = 6
_CURVE: Final = 0.45
"""How far across a wire's control points lie, as a fraction."""
_ORDER_SWEEPS: Final = 12
_PLACE_SWEEPS: Final = 16
_CLEARING_SWEEPS: Final = 12
_LARGEST_TO_SWAP: Final = 120
"""How many slots there may be for every swap to be tried, which takes less than a second."""
_STRAIGHT_WEIGHT: Final = 4.0
"""How much more a passing wire is pulled straight than a node is pulled to its neighbours."""

Slot = str | tuple[str, int, int]
"""What stands in a layer: a node, by its id, or a wire that passes the layer, by its target, port and layer."""
Link = tuple[Slot, float, Slot, float]
"""Two slots of neighbouring layers, each with where on it the wire ends, as a fraction of its height from −½ to ½."""


def tidy(graph: Graph) -> dict[str, tuple[float, float]]:
    """Return the position of every node's centre, in canvas units, with (0, 0) in the middle of them all.

    The same graph always gives the same positions. After Sugiyama, Tagawa and Toda, 1981.
    """
    if not len(graph):
        return {}
    depth = _depths(graph)
    layers, links = _layers(graph, depth)
    _uncross(layers, links)
    y = _cleared(graph, layers, _heights(layers, links))
    middle_x = max(depth.values()) * COLUMN_DISTANCE / 2
    ys = [y[node.id] for node in graph.nodes()]
    middle_y = (min(ys) + max(ys)) / 2
    return {
        node.id: (round(depth[node.id] * COLUMN_DISTANCE - middle_x), round(y[node.id] - middle_y))
        for node in graph.nodes()
    }


def _depths(graph: Graph) -> dict[str, int]:
    """Return each node's layer: one behind its deepest input; what has no input stands just before its first user."""
    depth: dict[str, int] = {}
    for node_id in graph.topological_order():
        sources = [edge.source for edge in graph.wires_into(node_id).values()]
        depth[node_id] = 1 + max((depth[source] for source in sources), default=-1)
    for node_id in depth:
        users = list(graph.network.successors(node_id))
        if users and not graph.wires_into(node_id):
            depth[node_id] = min(depth[user] for user in users) - 1
    return depth


def _layers(graph: Graph, depth: dict[str, int]) -> tuple[list[list[Slot]], list[Link]]:
    """Return the layers with the wires' passing slots in them, and the links between neighbouring layers."""
    layers: list[list[Slot]] = [[] for _ in range(max(depth.values()) + 1)]
    for node in graph.nodes():
        layers[depth[node.id]].append(node.id)
    links: list[Link] = []
    for edge in graph.edges():
        passing = [(edge.target, edge.port, layer) for layer in range(depth[edge.source] + 1, depth[edge.target])]
        for slot in passing:
            layers[slot[2]].append(slot)
        leaves = _port_height(edge.output, graph.node(edge.source).n_outputs)
        enters = _port_height(edge.port, len(graph.node(edge.target).ports))
        stations: list[tuple[Slot, float]] = [(edge.source, leaves), *((slot, 0.0) for slot in passing)]
        for (left, at_left), (right, at_right) in pairwise([*stations, (edge.target, enters)]):
            links.append((left, at_left, right, at_right))
    return layers, links


def _port_height(index: int, count: int) -> float:
    """Return where a port stands along a node's side, as a fraction from −½, the top, to ½."""
    return (index + 1) / (count + 1) - 0.5


def count_crossings(layers: Sequence[Sequence[Slot]], links: Sequence[Link]) -> int:
    """Return how many pairs of links between the same two layers cross."""
    place = {slot: index for layer in layers for index, slot in enumerate(layer)}
    layer_of = {slot: number for number, layer in enumerate(layers) for slot in layer}
    crossings = 0
    by_layer: dict[int, list[tuple[float, float]]] = {}
    for left, at_left, right, at_right in links:
        by_layer.setdefault(layer_of[left], []).append((place[left] + at_left, place[right] + at_right))
    for ends in by_layer.values():
        met: list[float] = []  # where those end that begin above, from the top down
        for _, end in sorted(ends):
            crossings += len(met) - bisect_right(met, end)
            insort(met, end)
    return crossings


def _uncross(layers: list[list[Slot]], links: Sequence[Link]) -> None:
    """Order each layer so that few links cross: sort by the mean of the neighbours, there and back, keep the best."""
    before: dict[Slot, list[tuple[Slot, float, float]]] = {}
    after: dict[Slot, list[tuple[Slot, float, float]]] = {}
    for left, at_left, right, at_right in links:
        before.setdefault(right, []).append((left, at_left, at_right))
        after.setdefault(left, []).append((right, at_right, at_left))
    place = {slot: index for layer in layers for index, slot in enumerate(layer)}
    best, least = [list(layer) for layer in layers], count_crossings(layers, links)
    for sweep in range(_ORDER_SWEEPS):
        forward = sweep % 2 == 0
        neighbours = before if forward else after
        for layer in layers[1:] if forward else layers[-2::-1]:
            means = {slot: _mean_place(place, slot, neighbours.get(slot, ())) for slot in layer}
            layer.sort(key=means.__getitem__)
            place.update((slot, index) for index, slot in enumerate(layer))
        crossings = count_crossings(layers, links)
        if crossings < least:
            best, least = [list(layer) for layer in layers], crossings
    layers[:] = best
    _swap_neighbours(layers, links, least)


def _mean_place(place: dict[Slot, int], slot: Slot, neighbours: Sequence[tuple[Slot, float, float]]) -> float:
    """Return where a slot belongs in its layer; what has no neighbour stays in its place."""
    # A wire that enters low is drawn from low, so its own end counts against it.
    ends = [place[other] + at_other - at_slot for other, at_other, at_slot in neighbours]
    return sum(ends) / len(ends) if ends else float(place[slot])


def _swap_neighbours(layers: list[list[Slot]], links: Sequence[Link], least: int) -> None:
    """Swap neighbours in a layer as long as that takes crossings away."""
    improved = least > 0 and sum(map(len, layers)) <= _LARGEST_TO_SWAP
    while improved:
        improved = False
        for layer in layers:
            for index in range(len(layer) - 1):
                layer[index], layer[index + 1] = layer[index + 1], layer[index]
                crossings = count_crossings(layers, links)
                if crossings < least:
                    least, improved = crossings, True
                else:
                    layer[index], layer[index + 1] = layer[index + 1], layer[index]


def _heights(layers: Sequence[Sequence[Slot]], links: Sequence[Link]) -> dict[Slot, float]:
    """Return each slot's y: as near to its neighbours' as the distance between slots allows."""
    y = {slot: index * ROW_DISTANCE for layer in layers for index, slot in enumerate(layer)}
    neighbours = _neighbours(links)
    for sweep in range(_PLACE_SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wanted = []
            for slot in layer:
                ends = [y[other] + shift for other, shift in neighbours.get(slot, ())]
                weight = _STRAIGHT_WEIGHT if isinstance(slot, tuple) else 1.0
                wanted.append((sum(ends) / len(ends) if ends else y[slot], weight if ends else 0.01))
            for slot, height in zip(layer, _spaced(layer, wanted), strict=True):
                y[slot] = height
    return y


def _neighbours(links: Sequence[Link]) -> dict[Slot, list[tuple[Slot, float]]]:
    """Return each slot's neighbours, with how much lower than theirs its centre must be for the wire to be level."""
    found: dict[Slot, list[tuple[Slot, float]]] = {}
    for left, at_left, right, at_right in links:
        shift = (at_left - at_right) * _PORTS_HEIGHT
        found.setdefault(right, []).append((left, shift))
        found.setdefault(left, []).append((right, -shift))
    return found


def _spaced(layer: Sequence[Slot], wanted: Sequence[tuple[float, float]]) -> list[float]:
    """Return the heights nearest to the wanted ones (least weighted squares) that keep order and distance.

    Pool adjacent violators: neighbours that would come too near are moved together as one block.
    """
    offsets = [0.0]
    for above, below in pairwise(layer):
        offsets.append(offsets[-1] + (_height_of(above) + _height_of(below)) / 2)
    blocks: list[list[float]] = []  # mean, weight, count
    for (height, weight), offset in zip(wanted, offsets, strict=True):
        blocks.append([height - offset, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, total, count = blocks.pop()
            other, weight_before, count_before = blocks[-1]
            together = weight_before + total
            blocks[-1] = [(other * weight_before + mean * total) / together, together, count_before + count]
    means = [mean for mean, _, count in blocks for _ in range(int(count))]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _height_of(slot: Slot) -> float:
    return _PASSING_HEIGHT if isinstance(slot, tuple) else ROW_DISTANCE


def _cleared(graph: Graph, layers: Sequence[Sequence[Slot]], y: dict[Slot, float]) -> dict[Slot, float]:
    """Return heights at which nodes stand clear of the wires that pass them.

    A wire has a place in each layer that it passes, but is drawn as one curve, which may miss it. What stands above
    that place is pushed up from the curve, what stands below is pushed down. Ends move with it, so it takes rounds; of
    graphs that no round clears, such as one where two long wires each pass the other's end, the best one is kept.
    """
    depth = {slot: number for number, layer in enumerate(layers) for slot in layer}
    passing = []
    for layer in layers:
        for place, slot in enumerate(layer):
            if isinstance(slot, tuple):
                above = [other for other in layer[place::-1] if isinstance(other, str)]
                below = [other for other in layer[place:] if isinstance(other, str)]
                passing.append((graph.wires_into(slot[0])[slot[1]], slot[2], above, below))
    best, fewest = y, 2 * len(passing) + 1
    for _ in range(_CLEARING_SWEEPS):
        moved, hidden = dict(y), 0
        for edge, number, above, below in passing:
            heights = _heights_in(graph, edge, number, depth, moved)
            hidden += _push(graph, below, max(heights), 1, moved) + _push(graph, above, min(heights), -1, moved)
        if hidden < fewest:
            best, fewest = y, hidden
        if not hidden:
            break
        y = moved
    return best


def _push(graph: Graph, nodes: Sequence[str], wire: float, way: int, y: dict[Slot, float]) -> bool:
    """Push the nodes of a layer beyond a wire, downwards or, where `way` is −1, upwards.

    The nearest one comes first; return whether the wire ran under it.
    """
    if not nodes:
        return False
    size = INPUT_SIZE if graph.node(nodes[0]).is_input else FUNCTION_SIZE
    limit = wire + way * (size[1] / 2 + _CLEARANCE)
    is_hidden = way * (y[nodes[0]] - limit) < -1.0
    for node in nodes:
        if way * (y[node] - limit) >= 0:
            break
        y[node] = limit
        limit += way * ROW_DISTANCE
    return is_hidden


def _heights_in(graph: Graph, edge: Edge, layer: int, depth: dict[Slot, int], y: dict[Slot, float]) -> list[float]:
    """Return the heights of a wire's curve where it passes the nodes of a layer."""
    left, right = depth[edge.source] * COLUMN_DISTANCE + _HALF_WIDTH, depth[edge.target] * COLUMN_DISTANCE - _HALF_WIDTH
    start = y[edge.source] + _PORTS_HEIGHT * _port_height(edge.output, graph.node(edge.source).n_outputs)
    end = y[edge.target] + _PORTS_HEIGHT * _port_height(edge.port, len(graph.node(edge.target).ports))
    # So many that at least one point lies in each layer that the wire passes, however many these are.
    steps = max(_CURVE_STEPS, _STEPS_A_LAYER * (depth[edge.target] - depth[edge.source]))
    heights = []
    for step in range(steps + 1):
        t = step / steps
        bend = 3 * t * (1 - t)
        x = left + (right - left) * (bend * ((1 - t) * _CURVE + t * (1 - _CURVE)) + t**3)
        if abs(x - layer * COLUMN_DISTANCE) <= _HALF_WIDTH + _CLEARANCE:
            heights.append(start + (end - start) * (3 * t**2 * (1 - t) + t**3))
    return heights
