"""Equations: sides that are the same, with = where that is exact and ≈ where numbers are rounded.

No side is taken in that does not agree: what an equation says is worked out before it is written.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import numpy as np

from components.equations.entries import in_numbers
from components.equations.expression import (
    DIGITS,
    Derivative,
    Entries,
    Environment,
    Expression,
    Name,
    Negative,
    Number,
    is_numeric,
    names_in,
    parts_of,
)
from components.equations.latex_marks import LatexMarks
from components.equations.mathml_marks import MathMLMarks, MathTree
from components.equations.plain_marks import PlainMarks
from components.equations.values import exact_value, value_of
from components.equations.writer import Writer
from engine.autograd import Array
from engine.messages import MINUS, is_hidden, is_hidden_array, short_number

_AGREES: Final = 1e-6
"""The relative difference up to which a rule agrees with the number that a double holds."""
_SHOWN_AGREES: Final = 1e-3
"""The same for numbers as they are shown, with four digits; where they miss it, they are shown with more."""
_NOISE: Final = 1e-12
"""A difference this far below 1 is rounding of doubles, and no difference."""
_UNDERFLOW: Final = 1e-300
"""What a double cannot hold, and is 0 to it."""
_NO_VALUE: Final = (KeyError, ValueError, IndexError, TypeError)
"""What an expression raises that has an unknown name, too many terms, or shapes that do not fit."""
_MORE_DIGITS: Final = (DIGITS, 6, 9, 12, 0)

EXACT, ROUNDED, GIVES = "=", "≈", "⇒"
"""Both sides are the same · one is rounded · a computer gives a number that mathematics does not know: inf or nan."""


@dataclass(frozen=True)
class Equation:
    """Hold sides and the signs between them; `label` says in words what it is of, `note` what else holds."""

    sides: tuple[Expression, ...]
    signs: tuple[str, ...]
    label: str = ""
    note: str = ""

    def latex(self) -> str:
        """Write it as LaTeX."""
        writer, marks = Writer(LatexMarks(), self._names), LatexMarks()
        return marks.row([*self._label(marks), *self._pieces(writer, marks)])

    def math(self) -> MathTree:
        """Write it as MathML."""
        writer, marks = Writer(MathMLMarks(), self._names), MathMLMarks()
        return ["math", [marks.row([*self._label(marks), *self._pieces(writer, marks)])]]

    def math_lines(self) -> list[MathTree]:
        """Write it as MathML in lines, for little room: each side but the first begins one, with its sign."""
        writer, marks = Writer(MathMLMarks(), self._names), MathMLMarks()
        sides = [writer.write(side) for side in self.sides]
        lines = [marks.row([marks.sign(sign), side]) for sign, side in zip(self.signs, sides[1:], strict=True)]
        first = marks.row([*self._label(marks), sides[0]])
        lines = [marks.row([first, lines[0]]), *lines[1:]] if lines else [first]
        return [["math", [line]] for line in [*lines, *([marks.words(self.note)] if self.note else [])]]

    def plain(self) -> str:
        """Write it as plain text."""
        writer, marks = Writer(PlainMarks(), self._names), PlainMarks()
        return marks.row([*self._label(marks), *self._pieces(writer, marks)])

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset[str]().union(*map(names_in, self.sides))

    def _label(self, marks: Any) -> list[Any]:
        return [marks.words(f"{self.label}"), marks.gap()] if self.label else []

    def _pieces(self, writer: Writer[Any], marks: Any) -> list[Any]:
        pieces = [writer.write(self.sides[0])]
        for sign, side in zip(self.signs, self.sides[1:], strict=True):
            pieces += [marks.sign(sign), writer.write(side)]
        return [*pieces, *([marks.gap(), marks.words(self.note)] if self.note else [])]


def plain_of(equations: Sequence[Equation]) -> str:
    """Return equations one after another as plain text, for a screen reader."""
    return "; ".join(equation.plain() for equation in equations)


def equation(sides: Sequence[Expression], names: Environment, label: str = "", note: str = "") -> Equation:
    """Return sides as an equation; the last is what was computed, and sides that do not agree with it are left out."""
    last = sides[-1]
    if any(map(_holds_hidden, sides)):
        # What is plugged in would give the number that is hidden: names alone stay, and a last side that is shown.
        told = [side for side in sides[:-1] if names_in(side) and not _holds_hidden(side)]
        return Equation((*told, last), (EXACT,) * len(told), label, note)
    truth = value_of(last, names)
    kept = [side for side in sides[:-1] if _agrees(side, truth, names)]
    # What was plugged in may be the result itself, as for a constant.
    shown = (*(side for side in kept if not _is_result(side, last)), last)
    return Equation(shown, tuple(_sign(left, right) for left, right in pairwise(shown)), label, note)


def entry_in_numbers(
    expression: Expression, names: Environment, result: Array, index: tuple[int, ...]
) -> Expression | None:
    """Return the entry at an index in numbers, with as many digits as it takes for them to give the result's.

    None where the numbers would be too many, or do not give it.
    """
    wanted = Number(float(result[index]))
    truth = np.longdouble(wanted.value)
    for digits in _MORE_DIGITS:
        try:
            found = in_numbers(expression, names, index, result.shape, digits)
        except _NO_VALUE:
            return None
        if not math.isfinite(wanted.value):
            return found
        if digits == DIGITS and not _agrees(found, truth, names):
            return None
        if _is_near(value_of(found, names, as_shown=True), truth, _SHOWN_AGREES):
            return found
    return None


def named_value(name: str, value: Expression) -> Equation:
    """Return x = 2, or y ≈ 1.414 where that is rounded."""
    return Equation((Name(name), value), (_sign(Name(name), value),))


def _is_result(side: Expression, last: Expression) -> bool:
    number = side.inner if isinstance(side, Negative) else side
    if not isinstance(number, Number) or not isinstance(last, Number):
        return False
    return number.shown == (last.shown if side is number else -last.shown)


def _agrees(side: Expression, truth: Any, names: Environment) -> bool:
    if isinstance(side, Name):
        return _same_arrays(names.get(side.text), truth)
    if not np.isfinite(truth).all():
        return True
    try:
        found = value_of(side, names)
        if not np.ndim(found) and not np.ndim(truth):
            return _is_number_near(found, truth, _AGREES)
        found = np.asarray(found)
        if found.size == truth.size:
            found = np.reshape(found, np.shape(truth))
        found = np.broadcast_to(found, np.shape(truth))
    except _NO_VALUE:
        return False
    return bool(_is_near(found, truth, _AGREES))


def _same_arrays(left: Any, right: Any) -> bool:
    return left is not None and np.shape(left) == np.shape(right) and bool(_is_near(left, right, _AGREES))


def _is_near(left: Any, right: Any, tolerance: float) -> Any:
    if not np.ndim(left) and not np.ndim(right):
        return _is_number_near(left, right, tolerance)
    with np.errstate(all="ignore"):
        apart, size = np.abs(np.subtract(left, right)), np.abs(right)
        equal = (left == right) | (np.isnan(left) & np.isnan(right))
        noise = np.minimum(_NOISE, size) + _UNDERFLOW if tolerance == _SHOWN_AGREES else _NOISE
        return np.all(equal | (apart <= tolerance * size + noise))


def _is_number_near(left: Any, right: Any, tolerance: float) -> bool:
    if not np.isfinite(left) or not np.isfinite(right):
        return bool(left == right or (np.isnan(left) and np.isnan(right)))
    size = abs(right)
    return bool(
        abs(left - right)
        <= tolerance * size + (min(_NOISE, size) + _UNDERFLOW if tolerance == _SHOWN_AGREES else _NOISE)
    )


def _holds_hidden(side: Expression) -> bool:
    """Return whether a hidden number stands in a side."""
    match side:
        case Number(value):
            return is_hidden(value)
        case Entries(array):
            return is_hidden_array(array)
        case Derivative(value=array):
            return is_hidden_array(array)
    return any(map(_holds_hidden, parts_of(side)))


def _sign(left: Expression, right: Expression) -> str:
    if _holds_hidden(right):
        return EXACT
    if not _is_finite(right):
        return GIVES
    if is_numeric(left) and isinstance(right, Number):
        first = exact_value(left)
        return EXACT if first is not None and first == exact_value(right) else ROUNDED
    return EXACT if _shows_all(left) and _shows_all(right) else ROUNDED


def _is_finite(side: Expression) -> bool:
    match side:
        case Number(value):
            return math.isfinite(value)
        case Entries(array):
            return bool(np.isfinite(array).all())
    return True


def _shows_all(expression: Expression) -> bool:
    """Return whether every number in an expression is shown as it is, up to the rounding of doubles."""
    match expression:
        case Number(value):
            return not math.isfinite(value) or _is_shown(value, expression.shown)
        case Entries(array):
            first = array.reshape(-1)[:3].tolist()
            return all(_is_shown(value, float(short_number(value).replace(MINUS, "-"))) for value in first)
    return all(map(_shows_all, parts_of(expression)))


def _is_shown(value: float, shown: float) -> bool:
    return not math.isfinite(value) or abs(value - shown) <= _NOISE * abs(value)
