"""Move the inputs of a graph a little and see what the output does: what a gradient means, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.autograd import STEP, TOLERANCE, Array, Variant
from engine.document import Graph, Node, OutputPort, to_array
from engine.evaluation import Trace, evaluate
from engine.explain.nudged_runs import Move, Moved, kink_of, moved

NUDGED_ENTRIES = 3
MAX_WORK = 40_000
"""What one gradient check may cost, in runs of one node: about half a second where each has to be evaluated, and a
tenth of that by replay."""
_ENTRIES_A_NODE = 10
"""How many entries of an input cost as much to change as one node to evaluate."""

_REACHED = 2.0
"""A kink is passed when moving there and back again takes the distance from it to at least twice what it was."""


@dataclass(frozen=True)
class Nudge:
    """Hold Δz/h for one entry of an input that was moved by h, beside its gradient; None where there is no number."""

    node: str
    index: tuple[int, ...]
    quotient: float | None
    grad: float | None


@dataclass(frozen=True)
class Checked:
    """Hold an input's gradient and its central difference over the checked entries, and what stands in the way."""

    node: str
    analytical: Array
    numerical: Array
    relative_error: float
    remarks: tuple[str, ...]
    left_out: int
    """How many of its entries were not checked."""

    def __bool__(self) -> bool:
        return self.relative_error <= TOLERANCE


def nudge(graph: Graph, trace: Trace, h: float) -> list[Nudge]:
    """Move each input in its turn, arrays entry by entry up to the third, and divide the output's change by h."""
    before = _total(trace)
    moves = [
        Move(node.id, index, h)
        for node in graph.nodes()
        if node.value is not None
        for index in list(np.ndindex(to_array(node.value).shape))[:NUDGED_ENTRIES]
    ]
    found = []
    for move, after in zip(moves, moved(graph, moves), strict=True):
        total = _total_after(after, trace.output)
        quotient = None if before is None or total is None else (total - before) / h
        grad = trace.nodes[move.node].grad[0]
        found.append(Nudge(move.node, move.index, quotient, None if grad is None else float(grad[move.index])))
    return found


def check_graph(graph: Graph, variant: Variant = Variant.STEP_16) -> list[Checked]:
    """Compare the gradient of every input with central differences; an input that nothing reaches has gradient 0.

    Where a graph is large, entries are left out evenly and counted.
    """
    trace = evaluate(graph, variant=variant)
    if trace.output is None or _total(trace) is None:
        return []
    inputs = [node for node in graph.nodes() if node.value is not None]
    chosen = {node.id: _chosen(node, len(graph), MAX_WORK // len(inputs)) for node in inputs}
    moves = [Move(node_id, index, by) for node_id, steps in chosen.items() for index, h in steps for by in (h, -h)]
    points = iter(moved(graph, moves))
    kinks = {node_id: kink_of(trace, node_id) for node_id in trace.functions}
    return [_check(graph, trace, node, chosen[node.id], kinks, points) for node in inputs]


def _chosen(node: Node, n_nodes: int, work: int) -> list[tuple[tuple[int, ...], float]]:
    """Return which entries of an input are checked, and how far each is moved."""
    assert node.value is not None
    value = to_array(node.value)
    entries = max(1, work // (2 * (n_nodes + value.size // _ENTRIES_A_NODE)))
    everywhere = list(np.ndindex(value.shape))
    stride = -(-len(everywhere) // entries)
    return [(index, STEP * max(abs(float(value[index])), 1.0)) for index in everywhere[::stride]]


def _check(
    graph: Graph,
    trace: Trace,
    node: Node,
    chosen: list[tuple[tuple[int, ...], float]],
    kinks: dict[str, Any],
    points: Iterator[Moved],
) -> Checked:
    """Take two points for each entry, above and below."""
    grad = trace.nodes[node.id].grad[0]
    analytical = np.array([0.0 if grad is None else grad[index] for index, _ in chosen])
    numerical = np.empty(len(chosen))
    remarks: dict[str, None] = {}
    for place, (_, h) in enumerate(chosen):
        above, below = next(points), next(points)
        high, low = _total_after(above, trace.output), _total_after(below, trace.output)
        numerical[place] = np.nan if high is None or low is None else (high - low) / (2 * h)
        remarks |= dict.fromkeys(_hindrances(graph, trace, kinks, above, below))
    scale = max(float(np.max(np.abs(analytical))), float(np.max(np.abs(numerical))), 1.0)
    error = float(np.max(np.abs(analytical - numerical))) / scale
    left_out = to_array(node.value).size - len(chosen) if node.value is not None else 0
    return Checked(node.id, analytical, numerical, error, tuple(remarks), left_out)


def _hindrances(graph: Graph, trace: Trace, kinks: dict[str, Any], above: Moved, below: Moved) -> Iterator[str]:
    """Name the kinks that lie between the two moved points, and the ops that one of them takes out of their domain."""
    for node_id, here in kinks.items():
        node = graph.node(node_id)
        if trace.nodes[node_id].state == "ok" and (trouble := above.trouble(node_id) or below.trouble(node_id)):
            yield f"{node.name} is at the edge of its domain: {trouble}"
        there = (None, None) if here is None else (above.kink(node_id), below.kink(node_id))
        if there[0] is None or there[1] is None:
            continue
        farthest = np.maximum(*there)
        if np.any((farthest >= _REACHED * here) & (farthest > 0)):
            yield f"{node.name} ({node.op}) has a kink here: its slope jumps, and the difference mixes both sides"


def _total(trace: Trace) -> float | None:
    """Return the sum of the output to differentiate, which backward seeds with ones; None where it is not finite."""
    if trace.output is None:
        return None
    data = trace.nodes[trace.output[0]].data
    return None if data is None else _finite_sum(data[trace.output[1]])


def _total_after(point: Moved, output: OutputPort | None) -> float | None:
    data = None if output is None else point.data(output)
    return None if data is None else _finite_sum(data)


def _finite_sum(data: Array) -> float | None:
    total = float(np.sum(data))
    return total if np.isfinite(total) else None
