"""Say how a formula was read, where it was written otherwise than Python writes it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from engine.document import Graph
from engine.errors import FormulaError
from engine.formula.typed_text import is_script, names_around
from engine.notation import Hint, hints_for, neat_formula, python_formula

_LONGEST: Final = 5_000
"""Characters of a formula of which something is said: of what is longer nobody compares how it was read."""
_MOST_HINTS: Final = 3
"""Each is found by reading the formula once more."""


@dataclass(frozen=True)
class FormulaReading:
    """Hold how a formula was read."""

    text: str
    """The formula in Python's notation; empty where it was written so."""
    hints: tuple[Hint, ...]
    """Names that make new inputs, and may have been meant as products."""


def reading_of(text: str, present: Graph) -> FormulaReading | None:
    """Return how a formula is read beside the present graph; None where there is nothing to say."""
    if len(text) > _LONGEST or is_script(text):
        return None
    names = names_around(present)
    try:
        formula = python_formula(text, names)
        hints = tuple(islice(hints_for(text, names), _MOST_HINTS))
    except (FormulaError, RecursionError):
        return None
    return (
        FormulaReading(neat_formula(formula.text.strip()) if formula.is_odd else "", hints)
        if formula.is_odd or hints
        else None
    )
