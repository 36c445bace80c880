"""The book's engines, right and wrong: what happens when gradients overwrite, or a Function's turn comes too early.

Named after the steps of Saito, *Deep Learning from Scratch 3*, in which they stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from engine.autograd.core import Function, WorkList
from engine.errors import EngineError
from engine.messages import say

MAX_VISITS = 100_000
"""A stack visits a Function once per path, and paths double at every fork: past this many it is not worth waiting."""


class Variant(Enum):
    """Name one of the book's backward algorithms by what it does at a fork and which Function it visits next."""

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

    def work_list(self) -> WorkList:
        """Return an empty work list that visits Functions as this variant does."""
        return WorkList() if self is Variant.STEP_16 else Stack(overwrites=self.overwrites)


class Stack(WorkList):
    """Visit the Function met last, each as often as it is met (steps 13 and 14).

    Raises EngineError when there are too many paths.
    """

    def __init__(self, overwrites: bool = False) -> None:
        self.overwrites = overwrites
        self._functions: list[Function] = []
        self._visits = 0

    def add(self, function: Function) -> None:
        """Put a Function on top."""
        self._functions.append(function)

    def pop(self) -> Function:
        """Take the Function on top."""
        self._visits += 1
        if self._visits > MAX_VISITS:
            raise EngineError(
                say("this engine goes every path by itself, and there are more than {limit} visits", limit=MAX_VISITS)
            )
        return self._functions.pop()

    def __len__(self) -> int:
        return len(self._functions)

    def waiting(self) -> list[Function]:
        """Return the Functions on the list, the next one last."""
        return list(self._functions)


class ByHand(WorkList):
    """Visit the Functions that somebody picks, each once; a pick that is not waiting ends it."""

    def __init__(self, picks: Iterable[Function], overwrites: bool = False) -> None:
        self.overwrites = overwrites
        self._picks = list(picks)[::-1]
        self._functions: dict[Function, bool] = {}

    def add(self, function: Function) -> None:
        """Let a Function wait, unless it was met before."""
        self._functions.setdefault(function, True)

    def pop(self) -> Function:
        """Take the Function that is picked next."""
        function = self._picks.pop()
        self._functions[function] = False
        return function

    def __len__(self) -> int:
        return 1 if self._picks and self._functions.get(self._picks[-1]) else 0

    def waiting(self) -> list[Function]:
        """Return the Functions on the list in the order they were met."""
        return [function for function, waits in self._functions.items() if waits]
