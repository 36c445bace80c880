"""Say why a central difference, or a gradient, is no measure of the other: a kink, a jump, an edge, or no answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

import networkx as nx
import numpy as np

from engine.document import Graph
from engine.evaluation import Step, Trace, is_finite
from engine.explain.nudged_runs import NudgedRun, Side, kink_of
from engine.messages import mark, say

_KINK_RATIO = 2.0
"""A kink is in the way if both nudges at least double the distance from it."""

_EDGES: Mapping[Side, str] = {
    "edge": mark("{name} is at the edge of its domain: {trouble}"),
    "too large": mark("{name} is at the end of what a floating-point number can hold: {trouble}"),
}


def difference_remarks(
    graph: Graph, trace: Trace, kinks: Mapping[str, Any], above: NudgedRun, below: NudgedRun
) -> Iterator[str]:
    """Name the kinks and jumps between two runs, and the ops that leave their domain or overflow in one of them."""
    for node_id, here in kinks.items():
        node = graph.node(node_id)
        for run in (above, below) if trace.nodes[node_id].state == "ok" else ():
            if side := run.side(node_id):
                yield say(_EDGES[side], name=node.name, trouble=run.trouble(node_id))
                break
        there = (None, None) if here is None else (above.kink(node_id), below.kink(node_id))
        if there[0] is None or there[1] is None:
            continue
        farthest = np.maximum(*there)
        is_near = np.any((farthest >= _KINK_RATIO * here) & (farthest > 0))
        if not is_near or not _changes(trace, node_id, above, below):
            continue
        if type(trace.functions[node_id]).jumps:
            yield say(
                "{name} ({op}) jumps here: its value is another on each side, and the difference divides by h",
                name=node.name,
                op=node.op,
            )
        else:
            yield say(
                "{name} ({op}) has a kink here: its slope jumps, and the difference mixes both sides",
                name=node.name,
                op=node.op,
            )


def nudge_remarks(graph: Graph, trace: Trace, kinks: Mapping[str, Any], run: NudgedRun) -> Iterator[str]:
    """Name the kinks and jumps that a run starts from, and the ops that leave their domain or overflow in it."""
    for node_id, here in kinks.items():
        node = graph.node(node_id)
        if trace.nodes[node_id].state == "ok" and (side := run.side(node_id)):
            yield say(_EDGES[side], name=node.name, trouble=run.trouble(node_id))
        if here is None or not np.any(here == 0):
            continue
        there = run.kink(node_id)
        if there is None or not np.any((here == 0) & (there > 0)) or not _changes(trace, node_id, run):
            continue
        if type(trace.functions[node_id]).jumps:
            yield say(
                "{name} ({op}) jumps here: its value is another on each side, and the quotient divides by h",
                name=node.name,
                op=node.op,
            )
        else:
            yield say(
                "{name} ({op}) has a kink here: its slope jumps, and the quotient is the slope on one side",
                name=node.name,
                op=node.op,
            )


def _changes(trace: Trace, node_id: str, *runs: NudgedRun) -> bool:
    """Return whether an op's value is another in one of some runs."""
    ys = trace.nodes[node_id].data or ()
    return any(not np.array_equal(run.data((node_id, output)), y) for run in runs for output, y in enumerate(ys))


def kinks_in(trace: Trace) -> dict[str, Any]:
    """Return of each computed op how far its inputs are from its kink; None for an op that has none."""
    with np.errstate(all="ignore"):  # infinities may stand in a part that the output does not need
        return {node_id: kink_of(trace, node_id) for node_id in trace.functions}


def gradient_remarks(graph: Graph, trace: Trace, node_id: str) -> Iterator[str]:
    """Name the ops after an input whose rule has no finite answer, and say why."""
    after = nx.descendants(graph.network, node_id)
    for step in trace.steps:
        is_at_fault = step.kind == "backward" and step.node in after and not all(map(is_finite, step.sent))
        if is_at_fault and (sentence := _unanswered(graph, trace, step)):
            yield sentence


def vanished_remarks(graph: Graph, trace: Trace, node_id: str) -> Iterator[str]:
    """Name the ops after an input whose value is too small for a floating-point number, and so is 0."""
    after = nx.descendants(graph.network, node_id)
    for other, function in trace.functions.items():
        data = trace.nodes[other].data
        if other not in after or data is None:
            continue
        with np.errstate(all="ignore"):  # wider floating-point numbers, where the computer has them, go on further down
            wide = copy(function).forward(*[np.asarray(x.data, np.longdouble) for x in function.inputs])
        wider = wide if isinstance(wide, tuple) else (wide,)
        if any(np.any((y == 0) & (other_y != 0)) for y, other_y in zip(data, wider, strict=True)):
            node = graph.node(other)
            yield say(
                "{name} ({op}) is too small for a floating-point number here, and is 0", name=node.name, op=node.op
            )


def _unanswered(graph: Graph, trace: Trace, step: Step) -> str:
    node = graph.node(step.node)
    with np.errstate(all="ignore"):
        slopes = [
            slope
            for output in range(len(step.arrived))
            for slope in trace.functions[step.node].local_derivatives(output)
        ]
    if any(np.isinf(slope).any() for slope in slopes):
        return say(
            "{name} ({op}) has an infinite derivative here, and a gradient through it is no finite number",
            name=node.name,
            op=node.op,
        )
    if any(np.isnan(slope).any() for slope in slopes):
        return say("{name} ({op}) has no derivative here", name=node.name, op=node.op)
    is_new = any(np.isnan(gx).any() for gx in step.sent) and not any(
        np.isnan(gy).any() for gy in step.arrived if gy is not None
    )
    if is_new and any((slope == 0).any() for slope in slopes):
        return say(
            "{name} ({op}) multiplies an infinite gradient by a derivative of 0, and ∞ · 0 has no value",
            name=node.name,
            op=node.op,
        )
    return ""
