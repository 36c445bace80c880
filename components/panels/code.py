"""The panel of code: the graph as scripts that compute the same numbers."""

from __future__ import annotations

from typing import Any

from components.panels.panel import Panel, View
from engine.explain import book_script, program_script, text_of, torch_script
from engine.messages import mark


class CodePanel(Panel):
    """Show the graph as a Python script."""

    name = "code"
    order = 5
    title = mark("Code")
    hint = mark("The graph as a Python script")

    def tell(self, view: View) -> dict[str, Any]:
        """Return each script whole, and its lines with the nodes of the picture that they are about."""
        scripts = {
            "engine": book_script(view.graph, view.trace),
            "torch": torch_script(view.graph, view.trace),
            "program": program_script(view.graph, view.trace),
        }
        return {
            "code": {
                kind: {
                    "text": text_of(lines),
                    "lines": [[line.text, view.places.get(line.node or "", "")] for line in lines],
                }
                for kind, lines in scripts.items()
            }
        }
