"""Work in slices: as many pieces as a moment holds, then the page answers, and the browser asks to go on.

No thread is needed, and so no host is too small for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from engine.messages import say

SLICE_SECONDS: Final = 0.06
"""CPU time after which the page answers: with the piece that is under way, and the answer, well below 200 ms."""

_CPU_TIME: Final = getattr(time, "thread_time", time.perf_counter)  # not every host measures it by thread

IsOver = Callable[[], bool]
"""Whether a slice is at its end."""


def slice_of_time(seconds: float | None = None) -> IsOver:
    """Begin a slice of so much CPU time, or of the usual one."""
    length = SLICE_SECONDS if seconds is None else seconds
    end, earliest = _CPU_TIME() + length, time.perf_counter() + length
    # No thread computes for longer than time goes by, and to ask how late it is costs a tenth.
    return lambda: time.perf_counter() >= earliest and _CPU_TIME() >= end


def name_of_work(kind: object) -> str:
    """Return what is in work, for people: an event by its type, or a part of the answer."""
    match kind:
        case "tidy":
            return say("Tidying the graph")
        case "descend":
            return say("Going down the gradient")
        case "check":
            return say("Checking the gradients")
        case "answer":
            return say("Comparing the answer with what wrong rules give")
        case "own numbers":
            return say("Drawing numbers")
        case "export" | "worksheet":
            return say("Writing the file")
        case "numbers":
            return say("Computing")
        case "picture":
            return say("Drawing")
        case "panel":
            return say("Preparing the panel")
        case _:
            return say("Working")
