"""Compare the gradients of a graph with central differences, and say what makes a difference unreliable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.autograd import STEP, TOLERANCE, Array, Variant
from engine.document import Graph, Node, to_array
from engine.evaluation import Trace, evaluate
from engine.explain.edges import edges_between
from engine.explain.nudged_runs import Nudge, NudgedRun, nudged_runs, output_sum, output_sum_of

MAX_WORK = 40_000
"""The largest cost of one gradient check, in runs of one node: about half a second where `evaluate` has to run, and a
tenth of that with the compiled program."""
_ENTRIES_A_NODE = 10
"""The number of entries of an input that cost as much to change as one node costs to evaluate."""


@dataclass(frozen=True)
class Checked:
    """Hold the gradient and the central difference of the checked entries of an input; true if they agree.

    `remarks` are sentences that say why the difference may be unreliable here.
    """

    node: str
    analytical: Array
    numerical: Array
    relative_error: float
    remarks: tuple[str, ...]
    left_out: int
    """The number of its entries that were not checked."""

    def __bool__(self) -> bool:
        return self.relative_error <= TOLERANCE


def check_graph(graph: Graph, variant: Variant = Variant.STEP_16) -> list[Checked]:
    """Compare the gradient of every input with central differences; an input without a gradient counts as 0.

    In a large graph only some entries are checked, evenly spread. Returns nothing if there is no finite output.
    """
    trace = evaluate(graph, variant=variant)
    if trace.output is None or output_sum(trace) is None:
        return []
    inputs = [node for node in graph.nodes() if node.value is not None]
    chosen = {node.id: _chosen(node, len(graph), MAX_WORK // len(inputs)) for node in inputs}
    nudges = [Nudge(node_id, index, by) for node_id, steps in chosen.items() for index, h in steps for by in (h, -h)]
    runs = iter(nudged_runs(graph, nudges))
    return [_check(graph, trace, node, chosen[node.id], runs) for node in inputs]


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
    runs: Iterator[NudgedRun],
) -> Checked:
    """Check one input; `runs` gives two runs for each entry, first with h added, then with h subtracted."""
    grad = trace.nodes[node.id].grad[0]
    analytical = np.array([0.0 if grad is None else grad[index] for index, _ in chosen])
    numerical = np.empty(len(chosen))
    remarks: dict[str, None] = {}
    for place, (_, h) in enumerate(chosen):
        above, below = next(runs), next(runs)
        high, low = output_sum_of(above, trace.output), output_sum_of(below, trace.output)
        numerical[place] = np.nan if high is None or low is None else (high - low) / (2 * h)
        remarks |= dict.fromkeys(edges_between(graph, trace, above, below))
    scale = max(float(np.max(np.abs(analytical))), float(np.max(np.abs(numerical))), 1.0)
    error = float(np.max(np.abs(analytical - numerical))) / scale
    left_out = to_array(node.value).size - len(chosen) if node.value is not None else 0
    return Checked(node.id, analytical, numerical, error, tuple(remarks), left_out)
