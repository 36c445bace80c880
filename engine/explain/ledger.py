"""The ledger of each Variable: the contributions to its gradient, where each comes from, and their sums."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from engine.autograd import Array, as_array
from engine.document import Edge, Graph, OutputPort
from engine.evaluation import Step, Trace
from engine.pieces import Pieces, finish


@dataclass(frozen=True)
class Contribution:
    """Record one contribution to the gradient of a Variable.

    `step` is its index in the trace, `sweep` the number of the backward pass from 1. `sender` is the node that sent it,
    None for the seed, and `port` the input port of that node. `before` is the gradient until then, None if there was
    none, and `total` the gradient afterwards.
    """

    step: int
    sweep: int
    sender: str | None
    port: int
    gradient: Array
    before: Array | None
    total: Array


@dataclass(frozen=True)
class Ledger:
    """Hold the contributions to one Variable in order; `due` says how many each backward pass should bring."""

    due: tuple[int, ...]
    contributions: tuple[Contribution, ...]

    @property
    def expected(self) -> int:
        """Return the number of contributions that the last backward pass should bring."""
        return self.due[-1] if self.due else 0


def ledgers(graph: Graph, trace: Trace) -> dict[OutputPort, Ledger]:
    """Return the ledger of every computed output; `trace` is a trace of `graph`."""
    return finish(ledgers_in_pieces(graph, trace))


def ledgers_in_pieces(graph: Graph, trace: Trace) -> Pieces[dict[OutputPort, Ledger]]:
    """Do the same as `ledgers` in pieces, each a step."""
    arrivals: dict[OutputPort, list[Contribution]] = {
        (node_id, index): []
        for node_id, found in trace.nodes.items()
        if found.data is not None
        for index in range(len(found.data))
    }
    for number, step in enumerate(trace.steps):
        for receiver, port, gradient in deliveries(graph, step):
            known = arrivals[receiver]
            before = known[-1].total if known else None
            with np.errstate(all="ignore"):  # the sweep added the same numbers, and has reported an overflow
                total = gradient if trace.variant.overwrites or before is None else as_array(before + gradient)
            sender = None if step.kind == "seed" else step.node
            known.append(Contribution(number, step.sweep, sender, port, gradient, before, total))
        yield number / len(trace.steps)
    starts = {start: expected_arrivals(graph, start) for start in dict.fromkeys(trace.sweeps)}
    dues = [starts[start] for start in trace.sweeps]
    return {
        receiver: Ledger(tuple(due.get(receiver, 0) for due in dues), tuple(known))
        for receiver, known in arrivals.items()
    }


def deliveries(graph: Graph, step: Step) -> list[tuple[OutputPort, int, Array]]:
    """Return what a backward step sends: the output that receives it, the sender's input port, and the gradient."""
    if step.kind == "seed":
        return [((step.node, step.output), 0, step.sent[0])]
    if step.kind == "forward":
        return []
    wires = graph.wires_into(step.node)
    return [((wires[port].source, wires[port].output), port, gradient) for port, gradient in enumerate(step.sent)]


def expected_arrivals(graph: Graph, start: OutputPort) -> dict[OutputPort, int]:
    """Return how many contributions the Step 16 variant brings to each output that a sweep from `start` reaches."""
    due = {start: 1}
    for wire in wires_to(graph, start[0]):
        receiver = (wire.source, wire.output)
        due[receiver] = due.get(receiver, 0) + 1
    return due


def wires_to(graph: Graph, node_id: str) -> list[Edge]:
    """Return the wires on all paths to a node, in topological order of the nodes that they lead to."""
    before = nx.ancestors(graph.network, node_id) | {node_id}
    return [
        wire for target in graph.topological_order() if target in before for wire in graph.wires_into(target).values()
    ]
