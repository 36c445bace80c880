"""Move the inputs of a graph a little and see what the output does: what a gradient means, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.edits import SetValue, apply
from engine.evaluate import evaluate
from engine.gradient_check import STEP, TOLERANCE
from engine.graph import Graph, Node
from engine.trace import Trace
from engine.values import to_array
from engine.variable import Array
from engine.variants import Variant

NUDGED_ENTRIES = 3
MAX_WORK = 40_000
"""What one gradient check may cost, in evaluations of one node; about half a second."""
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
    found = []
    for node in graph.nodes():
        if node.value is None:
            continue
        value = to_array(node.value)
        grad = trace.nodes[node.id].grad[0]
        for index in list(np.ndindex(value.shape))[:NUDGED_ENTRIES]:
            after = _total(_moved(graph, node, value, index, h))
            quotient = None if before is None or after is None else (after - before) / h
            found.append(Nudge(node.id, index, quotient, None if grad is None else float(grad[index])))
    return found


def check_graph(graph: Graph, variant: Variant = Variant.STEP_16) -> list[Checked]:
    """Compare the gradient of every input with central differences; an input that nothing reaches has gradient 0.

    Where a graph is large, entries are left out evenly and counted.
    """
    trace = evaluate(graph, variant=variant)
    if trace.output is None or _total(trace) is None:
        return []
    inputs = [node for node in graph.nodes() if node.value is not None]
    return [_check(graph, trace, node, MAX_WORK // len(inputs)) for node in inputs]


def _check(graph: Graph, trace: Trace, node: Node, work: int) -> Checked:
    assert node.value is not None
    value = to_array(node.value)
    entries = max(1, work // (2 * (len(graph) + value.size // _ENTRIES_A_NODE)))
    everywhere = list(np.ndindex(value.shape))
    stride = -(-len(everywhere) // entries)
    chosen = everywhere[::stride]
    grad = trace.nodes[node.id].grad[0]
    analytical = np.array([0.0 if grad is None else grad[index] for index in chosen])
    numerical = np.empty(len(chosen))
    remarks: dict[str, None] = {}
    for place, index in enumerate(chosen):
        h = STEP * max(abs(float(value[index])), 1.0)
        above, below = (_moved(graph, node, value, index, move) for move in (h, -h))
        high, low = _total(above), _total(below)
        numerical[place] = np.nan if high is None or low is None else (high - low) / (2 * h)
        remarks |= dict.fromkeys(_hindrances(graph, trace, above, below))
    scale = max(float(np.max(np.abs(analytical))), float(np.max(np.abs(numerical))), 1.0)
    error = float(np.max(np.abs(analytical - numerical))) / scale
    return Checked(node.id, analytical, numerical, error, tuple(remarks), len(everywhere) - len(chosen))


def _hindrances(graph: Graph, trace: Trace, above: Trace, below: Trace) -> Iterator[str]:
    """Name the kinks that lie between the two moved points, and the ops that one of them takes out of their domain."""
    for node_id, function in trace.functions.items():
        node = graph.node(node_id)
        moved = [moved.nodes[node_id] for moved in (above, below)]
        if trace.nodes[node_id].state == "ok":
            trouble = next((found for found in moved if found.state != "ok"), None)
            if trouble is not None:
                yield f"{node.name} is at the edge of its domain: {trouble.message}"
        kinks = type(function).kinks
        if kinks is None or any(found.data is None for found in moved):
            continue
        here = kinks(*(x.data for x in function.inputs))
        there = [kinks(*(x.data for x in moved.functions[node_id].inputs)) for moved in (above, below)]
        farthest = np.maximum(*there)
        if np.any((farthest >= _REACHED * here) & (farthest > 0)):
            yield f"{node.name} ({node.op}) has a kink here: its slope jumps, and the difference mixes both sides"


def _moved(graph: Graph, node: Node, value: Array, index: tuple[int, ...], by: float) -> Trace:
    changed = value.copy()
    changed[index] += by
    return evaluate(apply(graph, SetValue(node=node.id, value=changed.tolist())), sweeps=())


def _total(trace: Trace) -> float | None:
    """Return the sum of the output to differentiate, which backward seeds with ones; None where it is not finite."""
    if trace.output is None:
        return None
    data = trace.nodes[trace.output[0]].data
    total = None if data is None else float(np.sum(data[trace.output[1]]))
    return total if total is not None and np.isfinite(total) else None
