"""Where a lesson is written while whoever writes it tries it."""

from __future__ import annotations

from dataclasses import dataclass

from components.state.history import Gesture, Snapshot
from engine.autograd import Variant


@dataclass(frozen=True)
class TriedLesson:
    """Hold where a lesson is written while it is tried, and which opening the try is."""

    snapshot: Snapshot
    past: tuple[Gesture, ...]
    future: tuple[tuple[Gesture, Snapshot | None], ...]
    automatic: bool
    variant: Variant
    opening: int
