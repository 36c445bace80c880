"""How one number of the selected node came about: it is told below the graph when somebody taps the number."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from components.equations import plain_of
from components.panels.panel import Panel, View
from components.picture import numbers_of
from components.text import Derivation, derive_data, derive_gradient_in_pieces
from engine.document import OutputPort
from engine.evaluation import fold_node
from engine.messages import mark
from engine.pieces import Pieces, finish

MOST_OUTPUTS = 3
"""Outputs of one node whose numbers are derived at once."""


class DerivationPanel(Panel):
    """Show how a number of the selected node came about, be any other panel open or not."""

    name = "derivation"
    order = 8
    title = mark("Derivation")
    hint = mark("How a number came about")
    has_tab: ClassVar[bool] = False

    number: Literal["", "data", "grad"] = ""
    """Which number of the selected node is asked for."""

    @property
    def is_asked(self) -> bool:
        """Return whether a number is asked for."""
        return self.number != ""

    def tell(self, view: View) -> dict[str, Any]:
        """Return how the number came about, for each output; nothing where no node is selected alone."""
        return finish(self.tell_in_pieces(view))

    def tell_in_pieces(self, view: View) -> Pieces[dict[str, Any]]:
        """Do the same as `tell` in pieces."""
        outputs = self._outputs(view)
        if not outputs or self.number == "":
            return {}
        block = view.graph.block(view.selected)
        found = view.trace.nodes[outputs[0][0]] if block is None else fold_node(view.graph, block, view.trace.nodes)
        told = []
        for output in outputs[:MOST_OUTPUTS]:
            if self.number == "data":
                told.append(_told(derive_data(view.graph, view.trace, output)))
                yield 0.0
            else:
                told.append(_told((yield from derive_gradient_in_pieces(view.graph, view.trace, output))))
        shown = numbers_of(found.data if self.number == "data" else found.grad)
        return {"derivation": {"id": view.selected, "number": self.number, "shown": shown, "parts": told}}

    def _outputs(self, view: View) -> list[OutputPort]:
        if (block := view.graph.block(view.selected)) is not None:
            return list(block.outputs)
        if view.selected not in view.graph:
            return []
        return [(view.selected, index) for index in range(view.graph.node(view.selected).n_outputs)]


def _told(derivation: Derivation) -> dict[str, Any]:
    """Return sentences, and equations in lines, each as MathML, with what a screen reader says of each."""
    return {
        "sentences": list(derivation.sentences),
        "equations": [{"lines": each.math_lines(), "spoken": plain_of([each])} for each in derivation.equations],
    }
