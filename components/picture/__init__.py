"""Draw the graph with pyvis, as the plain data that the canvas shows."""

from __future__ import annotations

from components.picture.colours import COLOURS, Theme, colour_properties
from components.picture.drawing import NODE_TEXT_PX, draw, look_of, numbers_of, options
from components.picture.picture import Picture, catalogue, make_picture

__all__ = [
    "COLOURS",
    "NODE_TEXT_PX",
    "Picture",
    "Theme",
    "catalogue",
    "colour_properties",
    "draw",
    "look_of",
    "make_picture",
    "numbers_of",
    "options",
]
