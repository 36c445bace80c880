"""Turn a graph into text and text into a graph."""

from __future__ import annotations

from engine.formula.files import graph_of_script, script_in, script_in_pieces
from engine.formula.reader import formula_in_pieces, graph_of_formula
from engine.formula.reading import FormulaReading, reading_of
from engine.formula.writer import formula_of

__all__ = [
    "FormulaReading",
    "formula_in_pieces",
    "formula_of",
    "graph_of_formula",
    "graph_of_script",
    "reading_of",
    "script_in",
    "script_in_pieces",
]
