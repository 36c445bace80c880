"""Work expressions out: in arrays of the widest floating-point numbers there are, or exactly, in fractions."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

import numpy as np

from components.equations.expression import (
    Call,
    Cases,
    Condition,
    Derivative,
    Entries,
    Environment,
    Expression,
    Let,
    MatrixProduct,
    Name,
    Negative,
    Number,
    Part,
    Power,
    Product,
    Quotient,
    Repeated,
    Reshaped,
    Sum,
    Symbol,
    Total,
    Transposed,
)

_PI: Final = np.longdouble("3.14159265358979323846264338327950288")
_LARGEST_POWER: Final = 64
"""Larger whole exponents are not worked out in fractions."""

_FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "ln": np.log,
    "max": np.maximum,
    "min": np.minimum,
    "sigma": lambda x: 1 / (1 + np.exp(-x)),
}
"""Functions that NumPy has under another name, or not at all."""
_SIGNS: Final[dict[str, Callable[..., Any]]] = {
    "<": lambda x, y: x < y,
    ">": lambda x, y: x > y,
    "=": lambda x, y: x == y,
    "≠": lambda x, y: x != y,
    "≤": lambda x, y: x <= y,
    "≥": lambda x, y: x >= y,
}
_EXACT_AT: Final[dict[str, tuple[int | None, int]]] = {
    "exp": (0, 1),
    "ln": (1, 0),
    "sin": (0, 0),
    "cos": (0, 1),
    "tan": (0, 0),
    "tanh": (0, 0),
}
"""Where a function has a value that is known exactly, and that value."""


def value_of(expression: Expression, names: Environment, *, as_shown: bool = False) -> Any:
    """Return what an expression comes to, as an array of `np.longdouble`; sums keep their axes.

    `as_shown` takes each number as it is written, rounded, and not as it is. Raises KeyError for an unknown name, and
    ValueError for shapes that do not fit.
    """
    with np.errstate(all="ignore"):
        return _Values(names, as_shown, {}).of(expression)


def function_of_numpy(name: str) -> Callable[..., Any] | None:
    """Return NumPy's function of single numbers that has this name, such as arctan; None where there is none."""
    found = getattr(np, name, None)
    return found if isinstance(found, np.ufunc) and (found.nin, found.nout) == (1, 1) else None


class _Values:
    def __init__(self, names: Environment, as_shown: bool, letters: Environment) -> None:
        self._names = names
        self._as_shown = as_shown
        self._letters = letters

    def of(self, expression: Expression) -> Any:  # noqa: C901 -- a case a kind
        match expression:
            case Number():
                return np.longdouble(expression.shown if self._as_shown else expression.value)
            case Entries(array) | Derivative(value=array):
                return np.asarray(array, np.longdouble)
            case Name(text):
                return np.asarray(self._names[text], np.longdouble)
            case Symbol(text):
                return _PI if text == "π" else self._letters[text]
            case Negative(inner):
                return -self.of(inner)
            case Sum(terms):
                return self._folded(np.add, terms)
            case Product(factors):
                return self._folded(np.multiply, factors)
            case Quotient(above, below):
                return np.divide(self.of(above), self.of(below))
            case Power(base, exponent):
                return np.power(self.of(base), self.of(exponent))
            case Call("ln", (Call("softmax", (scores,)),)):  # whose logarithm is finite where it is 0 itself
                x = self.of(scores) - np.max(self.of(scores), axis=-1, keepdims=True)
                return x - np.log(np.sum(np.exp(x), axis=-1, keepdims=True))
            case Call("softmax", (scores,)):
                e = np.exp(self.of(scores) - np.max(self.of(scores), axis=-1, keepdims=True))
                return e / np.sum(e, axis=-1, keepdims=True)
            case Call("largest" | "smallest" as extreme, (body, *axes)):
                over = tuple(int(self.of(axis)) for axis in axes) or None
                return (np.max if extreme == "largest" else np.min)(self.of(body), axis=over, keepdims=True)
            case Call(function, arguments):
                called = _FUNCTIONS.get(function) or function_of_numpy(function)
                if called is None:
                    raise KeyError(function)
                return called(*map(self.of, arguments))
            case Cases():
                return self._chosen(expression)
            case Let(body, letter, means):
                return _Values(self._names, self._as_shown, {letter.text: self.of(means)}).of(body)
        return self._rearranged(expression)

    def _rearranged(self, expression: Expression) -> Any:
        match expression:
            case MatrixProduct(left, right):
                return self._matrix_product(left, right)
            case Total(body, axes):
                return np.sum(self.of(body), axis=axes, keepdims=True)
            case Repeated(body, shape, _, kept):
                found = self.of(body)
                return np.broadcast_to(found if kept is None else np.reshape(found, kept), shape)
            case Transposed(body, None):
                found = self.of(body)
                return np.swapaxes(found, -1, -2) if found.ndim > 1 else found
            case Transposed(body, axes):
                return np.transpose(self.of(body), axes)
            case Reshaped(body, shape):
                return np.reshape(self.of(body), shape)
            case Part(body, axis, start, end, ndim):
                return self.of(body)[(*[slice(None)] * (axis % ndim), slice(start, end))]
        raise TypeError(f"{type(expression).__name__} has no value")

    def holds(self, condition: Condition) -> Any:
        """Return where a condition holds."""
        return _SIGNS[condition.sign](self.of(condition.left), self.of(condition.right))

    def _folded(self, how: Callable[..., Any], parts: tuple[Expression, ...]) -> Any:
        found = self.of(parts[0])
        for part in parts[1:]:
            found = how(found, self.of(part))
        return found

    def _chosen(self, cases: Cases) -> Any:
        found = self.of(cases.otherwise)
        for value, condition in reversed(cases.cases):
            found = np.where(self.holds(condition), self.of(value), found)
        return found

    def _matrix_product(self, left: Expression, right: Expression) -> Any:
        """Multiply as NumPy does; a transposed vector on the right is a row, and one on the left a column."""
        a, b = self.of(left), self.of(right)
        if a.ndim == 0 or b.ndim == 0:
            return a * b
        if isinstance(right, Transposed) and b.ndim == 1:
            return a[..., np.newaxis] * b
        if isinstance(left, Transposed) and a.ndim == 1:
            return a[:, np.newaxis] * b[..., np.newaxis, :]
        return a @ b


