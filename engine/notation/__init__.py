"""Read mathematics as people write it, x² + 2x and |x| and ½, into Python's notation."""

from __future__ import annotations

from engine.notation.names import Names
from engine.notation.plain import (
    FILE,
    Hint,
    Plain,
    hints_for,
    lines_of,
    neat_formula,
    plain_formula,
    plain_in_pieces,
)
from engine.notation.signs import FUNCTIONS

__all__ = [
    "FILE",
    "FUNCTIONS",
    "Hint",
    "Names",
    "Plain",
    "hints_for",
    "lines_of",
    "neat_formula",
    "plain_formula",
    "plain_in_pieces",
]
