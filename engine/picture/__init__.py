"""Say how a graph is drawn: what stands on a node, its forms and colours, and the whole as SVG. Knows no page."""

from __future__ import annotations

from engine.picture.colours import COLOURS, Theme
from engine.picture.fitting import MESSAGE_TEXT_PX, NODE_TEXT_PX
from engine.picture.forms import (
    BLOCK_BORDER,
    BORDER,
    FACE,
    FORMS,
    HALO,
    OUTPUT_BORDER,
    PARALLEL_BOW,
    WIRE_ROUNDNESS,
    WIRE_WIDTH,
    Form,
)
from engine.picture.labels import MARGIN, is_loss, look_of, numbers_of, symbol_of, text_width
from engine.picture.numbers import (
    NONE,
    bracketed,
    counted,
    entries_in_full,
    entries_within,
    first_entries,
    full,
    full_array,
    number_style,
    on_wire,
    shape,
    short,
    short_array,
)
from engine.picture.parameter_text import (
    fill_symbol,
    parameter_value,
    parameters_beside_symbol,
    parameters_to_edit,
    sliding_parameter,
)
from engine.picture.svg import PRINT_COLOURS, svg_in_pieces, to_svg

__all__ = [
    "BLOCK_BORDER",
    "BORDER",
    "COLOURS",
    "FACE",
    "FORMS",
    "HALO",
    "MARGIN",
    "MESSAGE_TEXT_PX",
    "NODE_TEXT_PX",
    "NONE",
    "OUTPUT_BORDER",
    "PARALLEL_BOW",
    "PRINT_COLOURS",
    "WIRE_ROUNDNESS",
    "WIRE_WIDTH",
    "Form",
    "Theme",
    "bracketed",
    "counted",
    "entries_in_full",
    "entries_within",
    "fill_symbol",
    "first_entries",
    "full",
    "full_array",
    "is_loss",
    "look_of",
    "number_style",
    "numbers_of",
    "on_wire",
    "parameter_value",
    "parameters_beside_symbol",
    "parameters_to_edit",
    "shape",
    "short",
    "short_array",
    "sliding_parameter",
    "svg_in_pieces",
    "symbol_of",
    "text_width",
    "to_svg",
]
