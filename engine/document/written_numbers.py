"""Compute a number that somebody wrote as 1/3, sqrt(2), ½ or 50 %: a handful of signs and functions, nothing else."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.errors import FormulaError, ValueRefusedError
from engine.messages import say
from engine.notation import FORMULA_FILE, Names, python_formula

_LONGEST: Final = 200
"""Characters of one number: what is longer is refused before anything is computed."""
_SHOWN_LENGTH: Final = 30
_CONSTANTS: Final = {"pi": math.pi, "e": math.e, "tau": math.tau}
_FUNCTIONS: Final[Mapping[str, Callable[[float], float]]] = {
    "sqrt": math.sqrt, "exp": math.exp, "log": math.log, "ln": math.log, "abs": abs, "sin": math.sin, "cos": math.cos,
    "tan": math.tan, "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh, "arcsin": math.asin, "arccos": math.acos,
    "arctan": math.atan,
}  # fmt: skip
_OPERATORS: Final[Mapping[type[ast.operator], Callable[[float, float], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_NAMES: Final = Names(functions=frozenset(_FUNCTIONS), calls=frozenset(_FUNCTIONS))


def written_number(text: str) -> float | None:
    """Return the number that an expression such as 1/3 stands for; None where it is none.

    Raises ValueRefusedError where two readings are usual, and where the number cannot be computed.
    """
    if len(text) > _LONGEST:
        return None
    tree = _tree_of(text)
    return None if tree is None else _number(_computed(tree), text)


def written_entries(text: str) -> Any:
    """Return the nested lists of numbers that a text such as [1/3, [pi]] stands for; None where it is none."""
    tree = _tree_of(text) if len(text) <= 20 * _LONGEST else None
    return None if tree is None else _entries(tree, text)


def _entries(tree: ast.expr, text: str) -> Any:
    if isinstance(tree, ast.List):
        entries = [_entries(entry, text) for entry in tree.elts]
        return None if any(entry is None for entry in entries) else entries
    return _number(_computed(tree), text)


def _tree_of(text: str) -> ast.expr | None:
    try:
        return _expression(python_formula(text, _NAMES).text)
    except FormulaError as error:
        return _chosen(error)
    except (ValueError, RecursionError, MemoryError):
        return None


def _expression(text: str) -> ast.expr | None:
    """Return the tree of a text that is one expression; None of any other, such as one of several lines."""
    try:
        return ast.parse(text.strip(), FORMULA_FILE, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _chosen(error: FormulaError) -> ast.expr | None:
    """Return the only reading that makes a number, or None; raises ValueRefusedError where several do."""
    texts = [offer for offer in error.offers if "..." not in offer.text]
    trees = [(offer, tree) for offer in texts if (tree := _expression(offer.text)) is not None]
    known = [(offer, tree) for offer, tree in trees if _computed(tree) is not None]
    if len({_computed(tree) for _, tree in known}) > 1:
        raise ValueRefusedError(str(error), offers=tuple(offer for offer, _ in known))
    return known[0][1] if known else None


def _number(found: float | None, text: str) -> float | None:
    if found is None:
        return None
    text = text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}…"
    if isinstance(found, complex) or math.isnan(found):
        raise ValueRefusedError(say("“{text}” is no real number.", text=text))
    if math.isinf(found):
        raise ValueRefusedError(say("“{text}” is too large for a floating-point number.", text=text))
    return found


def _computed(tree: ast.expr) -> Any:
    """Return the number of a tree of the permitted kinds, nan and inf where there is none; None for all other trees."""
    match tree:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return float(value) if abs(value) < 10**308 else math.inf
        case ast.Name(id=name):
            return _CONSTANTS.get(name)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            inner = _computed(operand)
            return inner if inner is None or isinstance(tree.op, ast.UAdd) else -inner
        case ast.BinOp(left=left, right=right):
            compute: Callable[..., float] | None = _OPERATORS.get(type(tree.op))
            values: tuple[Any, ...] = (_computed(left), _computed(right))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]):
            compute, values = _FUNCTIONS.get(name), (_computed(argument),)
        case _:
            return None
    if compute is None or None in values:
        return None
    try:
        return compute(*values)
    except OverflowError:
        return math.inf
    except (ArithmeticError, ValueError, TypeError):
        return math.nan
