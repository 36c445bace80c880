"""The reverse sweep: one generator of visits that serves `Variable.backward()` and every step shown to a class.

After Saito, *Deep Learning from Scratch 3*, steps 7 to 16.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from numpy import float64

from engine.autograd.arraylike import fit

if TYPE_CHECKING:
    from engine.autograd.function import Function
    from engine.autograd.variable import Variable
    from engine.autograd.variants import Agenda

Visit: TypeAlias = "tuple[Function | None, Sequence[Any], Sequence[Any]]"
"""One Function's turn: the Function, upstream per output (None if nothing arrived), downstream per input; first that of
the seed, which no Function sends."""


def sweep(output: Variable, gy: Any, agenda: Agenda | None = None, is_shown: bool = True) -> Iterator[Visit]:
    """Run backward from an output with gradient `gy`, and yield each visit after its gradients are in place.

    An empty `agenda` takes the place of the right one, for somebody who wants to see or choose which Function comes
    next; unless `is_shown`, the seed's visit is the only one yielded. A second sweep adds to the gradients that it
    finds. Where `gy` is a Variable, so are all gradients. One graph is swept by one sweep at a time.
    """
    funcs = ByGeneration(output) if agenda is None else agenda
    overwrites, bring = funcs.overwrites, funcs.bring
    is_plain = type(gy) is not type(output)
    held = output.grad
    output.grad = gy if overwrites or held is None else held + gy
    if output.creator is not None:
        bring(output, gy, held)
    try:
        yield None, (), (gy,)
        for function in funcs:
            gys = function.gys
            if type(gys) is list:  # of several outputs, some of which nothing may have reached
                function.gys = (None,) * len(gys)
                gxs = function.gradients(gys)
            else:
                function.gys = None
                gxs = function.backward(gys) if is_plain else function.gradients((gys,))
            if type(gxs) is not tuple:
                gxs = (gxs,)
            if not function.is_proven:
                gxs = function.fitted(gxs)
            place = 0
            for gx in gxs:  # neither zip nor enumerate: each costs as much as the rest of the loop
                x = function.first if place == 0 else function.second if place == 1 else function.others[place - 2]
                place += 1
                if type(gx) is not float64:
                    gx = fit(gx, x)
                # Never `+=`: the array may be another Variable's gradient as well.
                held = x.grad
                x.grad = gx if overwrites or held is None else held + gx
                if x.creator is not None:
                    bring(x, gx, held)
            if is_shown:
                yield function, gys if type(gys) is list else (gys,), gxs
    finally:  # a sweep that nobody ran to its end leaves nothing behind
        for function in funcs.waiting():
            gys = function.gys
            function.gys = (None,) * len(gys) if type(gys) in (list, tuple) else None


class ByGeneration:
    """Visit the latest generation first (step 16), each Function once; ties in the order they were met.

    Every user of a Variable is of a later generation than its creator, so when a Function's turn comes, all gradients
    of its outputs have arrived.
    """

    overwrites = False

    def __init__(self, output: Variable) -> None:
        self._levels: list[Any] = [None] * (output.generation + 1)  # of Functions; alone, or in a list

    def bring(self, x: Variable, gx: Any, held: Any) -> None:
        """Keep a gradient of `x` for its creator, and put that on the list if it was not met before."""
        creator: Any = x.creator
        # What this sweep brought is kept apart from `grad`. The book reads it from there, where a second sweep would
        # find the first one's and send it down again: x² + y² at (2, 3) would give 12 instead of 4 + 4. Mostly nothing
        # came before it, and the sum is in `x.grad` already.
        gys = creator.gys
        if gys is None:
            creator.gys = gx
        elif type(gys) is tuple:  # the first of several outputs
            creator.gys = [gx if index == x.output else None for index in range(len(gys))]
        elif type(gys) is list:
            known = gys[x.output]
            gys[x.output] = gx if known is None else x.grad if known is held else known + gx
            return
        else:
            creator.gys = x.grad if gys is held else gys + gx
            return
        level = self._levels[x.generation]
        if level is None:
            self._levels[x.generation] = creator
        elif type(level) is list:
            level.append(creator)
        else:
            self._levels[x.generation] = [level, creator]

    def __iter__(self) -> Iterator[Function]:
        """Take the Functions from the latest generation to the first."""
        levels = self._levels
        while levels:
            level = levels[-1]
            if type(level) is list:
                yield from level
            elif level is not None:
                yield level
            levels.pop()

    def waiting(self) -> list[Function]:
        """Return the Functions on the list, the next one last."""
        levels = [level if type(level) is list else [level] for level in self._levels if level is not None]
        met = [function for level in levels for function in reversed(level)]
        return [function for function in met if type(function.gys) not in (tuple, type(None))]
