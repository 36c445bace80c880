"""Collect garbage on a clock of its own, off the path of every request.

Streamlit's default collects after every rerun, some 70 ms of CPU an edit: a class of thirty then waits for the
collector. `runner.postScriptGC = false` in `.streamlit/config.toml` switches that off, and this takes its place.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

INTERVAL_SECONDS: Final = 5.0
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
    thread = threading.Thread(target=_collect_until, args=(ended, interval), name="garbage-collector", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def _collect_until(ended: threading.Event, interval: float) -> None:
    while not ended.wait(interval):
        if any(gc.get_count()):
            gc.collect()
