"""Draw a graph and its numbers with pyvis, as JSON that the canvas shows."""

from __future__ import annotations

from components.picture.drawing import NODE_TEXT_PX, draw, options
from components.picture.labels import look_of, numbers_of
from components.picture.palette import catalogue
from components.picture.picture import Picture, make_picture

__all__ = ["NODE_TEXT_PX", "Picture", "catalogue", "draw", "look_of", "make_picture", "numbers_of", "options"]
