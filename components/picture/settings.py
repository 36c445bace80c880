"""What the browser must know as Python does, said once: it is sent with the first picture."""

from __future__ import annotations

from typing import Any

from components.text import number_style
from engine.document import (
    BLOCK_NAME,
    COLUMN_DISTANCE,
    FORMAT,
    INPUT_NAMES,
    NODE_HEIGHT,
    NODE_WIDTH,
    OP_NAMES,
    ROW_DISTANCE,
    VERSION,
)
from engine.limits import MAX_DOCUMENT_BYTES
from engine.picture import NODE_TEXT_PX
from engine.replay import MAX_RATE, MAX_STEPS, MIN_RATE


def settings() -> dict[str, Any]:
    """Return the distances and sizes of nodes, the names that new ones get, the limits, and how numbers are written."""
    return {
        "distances": {"column": COLUMN_DISTANCE, "row": ROW_DISTANCE},
        "node": {"width": NODE_WIDTH, "height": NODE_HEIGHT, "text": NODE_TEXT_PX},
        # From these the canvas guesses the name of what it shows before Python has named it.
        "names": {"input": list(INPUT_NAMES), "op": list(OP_NAMES), "block": BLOCK_NAME},
        "descent": {"minRate": MIN_RATE, "maxRate": MAX_RATE, "maxSteps": MAX_STEPS},
        "document": {"format": FORMAT, "version": VERSION, "largestBytes": MAX_DOCUMENT_BYTES},
        "numbers": number_style(),
    }
