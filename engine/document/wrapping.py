"""Wrap a layered drawing into lines, as a text is wrapped, so that it fills a viewport of a certain shape.

A long chain drawn in one strip leaves most of a screen empty and is too small to be read. Here its layers are divided
into lines that are read from left to right and from the top down, and a layer that is too high is divided as well: no
layer has more than a bound of nodes, after Coffman and Graham, 1972, from the end backward.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice, pairwise
from typing import Final, NamedTuple

from engine.document.geometry import COLUMN_DISTANCE, NODE_HEIGHT, NODE_WIDTH, ROW_DISTANCE
from engine.document.graph import Graph
from engine.pieces import Pieces

TRACK: Final = 10.0
"""The height that is kept free between two lines for a wire that goes from one to the other."""
MOST_TRACKS: Final = 5
"""Where more wires go, they lie on each other."""

_LEGIBLE: Final = 0.73
"""The scale at which a number is large enough to be read, on a desk: 16 pixels, of 22."""
_NARROW: Final = 400.0
_LEGIBLE_WHERE_NARROW: Final = 0.7
"""On a phone, which is held nearer: at this scale it has room for two columns, and nodes need not stand in one."""
_DESK: Final = (900.0, 550.0)
"""The viewport that a desk has at least; in a larger one people sit farther away."""
_PROJECTOR_WIDTH: Final = 1400.0
_LEGIBLE_WHERE_PROJECTED: Final = 1.1
"""24 pixels and a little, which are read in the last row, even where a question or a menu leaves less height."""
_PRESENTED: Final = (1.15, 0.92)
"""How wide and how high the stage is when it is presented, beside what it is on the page."""
_WORTH: Final = 0.15
"""What a scale beyond the legible one counts, beside one below it."""
_LINE_COST: Final = 0.05
"""What each further line takes from what a scale is worth: a strip that can be read beats larger numbers in lines."""
_BOUND_COST: Final = 0.02
"""What it takes to divide layers."""
_LEADING_COST: Final = 0.015
"""What each output takes that leads from one line to another."""
_TO_DRAW: Final = 4
"""How many plans are drawn, for the best of them to be kept."""
_LARGEST_SCALE: Final = 1.25
_NUMBERS_OF_LINES: Final = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 45, 70)
_BOUNDS: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 28, 40, 60)
"""How many nodes a layer may have: what is tried."""
_TARGETS: Final = (1.4, 1.2, 1.1, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4)
"""Scales that are tried for a drawing that is packed, as parts of the legible one."""
_NEARLY: Final = 0.97
_HOPELESS: Final = 0.8
_MOST_DIVISIONS: Final = 70
"""How many ways to divide the rows of a viewport among lines are tried for each scale; of larger graphs fewer."""
_LARGEST_TO_DIVIDE_ALL: Final = 30
LARGEST_TO_COMPARE: Final = 60
"""Up to how many nodes a drawing is packed, and several are made, for the best one to be kept."""
_LARGEST_TO_TRY_ALL: Final = 120
"""Of larger graphs only those bounds are tried that fill the viewport, in up to so many lines."""
_LINES_OF_LARGE: Final = 4


class Viewport(NamedTuple):
    """Say how wide and how high the place is that a drawing has on the screen, in pixels."""

    width: float
    height: float


@dataclass(frozen=True)
class Plan:
    """Say in which layer each node stands, and which layers make up each line."""

    depth: Mapping[str, int]
    lines: Sequence[range]
    cost: float = 0.0
    """What it takes from what its scale is worth."""
    promises: float = 0.0
    """The scale at which its drawing will fit, as far as that can be told before it is made."""
    worth: float = 0.0
    """What it promises to be worth."""

    is_tight: bool = True
    """Whether no line is higher than its highest layer; else wires have room between the nodes that they pass."""


def as_presented(viewport: Viewport) -> Viewport:
    """Return the viewport to plan for: on a projector's screen that of Present, where a sentence takes some height."""
    if viewport.width < _PROJECTOR_WIDTH:
        return viewport
    return Viewport(viewport.width * _PRESENTED[0], viewport.height * _PRESENTED[1])


