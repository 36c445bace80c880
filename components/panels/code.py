"""The panel of code: the graph as scripts that compute the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from components.panels.long_scripts import shortened
from components.panels.panel import Panel, View
from engine.explain import book_script, program_script, text_of, torch_script
from engine.messages import listed, mark, say
from engine.pieces import Pieces, finish
from engine.replay import Line


class CodePanel(Panel):
    """Show the graph as a Python script."""

    name = "code"
    order = 6
    title = mark("Code")
    hint = mark("The graph as a Python script")

    def tell(self, view: View) -> dict[str, Any]:
        """Return each script, and its lines with the nodes of the picture that they are about.

        By hand, after a change, the numbers are those of another graph: there is no script of both.
        """
        return finish(self.tell_in_pieces(view))

    def tell_in_pieces(self, view: View) -> Pieces[dict[str, Any]]:
        """Do the same as `tell` in pieces, each a script."""
        if view.trace.stale:
            told = [Line("# " + say("The graph has changed since Forward: press Forward to have its script."))]
            return _told(dict.fromkeys(("engine", "torch", "program"), told), view)
        given = [each for each in view.hidden if each.kind == "data" and view.graph.node(each.node).is_input]
        if given:
            names = listed(sorted(each.name_in(view.graph) for each in given))
            told = [Line("# " + say("A script would hold {names}. Find what is hidden first.", names=names))]
            return _told(dict.fromkeys(("engine", "torch", "program"), told), view)
        writers = {"engine": book_script, "torch": torch_script, "program": program_script}
        scripts: dict[str, Sequence[Line]] = {}
        for kind, write in writers.items():
            scripts[kind] = shortened(write(view.graph, view.trace))
            yield len(scripts) / len(writers)
        return _told(scripts, view)


def _told(scripts: Mapping[str, Sequence[Line]], view: View) -> dict[str, Any]:
    return {
        "code": {
            kind: {
                "text": text_of(lines),
                "lines": [[line.text, view.places.get(line.node or "", "")] for line in lines],
            }
            for kind, lines in scripts.items()
        }
    }
