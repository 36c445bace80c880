"""What makes a difference between two runs of a graph unreliable: kinks, jumps, overflow, edges of a domain."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from engine.autograd import Array, Function
from engine.document import Graph
from engine.evaluation import Trace
from engine.explain.nudged_runs import NudgedRun
from engine.messages import say

_BESIDE = 1e-7
"""How far beside a kink a value is taken to see whether it jumps, as a part of the way between two runs."""
_ASIDE = 1e-3
"""The same for the slope, which takes two values a side."""
_JUMPS = 1e-3
"""A jump of the value is at least this large, relative to the value, and one of the slope relative to the slope."""
_STRAIGHT = 1 - 1e-9
_STEEP = 1e3
"""A slope that is no jump."""

Edge = Literal["slope", "value"]


def edges_between(graph: Graph, trace: Trace, first: NudgedRun, second: NudgedRun) -> Iterator[str]:
    """Yield a sentence for each op whose slope or value jumps between two runs, or that one of them takes out of range.

    `trace` is that of the graph itself, which lies between the runs or is one of them.
    """
    for node_id, function in trace.functions.items():
        if type(function).kinks is None and first.is_finite and second.is_finite:
            continue
        node, found = graph.node(node_id), trace.nodes[node_id]
        places = {"name": node.name, "op": node.op}
        for run in (first, second):
            trouble, cause = run.trouble(node_id), run.cause(node_id)
            if found.state == "error" or found.cause is not None or not trouble or cause is None:
                continue
            if cause == "too large":
                yield say("{name} ({op}) becomes too large here: {trouble}", trouble=trouble, **places)
            else:
                yield say("{name} is at the edge of its domain: {trouble}", name=node.name, trouble=trouble)
            break
        else:
            edge = _edge(graph, function, node_id, first, second)
            if edge == "value":
                yield say(
                    "{name} ({op}) jumps here: its value is another one on each side, and there is no slope", **places
                )
            elif edge == "slope":
                yield say(
                    "{name} ({op}) has a kink here: its slope jumps, and the difference mixes both sides", **places
                )


def _edge(graph: Graph, function: Function, node_id: str, first: NudgedRun, second: NudgedRun) -> Edge | None:
    """Return what jumps at an op between two runs."""
    kinks: Any = type(function).kinks
    wires = graph.wires_into(node_id).values()
    pairs = [[run.data((wire.source, wire.output)) for wire in wires] for run in (first, second)]
    if kinks is None or any(x is None for xs in pairs for x in xs):
        return None
    if first.is_finite and second.is_finite and not _passes(kinks, *pairs):
        return None
    a, b = ([np.asarray(x, float) for x in xs] for xs in pairs)
    with np.errstate(all="ignore"):
        before, after, middle = kinks(*a), kinks(*b), kinks(*_between(a, b, 0.5))
        # A distance that changes its sign on the way is less in the middle than halfway between those at the ends.
        crossed = np.asarray((middle < (before + after) / 2 * _STRAIGHT) | ((before == 0) != (after == 0)))
        if not crossed.any():
            return None
        place = np.unravel_index(int(np.argmax(crossed)), crossed.shape)
        at = float(np.broadcast_to(before / (before + after), crossed.shape)[place])
        own = kinks(*(np.asarray(x.data, float) for x in function.inputs))
        is_there = bool(np.broadcast_to(own, crossed.shape)[place] == 0)
        return _jump(function, a, b, at, is_there=is_there)


def _passes(kinks: Any, a: list[Any], b: list[Any]) -> bool:
    """Return whether single numbers may pass a kink on the way: a quick look, which arrays do not get."""
    if any(np.ndim(x) for x in a):
        return True
    if a == b:
        return False
    before, after = kinks(*a), kinks(*b)
    is_on = (before == 0) != (after == 0)
    return bool(is_on or kinks(*[x / 2 + y / 2 for x, y in zip(a, b, strict=True)]) < (before + after) / 2 * _STRAIGHT)


def _jump(function: Function, a: list[Array], b: list[Array], at: float, *, is_there: bool) -> Edge | None:
    """Return what jumps at a part of the way from `a` to `b`; `is_there` tells that the graph's own numbers are."""

    def value(beside: float) -> Array:
        return _value(function, _between(a, b, at + beside))

    close = [value(-_BESIDE), *([value(0.0)] if is_there else []), value(_BESIDE)]
    apart = max(float(np.max(np.abs(one - other))) for one, other in pairwise(close))
    size = float(np.max(np.abs(close[0])))
    moved = max(float(np.max(np.abs(y - x))) for x, y in zip(a, b, strict=True))
    if apart > _JUMPS * max(size, 1e-300) and apart > _STEEP * _BESIDE * moved:
        return "value"
    left, right = (value(-_ASIDE) - value(-2 * _ASIDE), value(2 * _ASIDE) - value(_ASIDE))
    steepest = float(max(np.max(np.abs(left)), np.max(np.abs(right))))
    return "slope" if float(np.max(np.abs(right - left))) > _JUMPS * steepest else None


def _between(a: list[Array], b: list[Array], part: float) -> list[Array]:
    return [x + (y - x) * part for x, y in zip(a, b, strict=True)]


def _value(function: Function, xs: list[Array]) -> Array:
    ys = copy.copy(function).forward(*[x[()] for x in xs])
    return np.concatenate([np.ravel(y) for y in (ys if isinstance(ys, tuple) else (ys,))])
