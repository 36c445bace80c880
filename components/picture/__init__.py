"""Draw a graph and its numbers with pyvis, as JSON that the canvas shows."""

from __future__ import annotations

from components.picture.colours import colour_properties
from components.picture.drawing import draw, options
from components.picture.palette import catalogue
from components.picture.picture import Picture, constant_part, entries_shown, make_picture, make_picture_in_pieces
from components.picture.qr_code import QrCode, qr_code_of
from components.picture.vis_network import vis_network
from engine.picture import COLOURS, NODE_TEXT_PX, Theme, look_of, numbers_of

__all__ = [
    "COLOURS",
    "NODE_TEXT_PX",
    "Picture",
    "QrCode",
    "Theme",
    "catalogue",
    "colour_properties",
    "constant_part",
    "draw",
    "entries_shown",
    "look_of",
    "make_picture",
    "make_picture_in_pieces",
    "numbers_of",
    "options",
    "qr_code_of",
    "vis_network",
]
