"""Undo and redo: graphs are never changed, so the graph before an edit is still there."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from engine.document import Graph
from engine.edits import Event, undo_label

GESTURES_KEPT: Final = 500


@dataclass(frozen=True)
class Snapshot:
    """A graph with what belongs to it alone: the lesson it came from, and which opening of a graph it stems from."""

    graph: Graph
    lesson: int | None = None
    opening: int = 1


@dataclass
class Gesture:
    """One gesture: the snapshot before it, and the edits that it made."""

    before: Snapshot
    number: int | None
    """The gesture's number, as the browser counts them; None for an edit that stands alone."""
    events: list[Event]

    @property
    def label(self) -> str:
        """Return what the gesture did: "connect x → a"."""
        return undo_label(self.before.graph, self.events)


@dataclass
class History:
    """Hold the gestures that can be undone, and those that can be redone."""

    past: deque[Gesture] = field(default_factory=lambda: deque(maxlen=GESTURES_KEPT))
    future: list[tuple[Gesture, Snapshot]] = field(default_factory=list)

    def record(self, event: Event, before: Snapshot, number: int | None = None) -> None:
        """Add an edit; edits of the same gesture are undone together."""
        self.future.clear()
        if number is not None and self.past and self.past[-1].number == number:
            self.past[-1].events.append(event)
        else:
            self.past.append(Gesture(before, number, [event]))

    def undo(self, present: Snapshot) -> Snapshot | None:
        """Return the snapshot before the last gesture, or None when there is none."""
        if not self.past:
            return None
        gesture = self.past.pop()
        self.future.append((gesture, present))
        return gesture.before

    def redo(self) -> Snapshot | None:
        """Return the snapshot that the last undo left, or None when there is none."""
        if not self.future:
            return None
        gesture, after = self.future.pop()
        self.past.append(gesture)
        return after

    @property
    def undo_label(self) -> str:
        """Return what Undo would take back, or the empty text."""
        return self.past[-1].label if self.past else ""

    @property
    def redo_label(self) -> str:
        """Return what Redo would do again, or the empty text."""
        return self.future[-1][0].label if self.future else ""
