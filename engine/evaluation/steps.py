"""The steps of a trace: made of what the engine was given and gave, at once or when somebody first asks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias, overload

import numpy as np

from engine.autograd import Function, Variable, Visit, without_marks
from engine.document import OutputPort
from engine.evaluation.trace import Step

Pass: TypeAlias = tuple[OutputPort, int, Sequence[Visit]]
"""The output from which a backward pass starts, its generation, and the visits."""


class LateSteps(Sequence[Step]):
    """Hold steps that are made when somebody first asks for one: while nobody steps, nobody does."""

    def __init__(self, make: Callable[[], Iterable[Step]]) -> None:
        self._make = make

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        return tuple(self._make())

    @overload
    def __getitem__(self, place: int) -> Step: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Step, ...]: ...
    def __getitem__(self, place: int | slice) -> Step | tuple[Step, ...]:
        return self._steps[place]

    def __len__(self) -> int:
        return len(self._steps)


def forward_step(node_id: str, function: Function, outputs: Sequence[Variable], lines: Sequence[int] = ()) -> Step:
    """Return the step in which a Function computed its outputs."""
    arrived = tuple(x.data for x in function.inputs)
    sent = tuple(y.data for y in outputs)
    return Step("forward", node_id, function.generation, arrived, sent, lines=tuple(lines))


def backward_step(
    visit: Visit,
    start: OutputPort,
    generation: int,
    number: int,
    nodes: dict[Function, str],
    *,
    waiting: tuple[str, ...] = (),
    lines: Sequence[int] = (),
) -> Step:
    """Return the step of one visit in the backward pass of this number, which starts at an output of a generation.

    `nodes` says of which node a Function is.
    """
    function, gys, gxs = visit
    arrived = tuple(map(without_marks, gys))
    beside = (number, start[1], waiting, tuple(lines))
    if function is None:
        return Step("seed", start[0], generation, arrived, tuple(gxs), *beside)
    sent = _with_zeros(function, gxs)
    return Step("backward", nodes[function], function.generation, arrived, sent, *beside)


def steps_of_passes(
    variables: Mapping[str, Sequence[Variable]], functions: Mapping[str, Function], passes: Sequence[Pass]
) -> Iterator[Step]:
    """Yield the steps of a forward pass that has made these Functions, and of the backward passes after it."""
    for node_id, function in functions.items():
        yield forward_step(node_id, function, variables[node_id])
    nodes = {function: node_id for node_id, function in functions.items()}
    for number, (start, generation, visits) in enumerate(passes, start=1):
        for visit in visits:
            yield backward_step(visit, start, generation, number, nodes)


def _with_zeros(function: Function, gxs: Sequence[Any]) -> tuple[Any, ...]:
    """Return what a Function sends to its inputs, with zeros where its rule has no gradient."""
    return tuple(
        np.zeros_like(x.data) if gx is None else without_marks(gx) for x, gx in zip(function.inputs, gxs, strict=True)
    )
