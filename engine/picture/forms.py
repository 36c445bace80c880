"""The forms of nodes and wires: fills, borders and bows, in canvas units; whoever draws takes them from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.document import NODE_HEIGHT

FACE: Final = "Source Sans, system-ui, sans-serif"
BORDER: Final = 1.5
BLOCK_BORDER: Final = 2.5  # a second one is drawn around it
OUTPUT_BORDER: Final = 3.5  # the node that is differentiated
WIRE_WIDTH: Final = 2
WIRE_ROUNDNESS: Final = 0.45
"""How far a wire runs level out of one port and into the other, as a share of the way across."""
PARALLEL_BOW: Final = 0.28
"""How far two wires between the same nodes bow apart, as a share of their length."""
HALO: Final = 5
"""Around a wire's label, which may lie on a wire."""

_ROUND: Final = int(NODE_HEIGHT / 2)
_CORNER: Final = 8


@dataclass(frozen=True)
class Form:
    """Hold what a group of nodes has in common: the name of the colour that fills them, dashes, and corners."""

    fill: str
    dashes: tuple[int, ...] = ()
    radius: int = _CORNER


FORMS: Final[dict[str, Form]] = {
    # Round at its ends, but as high as its lines: an ellipse around them would cover its neighbours.
    "input": Form("input", radius=_ROUND),
    "array": Form("input", radius=_ROUND),
    "function": Form("function"),
    "loss": Form("loss", radius=0),  # it has corners: its colour is not all that tells it
    "block": Form("block"),
    "waiting": Form("function", (7, 5)),
    "trouble": Form("trouble", (2, 3)),
    "wrong": Form("wrong", (9, 4)),
}
"""By the groups of `group_of`; "wrong" is a node that shows a wrong number."""
