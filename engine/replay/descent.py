"""Gradient descent: subtract a small multiple of its gradient from every input, many times (the book's step 28)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
from pydantic import Field

from engine.autograd import Array, as_array
from engine.document import Graph
from engine.errors import DescentError
from engine.evaluation import Trace
from engine.messages import say, say_count
from engine.pieces import Pieces, between, finish
from engine.replay.objective import Objective, objective_in_pieces

MAX_STEPS: Final = 500
MAX_RATE: Final = 1e3
MIN_RATE: Final = 1e-8
MAX_WORK: Final = 10_000_000
"""The largest cost of one descent, as a number of elements computed."""

RATES: Final = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
"""The learning rates to choose from while nobody has set one."""
STEADY_RATE: Final = 1e-3

Rate = Annotated[float, Field(ge=MIN_RATE, le=MAX_RATE)]
DescentSteps = Annotated[int, Field(ge=1, le=MAX_STEPS)]


@dataclass(frozen=True)
class DescentPoint:
    """Hold one point of a descent: the inputs' values, the gradients of those that move, and the output."""

    values: Mapping[str, Array]
    grads: Mapping[str, Array]
    output: float


@dataclass(frozen=True)
class Descent:
    """Hold the points of a descent, the present values first; `trouble` says in a sentence why it ends early."""

    points: tuple[DescentPoint, ...] = ()
    moving: tuple[str, ...] = ()
    """The inputs that move, by id."""
    trouble: str = ""


def descend(
    graph: Graph, rate: float, steps: int, moving: Collection[str] | None = None, trace: Trace | None = None
) -> Descent:
    """Apply x = x − rate × x.grad to the inputs of a graph `steps` times.

    `moving` are the ids of the inputs that change; None stands for every input with a gradient. `trace` is the result
    of `evaluate`, if known. Every number in the points is finite: the descent ends before one that is not.
    """
    return finish(descent_in_pieces(graph, rate, steps, moving, trace))


def descent_in_pieces(
    graph: Graph, rate: float, steps: int, moving: Collection[str] | None = None, trace: Trace | None = None
) -> Pieces[Descent]:
    """Do the same as `descend` in pieces, each a step."""
    try:
        goal = yield from between(0.0, 0.3, objective_in_pieces(graph, trace))
    except DescentError as error:
        return Descent(trouble=str(error))
    return (yield from between(0.3, 1.0, descend_on_in_pieces(goal, rate, steps, moving)))


def descend_on(goal: Objective, rate: float, steps: int, moving: Collection[str] | None = None) -> Descent:
    """Do the same as `descend` for an objective that is known already."""
    return finish(descend_on_in_pieces(goal, rate, steps, moving))


def descend_on_in_pieces(
    goal: Objective, rate: float, steps: int, moving: Collection[str] | None = None
) -> Pieces[Descent]:
    """Do the same as `descend_on` in pieces, each a step."""
    movers = tuple(node for node in goal.movable if moving is None or node in moving)
    if not movers:
        if goal.movable:
            return Descent(
                trouble=say("No input that moves leads to {name}: there is nothing to move.", name=goal.name)
            )
        return Descent(trouble=goal.refusal())
    affordable = max(1, min(steps, MAX_WORK // goal.cost))
    points: list[DescentPoint] = []
    values = dict(goal.values)
    for step in range(affordable + 1):
        output, all_grads = goal.at(values)
        grads = {node: all_grads[node] for node in movers}
        if broken := _not_finite(goal, values, output, grads):
            return Descent(tuple(points), movers, _told(broken, step))
        points.append(DescentPoint(values, grads, output))
        with np.errstate(over="ignore"):
            values = {**values, **{node: as_array(values[node] - rate * grads[node]) for node in movers}}
        yield step / affordable
    if affordable < steps:
        trouble = say_count(
            "The graph is large: this is the first step.",
            "The graph is large: these are the first {count} steps.",
            affordable,
        )
        return Descent(tuple(points), movers, trouble)
    return Descent(tuple(points), movers)


def first_rate(goal: Objective, moving: Collection[str] | None = None) -> float:
    """Return the largest of `RATES` whose first step does not raise the output; 0.001 if each of them does."""
    for rate in RATES:
        points = descend_on(goal, rate, 1, moving).points
        if not points:
            return RATES[0]  # no step can be tried
        if len(points) > 1 and points[1].output <= points[0].output:
            return rate
    return STEADY_RATE


def _not_finite(goal: Objective, values: Mapping[str, Array], output: float, grads: Mapping[str, Array]) -> str:
    """Return the name of the first number at a point that is not finite; "" if all are finite."""
    names = {node: goal.graph.node(node).name for node in grads}
    numbers = {
        **{name: values[node] for node, name in names.items()},
        goal.name: np.array(output),
        **{f"{name}.grad": grads[node] for node, name in names.items()},
    }
    return next((name for name, number in numbers.items() if not np.isfinite(number).all()), "")


def _told(broken: str, step: int) -> str:
    if step == 0:
        return say("{name} is not finite here, so no step leads down from it.", name=broken)
    return say(
        "At step {step}, {name} is no longer finite: the way ends before. Try a smaller learning rate.",
        step=step,
        name=broken,
    )
