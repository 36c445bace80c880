"""Hold one page between two edits: its graph, its history, and what the browser knows. Knows no Streamlit."""

from __future__ import annotations

from components.state.history import STEPS_KEPT
from components.state.merge_patch import merge_patch
from components.state.run import Run
from components.state.session import Session, begin, current, take_outbox, widget_value

__all__ = ["STEPS_KEPT", "Run", "Session", "begin", "current", "merge_patch", "take_outbox", "widget_value"]
