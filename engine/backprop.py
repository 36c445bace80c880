"""The reverse sweep: one generator of visits that serves `Variable.backward()` and every step shown to a class.

Three variants, named after the steps of Saito, *Deep Learning from Scratch 3*, in which they stand.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np

from engine.errors import EngineError
from engine.function import Function
from engine.variable import Array, Variable, as_array

MAX_VISITS = 100_000
"""A stack visits a Function once per path, and paths double at every fork: past this many it is not worth waiting."""


class Variant(Enum):
    """Name an engine of the book by what it does at a fork and how it picks the next Function."""

    STEP_13 = "step 13"
    """Overwrite the gradient; take the Function met last."""
    STEP_14 = "step 14"
    """Accumulate the gradient; take the Function met last."""
    STEP_16 = "step 16"
    """Accumulate the gradient; take the Function of the latest generation: the correct one."""

    @property
    def overwrites(self) -> bool:
        """Return whether a gradient takes the place of the one before it."""
        return self is Variant.STEP_13

    def agenda(self) -> Agenda:
        """Return the empty work list of this engine."""
        return ByGeneration() if self is Variant.STEP_16 else Stack()


@dataclass(frozen=True)
class Visit:
    """Report one Function's turn: `upstream` per output (None if nothing arrived), `downstream` per input.

    The first visit is the seed's: no Function sends it, and `downstream` holds what the output gets.
    """

    function: Function | None
    upstream: tuple[Array | None, ...]
    downstream: tuple[Array, ...]


def sweep(
    output: Variable,
    variant: Variant = Variant.STEP_16,
    seed: Array | None = None,
    agenda: Agenda | None = None,
) -> Iterator[Visit]:
    """Run backward from an output, seeded with ones, and yield each visit after its gradients are in place.

    `seed`, of the output's shape, takes the place of the ones; an empty `agenda` that of the variant's own, for
    somebody who wants to see or choose which Function comes next. A second sweep adds to the gradients that it finds.
    Raises EngineError when a stack variant meets too many paths.
    """
    overwrites = variant.overwrites
    # What this sweep has brought to each Variable. The book reads it from `grad`, where a second sweep would find
    # the first one's gradients and send them down again: x² + y² at (2, 3) would give 12 instead of 4 + 4.
    arrived: dict[Variable, Array] = {}

    def bring(variable: Variable, gradient: Array) -> None:
        known = None if overwrites else arrived.get(variable)
        arrived[variable] = gradient if known is None else as_array(known + gradient)
        held = None if overwrites else variable.grad
        # Never `+=`: the array may be another Variable's gradient as well.
        variable.grad = gradient if held is None else as_array(held + gradient)

    seed = np.ones_like(output.value) if seed is None else seed
    agenda = variant.agenda() if agenda is None else agenda
    bring(output, seed)
    agenda.add(output.creator)
    yield Visit(None, (), (seed,))
    while (function := agenda.take()) is not None:
        upstream = tuple(None if y is None else arrived.get(y) for y in function.outputs)
        downstream = function.gradients(upstream)
        for x, gx in zip(function.inputs, downstream, strict=True):
            bring(x, gx)
            agenda.add(x.creator)
        yield Visit(function, upstream, downstream)


class Agenda(Protocol):
    """Hold the Functions that the sweep has met and has yet to visit."""

    def add(self, function: Function | None) -> None:
        """Put a Function in; None, a Variable without creator, is passed over."""

    def take(self) -> Function | None:
        """Take the next one, or None when all are done."""

    def waiting(self) -> list[Function]:
        """Return those that are in, the next one last, as the book's `funcs` holds them."""


class Stack:
    """Hold the Functions to visit, the latest on top, each as often as it is met (steps 13 and 14)."""

    def __init__(self) -> None:
        self._functions: list[Function] = []
        self._taken = 0

    def add(self, function: Function | None) -> None:
        """Put a Function on top; None, a Variable without creator, is passed over."""
        if function is not None:
            self._functions.append(function)

    def take(self) -> Function | None:
        """Take the top one, or None when all are done."""
        if not self._functions:
            return None
        self._taken += 1
        if self._taken > MAX_VISITS:
            raise EngineError(f"this engine goes every path by itself, and there are more than {MAX_VISITS} visits")
        return self._functions.pop()

    def waiting(self) -> list[Function]:
        """Return those that are in, the next one last."""
        return list(self._functions)


class ByGeneration:
    """Hold the Functions to visit, the latest generation first, each once; ties in the order they were met."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Function]] = []
        self._met: set[Function] = set()

    def add(self, function: Function | None) -> None:
        """Put a Function in unless it was met before; None, a Variable without creator, is passed over."""
        if function is not None and function not in self._met:
            heapq.heappush(self._heap, (-function.generation, len(self._met), function))
            self._met.add(function)

    def take(self) -> Function | None:
        """Take the next one, or None when all are done."""
        return heapq.heappop(self._heap)[2] if self._heap else None

    def waiting(self) -> list[Function]:
        """Return those that are in, the next one last."""
        return [function for _, _, function in sorted(self._heap, reverse=True)]


class ByHand:
    """Hold the Functions to visit, each once, and hand them out in an order that somebody has picked."""

    def __init__(self, picks: Iterable[Function]) -> None:
        self._picks = iter(picks)
        self._functions: list[Function] = []
        self._met: set[Function] = set()

    def add(self, function: Function | None) -> None:
        """Put a Function in unless it was met before; None, a Variable without creator, is passed over."""
        if function is not None and function not in self._met:
            self._functions.append(function)
            self._met.add(function)

    def take(self) -> Function | None:
        """Take the next pick, or None when there is none; one that is not waiting ends the sweep too."""
        function = next(self._picks, None)
        if function is None or function not in self._functions:
            return None
        self._functions.remove(function)
        return function

    def waiting(self) -> list[Function]:
        """Return those that are in, in the order they were met."""
        return list(self._functions)
