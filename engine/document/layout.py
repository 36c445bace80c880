"""Order the layers of a drawing from left to right with few crossings, and find its heights, after Sugiyama and others.

Own code because no library fits: those in pure Python (grandalf, the layouts of networkx) know no ports, and either are
no longer maintained or do not count crossings; the others are compiled.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from engine.document.clearing import PORTS_HEIGHT, Slot, port_height
from engine.document.geometry import ROW_DISTANCE
from engine.document.graph import Edge, Graph
from engine.pieces import Pieces

PASSING_HEIGHT: Final = 24.0
"""The height that is kept free for a wire where it passes between nodes, beside what these keep free themselves."""
_ORDER_SWEEPS: Final = 12
_PLACE_SWEEPS: Final = 16
_LARGEST_TO_SWAP: Final = 120
"""How many slots there may be for every swap to be tried."""
_MOST_PASSING: Final = 6_000
"""How many places there are for wires that pass a layer. Where the wires of a graph pass more, nobody can follow the
longest of them any more, and they are drawn wherever they come to lie."""
_STRAIGHT_WEIGHT: Final = 4.0
"""How much more a passing wire is pulled straight than a node is pulled to its neighbours."""

Link = tuple[Slot, float, Slot, float]
"""Two slots of neighbouring layers, each with where on it the wire ends, as a fraction of its height from −½ to ½."""
_Ends = dict[Slot, list[tuple[Slot, float, float]]]
"""The neighbours of each slot on one side, each with where on it and where on the slot the wire ends."""


def depths_of(graph: Graph) -> dict[str, int]:
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


def layers_of(
    graph: Graph, depth: Mapping[str, int], line_of: Sequence[int] | None = None
) -> tuple[list[list[Slot]], list[Link]]:
    """Return the layers with the wires' passing slots in them, and the links between neighbouring layers.

    A wire from one line to another has neither: it goes around.
    """
    layers: list[list[Slot]] = [[] for _ in range(max(depth.values()) + 1)]
    for node in graph.nodes():
        layers[depth[node.id]].append(node.id)
    links: list[Link] = []
    for edge, has_places in _with_places(graph, depth):
        columns = range(depth[edge.source] + 1, depth[edge.target])
        if line_of is not None and line_of[depth[edge.source]] != line_of[depth[edge.target]]:
            continue
        if columns and not has_places:
            continue
        passing = [(edge.target, edge.port, layer) for layer in columns]
        for slot in passing:
            layers[slot[2]].append(slot)
        leaves = port_height(edge.output, graph.node(edge.source).n_outputs)
        enters = port_height(edge.port, len(graph.node(edge.target).ports))
        stations: list[tuple[Slot, float]] = [(edge.source, leaves), *((slot, 0.0) for slot in passing)]
        for (left, at_left), (right, at_right) in pairwise([*stations, (edge.target, enters)]):
            links.append((left, at_left, right, at_right))
    return layers, links


def _with_places(graph: Graph, depth: Mapping[str, int]) -> list[tuple[Edge, bool]]:
    """Return each wire, and whether it has places in the layers that it passes: the shortest ones first."""
    edges = graph.edges()
    passed = [depth[edge.target] - depth[edge.source] - 1 for edge in edges]
    has_places, room = [False] * len(edges), _MOST_PASSING
    for index in sorted(range(len(edges)), key=passed.__getitem__):
        room -= passed[index]
        if room < 0:
            break
        has_places[index] = True
    return list(zip(edges, has_places, strict=True))


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


def uncross(layers: list[list[Slot]], links: Sequence[Link]) -> Pieces[None]:
    """Order each layer so that few links cross: sort by the mean of the neighbours, there and back, keep the best."""
    before: _Ends = {}
    after: _Ends = {}
    for left, at_left, right, at_right in links:
        before.setdefault(right, []).append((left, at_left, at_right))
        after.setdefault(left, []).append((right, at_right, at_left))
    place = {slot: index for layer in layers for index, slot in enumerate(layer)}
    yield 0.0
    best, least = [list(layer) for layer in layers], count_crossings(layers, links)
    yield 0.0
    unmoved = 0
    for sweep in range(_ORDER_SWEEPS):
        if least == 0 or unmoved == 2:  # nothing to gain, or there and back have left everything as it was
            break
        forward, unmoved = sweep % 2 == 0, unmoved + 1
        neighbours = before if forward else after
        for layer in layers[1:] if forward else layers[-2::-1]:
            means = {slot: _mean_place(place, slot, neighbours.get(slot, ())) for slot in layer}
            ordered = sorted(layer, key=means.__getitem__)
            if ordered != layer:
                layer[:], unmoved = ordered, 0
                place.update((slot, index) for index, slot in enumerate(layer))
        yield (sweep + 0.5) / _ORDER_SWEEPS
        if not unmoved and (crossings := count_crossings(layers, links)) < least:
            best, least = [list(layer) for layer in layers], crossings
        yield (sweep + 1) / _ORDER_SWEEPS
    layers[:] = best
    if least > 0 and sum(map(len, layers)) <= _LARGEST_TO_SWAP:
        _swap_neighbours(layers, before, after)


def _mean_place(place: dict[Slot, int], slot: Slot, neighbours: Sequence[tuple[Slot, float, float]]) -> float:
    """Return where a slot belongs in its layer; what has no neighbour stays in its place."""
    # A wire that enters low is drawn from low, so its own end counts against it.
    ends = [place[other] + at_other - at_slot for other, at_other, at_slot in neighbours]
    return sum(ends) / len(ends) if ends else float(place[slot])


def _swap_neighbours(layers: list[list[Slot]], before: _Ends, after: _Ends) -> None:
    """Swap neighbours in a layer as long as that takes crossings away."""
    place = {slot: index for layer in layers for index, slot in enumerate(layer)}
    improved = True
    while improved:
        improved = False
        for layer in layers:
            for index in range(len(layer) - 1):
                upper, lower = layer[index], layer[index + 1]
                if sum(_gained_by_swap(place, ends, upper, lower) for ends in (before, after)) > 0:
                    layer[index], layer[index + 1] = lower, upper
                    place[upper], place[lower] = index + 1, index
                    improved = True


def _gained_by_swap(place: dict[Slot, int], ends: _Ends, upper: Slot, lower: Slot) -> int:
    """Return how many crossings on one side of a layer go when two neighbours in it change places."""
    uppers = [place[other] + at_other for other, at_other, _ in ends.get(upper, ())]
    lowers = [place[other] + at_other for other, at_other, _ in ends.get(lower, ())]
    return sum((high > low) - (high < low) for high in uppers for low in lowers)


def heights_of(
    layers: Sequence[Sequence[Slot]], links: Sequence[Link], passing: float = PASSING_HEIGHT
) -> Pieces[dict[Slot, float]]:
    """Return each slot's y: as near to its neighbours' as the distance between slots allows.

    `passing` is the height that is kept free for a wire, beside what the nodes keep free themselves.
    """
    y = {slot: index * ROW_DISTANCE for layer in layers for index, slot in enumerate(layer)}
    neighbours = _neighbours(links)
    yield 0.0
    for sweep in range(_PLACE_SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wanted = []
            for slot in layer:
                ends = [y[other] + shift for other, shift in neighbours.get(slot, ())]
                weight = _STRAIGHT_WEIGHT if isinstance(slot, tuple) else 1.0
                wanted.append((sum(ends) / len(ends) if ends else y[slot], weight if ends else 0.01))
            for slot, height in zip(layer, _spaced(layer, wanted, passing), strict=True):
                y[slot] = height
        yield (sweep + 1) / _PLACE_SWEEPS
    return y


def _neighbours(links: Sequence[Link]) -> dict[Slot, list[tuple[Slot, float]]]:
    """Return each slot's neighbours, with how much lower than theirs its centre must be for the wire to be level."""
    found: dict[Slot, list[tuple[Slot, float]]] = {}
    for left, at_left, right, at_right in links:
        shift = (at_left - at_right) * PORTS_HEIGHT
        found.setdefault(right, []).append((left, shift))
        found.setdefault(left, []).append((right, -shift))
    return found


def _spaced(
    layer: Sequence[Slot], wanted: Sequence[tuple[float, float]], passing: float = PASSING_HEIGHT
) -> list[float]:
    """Return the heights nearest to the wanted ones (least weighted squares) that keep order and distance.

    Pool adjacent violators: neighbours that would come too near are moved together as one block.
    """
    offsets = [0.0]
    for above, below in pairwise(layer):
        offsets.append(offsets[-1] + (_height_of(above, passing) + _height_of(below, passing)) / 2)
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


def _height_of(slot: Slot, passing: float = PASSING_HEIGHT) -> float:
    return passing if isinstance(slot, tuple) else ROW_DISTANCE
