"""Read an answer that somebody typed: a number, an array, a fraction, or an expression of numbers such as 2*3**2.

It is parsed against a short list of what may stand in it, and never evaluated as Python.
"""

from __future__ import annotations

import ast
import keyword
import math
import operator
import re
from collections.abc import Callable
from typing import Final

from engine.document import Value, check_value, parse_value
from engine.errors import ValueRefusedError
from engine.limits import MAX_NAME_LENGTH
from engine.messages import say

LONGEST_ANSWER: Final = 2_000
_SIGNS: Final = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "^": "**"})
_OPERATORS: Final[dict[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda base, exponent: math.pow(base, exponent),
}
_FUNCTIONS: Final[dict[str, Callable[[float], float]]] = {
    "exp": math.exp,
    "log": math.log,
    "ln": math.log,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "tanh": math.tanh,
    "abs": abs,
}
_NAME: Final = re.compile(r"[^\W\d]\w*(?:\.(?:grad|data))?")
"""Also behind a factor, as in 2x."""
_NAMES: Final = {"pi": math.pi, "π": math.pi, "e": math.e}


def read_answer(text: str) -> Value:
    """Return the number or array that somebody typed; raises ValueRefusedError with a sentence that quotes it."""
    if len(text) > LONGEST_ANSWER:
        raise ValueRefusedError(say("An answer has at most {limit} characters.", limit=LONGEST_ANSWER))
    try:
        return parse_value(text)
    except ValueRefusedError as error:
        written = text.strip().translate(_SIGNS)
        try:
            return check_value(_entries(ast.parse(written, mode="eval").body))
        except (SyntaxError, ValueError, TypeError, ArithmeticError, RecursionError, MemoryError):
            _refuse_names(text)
            raise error from None


def _refuse_names(text: str) -> None:
    """Raise ValueRefusedError where somebody has written names: 2*x is right in a formula, and x has a number here."""
    known = {*_NAMES, *_FUNCTIONS, *keyword.kwlist, "nan", "inf"}
    for name in _NAME.findall(text):
        if name not in known and len(name) <= MAX_NAME_LENGTH:
            raise ValueRefusedError(
                say("Put its number in the place of {name}: an answer is written in numbers, such as 2*3.", name=name)
            )


def _entries(node: ast.expr) -> float | list[object]:
    if isinstance(node, ast.List):
        return [_entries(each) for each in node.elts]
    return _number(node)


def _number(node: ast.expr) -> float:
    match node:
        case ast.Constant(int(value) | float(value)) if not isinstance(value, bool):
            return float(value)
        case ast.Name(name) if name in _NAMES:
            return _NAMES[name]
        case ast.UnaryOp(ast.USub(), inner):
            return -_number(inner)
        case ast.UnaryOp(ast.UAdd(), inner):
            return _number(inner)
        case ast.BinOp(left, sign, right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_number(left), _number(right))
        case ast.Call(ast.Name(name), [argument], []) if name in _FUNCTIONS:
            return _FUNCTIONS[name](_number(argument))
    raise ValueError(ast.unparse(node))
