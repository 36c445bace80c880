"""Which Functions may come next in a sweep: the answer to "Which Function next?", of which there may be several."""

from __future__ import annotations

import networkx as nx

from engine.autograd import Variant
from engine.document import Graph
from engine.evaluation import Step, Trace


def next_functions(graph: Graph, trace: Trace, done: int) -> frozenset[str]:
    """Return the nodes whose Functions may be visited after so many steps of a trace; none after the last.

    Forward a Function may come once its inputs are computed, backward once every gradient of its outputs has arrived.
    An engine of another variant goes its own way, so of that only its own next step is right.
    """
    left = [step for step in trace.steps[done:] if step.kind != "seed"]
    if not left:
        return frozenset()
    coming = left[0]
    if coming.kind == "backward" and (trace.variant is not Variant.STEP_16 or trace.picked):
        return frozenset({coming.node})
    later = {step.node for step in left if _is_beside(step, coming)}
    waits_for = nx.ancestors if coming.kind == "forward" else nx.descendants
    return frozenset(node for node in later if not later & waits_for(graph.network, node))


def _is_beside(step: Step, coming: Step) -> bool:
    """Return whether a step is of the same pass."""
    return (step.kind, step.sweep) == (coming.kind, coming.sweep)
