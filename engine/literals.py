"""Numbers, arrays and names as they stand in a formula, and refusals that point at their place."""

from __future__ import annotations

import ast
from typing import NoReturn

from engine.errors import FormulaError, PlaygroundError
from engine.names import check_name
from engine.values import Value, check_value


def literal(expression: ast.expr) -> Value | None:
    """Return the number or array that an expression writes out, or None if it is none."""
    match expression:
        case ast.Constant(value=int() | float()) if not isinstance(expression.value, bool):
            return _checked_value(expression.value, expression)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return None if isinstance(value, bool) else _checked_value(-value, expression)
        case ast.List():
            return _checked_value([literal(entry) for entry in expression.elts], expression)
    return None


def _checked_value(value: object, place: ast.expr) -> Value:
    try:
        return check_value(value)
    except PlaygroundError as error:
        refuse(place, str(error).rstrip("."))


def checked_name(name: ast.Name) -> str:
    """Return a name that a node may have; raises FormulaError at its place."""
    try:
        return check_name(name.id)
    except PlaygroundError as error:
        refuse(name, str(error).rstrip("."))


def refuse(place: ast.expr | ast.stmt, sentence: str) -> NoReturn:
    """Raise FormulaError with a sentence that belongs to a place in the formula."""
    raise FormulaError(f"{sentence}.", place.lineno, place.col_offset + 1)
