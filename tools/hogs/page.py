"""A page without a browser: it hands events to a session, and goes on as long as the session has more to do."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from components.state import Playground, Session
from engine.document import Graph
from tools.hogs.events import Task


class Page:
    """Hand events to a session, as a browser does, and measure what each outbox takes."""

    def __init__(self, graph: Graph) -> None:
        self.session = Session(Playground.of(graph))
        self.seq = self.post = 0
        self.longest_answer = 0
        """Characters."""
        self.answer = self.session.message()

    def do(self, task: Task) -> list[float]:
        """Do a task to its end; return the CPU time of each slice, in milliseconds."""
        if task.before:
            self._to_end(task.before, {}, "")
        return self._to_end(task.events, task.look, task.selected)

    def _to_end(self, events: Sequence[dict[str, Any]], look: dict[str, Any], selected: str) -> list[float]:
        slices = [self.hand_over(events, look, selected)]
        while "progress" in self.answer:
            slices.append(self.hand_over((), look, selected))
        return slices

    def hand_over(self, events: Sequence[dict[str, Any]], look: dict[str, Any], selected: str = "") -> float:
        """Hand one outbox over and take the answer; return the CPU time that this took, in milliseconds."""
        self.post += 1
        handed = {
            "session": self.session.id,
            "post": self.post,
            "have": self.answer["revision"],
            "selected": selected,
            "look": look,
            "events": [{"seq": self.seq + place, "event": event} for place, event in enumerate(events, start=1)],
        }
        self.seq += len(events)
        begun = time.thread_time()
        self.session.receive(handed)
        self.answer = self.session.message()
        text = json.dumps(self.answer, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        self.longest_answer = max(self.longest_answer, len(text))
        return (time.thread_time() - begun) * 1000
