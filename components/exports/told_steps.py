"""The steps of a trace in order, each with its sentence and its equations, for whoever writes them down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from components.equations import Equation, named_value
from components.text import (
    backward_formulas,
    forward_formulas,
    output_name,
    shown_array,
    tell_backward,
    tell_forward,
    tell_seed,
)
from engine.autograd import Array
from engine.document import Graph, OutputPort
from engine.evaluation import Step, Trace
from engine.explain import Contribution, ledgers_in_pieces
from engine.pieces import Pieces, between


@dataclass(frozen=True)
class ToldStep:
    """Hold what is said of one step, and the equations that are its numbers."""

    is_forward: bool
    sentence: str
    equations: tuple[Equation, ...]


def tell_steps_in_pieces(graph: Graph, trace: Trace) -> Pieces[list[ToldStep]]:
    """Return what is said of every step of a trace, in pieces, each a step."""
    ledgers = yield from between(0.0, 0.2, ledgers_in_pieces(graph, trace))
    brought: dict[int, list[tuple[OutputPort, Contribution]]] = {}
    for receiver, ledger in ledgers.items():
        for each in ledger.contributions:
            brought.setdefault(each.step, []).append((receiver, each))
    grads: dict[OutputPort, Array | None] = {}
    told = []
    for place, step in enumerate(trace.steps):
        came = sorted(brought.get(place, []), key=lambda pair: pair[1].port)
        grads.update((receiver, each.total) for receiver, each in came)
        told.append(_told(graph, trace, step, [each for _, each in came], grads))
        yield 0.2 + 0.8 * place / len(trace.steps)
    return told


def _told(
    graph: Graph,
    trace: Trace,
    step: Step,
    brought: Sequence[Contribution],
    grads: dict[OutputPort, Array | None],
) -> ToldStep:
    if step.kind == "forward":
        return ToldStep(True, tell_forward(graph, step), tuple(forward_formulas(graph, trace, step)))
    if step.kind == "seed":
        name = output_name(graph.node(step.node), step.output)
        return ToldStep(False, tell_seed(graph, step), (named_value(f"{name}.grad", shown_array(step.sent[0])),))
    equations = backward_formulas(graph, trace, step, brought, grads)
    return ToldStep(False, tell_backward(graph, trace, step, brought), tuple(chain.from_iterable(equations)))
