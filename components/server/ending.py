"""Tell of a signal that ends the process at once, for what would keep the server from ending.

A server waits for its open answers before it ends, and only then its lifespan is over; an answer that is a stream of
events never ends by itself.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def told_of_end(tell: Callable[[], object]) -> Iterator[None]:
    """Have `tell` called by a signal that ends the process, before whatever is called already.

    It is called in the main thread between any two of its instructions. In another thread nothing can be done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def end(number: int, frame: FrameType | None) -> None:
        tell()
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number, handler in before.items():
        if callable(handler):
            signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is end:
                signal.signal(number, handler)
