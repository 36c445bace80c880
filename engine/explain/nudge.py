"""Change each input of a graph a little and see how much the output changes: what a gradient means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.document import Graph, to_array
from engine.evaluation import Trace
from engine.explain.check_remarks import kinks_in, nudge_remarks
from engine.explain.nudged_runs import Nudge, compiled_in_pieces, nudged_runs, output_sum, output_sum_of
from engine.messages import say
from engine.pieces import Pieces, between, finish

NUDGED_ENTRIES = 3
"""The number of entries of an array that are nudged."""


@dataclass(frozen=True)
class Quotient:
    """Hold Δz/h for one entry of an input that was changed by h, and its gradient; None where there is no number.

    `remarks` are sentences that say why the two may differ, or why there is none.
    """

    node: str
    index: tuple[int, ...]
    quotient: float | None
    grad: float | None
    remarks: tuple[str, ...] = ()


def nudge(graph: Graph, trace: Trace, h: float) -> list[Quotient]:
    """Add `h` to each input, one at a time, and divide the change of the output by `h`.

    Of an array, the first three entries are changed one by one. Of an output that is an array, the sum is taken.
    """
    return finish(nudge_in_pieces(graph, trace, h))


def nudge_in_pieces(graph: Graph, trace: Trace, h: float) -> Pieces[list[Quotient]]:
    """Do the same as `nudge` in pieces, each a run of the graph."""
    before, kinks = output_sum(trace), kinks_in(trace)
    nudges = [
        Nudge(node.id, index, h)
        for node in graph.nodes()
        if node.value is not None
        for index in list(np.ndindex(to_array(node.value).shape))[:NUDGED_ENTRIES]
    ]
    found: list[Quotient] = []
    yield from compiled_in_pieces(graph, trace)
    for each, run in zip(nudges, nudged_runs(graph, nudges, trace), strict=True):
        yield from between(len(found) / len(nudges), len(found) / len(nudges), run.in_pieces())
        after = output_sum_of(run, trace.output)
        quotient = None if before is None or after is None else (after - before) / h
        grad = trace.nodes[each.node].grad[0]
        remarks = tuple(dict.fromkeys(nudge_remarks(graph, trace, kinks, run)))
        if before is None and trace.output is not None and not remarks:
            remarks = (say("there is no finite number to compare for {name} here", name=graph.node(each.node).name),)
        found.append(
            Quotient(each.node, each.index, quotient, None if grad is None else float(grad[each.index]), remarks)
        )
        yield len(found) / len(nudges)
    return found
