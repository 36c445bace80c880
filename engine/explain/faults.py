"""Compare a trace with the right one: which numbers differ, by which rule of the engine, and at which step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.autograd import Array
from engine.document import Graph, OutputPort
from engine.evaluation import Trace, evaluate
from engine.explain.ledger import Ledger, deliveries, expected_arrivals, ledgers

Rule = Literal["overwritten", "early", "again", "inherited"]
"""overwritten: x.grad = gx · early: a Function visited before all had arrived · again: one visited a second time, which
sends once more what it has sent · inherited: wrong numbers came in."""


@dataclass(frozen=True)
class Slip:
    """Record where an engine broke a rule: which node's Function was visited, and how much of what had arrived.

    For "overwritten" `receiver` is the output whose gradient was replaced, otherwise the visited Function's own.
    """

    step: int
    rule: Literal["overwritten", "early", "again"]
    node: str
    receiver: OutputPort
    arrived: int
    expected: int


@dataclass(frozen=True)
class Fault:
    """Say why a gradient is not the right one: `slip` is where it began, `via` the sender it was inherited from."""

    right: Array | None
    rule: Rule
    slip: Slip
    via: str | None = None


def find_slips(graph: Graph, trace: Trace) -> list[Slip]:
    """Return every step at which a gradient was overwritten, or a Function visited too early or a second time."""
    slips: list[Slip] = []
    arrived: dict[tuple[int, OutputPort], int] = {}
    filled: set[OutputPort] = set()
    visited: set[tuple[int, str]] = set()
    dues = [expected_arrivals(graph, start) for start in trace.sweeps]
    for number, step in enumerate(trace.steps):
        if step.kind == "forward":
            continue
        due = dues[step.sweep - 1]
        if step.kind == "backward":
            for output in range(len(step.arrived)):
                receiver = (step.node, output)
                count, expected = arrived.get((step.sweep, receiver), 0), due.get(receiver, 0)
                if count < expected:
                    slips.append(Slip(number, "early", step.node, receiver, count, expected))
                elif (step.sweep, step.node) in visited and not trace.variant.overwrites:
                    slips.append(Slip(number, "again", step.node, receiver, count, expected))
            visited.add((step.sweep, step.node))
        for receiver, _, _ in deliveries(graph, step):
            key = (step.sweep, receiver)
            arrived[key] = arrived.get(key, 0) + 1
            if trace.variant.overwrites and receiver in filled:
                slips.append(Slip(number, "overwritten", step.node, receiver, arrived[key], due.get(receiver, 0)))
            filled.add(receiver)
    return slips


def find_faults(graph: Graph, trace: Trace) -> dict[OutputPort, Fault]:
    """Return why each gradient that differs from the right one does so; nothing while the sweep is unfinished.

    The right ones are those of the Step 16 engine, swept from the same outputs.
    """
    slips = find_slips(graph, trace)
    if not slips or (trace.steps and trace.steps[-1].waiting):
        return {}
    right = evaluate(graph, sweeps=trace.sweeps)
    known = {receiver: _that_counts(ledger, trace) for receiver, ledger in ledgers(graph, trace).items()}
    faults: dict[OutputPort, Fault] = {}
    # From the output backwards: what a sender inherited is known before what it passed on.
    for node_id in reversed(graph.topological_order()):
        for output, (grad, wanted) in enumerate(zip(trace.nodes[node_id].grad, right.nodes[node_id].grad, strict=True)):
            receiver = (node_id, output)
            if _differ(grad, wanted) and receiver in known:
                fault = _explain(receiver, known[receiver], wanted, slips, faults)
                if fault is not None:
                    faults[receiver] = fault
    return faults


def _that_counts(ledger: Ledger, trace: Trace) -> Ledger:
    """Return the ledger without what was overwritten: it explains nothing of the number that is left."""
    return Ledger(ledger.due, ledger.contributions[-1:]) if trace.variant.overwrites else ledger


def _explain(
    receiver: OutputPort, ledger: Ledger, right: Array | None, slips: list[Slip], faults: dict[OutputPort, Fault]
) -> Fault | None:
    for slip in slips:
        # Where one contribution is due, a second is its sender's, visited again: what came in was wrong before.
        if slip.rule == "overwritten" and slip.receiver == receiver and ledger.expected > 1:
            return Fault(right, "overwritten", slip)
    steps = {contribution.step for contribution in ledger.contributions}
    for rule in ("early", "again"):
        for slip in slips:
            if slip.rule == rule and slip.step in steps:
                return Fault(right, rule, slip)
    for contribution in ledger.contributions:
        for (node_id, _), fault in faults.items():
            if node_id == contribution.sender:
                return Fault(right, "inherited", fault.slip, node_id)
    return None


def _differ(grad: Array | None, right: Array | None) -> bool:
    if grad is None or right is None:
        return grad is not right
    return not np.allclose(grad, right, rtol=1e-9, atol=0, equal_nan=True)
