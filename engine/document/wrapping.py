"""Wrap a layered drawing into lines, as a text is wrapped, so that it fills a room of a certain shape.

A long chain drawn in one strip leaves most of a screen empty and is too small to be read. Here its layers are divided
into lines that are read from left to right and from the top down, and a layer that is too high is divided as well: no
layer has more than a bound of nodes, after Coffman and Graham, 1972, from the end backward.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from engine.document.geometry import COLUMN_DISTANCE, NODE_HEIGHT, NODE_WIDTH, ROW_DISTANCE
from engine.document.graph import Graph
from engine.pieces import Pieces

TRACK: Final = 12.0
"""The height that is kept free between two lines for a wire that goes from one to the other."""
MOST_TRACKS: Final = 8
"""Where more wires go, they lie on each other."""

_LEGIBLE: Final = 0.76
"""The scale at which a number is large enough to be read, on a desk: 16 pixels and a little, of 22."""
_DESK: Final = (900.0, 590.0)
"""The room that a desk has at least; in a larger one people sit farther away."""
_WORTH: Final = 0.2
"""What a scale beyond the legible one counts, beside one below it."""
_LINE_COST: Final = 0.97
"""What each further line takes from what a scale is worth."""
_BOUND_COST: Final = 0.97
"""What it takes to divide layers."""
_LARGEST_SCALE: Final = 1.25
_MOST_LINES: Final = 40
_BOUNDS: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 28, 40, 60)
"""How many nodes a layer may have: what is tried."""
_LARGEST_TO_TRY_ALL: Final = 120
"""Of larger graphs every third bound is tried."""


class Room(NamedTuple):
    """Say how much room a drawing has on the screen, in pixels."""

    width: float
    height: float


@dataclass(frozen=True)
class Plan:
    """Say in which layer each node stands, and which layers make up each line."""

    depth: Mapping[str, int]
    lines: Sequence[range]
    worth: float

    @property
    def is_strip(self) -> bool:
        """Return whether all of it is one line."""
        return len(self.lines) == 1


def legible_scale(room: Room) -> float:
    """Return the scale from which on numbers are large enough, in this room."""
    return _LEGIBLE * max(1.0, min(room.width / _DESK[0], room.height / _DESK[1]))


def scale_in(room: Room, width: float, height: float) -> float:
    """Return the scale at which a drawing just fits into a room."""
    return min(room.width / max(width, 1.0), room.height / max(height, 1.0), _LARGEST_SCALE)


def wrapped(graph: Graph, natural: Mapping[str, int], room: Room) -> Pieces[Plan]:
    """Return the plan whose drawing is read best in a room; `natural` are the layers of the strip."""
    best = _best_lines(graph, natural, room, 1.0)
    highest = max(Counter(natural.values()).values())
    if best.is_strip and best.worth >= legible_scale(room):
        return best
    bounds = [bound for bound in _BOUNDS if bound < highest]
    if len(graph) > _LARGEST_TO_TRY_ALL:
        bounds = bounds[::3]
    for number, bound in enumerate(bounds):
        plan = _best_lines(graph, _bounded(graph, bound), room, _BOUND_COST)
        if plan.worth > best.worth:
            best = plan
        yield (number + 1) / len(bounds)
    return best


def tracks_between(graph: Graph, depth: Mapping[str, int], line_of: Sequence[int], line: int) -> int:
    """Return how many outputs lead past the gap below a line."""
    passing = {
        (edge.source, edge.output)
        for edge in graph.edges()
        if line_of[depth[edge.source]] <= line < line_of[depth[edge.target]]
    }
    return min(len(passing), MOST_TRACKS)


def _bounded(graph: Graph, bound: int) -> dict[str, int]:
    """Return each node's layer, at most `bound` nodes in each: as late as it can be, the longest way first."""
    network = graph.network
    place = {node_id: index for index, node_id in enumerate(graph.topological_order())}
    before: dict[str, int] = {}
    for node_id in place:
        before[node_id] = 1 + max((before[edge.source] for edge in graph.wires_into(node_id).values()), default=-1)
    waiting_for = {node_id: len(set(network.successors(node_id))) for node_id in place}
    earliest = dict.fromkeys(place, 0)  # counted from the end
    ready = [(-before[each], place[each], each) for each, count in waiting_for.items() if count == 0]
    heapq.heapify(ready)
    from_end: dict[str, int] = {}
    layer = 0
    while ready:
        taken: list[str] = []
        later: list[tuple[int, int, str]] = []
        while ready and len(taken) < bound:
            entry = heapq.heappop(ready)
            if earliest[entry[2]] <= layer:
                taken.append(entry[2])
            else:
                later.append(entry)
        for node_id in taken:
            from_end[node_id] = layer
            for source in set(network.predecessors(node_id)):
                earliest[source] = max(earliest[source], layer + 1)
                waiting_for[source] -= 1
                if waiting_for[source] == 0:
                    later.append((-before[source], place[source], source))
        for entry in later:
            heapq.heappush(ready, entry)
        layer += 1
    last = max(from_end.values())
    return {node_id: last - number for node_id, number in from_end.items()}


