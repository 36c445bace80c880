"""Undo and redo: graphs are never changed, so the graph before an edit is still there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Final

from components.state.kept_history import (
    AS_BESIDE,
    GESTURES_TOLD,
    HISTORY_CHARACTERS,
    KeptHistory,
    Told,
    changed,
    difference,
    is_too_long,
    read,
    written,
)
from components.state.lessons.references import lesson_referred_to, reference_to
from engine.document import Graph
from engine.edits import Event, undo_label
from engine.errors import DocumentError
from engine.lessons import Lesson

GESTURES_KEPT: Final = 500

_SERIALS = count(1)


@dataclass(frozen=True)
class Arrangement:
    """Say where the nodes stood as a graph came, and where they were put for the viewport that there is."""

    came: Graph
    put: Graph


@dataclass(frozen=True)
class Snapshot:
    """Hold a graph with what belongs to it alone: the lesson that it came from, and which opening it stems from."""

    graph: Graph
    lesson: Lesson | None = None
    opening: int = 1
    arranged: Arrangement | None = None
    """How it was laid out; None where hands may have placed its nodes before it came."""


@dataclass
class Gesture:
    """Hold one gesture: the snapshot before it, and the edits that it made."""

    before: Snapshot | None
    """None for one that a browser has kept: then `text` tells how to come to it."""
    number: int | None
    """The gesture's number, as the browser counts them; None for an edit that stands alone."""
    events: list[Event]
    kept_label: str = ""
    """Of one that a browser has kept, what it did."""
    text: str = ""
    """What the browser keeps of it, by the latest snapshots beside it."""
    key: str = field(default_factory=lambda: str(next(_SERIALS)))
    """A number higher than those of all gestures before, by which a browser keeps it."""
    redone_before: Sequence[tuple[Gesture, Snapshot | None]] = ()
    """What could be redone until this gesture began."""
    told_between: tuple[Snapshot | None, Snapshot | None] = (None, None)
    """The snapshots of which `text` tells; of one that a browser has kept, none are known."""

    @property
    def label(self) -> str:
        """Return what the gesture did: "connect x → a"."""
        return self.kept_label if self.before is None or not self.events else undo_label(self.before.graph, self.events)

    def told(self, beside: Snapshot | None, aim: Snapshot | None) -> str | None:
        """Return how to come from one snapshot to the other, as a text to be kept; the empty text where it is unknown.

        What a browser has kept is handed on as it came. None stands for a text that is too long to be kept.
        """
        if beside is None or aim is None:
            return self.text
        if self.told_between[0] is not beside or self.told_between[1] is not aim:
            if is_too_long(beside.graph, aim.graph):
                return None
            opening = aim.opening - beside.opening
            change = difference(beside.graph, aim.graph)
            lesson = AS_BESIDE if aim.lesson is beside.lesson else reference_to(aim.lesson, aim.graph)
            self.text = written(Told(self.label, self.number, lesson, opening, change))
            self.told_between = (beside, aim)
        return self.text


