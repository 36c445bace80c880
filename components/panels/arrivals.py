"""What has come to each Variable at each step of backward: the entries of its ledger, and how many are still due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.equations import EXACT
from components.text import NONE, output_name, short_array, sum_of_arrivals
from engine.document import Graph, OutputPort
from engine.evaluation import Trace
from engine.explain import Contribution, Ledger, ledgers
from engine.messages import say


class Arrivals:
    """Hold the ledgers of a trace, and count what has arrived while its steps are gone through in their order."""

    def __init__(self, graph: Graph, trace: Trace, known: dict[OutputPort, Ledger] | None = None) -> None:
        self._graph = graph
        self._trace = trace
        self._ledgers = ledgers(graph, trace) if known is None else known
        self._by_step: dict[int, list[tuple[OutputPort, Contribution]]] = {}
        for receiver, ledger in self._ledgers.items():
            for contribution in ledger.contributions:
                self._by_step.setdefault(contribution.step, []).append((receiver, contribution))
        self._counts: dict[OutputPort, tuple[int, int]] = {}
        """In which backward pass something came to a Variable last, and how often it has in that pass."""

    def brought(self, step: int) -> list[tuple[OutputPort, Contribution]]:
        """Return what a step brings, and to which output, in the order of the sender's ports."""
        return sorted(self._by_step.get(step, []), key=lambda each: each[1].port)

    def count(self, receiver: OutputPort, contribution: Contribution) -> None:
        """Count an arrival."""
        sweep, count = self._counts.get(receiver, (0, 0))
        self._counts[receiver] = (contribution.sweep, count + 1 if sweep == contribution.sweep else 1)

    def badge(self, receiver: OutputPort) -> str:
        """Say how many contributions of how many a backward pass has brought, where that is more than one."""
        sweep, count = self._counts.get(receiver, (0, 0))
        due = self._ledgers[receiver].due[sweep - 1] if count else 0
        if max(count, due) < 2:
            return ""
        if count <= due:
            return say("{arrived} of {due} arrived", arrived=count, due=due)
        return say("{arrived} arrived, {due} due", arrived=count, due=due)

    def ledger(self, outputs: Sequence[OutputPort], after: int, until: int) -> list[dict[str, Any]]:
        """Return the ledgers of some outputs, with what the steps after one and until another bring.

        Of what came before they hold how much it was in each backward pass. Those are left out to which nothing is due.
        """
        return [
            {
                "name": output_name(self._graph.node(node_id), output),
                "due": list(ledger.due),
                **_counts_before(ledger.contributions, len(ledger.due), after),
                "entries": [
                    self._entry(contribution)
                    for contribution in ledger.contributions
                    if after <= contribution.step < until
                ],
            }
            for node_id, output in outputs
            if (ledger := self._ledgers.get((node_id, output))) is not None and any(ledger.due)
        ]

    def _entry(self, contribution: Contribution) -> dict[str, Any]:
        return {
            "step": contribution.step + 1,
            "sweep": contribution.sweep,
            "from": self._sender(contribution),
            "text": short_array(contribution.gradient),
            "replaces": short_array(contribution.before) if self._trace.variant.overwrites else NONE,
            "sign": self._sign(contribution),
            "total": short_array(contribution.total),
        }

    def _sign(self, contribution: Contribution) -> str:
        """Return what stands between the summands and their sum: =, or ≈ where a number is rounded."""
        if contribution.before is None or self._trace.variant.overwrites:
            return EXACT
        return sum_of_arrivals("", [contribution]).signs[-1]

    def _sender(self, contribution: Contribution) -> str:
        if contribution.sender is None:
            return say("seed")
        node = self._graph.node(contribution.sender)
        return say("the {op} that computes {name}", op=node.op, name=node.name)


def _counts_before(contributions: Sequence[Contribution], sweeps: int, after: int) -> dict[str, list[int]]:
    """Return how many contributions each backward pass has brought by a step; nothing where there are none."""
    passes = [contribution.sweep for contribution in contributions if contribution.step < after]
    return {"before": [passes.count(sweep) for sweep in range(1, sweeps + 1)]} if passes else {}