def legible_scale(viewport: Viewport) -> float:
    """Return the scale from which on numbers are large enough, in this viewport."""
    if viewport.width < _NARROW:
        return _LEGIBLE_WHERE_NARROW
    scale = _LEGIBLE * max(1.0, min(viewport.width / _DESK[0], viewport.height / _DESK[1]))
    return scale if viewport.width < _PROJECTOR_WIDTH else max(scale, _LEGIBLE_WHERE_PROJECTED)


def scale_in(viewport: Viewport, width: float, height: float) -> float:
    """Return the scale at which a drawing just fits into a viewport."""
    return min(viewport.width / max(width, 1.0), viewport.height / max(height, 1.0), _LARGEST_SCALE)


def plans_for(graph: Graph, natural: Mapping[str, int], viewport: Viewport) -> Pieces[list[Plan]]:
    """Return the plans that promise to be read best, the best one first; `natural` are the strip's layers."""
    strip = Plan(natural, [range(max(natural.values()) + 1)], is_tight=False)
    plans = [_promised(graph, strip, viewport), *(yield from _divisions(graph, natural, viewport, 0.0))]
    highest = max(Counter(natural.values()).values())
    bounds = [bound for bound in _bounds_for(graph, viewport) if bound < highest]
    for number, bound in enumerate(bounds):
        plans += yield from _divisions(graph, _all_bounded(graph, bound), viewport, _BOUND_COST)
        yield (number + 1) / len(bounds)
    plans.sort(key=lambda plan: -plan.worth)
    if len(graph) <= LARGEST_TO_COMPARE:
        packed = yield from _packed(graph, viewport)
        return packed + plans[: _TO_DRAW - len(packed)]
    return plans[:1]


def worth_of(plan: Plan, viewport: Viewport, width: float, height: float) -> float:
    """Return how well a drawing of a size is read in a viewport: legible before all, and then in few lines."""
    wanted = legible_scale(viewport)
    scale = scale_in(viewport, width, height)
    if scale < wanted:
        return scale * (1.0 - min(plan.cost, 1.0) / 10)
    return 2 * _LARGEST_SCALE + _WORTH * (scale - wanted) - plan.cost


def _bounds_for(graph: Graph, viewport: Viewport) -> Sequence[int]:
    """Return how many nodes a layer may have: what is tried."""
    if len(graph) <= _LARGEST_TO_TRY_ALL:
        return _BOUNDS
    rows = math.sqrt(len(graph) * COLUMN_DISTANCE * viewport.height / (ROW_DISTANCE * viewport.width))
    return [math.ceil(rows / lines) for lines in range(1, _LINES_OF_LARGE + 1)]


def tracks_between(graph: Graph, depth: Mapping[str, int], line_of: Sequence[int], line: int) -> int:
    """Return how many outputs lead past the gap below a line."""
    passing = {
        (edge.source, edge.output)
        for edge in graph.edges()
        if line_of[depth[edge.source]] <= line < line_of[depth[edge.target]]
    }
    return min(len(passing), MOST_TRACKS)


def _packed(graph: Graph, viewport: Viewport) -> Pieces[list[Plan]]:
    """Return plans with the largest scale at which the rows of the viewport can be divided among lines that hold all.

    Layers of one line have the same bound, but lines may differ: a net is wide where it begins, and narrow at its end.
    """
    found: list[Plan] = []
    most = _MOST_DIVISIONS if len(graph) <= _LARGEST_TO_DIVIDE_ALL else _MOST_DIVISIONS // 3
    for number, part in enumerate(_TARGETS):
        scale = legible_scale(viewport) * part
        columns = int((viewport.width / scale - NODE_WIDTH) / COLUMN_DISTANCE) + 1
        rows = int((viewport.height / scale + ROW_DISTANCE - NODE_HEIGHT) / ROW_DISTANCE)
        plans: list[Plan] = []
        if columns * rows >= len(graph) and scale <= _LARGEST_SCALE:
            for bounds in islice(_shares(rows), most):
                depth = _bounded(graph, [bound for bound in bounds for _ in range(columns)])
                if depth is None:
                    continue
                count = max(depth.values()) + 1
                lines = [range(max(end - columns, 0), end) for end in range(count, 0, -columns)][::-1]
                plan = _promised(graph, Plan(depth, lines, _BOUND_COST + _LINE_COST * (len(lines) - 1)), viewport)
                plans.append(plan)
                yield number / len(_TARGETS)
        found += [plan for plan in plans if plan.promises >= scale * _NEARLY]
        if found and part <= 1.0:
            break
    return sorted(found, key=lambda plan: -plan.worth)[: _TO_DRAW - 1]


