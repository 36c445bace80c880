"""Collect garbage on a clock of its own, off the path of every request.

Streamlit's default collects after every rerun, some 70 ms of CPU an edit: a class of thirty then waits for the
collector. `runner.postScriptGC = false` in `.streamlit/config.toml` switches that off, and this takes its place.
"""

from __future__ import annotations

import gc
import threading

INTERVAL_SECONDS = 5.0
_YOUNG_OBJECTS_BEFORE_COLLECTING = 50_000
_GENERATION_FACTORS = (50, 1_000)

_started = threading.Lock()


def start_collector() -> bool:
    """Start the process's one collector thread; return whether this call started it.

    What is alive now (the imported libraries) is frozen, so that a collection walks only what sessions made.
    """
    if not _started.acquire(blocking=False):
        return False
    gc.collect()
    gc.freeze()
    # The automatic collector stays as a net for a burst between two ticks, far out of an edit's reach.
    gc.set_threshold(_YOUNG_OBJECTS_BEFORE_COLLECTING, *_GENERATION_FACTORS)
    threading.Thread(target=_collect_for_ever, name="garbage-collector", daemon=True).start()
    return True


def _collect_for_ever() -> None:
    tick = threading.Event()
    while not tick.wait(INTERVAL_SECONDS):
        if any(gc.get_count()):
            gc.collect()
