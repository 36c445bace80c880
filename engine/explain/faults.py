"""Compare a trace with the right one: which gradients are wrong, at which step that began, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.autograd import Array
from engine.document import Graph, OutputPort
from engine.evaluation import Step, Trace, evaluate_in_pieces
from engine.explain.ledger import Ledger, deliveries, expected_arrivals, ledgers_in_pieces
from engine.pieces import Pieces, between, finish

SlipKind = Literal["overwritten", "early", "again"]
"""overwritten: a gradient was replaced instead of added to (x.grad = gx) · early: a Function was visited before all
contributions had arrived · again: it was visited a second time, and sent its gradients once more."""
Reason = Literal[SlipKind, "inherited"]
"""A kind of slip, or inherited: the gradient that a Function was given was wrong already."""


@dataclass(frozen=True)
class Slip:
    """Record a step at which a backward algorithm does the wrong thing.

    `step` is its index in the trace and `node` the node whose Function was visited. `receiver` is the output whose
    gradient was replaced, for "overwritten", and else an output of the visited Function. At that step, `arrived` of the
    `expected` contributions had arrived there.
    """

    step: int
    kind: SlipKind
    node: str
    receiver: OutputPort
    arrived: int
    expected: int
    sent: tuple[tuple[OutputPort, Array, Array], ...] = ()
    """What the Function has sent twice: to which output, what before and what now; of the kind "again" alone."""
    turn: int = 2
    """Which turn of the Function it is; of the kind "again" alone."""


@dataclass(frozen=True)
class Fault:
    """Say why a gradient is wrong.

    `right` is the right gradient, None if there should be none. `slip` is the step at which it began. If the reason is
    "inherited", `via` is the node that passed the wrong gradient on.
    """

    right: Array | None
    reason: Reason
    slip: Slip
    via: str | None = None


def find_slips(graph: Graph, trace: Trace) -> list[Slip]:
    """Return a slip for every gradient that was overwritten and every Function visited too early or again."""
    slips: list[Slip] = []
    arrived: dict[tuple[int, OutputPort], int] = {}
    filled: set[OutputPort] = set()
    visited: dict[tuple[int, str], Step] = {}
    turns: dict[tuple[int, str], int] = {}
    expected_from = {start: expected_arrivals(graph, start) for start in dict.fromkeys(trace.sweeps)}
    dues = [expected_from[start] for start in trace.sweeps]
    for number, step in enumerate(trace.steps):
        if step.kind == "forward":
            continue
        due = dues[step.sweep - 1]
        if step.kind == "backward":
            turn = turns[step.sweep, step.node] = turns.get((step.sweep, step.node), 0) + 1
            for output in range(len(step.arrived)):
                receiver = (step.node, output)
                count, expected = arrived.get((step.sweep, receiver), 0), due.get(receiver, 0)
                if count < expected:
                    slips.append(Slip(number, "early", step.node, receiver, count, expected))
                elif (step.sweep, step.node) in visited and not trace.variant.overwrites:
                    twice = _sent_twice(graph, visited[step.sweep, step.node], step)
                    slips.append(Slip(number, "again", step.node, receiver, count, expected, twice, turn))
            visited[step.sweep, step.node] = step
        for receiver, _, _ in deliveries(graph, step):
            key = (step.sweep, receiver)
            arrived[key] = arrived.get(key, 0) + 1
            if trace.variant.overwrites and receiver in filled:
                slips.append(Slip(number, "overwritten", step.node, receiver, arrived[key], due.get(receiver, 0)))
            filled.add(receiver)
    return slips


def _sent_twice(graph: Graph, before: Step, now: Step) -> tuple[tuple[OutputPort, Array, Array], ...]:
    pairs = zip(deliveries(graph, before), deliveries(graph, now), strict=True)
    return tuple((receiver, first, again) for (receiver, _, first), (_, _, again) in pairs)


def find_faults(graph: Graph, trace: Trace) -> dict[OutputPort, Fault]:
    """Return the fault of each gradient that is wrong, by output; nothing while the sweep is unfinished.

    The right gradients are those of the Step 16 variant, with backward passes from the same outputs.
    """
    return finish(faults_in_pieces(graph, trace))


def faults_in_pieces(graph: Graph, trace: Trace) -> Pieces[dict[OutputPort, Fault]]:
    """Do the same as `find_faults` in pieces."""
    yield 0.0
    slips = find_slips(graph, trace)
    if not slips or trace.stopped or (trace.steps and trace.steps[-1].waiting):
        return {}
    right = yield from between(0.0, 0.4, evaluate_in_pieces(graph, sweeps=trace.sweeps))
    all_ledgers = yield from between(0.4, 0.8, ledgers_in_pieces(graph, trace))
    known = {receiver: _that_counts(ledger, trace) for receiver, ledger in all_ledgers.items()}
    faults: dict[OutputPort, Fault] = {}
    # From the output backwards, so that the fault of a sender is known before those of its inputs.
    for node_id in reversed(graph.topological_order()):
        for output, (grad, wanted) in enumerate(zip(trace.nodes[node_id].grad, right.nodes[node_id].grad, strict=True)):
            receiver = (node_id, output)
            if _differ(grad, wanted) and receiver in known:
                fault = _explain(receiver, known[receiver], wanted, slips, faults)
                if fault is not None:
                    faults[receiver] = fault
        yield 0.9
    return faults


def _that_counts(ledger: Ledger, trace: Trace) -> Ledger:
    """Return the ledger without overwritten contributions: the gradient at the end does not depend on them."""
    return Ledger(ledger.due, ledger.contributions[-1:]) if trace.variant.overwrites else ledger


def _explain(
    receiver: OutputPort, ledger: Ledger, right: Array | None, slips: list[Slip], faults: dict[OutputPort, Fault]
) -> Fault | None:
    for slip in slips:
        # If only one is due, it was overwritten because its sender was visited again: the fault is the sender's.
        if slip.kind == "overwritten" and slip.receiver == receiver and ledger.expected > 1:
            return Fault(right, "overwritten", slip)
    steps = {contribution.step for contribution in ledger.contributions}
    kinds: tuple[SlipKind, ...] = ("early", "again")
    for kind in kinds:
        for slip in slips:
            if slip.kind == kind and slip.step in steps:
                return Fault(right, kind, slip)
    for contribution in ledger.contributions:
        for (node_id, _), fault in faults.items():
            if node_id == contribution.sender:
                return Fault(right, "inherited", fault.slip, node_id)
    return None


def _differ(grad: Array | None, right: Array | None) -> bool:
    if grad is None or right is None:
        return grad is not right
    return not np.allclose(grad, right, rtol=1e-9, atol=0, equal_nan=True)
