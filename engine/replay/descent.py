"""Gradient descent on a graph: every input goes a little against its gradient, and the output goes down (Saito, 28)."""

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
from engine.replay.objective import Objective, objective

MAX_STEPS: Final = 500
MAX_RATE: Final = 1e3
MIN_RATE: Final = 1e-8
MAX_WORK: Final = 10_000_000
"""What one descent may cost, in numbers computed."""

RATES: Final = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
"""Among which a learning rate is found while nobody has set one."""
STEADY_RATE: Final = 1e-3

Rate = Annotated[float, Field(ge=MIN_RATE, le=MAX_RATE)]
Steps = Annotated[int, Field(ge=1, le=MAX_STEPS)]


@dataclass(frozen=True)
class Point:
    """Hold a place on the way down: what the inputs are there, the gradients of those that move, and the output."""

    values: Mapping[str, Array]
    grads: Mapping[str, Array]
    output: float


@dataclass(frozen=True)
class Descent:
    """Hold the way down, from where the inputs are now; `trouble` says in a sentence why it is no longer."""

    points: tuple[Point, ...] = ()
    moving: tuple[str, ...] = ()
    """The inputs that move, by id."""
    trouble: str = ""


def descend(
    graph: Graph, rate: float, steps: int, moving: Collection[str] | None = None, trace: Trace | None = None
) -> Descent:
    """Go `steps` steps of x = x − rate × x.grad on the inputs of a graph, all at once.

    Inputs that are not in `moving` are held; None moves every input that has a gradient. `trace` is what `evaluate`
    found, if that is at hand. Every number in the points is finite; where the next would not be, the way ends.
    """
    try:
        return descend_on(objective(graph, trace), rate, steps, moving)
    except DescentError as error:
        return Descent(trouble=str(error))


def descend_on(goal: Objective, rate: float, steps: int, moving: Collection[str] | None = None) -> Descent:
    """Go down on an objective that is at hand; the same as `descend`."""
    movers = tuple(node for node in goal.movable if moving is None or node in moving)
    if not movers:
        held = "that moves " if goal.movable else ""
        return Descent(trouble=f"No input {held}leads to {goal.name}: there is nothing to move.")
    affordable = max(1, min(steps, MAX_WORK // goal.cost))
    points: list[Point] = []
    values = dict(goal.values)
    for step in range(affordable + 1):
        output, all_grads = goal.at(values)
        grads = {node: all_grads[node] for node in movers}
        if broken := _not_finite(goal, values, output, grads):
            return Descent(tuple(points), movers, _told(broken, step))
        points.append(Point(values, grads, output))
        with np.errstate(over="ignore"):
            values = {**values, **{node: as_array(values[node] - rate * grads[node]) for node in movers}}
    trouble = "" if affordable == steps else f"The graph is large: these are the first {affordable} steps."
    return Descent(tuple(points), movers, trouble)


def first_rate(goal: Objective, moving: Collection[str] | None = None) -> float:
    """Return the largest of `RATES` whose first step does not raise the output, and if every step does, 0.001."""
    for rate in RATES:
        points = descend_on(goal, rate, 1, moving).points
        if not points:
            return RATES[0]  # there is no step to judge by
        if len(points) > 1 and points[1].output <= points[0].output:
            return rate
    return STEADY_RATE


def _not_finite(goal: Objective, values: Mapping[str, Array], output: float, grads: Mapping[str, Array]) -> str:
    """Name the first number at a point that is not finite; nothing where all are."""
    names = {node: goal.graph.node(node).name for node in grads}
    numbers = {
        **{name: values[node] for node, name in names.items()},
        goal.name: np.array(output),
        **{f"{name}.grad": grads[node] for node, name in names.items()},
    }
    return next((name for name, number in numbers.items() if not np.isfinite(number).all()), "")


def _told(broken: str, step: int) -> str:
    if step == 0:
        return f"{broken} is not finite here, so no step leads down from it."
    return f"At step {step}, {broken} is no longer finite: the way ends before. Try a smaller learning rate."
