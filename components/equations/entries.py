"""One entry of an array's equation, written in numbers: the first of a matrix product is 1 × 5 + 2 × 6."""

from __future__ import annotations

from typing import Any

import numpy as np

from components.equations.expression import (
    DIGITS,
    Call,
    Cases,
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
    changed,
)
from components.equations.values import holds, value_of

MOST_TERMS = 64
"""A sum of more terms is not written in numbers."""

Index = tuple[int, ...]


class TooManyTermsError(ValueError):
    """Report a sum that is too long to be written in numbers."""


def in_numbers(
    expression: Expression, names: Environment, index: Index, shape: tuple[int, ...], digits: int = DIGITS
) -> Expression:
    """Return the entry at an index of an expression whose value has a shape, with numbers in place of all names.

    Of several cases the one that holds is taken. Raises TooManyTermsError.
    """
    return _Entry(names, digits).of(expression, index, shape)


class _Entry:
    def __init__(self, names: Environment, digits: int) -> None:
        self._names = names
        self._digits = digits

    def of(self, expression: Expression, index: Index, shape: tuple[int, ...]) -> Expression:  # noqa: C901 -- a case a kind
        """Return an entry; `index` counts within `shape`, to which the expression is broadcast."""
        match expression:
            case Number() | Symbol("π"):
                return expression
            case Name(text):
                return self._number(self._names[text], index)
            case Entries(array) | Derivative(value=array):
                return self._number(array, index)
            case Negative(inner):
                return Negative(self.of(inner, index, shape))
            case Sum(terms):
                return Sum(tuple(self.of(term, index, shape) for term in terms))
            case Product(factors):
                return Product(tuple(self.of(factor, index, shape) for factor in factors))
            case Quotient(above, below):
                return Quotient(self.of(above, index, shape), self.of(below, index, shape))
            case Power(base, exponent):
                return Power(self.of(base, index, shape), _in_full(self.of(exponent, index, shape)))
            case Call("softmax", _):
                return self._value(expression, index)
            case Call("largest" | "smallest", _):
                raise TooManyTermsError  # an entry of it is taken of several numbers
            case Call(function, arguments):
                return Call(function, tuple(self.of(each, index, shape) for each in arguments))
            case Cases(cases, otherwise):
                for value, condition in cases:
                    sides = [
                        self._number(value_of(side, self._names), index) for side in (condition.left, condition.right)
                    ]
                    if holds(type(condition)(sides[0], condition.sign, sides[1]), {}):
                        return self.of(value, index, shape)
                return self.of(otherwise, index, shape)
            case Let(body, letter, means):
                return self.of(changed(body, lambda part: means if part == letter else None), index, shape)
        return self._rearranged(expression, index)

    def _rearranged(self, expression: Expression, index: Index) -> Expression:
        match expression:
            case MatrixProduct(left, right):
                return self._row_times_column(left, right, index)
            case Total(body, axes):
                return self._summed(body, axes, index)
            case Repeated(body, _, _, None):
                return self.of(body, index, ())
            case Repeated(body, _, _, kept) if kept is not None:
                inner = tuple(0 if length == 1 else place for place, length in zip(index, kept, strict=True))
                return self._at_same_place(body, inner, kept)
            case Transposed(body, None):
                return self._at(body, (*index[:-2], *reversed(index[-2:])))
            case Transposed(body, axes) if axes is not None:
                placed = dict(zip(axes, index, strict=True))
                return self._at(body, tuple(placed[axis] for axis in range(len(index))))
            case Reshaped(body, shape):
                return self._at_same_place(body, index, shape)
            case Part(body, axis, start, _, ndim):
                moved = list(index)
                moved[axis % ndim] += start
                return self._at(body, tuple(moved))
        return self._value(expression, index)

    def _row_times_column(self, left: Expression, right: Expression, index: Index) -> Expression:
        a, b = self._array(left), self._array(right)
        is_plain = a.ndim > 0 and b.ndim > 0 and not (
            (a.ndim == 1 and isinstance(left, Transposed)) or (b.ndim == 1 and isinstance(right, Transposed))
        )  # fmt: skip
        if not is_plain:  # an outer product, or a number times a vector: one factor from each
            rows = index[:-1] if a.ndim and b.ndim and isinstance(right, Transposed) else index[: a.ndim]
            return Product((self._at(left, rows), self._at(right, index[-b.ndim :] if b.ndim else ())))
        if a.shape[-1] > MOST_TERMS:
            raise TooManyTermsError
        rows = index if b.ndim == 1 else index[:-1]
        columns = index[-1:] if b.ndim > 1 else ()
        stack = index[: -len(columns) or None][:-1] if a.ndim > 1 else index[: -len(columns) or None]
        terms = [
            Product((self._at(left, (*rows, place)[-a.ndim :]), self._at(right, (*stack, place, *columns)[-b.ndim :])))
            for place in range(a.shape[-1])
        ]
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def _summed(self, body: Expression, axes: tuple[int, ...] | None, index: Index) -> Expression:
        shape = np.shape(self._array(body))
        summed = range(len(shape)) if axes is None else {axis % len(shape) for axis in axes}
        lengths = [shape[axis] if axis in summed else 1 for axis in range(len(shape))]
        if int(np.prod(lengths)) > MOST_TERMS:
            raise TooManyTermsError
        start = [
            0 if axis in summed else place for axis, place in enumerate((*[0] * (len(shape) - len(index)), *index))
        ]
        places = [
            tuple(int(first + step) for first, step in zip(start, steps, strict=True)) for steps in np.ndindex(*lengths)
        ]
        terms = [self._at(body, place) for place in places]
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def _at_same_place(self, body: Expression, index: Index, shape: tuple[int, ...]) -> Expression:
        """Return the entry that is as far from the first one as `index` in a shape."""
        inner = np.shape(self._array(body))
        flat = int(np.ravel_multi_index(index, shape)) if shape else 0
        return self._at(body, tuple(int(place) for place in np.unravel_index(flat, inner)) if inner else ())

    def _at(self, body: Expression, index: Index) -> Expression:
        return self.of(body, index, np.shape(self._array(body)))

    def _array(self, expression: Expression) -> Any:
        return value_of(expression, self._names)

    def _value(self, expression: Expression, index: Index) -> Expression:
        return self._number(self._array(expression), index)

    def _number(self, array: Any, index: Index) -> Number:
        found = np.asarray(array)
        padded = (*[0] * (found.ndim - len(index)), *index)  # axes of length 1 that were put before
        own = padded[len(padded) - found.ndim :]
        at = tuple(0 if length == 1 else place for place, length in zip(own, found.shape, strict=True))
        return Number(float(found[at]), self._digits)


def _in_full(exponent: Expression) -> Expression:
    """Return an exponent with its numbers in full: (−2)³ is −8, and (−2)³·⁰⁰⁰⁰⁰¹ is no number at all."""
    match exponent:
        case Number(value):
            return Number(value, 0)
        case Sum(terms):
            return Sum(tuple(map(_in_full, terms)))
        case Negative(inner):
            return Negative(_in_full(inner))
    return exponent
