"""Collect garbage on a clock of its own, off the path of every request.

Streamlit's default collects after every rerun, some 70 ms of CPU an edit: a class of thirty then waits for the
collector. `runner.postScriptGC = false` in `.streamlit/config.toml` switches that off, and this takes its place.

All that three hundred open pages hold takes up to a quarter of a second to walk, in which nobody is answered. So at
most ticks of the clock only what is new is walked; the longer everything takes, the more seldom it is walked.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

INTERVAL_SECONDS: Final = 5.0
SHARE_OF_TIME: Final = 0.005
"""What walking everything may take of the time; no more of the edits wait for it."""
_NEW: Final = 1
"""The collector's generations up to this one hold what was made since the last tick."""
_YOUNG_OBJECTS_BEFORE_COLLECTING: Final = 50_000
_GENERATION_FACTORS: Final = (50, 1_000)


@contextmanager
def collecting_on_a_clock(interval: float = INTERVAL_SECONDS) -> Iterator[None]:
    """Let a thread collect every few seconds; at the end the thread has ended and the collector is as it was.

    What is alive at the start (the imported libraries) is frozen, so that a collection walks only what sessions made.
    """
    gc.collect()
    gc.freeze()
    thresholds = gc.get_threshold()
    # The automatic collector stays as a net for a burst between two ticks, far out of an edit's reach.
    gc.set_threshold(_YOUNG_OBJECTS_BEFORE_COLLECTING, *_GENERATION_FACTORS)
    ended = threading.Event()
    # A daemon, so that a host without a lifespan ends without waiting for it.
    thread = threading.Thread(
        target=_collect_until, args=(ended, interval, Collector()), name="garbage-collector", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        gc.set_threshold(*thresholds)
        gc.unfreeze()


class Collector:
    """Collect at every tick of a clock: what is new, or everything where the last time is long enough ago."""

    def __init__(
        self, now: Callable[[], float] = time.perf_counter, worked: Callable[[], float] = time.thread_time
    ) -> None:
        """Take what tells the time, and for how long this thread has worked.

        On a computer with much else to do a walk may last for seconds of which it works for a fraction. Were they
        counted, the next one would come minutes later, and whatever pages have gone meanwhile would be kept.
        """
        self._now = now
        self._worked = worked
        self._whole_from = now()
        """From when on everything may be walked again."""

    def tick(self) -> None:
        """Collect once."""
        began = self._now()
        if began < self._whole_from:
            gc.collect(_NEW)
            return
        worked = self._worked()
        gc.collect()
        self._whole_from = began + (self._worked() - worked) / SHARE_OF_TIME


def _collect_until(ended: threading.Event, interval: float, collector: Collector) -> None:
    while not ended.wait(interval):
        if any(gc.get_count()):
            collector.tick()
