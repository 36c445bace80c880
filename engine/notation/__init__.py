"""Read mathematics as people write it, x² + 2x and |x| and ½, into Python's notation."""

from __future__ import annotations

from engine.notation.names import Names
from engine.notation.python_notation import (
    FORMULA_FILE,
    Hint,
    PythonFormula,
    hints_for,
    lines_of,
    neat_formula,
    python_formula,
    python_formula_in_pieces,
)
from engine.notation.signs import FUNCTIONS, INVISIBLE

__all__ = [
    "FORMULA_FILE",
    "FUNCTIONS",
    "INVISIBLE",
    "Hint",
    "Names",
    "PythonFormula",
    "hints_for",
    "lines_of",
    "neat_formula",
    "python_formula",
    "python_formula_in_pieces",
]
