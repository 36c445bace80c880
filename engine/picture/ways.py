"""The ways of wires: curves from port to port, and ways around where a curve would run under a node or lead back.

Files, paper and notebooks are drawn from here, where no browser is. The browser finds the same ways by itself, because
wires follow a hand that moves nodes before Python has answered: see `canvas/drawing/detours.js`, which has the reasons.
`tests/canvas/ways.json` holds cases that both are held to.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from engine.autograd import Array
from engine.picture.forms import WIRE_ROUNDNESS

_LEAST_ADVANCE: Final = 24.0
_LEAVES: Final = (13.0, 6.0, 4)
_ENTERS: Final = (18.0, 6.0, 3)
"""Where a wire turns: how far from the node, how far from the next wire, and how many wires beside each other."""
_CLEARANCE: Final = 7.0
_TRACK: Final = 10.0
_THROUGH_A_NODE: Final = 10_000.0
_SAMPLES: Final = 16


class Point(NamedTuple):
    """Stand for a place of the drawing."""

    x: float
    y: float


class Bounds(NamedTuple):
    """Hold where a node or a frame begins and ends."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class DrawnWire:
    """Hold a wire's two ends; wires of one `source` share their way. `bow` is how far it bows aside, 0 for none."""

    source: str
    start: Point
    end: Point
    bow: float = 0.0


def port_offset(index: int, count: int, height: float) -> float:
    """Return how far below a node's middle a port stands: ports share the height."""
    return ((index + 1) / (count + 1) - 0.5) * height


def controls_of(wire: DrawnWire) -> tuple[Point, ...]:
    """Return the control points of a wire's curve: two of one that runs level into its ports, one of one that bows."""
    (x, y), (to_x, to_y) = wire.start, wire.end
    if wire.bow:
        across, up = to_x - x, y - to_y
        length, share = math.hypot(across, up), wire.bow * 0.5
        angle = math.atan2(up, across) + (share + 0.5) * math.pi
        reach = (abs(share) + 0.5) * length
        return (Point(x + reach * math.sin(angle), y + reach * math.cos(angle)),)
    level = WIRE_ROUNDNESS * (to_x - x)
    return Point(x + level, y), Point(to_x - level, to_y)


def point_on_curve(wire: DrawnWire, share: float) -> Point:
    """Return the point at a share of a wire's curve, from 0 to 1."""
    points = [wire.start, *controls_of(wire), wire.end]
    while len(points) > 1:
        points = [
            Point(one.x + share * (other.x - one.x), one.y + share * (other.y - one.y))
            for one, other in pairwise(points)
        ]
    return points[0]


def detours_of(wires: Sequence[DrawnWire], nodes: Sequence[Bounds]) -> dict[int, list[Point]]:
    """Return the ways of the wires that go around, by their places in `wires`: the corners, both ends among them."""
    edges = np.array(nodes, dtype=float).reshape(-1, 4)
    going = [index for index, wire in enumerate(wires) if _needs_detour(wire, edges)]
    sources = {source: place for place, source in enumerate(dict.fromkeys(wires[index].source for index in going))}
    turns = {index: _turns(wires[index], sources[wires[index].source]) for index in going}
    used: dict[tuple[float, float], list[int]] = {}
    for index in going:
        used.setdefault(_best_gap(wires[index], turns[index], nodes), []).append(index)
    ways = {}
    for gap, indices in used.items():
        in_gap = list(dict.fromkeys(wires[index].source for index in indices))
        for index in indices:
            wire, (leaves, enters) = wires[index], turns[index]
            y = _height_in(gap, in_gap.index(wire.source), len(in_gap))
            corners = [(leaves, wire.start.y), (leaves, y), (enters, y), (enters, wire.end.y)]
            ways[index] = [wire.start, *(Point(*corner) for corner in corners), wire.end]
    return ways


def around(parts: Iterable[Bounds]) -> Bounds:
    """Return what holds all of some bounds; there must be one at least."""
    lefts, tops, rights, bottoms = zip(*parts, strict=True)
    return Bounds(min(lefts), min(tops), max(rights), max(bottoms))


def _needs_detour(wire: DrawnWire, nodes: Array) -> bool:
    if wire.end.x - wire.start.x < _LEAST_ADVANCE:
        return True
    curve = np.array([point_on_curve(wire, step / _SAMPLES) for step in range(_SAMPLES + 1)])
    x, y = curve[:, :1], curve[:, 1:]
    between = (x > wire.start.x + 2) & (x < wire.end.x - 2)
    left, top, right, bottom = nodes.T
    return bool(np.any(between & (x > left) & (x < right) & (y > top) & (y < bottom)))


def _turns(wire: DrawnWire, track: int) -> tuple[float, float]:
    """Return where a wire turns first and last; those of different outputs turn beside each other."""
    leaves, enters = (first + step * (track % count) for first, step, count in (_LEAVES, _ENTERS))
    return wire.start.x + leaves, wire.end.x - enters


def _best_gap(wire: DrawnWire, turns: tuple[float, float], nodes: Sequence[Bounds]) -> tuple[float, float]:
    """Return the gap through which a wire has the shortest way, and runs under as few nodes as possible."""
    low, high = min(turns), max(turns)
    between = sorted(
        (node.top, node.bottom) for node in nodes if node.right + _CLEARANCE > low and node.left - _CLEARANCE < high
    )
    gaps, above = [], -math.inf
    for top, bottom in between:
        if top - above > 2 * _CLEARANCE:
            gaps.append((above, top))
        above = max(above, bottom)
    gaps.append((above, math.inf))

    def length(gap: tuple[float, float]) -> float:
        y = _height_in(gap, 0, 1)
        ends = ((turns[0], wire.start.y), (turns[1], wire.end.y))
        hits = sum(_is_crossed(x, y, end, nodes) for x, end in ends)
        return sum(abs(y - end) for _, end in ends) + _THROUGH_A_NODE * hits

    return min(gaps, key=length)


def _is_crossed(x: float, y: float, end: float, nodes: Sequence[Bounds]) -> bool:
    top, bottom = min(y, end), max(y, end)
    return any(node.left < x < node.right and bottom > node.top and top < node.bottom for node in nodes)


def _height_in(gap: tuple[float, float], index: int, count: int) -> float:
    top, bottom = gap
    if math.isinf(top) and math.isinf(bottom):
        return index * _TRACK
    if math.isinf(top):
        return bottom - _CLEARANCE - (index + 1) * _TRACK
    if math.isinf(bottom):
        return top + _CLEARANCE + (index + 1) * _TRACK
    return top + _CLEARANCE + (bottom - top - 2 * _CLEARANCE) * (index + 1) / (count + 1)
