"""What the browser must know as Python does, said once: it is sent with the first picture."""

from __future__ import annotations

from typing import Any, Final

from components.text import number_style
from engine.document import COLUMN, FORMAT, INPUT_NAMES, OP_NAMES, ROW, VERSION, fresh_block_name
from engine.limits import MAX_DOCUMENT_BYTES
from engine.replay import MAX_RATE, MAX_STEPS, MIN_RATE

_NODE_WIDTH: Final = 198.0
_NODE_HEIGHT: Final = 132.0
"""What any node fits into, as long as it holds no array."""


def settings() -> dict[str, Any]:
    """Return the distances and sizes of nodes, the names that new ones get, the limits, and how numbers are written."""
    return {
        "distances": {"column": COLUMN, "row": ROW},
        "node": {"width": _NODE_WIDTH, "height": _NODE_HEIGHT},
        # From these the canvas guesses the name of what it shows before Python has named it.
        "names": {"input": list(INPUT_NAMES), "op": list(OP_NAMES), "block": fresh_block_name(())},
        "descent": {"minRate": MIN_RATE, "maxRate": MAX_RATE, "maxSteps": MAX_STEPS},
        "document": {"format": FORMAT, "version": VERSION, "largestBytes": MAX_DOCUMENT_BYTES},
        "numbers": number_style(),
    }
