"""Lay a graph out: a layered drawing from left to right, in one strip or in lines, after Sugiyama, Tagawa and Toda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from engine.document.clearing import Slot, clear
from engine.document.geometry import COLUMN_DISTANCE, NODE_HEIGHT, NODE_WIDTH, ROW_DISTANCE
from engine.document.graph import Graph
from engine.document.layout import PASSING_HEIGHT, Link, depths_of, heights_of, layers_of, uncross
from engine.document.wrapping import TRACK, Plan, Viewport, as_presented, plans_for, tracks_between, worth_of
from engine.pieces import Pieces, between, finish

_LEAST_GAP: Final = 46.0
"""Between a wide block and what stands beside it."""


def tidy(graph: Graph, viewport: Viewport | None = None) -> dict[str, tuple[float, float]]:
    """Return the position of every node's centre, in canvas units, with (0, 0) in the middle of them all.

    The same graph always gives the same positions in the same viewport. Without one it is one strip from left to right;
    what would be too small to be read in a viewport is wrapped into lines. After Sugiyama, Tagawa and Toda, 1981.
    """
    return finish(layout_in_pieces(graph, viewport))


def layout_in_pieces(graph: Graph, viewport: Viewport | None = None) -> Pieces[dict[str, tuple[float, float]]]:
    """Do the same as `tidy` in pieces, each a sweep over all layers."""
    if not len(graph):
        return {}
    depth = depths_of(graph)
    yield 0.0
    strip = Plan(depth, [range(max(depth.values()) + 1)], is_tight=False)
    if viewport is None:
        return (yield from _drawn(graph, strip))
    viewport = as_presented(viewport)
    plans = yield from between(0.0, 0.2, plans_for(graph, depth, viewport))
    best: tuple[float, dict[str, tuple[float, float]]] | None = None
    for number, plan in enumerate(plans):
        share = 0.2 + 0.8 * number / len(plans), 0.2 + 0.8 * (number + 1) / len(plans)
        places = yield from between(*share, _drawn(graph, plan))
        worth = worth_of(plan, viewport, *extent_of(graph, places))
        if best is None or worth > best[0]:
            best = worth, places
    assert best is not None
    return best[1]


def extent_of(graph: Graph, places: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """Return how wide and how high a drawing is, with its nodes at these places."""
    lefts = [places[node.id][0] - node.size[0] / 2 for node in graph.nodes()]
    rights = [places[node.id][0] + node.size[0] / 2 for node in graph.nodes()]
    ys = [y for _, y in places.values()]
    return max(rights) - min(lefts), max(ys) - min(ys) + NODE_HEIGHT


def _drawn(graph: Graph, plan: Plan) -> Pieces[dict[str, tuple[float, float]]]:
    """Return where the nodes stand in a drawing after a plan."""
    line_of = [number for number, line in enumerate(plan.lines) for _ in line]
    layers, links = layers_of(graph, plan.depth, line_of)
    yield 0.0
    y: dict[Slot, float] = {}
    top = 0.0
    for number, line in enumerate(plan.lines):
        share = number / len(plan.lines), (number + 1) / len(plan.lines)
        found = yield from between(*share, _line_heights(graph, layers[line.start : line.stop], links, plan.is_tight))
        nodes = [height for slot, height in found.items() if isinstance(slot, str)]
        shift = top - min(nodes)
        y.update((slot, height + shift) for slot, height in found.items())
        top = max(nodes) + shift + ROW_DISTANCE + TRACK * tracks_between(graph, plan.depth, line_of, number)
    x = _columns(graph, plan)
    return _centred({node.id: (x[plan.depth[node.id]], y[node.id]) for node in graph.nodes()})


def _line_heights(
    graph: Graph, layers: list[list[Slot]], all_links: Sequence[Link], is_tight: bool
) -> Pieces[dict[Slot, float]]:
    """Return the heights of what stands in one line; a tight one is no higher than it must be."""
    inside = {slot for layer in layers for slot in layer}
    links = [link for link in all_links if link[0] in inside]
    yield from between(0.0, 0.4, uncross(layers, links))
    y = yield from between(0.4, 0.8, heights_of(layers, links, 0.0 if is_tight else PASSING_HEIGHT))
    if not is_tight:
        return (yield from between(0.8, 1.0, clear(graph, layers, y)))
    low = _within(layers, y)
    cleared = yield from between(0.8, 1.0, clear(graph, layers, low))
    # A wire that has no free way is drawn around the nodes; what stands in a line has to be legible first.
    return cleared if _range_of(cleared) <= _range_of(low) + ROW_DISTANCE / 8 else low


def _range_of(y: Mapping[Slot, float]) -> float:
    ys = [height for slot, height in y.items() if isinstance(slot, str)]
    return max(ys) - min(ys)


def _within(layers: Sequence[Sequence[Slot]], y: Mapping[Slot, float]) -> dict[Slot, float]:
    """Return the heights nearest to these for which the line is no higher than its highest layer."""
    rows = [sum(isinstance(slot, str) for slot in layer) for layer in layers]
    highest = max(rows) * ROW_DISTANCE
    nodes = [height for slot, height in y.items() if isinstance(slot, str)]
    top = (min(nodes) + max(nodes) - highest) / 2
    found: dict[Slot, float] = {}
    for layer, count in zip(layers, rows, strict=True):
        above = 0
        for slot in layer:
            # Of heights in order, at distances, those in bounds that are nearest are the same, cut off at the bounds.
            least, most = top + (above + 0.5) * ROW_DISTANCE, top + highest - (count - above - 0.5) * ROW_DISTANCE
            found[slot] = min(max(y[slot], least), most) if isinstance(slot, str) else y[slot]
            above += isinstance(slot, str)
    return found


def _columns(graph: Graph, plan: Plan) -> list[float]:
    """Return the x of each layer; those that stand below each other have the same one."""
    count = max(map(len, plan.lines))
    place = {layer: index for line in plan.lines for index, layer in enumerate(line)}
    widths = [NODE_WIDTH] * count
    for node in graph.nodes():
        column = place[plan.depth[node.id]]
        widths[column] = max(widths[column], node.size[0])
    xs = [0.0]
    for left, right in pairwise(widths):
        xs.append(xs[-1] + max(COLUMN_DISTANCE, (left + right) / 2 + _LEAST_GAP))
    return [xs[place[layer]] for layer in range(len(place))]


def _centred(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the places with (0, 0) in the middle of them, in whole units."""
    xs, ys = ([place[axis] for place in places.values()] for axis in (0, 1))
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {node_id: (round(x - middle_x), round(y - middle_y)) for node_id, (x, y) in places.items()}
