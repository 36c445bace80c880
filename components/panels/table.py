"""The panel of the table: every node with its inputs, data and grad. The browser has all of it in the picture."""

from __future__ import annotations

from typing import Any

from components.panels.panel import Panel, View
from engine.messages import mark


class TablePanel(Panel):
    """Show every node in a table."""

    name = "table"
    order = 7
    title = mark("Table")
    hint = mark("Every node with its inputs, data and grad, in a table")

    def tell(self, view: View) -> dict[str, Any]:
        """Return nothing: the table is made of the picture's nodes."""
        return {}
