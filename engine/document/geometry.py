"""State how far nodes stand apart and how large they are drawn, in canvas units: the one place."""

from __future__ import annotations

from typing import Final

COLUMN_DISTANCE: Final = 260.0
"""From the centre of a node to that of one in the next column."""
ROW_DISTANCE: Final = 156.0
"""From the centre of a node to that of the one below it."""

Size = tuple[float, float]
"""A width and a height."""

FUNCTION_SIZE: Final[Size] = (180.0, 92.0)
"""The box of an op."""
INPUT_SIZE: Final[Size] = (198.0, 132.0)
"""The ellipse of an input that holds one number."""
BLOCK_SIZE: Final[Size] = (230.0, 116.0)
"""The box of a closed block with a short name."""

NODE_WIDTH: Final = max(FUNCTION_SIZE[0], INPUT_SIZE[0])
NODE_HEIGHT: Final = max(FUNCTION_SIZE[1], INPUT_SIZE[1])
"""What any node that is no block fits into, as long as it holds no array."""