def holds(condition: Condition, names: Environment) -> bool:
    """Return whether a condition on single numbers holds."""
    with np.errstate(all="ignore"):
        return bool(_Values(names, False, {}).holds(condition))


def exact_value(expression: Expression) -> Fraction | None:
    """Return what an expression of numbers comes to as they are shown; None where that is no fraction that is known."""
    match expression:
        case Number():
            return Fraction(expression.text.replace("−", "-")) if math.isfinite(expression.value) else None
        case Negative(inner):
            found = exact_value(inner)
            return None if found is None else -found
        case Sum(parts) | Product(parts):
            values = [exact_value(part) for part in parts]
            known = [each for each in values if each is not None]
            if len(known) < len(values):
                return None
            return sum(known, Fraction(0)) if isinstance(expression, Sum) else math.prod(known, start=Fraction(1))
        case Quotient(above, below):
            over, under = exact_value(above), exact_value(below)
            return None if over is None or not under else over / under
        case Power(base, exponent):
            return _exact_power(exact_value(base), exact_value(exponent))
        case Call(function, arguments):
            return _exact_call(function, [exact_value(argument) for argument in arguments])
    return None


def _exact_power(base: Fraction | None, exponent: Fraction | None) -> Fraction | None:
    if base is None or exponent is None:
        return None
    if exponent == 0:
        return Fraction(1)  # of 0, too, as was decided for Power
    if exponent == Fraction(1, 2):
        return _exact_root(base)
    if exponent.denominator > 1 or abs(exponent) > _LARGEST_POWER or (base == 0 and exponent <= 0):
        return Fraction(1) if base == 1 else None
    return Fraction(base**exponent.numerator)


def _exact_root(number: Fraction) -> Fraction | None:
    if number < 0:
        return None
    root = Fraction(math.isqrt(number.numerator), math.isqrt(number.denominator))
    return root if root * root == number else None


def _exact_call(function: str, arguments: list[Fraction | None]) -> Fraction | None:
    known = [each for each in arguments if each is not None]
    if len(known) < len(arguments):
        return None
    match function, known:
        case "max", _:
            return max(known)
        case "min", _:
            return min(known)
        case "abs", [number]:
            return abs(number)
        case "sqrt", [number]:
            return _exact_root(number)
        case "sigma", [number] if number == 0:
            return Fraction(1, 2)
    at, value = _EXACT_AT.get(function, (None, 0))
    return Fraction(value) if known[0] == at else None
