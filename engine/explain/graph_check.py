"""Compare the gradients of a graph with central differences, and say what makes a difference unreliable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.autograd import STEP, TOLERANCE, Array, Variant
from engine.document import Graph, Node, to_array
from engine.evaluation import Trace, evaluate_in_pieces, is_finite
from engine.explain.check_remarks import difference_remarks, gradient_remarks, kinks_in, vanished_remarks
from engine.explain.nudged_runs import (
    Nudge,
    NudgedRun,
    compiled_in_pieces,
    nudged_runs,
    output_sum,
    output_sum_of,
)
from engine.messages import say
from engine.pieces import Pieces, between, finish

MAX_WORK = 40_000
"""The largest cost of one gradient check, in runs of one node: about half a second where `evaluate` has to run, and a
tenth of that with the compiled program."""
_ENTRIES_A_NODE = 10
"""The number of entries of an input that cost as much to change as one node costs to evaluate."""

_SMALLER = 8.0
"""By how much h is smaller where it is tried whether the difference depends on h."""
_STEADY = 0.01
"""The relative change up to which it does not."""


@dataclass(frozen=True)
class Checked:
    """Hold the gradient and the central difference of the checked entries of an input; true if they agree.

    `remarks` are sentences that say why the difference may be unreliable here, or where there is no answer: then an
    entry of one of both is not finite, and the relative error is that of the others.
    """

    node: str
    analytical: Array
    numerical: Array
    relative_error: float
    remarks: tuple[str, ...]
    left_out: int
    """The number of its entries that were not checked."""

    @property
    def is_answered(self) -> bool:
        """Return whether every entry has a finite gradient and a finite difference."""
        return is_finite(self.analytical) and is_finite(self.numerical)

    def __bool__(self) -> bool:
        return self.is_answered and self.relative_error <= TOLERANCE


def check_graph(graph: Graph, variant: Variant = Variant.STEP_16) -> list[Checked]:
    """Compare the gradient of every input with central differences; an input without a gradient counts as 0.

    In a large graph only some entries are checked, evenly spread. Returns nothing if there is no finite output.
    """
    return finish(check_in_pieces(graph, variant))


def check_in_pieces(graph: Graph, variant: Variant = Variant.STEP_16) -> Pieces[list[Checked]]:
    """Do the same as `check_graph` in pieces, each a run of the graph or the comparison of one entry."""
    trace = yield from between(0.0, 0.1, evaluate_in_pieces(graph, variant=variant))
    if trace.output is None or output_sum(trace) is None:
        return []
    inputs = [node for node in graph.nodes() if node.value is not None]
    chosen = {node.id: _chosen(node, len(graph), MAX_WORK // len(inputs)) for node in inputs}
    nudges = [Nudge(node_id, index, by) for node_id, steps in chosen.items() for index, h in steps for by in (h, -h)]
    yield from between(0.1, 0.1, compiled_in_pieces(graph, trace))
    runs = nudged_runs(graph, nudges, trace)
    kinks = kinks_in(trace)
    found = []
    for place, node in enumerate(inputs):
        share = (0.1 + 0.9 * place / len(inputs), 0.1 + 0.9 * (place + 1) / len(inputs))
        found.append((yield from between(*share, _check(graph, trace, node, chosen[node.id], kinks, runs))))
    return found


def _chosen(node: Node, n_nodes: int, work: int) -> list[tuple[tuple[int, ...], float]]:
    """Return the entries of an input that are checked, each with the h by which it is changed."""
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
    runs: Iterator[NudgedRun],
) -> Pieces[Checked]:
    """Check one input; `runs` gives two runs for each entry, first with h added, then with h subtracted."""
    grad = trace.nodes[node.id].grad[0]
    analytical = np.array([0.0 if grad is None else grad[index] for index, _ in chosen])
    numerical = np.empty(len(chosen))
    remarks: dict[str, None] = {}
    for place, (_, h) in enumerate(chosen):
        pair = []
        for _ in ("above", "below"):
            pair.append(next(runs))
            yield place / len(chosen)
            yield from between(place / len(chosen), place / len(chosen), pair[-1].in_pieces())
        above, below = pair
        high, low = output_sum_of(above, trace.output), output_sum_of(below, trace.output)
        numerical[place] = np.nan if high is None or low is None else (high - low) / (2 * h)
        remarks |= dict.fromkeys(difference_remarks(graph, trace, kinks, above, below))
        if not (above.is_possible and below.is_possible):
            remarks[say("{name} is too large to be changed by a little", name=node.name)] = None
        yield (place + 1) / len(chosen)
    if not is_finite(analytical):
        remarks |= dict.fromkeys(gradient_remarks(graph, trace, node.id))
    errors = _relative_errors(analytical, numerical)
    error = float(np.max(errors, initial=0.0))
    if not (is_finite(analytical) and is_finite(numerical)) and not remarks:
        remarks[say("there is no finite number to compare for {name} here", name=node.name)] = None
    if error > TOLERANCE and not remarks:
        remarks |= dict.fromkeys(vanished_remarks(graph, trace, node.id))
    if error > TOLERANCE and not remarks:
        worst = int(np.argmax(errors))
        if not _is_steady(graph, trace, node.id, chosen[worst], float(numerical[worst])):
            remarks[
                say("the difference of {name} changes with h, and tells nothing of the gradient", name=node.name)
            ] = None
    left_out = to_array(node.value).size - len(chosen) if node.value is not None else 0
    return Checked(node.id, analytical, numerical, error, tuple(remarks), left_out)


def _relative_errors(analytical: Array, numerical: Array) -> Array:
    """Return the difference of each entry, relative to the largest entry of both; 0 where one is not finite."""
    known = np.isfinite(analytical) & np.isfinite(numerical)
    a, b = np.where(known, analytical, 0.0), np.where(known, numerical, 0.0)
    scale = max(float(np.max(np.abs(a), initial=1.0)), float(np.max(np.abs(b), initial=1.0)))
    found: Array = np.abs(a / scale - b / scale)
    return found


def _is_steady(graph: Graph, trace: Trace, node_id: str, chosen: tuple[tuple[int, ...], float], found: float) -> bool:
    """Return whether a difference stays what it is with a smaller h: else it tells nothing of the gradient."""
    index, h = chosen[0], chosen[1] / _SMALLER
    above, below = nudged_runs(graph, [Nudge(node_id, index, h), Nudge(node_id, index, -h)], trace)
    high, low = output_sum_of(above, trace.output), output_sum_of(below, trace.output)
    if high is None or low is None:
        return False
    return abs((high - low) / (2 * h) - found) <= _STEADY * max(abs(found), 1.0)
