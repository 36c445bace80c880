"""Hold one page between two edits: its graph, its lesson, its history and its work. Knows no Streamlit."""

from __future__ import annotations

from components.state.attempt import attempt
from components.state.commands import BrowserEvent, Command, carry_out, parse_browser_event
from components.state.computation import Computation
from components.state.history import GESTURES_KEPT
from components.state.lessons.listing import FILE_NAME, language_choices, lesson_groups
from components.state.playground import Playground
from components.state.session import Session, begin, encoded
from components.state.slices import slice_of_time

__all__ = [
    "FILE_NAME",
    "GESTURES_KEPT",
    "BrowserEvent",
    "Command",
    "Computation",
    "Playground",
    "Session",
    "attempt",
    "begin",
    "carry_out",
    "encoded",
    "language_choices",
    "lesson_groups",
    "parse_browser_event",
    "slice_of_time",
]