def _best_lines(graph: Graph, depth: Mapping[str, int], room: Room, cost: float) -> Plan:
    """Return the division into lines that is worth most, for given layers."""
    counts = Counter(depth.values())
    heights = [counts[layer] * ROW_DISTANCE for layer in range(max(depth.values()) + 1)]
    cuts = _wires_over(graph, depth, len(heights))
    best: Plan | None = None
    seen = 0
    for columns in range(len(heights), 0, -1):
        lines = _divided(heights, cuts, columns)
        if len(lines) == seen:
            continue
        seen = len(lines)
        if seen > _MOST_LINES:
            break
        widest = max(map(len, lines))
        width = (widest - 1) * COLUMN_DISTANCE + NODE_WIDTH
        height = sum(_height(heights, line) for line in lines) - (ROW_DISTANCE - NODE_HEIGHT)
        height += sum(TRACK * min(cuts[line.start], MOST_TRACKS) for line in lines[1:])
        worth = _worth(scale_in(room, width, height), room) * cost * _LINE_COST ** (seen - 1)
        if best is None or worth > best.worth:
            best = Plan(depth, lines, worth)
    assert best is not None
    return best


def _worth(scale: float, room: Room) -> float:
    wanted = legible_scale(room)
    return min(scale, wanted) + _WORTH * max(scale - wanted, 0.0)


def _wires_over(graph: Graph, depth: Mapping[str, int], layers: int) -> list[int]:
    """Return for each layer how many outputs lead into it or past it from before it."""
    begins = [0] * (layers + 1)
    for node in graph.nodes():
        users = [depth[user] for user in graph.network.successors(node.id)]
        if users:
            begins[depth[node.id] + 1] += 1
            begins[max(users) + 1] -= 1
    over, current = [], 0
    for change in begins[:layers]:
        current += change
        over.append(current)
    return over


def _height(heights: Sequence[float], line: range) -> float:
    return max(heights[layer] for layer in line)


def _divided(heights: Sequence[float], cuts: Sequence[int], columns: int) -> list[range]:
    """Return lines of at most so many layers, as low together as they can be, cut where few wires lead on."""
    count = len(heights)
    lowest = [0.0] * (count + 1)  # of the layers from here on
    ends = [count] * (count + 1)
    for first in range(count - 1, -1, -1):
        lowest[first], highest = float("inf"), 0.0
        for end in range(first + 1, min(first + columns, count) + 1):
            highest = max(highest, heights[end - 1])
            total = highest + lowest[end] + (TRACK * min(cuts[end], MOST_TRACKS) + 1.0 if end < count else 0.0)
            # Where it is the same, the longer line: it is read on without a break.
            if total <= lowest[first]:
                lowest[first], ends[first] = total, end
    lines, first = [], 0
    while first < count:
        lines.append(range(first, ends[first]))
        first = ends[first]
    return lines
