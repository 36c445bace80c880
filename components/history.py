"""Undo and redo: graphs are never changed, so a step back is the graph that was there."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from engine.edits import Event
from engine.graph import Graph
from engine.wording import word_gesture

STEPS_KEPT: Final = 500


@dataclass(frozen=True)
class Sheet:
    """A graph with what belongs to it alone: the lesson it came from, and which opening of a graph it stems from."""

    graph: Graph
    example: int | None
    opened: int


@dataclass
class Step:
    """One gesture: the sheet before it, and the edits that it made."""

    before: Sheet
    gesture: int | None
    events: list[Event]

    @property
    def words(self) -> str:
        """Return what the gesture did."""
        return word_gesture(self.events, self.before.graph)


@dataclass
class History:
    """Hold the steps that can be undone and those that can be redone."""

    past: deque[Step] = field(default_factory=lambda: deque(maxlen=STEPS_KEPT))
    future: list[tuple[Step, Sheet]] = field(default_factory=list)

    def record(self, event: Event, before: Sheet, gesture: int | None = None) -> None:
        """Remember an edit; edits of the same gesture are one step."""
        self.future.clear()
        if gesture is not None and self.past and self.past[-1].gesture == gesture:
            self.past[-1].events.append(event)
        else:
            self.past.append(Step(before, gesture, [event]))

    def undo(self, present: Sheet) -> Sheet | None:
        """Return the sheet before the last step, or None when there is none."""
        if not self.past:
            return None
        step = self.past.pop()
        self.future.append((step, present))
        return step.before

    def redo(self) -> Sheet | None:
        """Return the sheet that the last undo left, or None when there is none."""
        if not self.future:
            return None
        step, after = self.future.pop()
        self.past.append(step)
        return after

    @property
    def undo_words(self) -> str:
        """Return what Undo would take back, or nothing."""
        return self.past[-1].words if self.past else ""

    @property
    def redo_words(self) -> str:
        """Return what Redo would do again, or nothing."""
        return self.future[-1][0].words if self.future else ""
