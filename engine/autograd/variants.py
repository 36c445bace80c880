"""The book's engines, right and wrong: what happens when gradients overwrite, or a Function's turn comes too early.

Named after the steps of Saito, *Deep Learning from Scratch 3*, in which they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, Protocol

from engine.autograd.backprop import ByGeneration
from engine.autograd.function import Function
from engine.autograd.variable import Variable
from engine.errors import EngineError

MAX_VISITS = 100_000
"""A stack visits a Function once per path, and paths double at every fork: past this many it is not worth waiting."""


class Agenda(Protocol):
    """Hold gradients that have arrived, and the Functions that the sweep has met and has yet to visit."""

    overwrites: bool
    """Whether a gradient takes the place of the one before it."""

    def bring(self, x: Variable, gx: Any, held: Any) -> None:
        """Keep a gradient of `x` for its creator, on the list if it is to be visited; `x.grad` was `held` before."""

    def __iter__(self) -> Iterator[Function]:
        """Take the next Function off the list, with what has arrived at its outputs in its `gys`, until it is empty."""

    def waiting(self) -> list[Function]:
        """Return the Functions on the list, the next one last, as the book's `funcs` holds them."""


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

    def agenda(self, output: Variable) -> Agenda:
        """Return the empty work list of this engine for a sweep from an output."""
        return ByGeneration(output) if self is Variant.STEP_16 else Stack(overwrites=self.overwrites)


class _Collecting:
    """Collect what a sweep brings to each Function, and keep it: a Function may be visited again."""

    def __init__(self, overwrites: bool = False) -> None:
        self.overwrites = overwrites
        self._functions: list[Function] = []
        self._arrived: dict[Function, list[Any]] = {}

    def bring(self, x: Variable, gx: Any, held: Any) -> None:
        """Keep a gradient of `x` for its creator, alone or added to those before, and put that on the list."""
        function: Any = x.creator
        # Before the first sweep has come by, `gys` of a Function of several outputs is a tuple with a None for each.
        gys = self._arrived.setdefault(function, list(function.gys) if type(function.gys) is tuple else [None])
        gys[x.output] = gx if self.overwrites or gys[x.output] is None else gys[x.output] + gx
        self._meet(function)

    def _meet(self, function: Function) -> None:
        self._functions.append(function)

    def _hand(self, function: Function) -> Function:
        arrived = list(self._arrived[function])
        function.gys = arrived if len(arrived) > 1 else arrived[0]
        return function

    def waiting(self) -> list[Function]:
        """Return the Functions on the list, the next one last."""
        return list(self._functions)


class Stack(_Collecting):
    """Visit the Function met last, each as often as it is met (steps 13 and 14).

    Raises EngineError when there are too many paths.
    """

    def __iter__(self) -> Iterator[Function]:
        """Take the Functions from the top of the stack."""
        taken = 0
        while self._functions:
            function = self._functions.pop()
            yield self._hand(function)
            taken += 1
            if taken >= MAX_VISITS:
                raise EngineError(f"this engine goes every path by itself, and there are more than {MAX_VISITS} visits")


class ByHand(_Collecting):
    """Visit the Functions in an order that somebody picked, each once; a pick that is not waiting ends it."""

    def __init__(self, picks: Iterable[Function], overwrites: bool = False) -> None:
        super().__init__(overwrites)
        self._picks = picks
        self._met: set[Function] = set()

    def _meet(self, function: Function) -> None:
        if function not in self._met:
            self._met.add(function)
            self._functions.append(function)

    def __iter__(self) -> Iterator[Function]:
        """Take what is picked."""
        for function in self._picks:
            if function not in self._functions:
                return
            self._functions.remove(function)
            yield self._hand(function)