@dataclass
class History:
    """Hold the gestures that can be undone, and those that can be redone."""

    past: deque[Gesture] = field(default_factory=lambda: deque(maxlen=GESTURES_KEPT))
    future: list[tuple[Gesture, Snapshot | None]] = field(default_factory=list)
    """Each with the snapshot after it; None for one that a browser has kept."""

    def record(self, event: Event, before: Snapshot, number: int | None = None) -> None:
        """Add an edit; edits of the same gesture are undone together."""
        last = self.past[-1] if self.past else None
        if number is not None and last is not None and last.number == number and _goes_on(last, before):
            last.events.append(event)
        else:
            self.past.append(Gesture(before, number, [event], redone_before=tuple(self.future)))
        self.future.clear()

    def record_change(self, label: str, before: Snapshot) -> None:
        """Add what is no edit of the graph, such as a change of the lesson, by what Undo shall call it."""
        self.past.append(Gesture(before, None, [], label, redone_before=tuple(self.future)))
        self.future.clear()

    def take_back(self, present: Snapshot, number: int) -> Snapshot | None:
        """Return the snapshot before the last gesture, and forget it; None where another was the last.

        Raises DocumentError.
        """
        if not self.past or self.past[-1].number != number:
            return None
        gesture = self.past[-1]
        before = gesture.before or _snapshot(present, gesture.text)
        self.past.pop()
        self.future = list(gesture.redone_before)
        return before

    def undo(self, present: Snapshot) -> Snapshot | None:
        """Return the snapshot before the last gesture, or None when there is none; raises DocumentError."""
        if not self.past:
            return None
        gesture = self.past.pop()
        if gesture.before is None:
            gesture.before = _snapshot(present, gesture.text)
        self.future.append((gesture, present))
        return gesture.before

    def redo(self, present: Snapshot) -> Snapshot | None:
        """Return the snapshot that the last undo left, or None when there is none; raises DocumentError."""
        if not self.future:
            return None
        gesture, after = self.future.pop()
        gesture.before = gesture.before or present
        self.past.append(gesture)
        return after or _snapshot(present, gesture.text)

    @property
    def undo_label(self) -> str:
        """Return what Undo would take back, or the empty text."""
        return self.past[-1].label if self.past else ""

    @property
    def redo_label(self) -> str:
        """Return what Redo would do again, or the empty text."""
        return self.future[-1][0].label if self.future else ""

    # Over a reload ---------------------------------------------------------------------------------------------

    def told(self, present: Snapshot) -> dict[str, dict[str, str]]:
        """Return the latest of both sides as texts, by numbers that count on; as many as a browser shall keep."""
        past = [(gesture, gesture.before) for gesture in islice(reversed(self.past), GESTURES_TOLD)]
        future = self.future[: -GESTURES_TOLD - 1 : -1]
        texts = {"past": _texts(present, past), "future": _texts(present, future)}
        return {name: found for name, found in texts.items() if found}

    def take_up(self, kept: KeptHistory) -> None:
        """Take up what a browser has kept; what in it is damaged is found when it is undone."""
        self.past = deque(_gestures(kept.past), maxlen=GESTURES_KEPT)
        self.future = []
        for gesture in reversed(_gestures(kept.future)):
            self.future.append((gesture, None))


def _goes_on(gesture: Gesture, present: Snapshot) -> bool:
    """Return whether an edit at a snapshot can be added to a gesture; one that a browser has kept may be damaged."""
    if gesture.before is None:
        try:
            gesture.before = _snapshot(present, gesture.text)
        except DocumentError:
            return False
    return True


def _texts(present: Snapshot, gestures: Iterable[tuple[Gesture, Snapshot | None]]) -> dict[str, str]:
    """Return the texts of gestures, the nearest first, until there is no more room.

    With each comes the snapshot to which it leads, from that of the one before it, or from the present one.
    """
    found, room = {}, HISTORY_CHARACTERS
    beside: Snapshot | None = present
    for gesture, aim in gestures:
        known = gesture.told_between
        text = gesture.text if known[0] is beside and known[1] is aim else gesture.told(beside, aim)
        beside = aim
        if text is None:
            break
        room -= len(text)
        if room < 0:
            break
        found[gesture.key] = text
    return found


def _gestures(texts: Sequence[str]) -> list[Gesture]:
    found = []
    for text in texts:
        told = read(text)
        found.append(Gesture(None, told.number, [], told.label, text))
    return found


def _snapshot(beside: Snapshot, text: str) -> Snapshot:
    told = read(text)
    graph = changed(beside.graph, told.difference)
    lesson = beside.lesson if told.lesson is AS_BESIDE else lesson_referred_to(told.lesson, graph)
    return Snapshot(graph, lesson, beside.opening + told.opening)