def _shares(rows: int) -> Iterator[tuple[int, ...]]:
    """Yield how rows can be divided among lines, counted from the last: few lines first, and even ones."""
    for lines in range(1, rows + 1):
        ways = (
            tuple(right - left for left, right in pairwise((0, *ends, rows)))
            for ends in combinations(range(1, rows), lines - 1)
        )
        yield from sorted(islice(ways, 4 * _MOST_DIVISIONS), key=lambda way: max(way) - min(way))


def _promised(graph: Graph, plan: Plan, viewport: Viewport) -> Plan:
    """Return a plan with what it promises to be worth."""
    counts = Counter(plan.depth.values())
    heights = [counts[layer] * ROW_DISTANCE for layer in range(max(plan.depth.values()) + 1)]
    cuts = _wires_over(graph, plan.depth, len(heights))
    size = _promised_size(heights, cuts, plan.lines)
    leading = sum(cuts[line.start] for line in plan.lines[1:])
    plan = replace(plan, promises=scale_in(viewport, *size), cost=plan.cost + _LEADING_COST * leading)
    return replace(plan, worth=worth_of(plan, viewport, *size))


def _promised_size(heights: Sequence[float], cuts: Sequence[int], lines: Sequence[range]) -> tuple[float, float]:
    width = (max(map(len, lines)) - 1) * COLUMN_DISTANCE + NODE_WIDTH
    height = sum(_height(heights, line) for line in lines) - (ROW_DISTANCE - NODE_HEIGHT)
    return width, height + sum(TRACK * min(cuts[line.start], MOST_TRACKS) for line in lines[1:])


def _bounded(graph: Graph, bounds: Sequence[int]) -> dict[str, int] | None:
    """Return each node's layer, with a bound of nodes in each: as late as it can be, the longest way first.

    `bounds` are those of the layers, counted from the end; None where more layers would be needed.
    """
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
        if layer == len(bounds):
            return None
        while ready and len(taken) < bounds[layer]:
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


def _all_bounded(graph: Graph, bound: int) -> dict[str, int]:
    depth = _bounded(graph, [bound] * len(graph))
    assert depth is not None
    return depth


def _divisions(graph: Graph, depth: Mapping[str, int], viewport: Viewport, cost: float) -> Pieces[list[Plan]]:
    """Return the plans with given layers: the best one for each number of lines."""
    counts = Counter(depth.values())
    heights = [counts[layer] * ROW_DISTANCE for layer in range(max(depth.values()) + 1)]
    cuts = _wires_over(graph, depth, len(heights))
    plans: list[Plan] = []
    best = 0.0
    for number in _NUMBERS_OF_LINES:
        columns = -(-len(heights) // number)
        if len(graph) <= _LARGEST_TO_TRY_ALL:
            lines = _divided(heights, cuts, columns)
        else:
            lines = [range(first, min(first + columns, len(heights))) for first in range(0, len(heights), columns)]
        yield 0.0
        if plans and len(lines) == len(plans[-1].lines):
            continue
        if viewport.height / max(sum(_height(heights, line) for line in lines), 1.0) < _HOPELESS * best:
            break  # with more lines it only gets higher
        plans.append(_promised(graph, Plan(depth, lines, cost + _LINE_COST * (len(lines) - 1)), viewport))
        best = max(best, plans[-1].promises)
    return plans


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
