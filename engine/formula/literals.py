"""Read and write numbers, arrays, parameters and names in a formula; refuse one with its place in the text."""

from __future__ import annotations

import ast
import math
from typing import Any, Final, NoReturn

from engine.document import Value, check_name, parse_value
from engine.errors import FormulaError, PlaygroundError

_LONGEST_WHOLE: Final = 1e15
"""Whole numbers from here on are written as floats are."""


def literal_random(call: ast.Call) -> Value:
    """Return the array that `random(2, 3, seed=1)` stands for; raises FormulaError."""
    try:
        return parse_value(ast.unparse(call))
    except PlaygroundError as error:
        refuse(call, str(error))


def written_literal(value: Any) -> ast.expr:
    """Return the expression of a number or a parameter: whole numbers bare, a sign before them."""
    if isinstance(value, tuple):
        return ast.Tuple([written_literal(entry) for entry in value], ast.Load())
    if isinstance(value, bool) or value is None:
        return ast.Constant(value)
    if math.copysign(1.0, value) < 0:
        return ast.UnaryOp(ast.USub(), written_literal(-value))
    whole = float(value).is_integer() and value < _LONGEST_WHOLE
    return ast.Constant(int(value) if whole else value)


def checked_name(name: ast.Name) -> str:
    """Return a name that a node may have; raises FormulaError at its place."""
    try:
        return check_name(name.id)
    except PlaygroundError as error:
        refuse(name, str(error))


def refuse(place: ast.expr | ast.stmt | ast.keyword, sentence: str) -> NoReturn:
    """Raise FormulaError with a sentence and the place of a part of the formula."""
    raise FormulaError(sentence, place.lineno, place.col_offset + 1)
