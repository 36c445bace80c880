"""Measure how long a small edit takes while another session of the same process is kept busy."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from engine.lessons import LESSONS
from tools.hogs.events import Task
from tools.hogs.page import Page

EDITS = 40
PAUSE_SECONDS = 0.05
LONGEST_MS = 500.0
"""By which time a neighbour's edit is to be answered."""


def delays(page: Page, tasks: Callable[[], list[Task]]) -> list[float]:
    """Return how long each of some small edits took, in milliseconds, while a page does tasks again and again."""
    ended = threading.Event()

    def keep_busy() -> None:
        while not ended.is_set():
            for task in tasks():
                page.do(task)

    neighbour = Page(LESSONS[0].graph)
    busy = threading.Thread(target=keep_busy)
    busy.start()
    found = []
    try:
        for number in range(EDITS):
            begun = time.perf_counter()
            neighbour.do(Task("", ({"type": "set value", "node": "n1", "value": number},)))
            found.append((time.perf_counter() - begun) * 1000)
            time.sleep(PAUSE_SECONDS)
    finally:
        ended.set()
        busy.join()
    return found
