"""State how far nodes stand apart and how large they are drawn, in canvas units: the one place."""

from __future__ import annotations

from typing import Final

COLUMN_DISTANCE: Final = 252.0
"""From the centre of a node to that of one in the next column."""
ROW_DISTANCE: Final = 120.0
"""From the centre of a node to that of the one below it: what a step says of a node stands in the gap between."""

Size = tuple[float, float]
"""A width and a height."""

NODE_HEIGHT: Final = 94.0
"""Of every node, whatever it shows: three lines of numbers, and two small ones."""
FUNCTION_SIZE: Final[Size] = (180.0, NODE_HEIGHT)
"""The box of an op."""
INPUT_SIZE: Final[Size] = (178.0, NODE_HEIGHT)
"""The round ends and the middle of an input."""
ARRAY_SIZE: Final[Size] = (228.0, NODE_HEIGHT)
"""What shows an array."""
BLOCK_SIZE: Final[Size] = (230.0, NODE_HEIGHT)
"""The box of a closed block with a short name."""

NODE_WIDTH: Final = max(FUNCTION_SIZE[0], INPUT_SIZE[0])
"""What any node that is no block fits into, as long as it holds no array."""
