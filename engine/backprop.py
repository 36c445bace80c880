"""The reverse sweep: one generator of visits that serves `Variable.backward()` and every step shown to a class.

After Saito, *Deep Learning from Scratch 3*, steps 7 to 16.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from numpy import float64

from engine.arraylike import fit

if TYPE_CHECKING:
    from engine.function import Function
    from engine.variable import Variable

Visit: TypeAlias = "tuple[Function | None, Sequence[Any], Sequence[Any]]"
"""One Function's turn: the Function, upstream per output (None if nothing arrived), downstream per input.

The first visit is the seed's: no Function sends it, and downstream holds what the output gets.
"""


def sweep(output: Variable, gy: Any, agenda: Agenda | None = None) -> Iterator[Visit]:
    """Run backward from an output with gradient `gy`, and yield each visit after its gradients are in place.

    An empty `agenda` takes the place of the right one, for somebody who wants to see or choose which Function comes
    next. A second sweep adds to the gradients that it finds. Where `gy` is a Variable, so are all gradients. One graph
    is swept by one sweep at a time.
    """
    funcs = ByGeneration(output) if agenda is None else agenda
    overwrites, bring = funcs.overwrites, funcs.bring
    is_plain = type(gy) is not type(output)
    held = output.grad
    output.grad = gy if overwrites or held is None else held + gy
    if output.creator is not None:
        bring(output, gy, held)
    yield None, (), (gy,)
    for function, gys in funcs:
        # Most Functions have one output, and its gradient has come: no need for `gradients` to look after the rest.
        gxs = function.backward(gys[0]) if is_plain and len(gys) == 1 else function.gradients(gys)
        if type(gxs) is not tuple:
            gxs = (gxs,)
        inputs = function.inputs
        if len(gxs) != len(inputs):
            function.fitted(gxs)  # raises
        for x, gx in zip(inputs, gxs):
            if type(gx) is not float64 or type(x.data) is not float64:
                gx = fit(gx, x)
            # Never `+=`: the array may be another Variable's gradient as well.
            held = x.grad
            x.grad = gx if overwrites or held is None else held + gx
            if x.creator is not None:
                bring(x, gx, held)
        yield function, gys, gxs


class Agenda(Protocol):
    """Hold gradients that have arrived, and the Functions that the sweep has met and has yet to visit."""

    overwrites: bool
    """Whether a gradient takes the place of the one before it."""

    def bring(self, x: Variable, gx: Any, held: Any) -> None:
        """Keep a gradient of `x` for its creator, and put that on the list if it is to be visited.

        `held` is what `x.grad` was before this gradient came.
        """

    def __iter__(self) -> Iterator[tuple[Function, Sequence[Any]]]:
        """Take the next Function off the list, with what has arrived at each of its outputs, until it is empty."""

    def waiting(self) -> list[Function]:
        """Return the Functions on the list, the next one last, as the book's `funcs` holds them."""


class ByGeneration:
    """Visit the latest generation first (step 16), each Function once; ties in the order they were met.

    Every user of a Variable is of a later generation than its creator, so when a Function's turn comes, all gradients
    of its outputs have arrived.
    """

    overwrites = False

    def __init__(self, output: Variable) -> None:
        self._levels: list[list[Function] | None] = [None] * (output.generation + 1)

    def bring(self, x: Variable, gx: Any, held: Any) -> None:
        """Keep a gradient of `x` for its creator, and put that on the list if it was not met before."""
        creator: Any = x.creator
        # What this sweep brought is kept apart from `grad`. The book reads it from there, where a second sweep would
        # find the first one's and send it down again: x² + y² at (2, 3) would give 12 instead of 4 + 4.
        gys = creator.gys
        if gys is None:
            creator.gys = [gx]
        elif type(gys) is list:
            known = gys[x.output]
            # Mostly nothing came before this sweep, and the sum is in `x.grad` already.
            gys[x.output] = gx if known is None else x.grad if known is held else known + gx
            return
        else:  # the first of several outputs
            creator.gys = [gx if index == x.output else None for index in range(len(gys))]
        level = self._levels[x.generation]
        if level is None:
            self._levels[x.generation] = [creator]
        else:
            level.append(creator)

    def __iter__(self) -> Iterator[tuple[Function, Sequence[Any]]]:
        """Take the Functions from the latest generation to the first."""
        levels = self._levels
        try:
            while levels:
                for function in levels[-1] or ():
                    gys = function.gys
                    function.gys = None if len(gys) == 1 else (None,) * len(gys)
                    yield function, gys
                levels.pop()
        finally:  # a sweep that nobody ran to its end leaves nothing behind
            for function in self.waiting() if levels else ():
                function.gys = None if len(function.gys) == 1 else (None,) * len(function.gys)

    def waiting(self) -> list[Function]:
        """Return the Functions on the list, the next one last."""
        waiting = [function for level in self._levels for function in reversed(level or ())]
        return [function for function in waiting if type(function.gys) is list]
