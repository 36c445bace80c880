"""Read and write numbers, arrays, parameters and names in a formula; refuse one with its place in the text."""

from __future__ import annotations

import ast
import math
from typing import Any, Final, NoReturn

from engine.document import Value, check_name, check_value, parse_value
from engine.errors import FormulaError, PlaygroundError
from engine.messages import say

_LONGEST_WHOLE: Final = 1e15
"""Whole numbers from here on are written as floats are."""


def literal(expression: ast.expr) -> Value | None:
    """Return the number or array that an expression writes out, or None if it is none; raises FormulaError."""
    match expression:
        case ast.Constant(value=int() | float()) if not isinstance(expression.value, bool):
            return _checked_value(expression.value, expression)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return None if isinstance(value, bool) else _checked_value(-value, expression)
        case ast.List():
            return _checked_value([literal(entry) for entry in expression.elts], expression)
        case ast.Call(func=ast.Name(id="random")):
            try:
                return parse_value(ast.unparse(expression))
            except PlaygroundError as error:
                refuse(expression, str(error))
    return None


def literal_parameter(expression: ast.expr) -> Any:  # noqa: RET503 -- refuse never returns
    """Return the constant that an expression writes out for a parameter; raises FormulaError."""
    match expression:
        case ast.Constant(value=None | bool() | int() | float()):
            return expression.value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return -value
        case ast.Tuple() | ast.List():
            return tuple(literal_parameter(entry) for entry in expression.elts)
    refuse(expression, say("A parameter is a constant, such as 3, (2, 3), None or True."))


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


def _checked_value(value: object, place: ast.expr) -> Value:
    try:
        return check_value(value)
    except PlaygroundError as error:
        refuse(place, str(error))
