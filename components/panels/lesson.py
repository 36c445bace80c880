"""The panel in which somebody writes a lesson. What it shows of it is told with the open lesson, not here."""

from __future__ import annotations

from typing import Any, ClassVar

from components.panels.panel import Panel, View
from engine.messages import mark


class LessonPanel(Panel):
    """Write a lesson about the graph that is open."""

    name = "lesson"
    order = 8
    title = mark("Make a lesson")
    hint = mark("Ask something about this graph")
    has_tab: ClassVar[bool] = False  # the menu opens it

    def tell(self, view: View) -> dict[str, Any]:
        """Return nothing: panels know no lessons."""
        return {}
