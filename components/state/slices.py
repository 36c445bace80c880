"""Work in slices: as many pieces as a moment holds, then the page answers, and the browser asks to go on.

No thread is needed, and so no host is too small for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from engine.messages import mark, say

SLICE_SECONDS: Final = 0.09
"""CPU time after which the page answers. A piece may take half as much more, and the answer as much again."""

_CPU_TIME: Final = getattr(time, "thread_time", time.perf_counter)  # not every host measures it by thread

IsOver = Callable[[], bool]
"""Whether a slice is at its end."""


def slice_of_time() -> IsOver:
    """Begin a slice of so much CPU time."""
    end = _CPU_TIME() + SLICE_SECONDS
    return lambda: _CPU_TIME() >= end


_DOING: Final = {
    "tidy": mark("Tidying the graph"),
    "descend": mark("Going down the gradient"),
    "check": mark("Checking the gradients"),
    "numbers": mark("Computing"),
    "picture": mark("Drawing"),
    "panel": mark("Preparing the panel"),
}


def name_of_work(kind: object) -> str:
    """Return what is in work, for people: an event by its type, or a part of the answer."""
    return say(_DOING.get(str(kind), mark("Working")))
