"""Undo and redo: graphs are never changed, so a step back is the graph that was there."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from engine.document import Graph
from engine.edits import Event, undo_label

STEPS_KEPT: Final = 500


@dataclass(frozen=True)
class Snapshot:
    """A graph with what belongs to it alone: the lesson it came from, and which opening of a graph it stems from."""

    graph: Graph
    lesson: int | None
    opened: int


@dataclass
class Gesture:
    """One gesture: the snapshot before it, and the edits that it made."""

    before: Snapshot
    gesture: int | None
    events: list[Event]

    @property
    def words(self) -> str:
        """Return what the gesture did."""
        return undo_label(self.before.graph, self.events)


@dataclass
class History:
    """Hold the steps that can be undone and those that can be redone."""

    past: deque[Gesture] = field(default_factory=lambda: deque(maxlen=STEPS_KEPT))
    future: list[tuple[Gesture, Snapshot]] = field(default_factory=list)

    def record(self, event: Event, before: Snapshot, gesture: int | None = None) -> None:
        """Remember an edit; edits of the same gesture are one step."""
        self.future.clear()
        if gesture is not None and self.past and self.past[-1].gesture == gesture:
            self.past[-1].events.append(event)
        else:
            self.past.append(Gesture(before, gesture, [event]))

    def undo(self, present: Snapshot) -> Snapshot | None:
        """Return the snapshot before the last step, or None when there is none."""
        if not self.past:
            return None
        step = self.past.pop()
        self.future.append((step, present))
        return step.before

    def redo(self) -> Snapshot | None:
        """Return the snapshot that the last undo left, or None when there is none."""
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
