"""Zeros that say "nothing comes back this way", and stay 0 whatever they are multiplied by.

What comes back through a branch that was not taken is 0, even where the derivative behind it is infinite or nan. An
ordinary 0 may be the product of a slope of 0, and 0 · ∞ has no value. So the rules of ops that choose put in
`NO_GRADIENT`, a strong zero, as automatic differentiation calls it (ChainRules, Enzyme): times anything it is a strong
zero again, and plus anything that thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np


class StrongZeros(np.ndarray):
    """Hold an array some of whose zeros are strong; to whatever does not know of them, they are zeros.

    `is_strong` tells which, in an array of the same shape; None where something made a view without telling.
    """

    is_strong: Any

    def __array_finalize__(self, _: Any) -> None:
        self.is_strong = None

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        """Run an elementwise function of NumPy's; products, quotients and sums keep strong zeros."""
        if not all(map(_is_known, (*inputs, *options.get("out", ())))):
            return NotImplemented
        if options.get("out"):
            options["out"] = tuple(map(without_marks, options["out"]))
        values, marks = [without_marks(x) for x in inputs], [strong_in(x) for x in inputs]
        if method == "__call__" and not options:
            if ufunc is np.multiply or (ufunc is np.divide and marks[0] is not False):
                return _product(ufunc, values, marks[:1] if ufunc is np.divide else marks)
            if ufunc is np.matmul:
                return _matmul(values, marks)
            if ufunc in _ADDING and all(mark is not False for mark in marks):
                return marked(ufunc(*values), np.logical_and.reduce(np.broadcast_arrays(*marks)))
        return getattr(ufunc, method)(*values, **options)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        """Run any other function of NumPy's; what rearranges, chooses or sums up keeps strong zeros."""
        if not all(issubclass(each, (np.ndarray, np.generic)) for each in types):
            return NotImplemented
        if function is np.concatenate:
            parts, *rest = arguments
            whole = [np.broadcast_to(strong_in(part), np.shape(part)) for part in parts]
            return marked(function([*map(without_marks, parts)], *rest, **options), function(whole, *rest, **options))
        if function is np.where and len(arguments) == 3:
            return _where(*arguments)
        x, *rest = arguments
        values = function(without_marks(x), *map(without_marks, rest), **options)
        how = _MARKS.get(function)
        return values if how is None or strong_in(x) is False else marked(values, how(strong_in(x), *rest, **options))

    def __getitem__(self, index: Any) -> Any:
        """Return elements with their marks."""
        strong = strong_in(self)
        return without_marks(self)[index] if strong is False else marked(without_marks(self)[index], strong[index])

    def copy(self, order: Any = "C") -> Any:
        """Return a copy with its marks."""
        return _with_marks(without_marks(self).copy(order), strong_in(self))

    def astype(self, dtype: Any, *options: Any, **named: Any) -> Any:
        """Return the array in another type, with its marks."""
        if dtype == self.dtype and named == {"copy": False} and not options:
            return self
        return _with_marks(without_marks(self).astype(dtype, *options, **named), strong_in(self))


class StrongZero(np.float64):
    """Be the one strong zero of single doubles, of which there are many: a number of NumPy's, which nothing changes."""

    __array_ufunc__, __array_function__ = StrongZeros.__array_ufunc__, StrongZeros.__array_function__
    __getitem__, copy, astype = StrongZeros.__getitem__, StrongZeros.copy, StrongZeros.astype

    def __mul__(self, other: Any) -> Any:
        return self if isinstance(other, float) else np.multiply(self, other)

    def __truediv__(self, other: Any) -> Any:
        return self if isinstance(other, float) else np.divide(self, other)

    def __add__(self, other: Any) -> Any:
        return other if isinstance(other, np.float64) else np.add(self, other)

    def __sub__(self, other: Any) -> Any:
        return -other if isinstance(other, np.float64) else np.subtract(self, other)

    def __rsub__(self, other: Any) -> Any:
        return other if isinstance(other, np.float64) else np.subtract(other, self)

    def __neg__(self) -> Any:
        return self

    __rmul__, __radd__, __pos__, __abs__ = __mul__, __add__, __neg__, __neg__


_ADDING = (np.add, np.subtract, np.negative, np.positive, np.absolute)
_MARKS: Mapping[Any, Callable[..., Any]] = {
    **{each: each for each in (np.reshape, np.transpose, np.broadcast_to, np.squeeze, np.expand_dims)},
    np.sum: np.all,
    np.mean: np.all,
}
"""How the marks of a result come of those of what went in."""


def without_marks(x: Any) -> Any:
    """Return an array without marks, in the same memory; anything else as it is."""
    if type(x) is StrongZeros:
        return x.view(np.ndarray)
    return np.float64() if x is NO_GRADIENT else x


def strong_in(x: Any) -> Any:
    """Return which elements are strong zeros; False where none is known to be."""
    if x is NO_GRADIENT:
        return np.True_
    return x.is_strong if type(x) is StrongZeros and x.is_strong is not None else False


def marked(values: Any, is_strong: Any) -> Any:
    """Return an array whose elements are strong zeros at some places; as it is where there are none."""
    if np.any(is_strong):
        values = np.where(is_strong, np.zeros((), np.asarray(values).dtype), values)
    return _with_marks(values, is_strong)


def _with_marks(values: Any, is_strong: Any) -> Any:
    """Do the same for an array that is 0 already where it shall be strong."""
    if not np.any(is_strong):
        return values[()] if isinstance(values, np.ndarray) and not values.ndim else values
    if not np.ndim(values) and np.result_type(values) == np.float64:
        return NO_GRADIENT
    strong = np.asarray(values).view(StrongZeros)
    strong.is_strong = np.broadcast_to(is_strong, strong.shape)
    return strong


def no_gradient(shape: tuple[int, ...], dtype: Any = float) -> Any:
    """Return an array of strong zeros."""
    return marked(np.zeros(shape, dtype), np.ones(shape, dtype=bool))


NO_GRADIENT = StrongZero()
"""What a rule sends where nothing comes back, in the type of what stands beside it."""


def _is_known(x: Any) -> bool:
    return isinstance(x, np.ndarray) or not hasattr(type(x), "__array_ufunc__") or isinstance(x, np.generic)


def _where(condition: Any, x0: Any, x1: Any) -> Any:
    if isinstance(x0, np.float64) and isinstance(x1, np.float64) and not np.ndim(condition):
        return x0 if condition else x1
    # A Python number takes the type of what stands beside it; an array without axes would give its own.
    values = [0.0 if x is NO_GRADIENT else without_marks(x) for x in (x0, x1)]
    marks = [strong_in(x) for x in (x0, x1)]
    chosen = np.where(without_marks(condition), *values)  # a strong zero is a 0 already
    return _with_marks(chosen, np.where(without_marks(condition), *marks))


def _product(ufunc: np.ufunc, values: list[Any], marks: list[Any]) -> Any:
    """Multiply or divide, leaving out what is strong."""
    is_strong = np.broadcast_to(_any_of(marks), np.broadcast_shapes(*map(np.shape, values)))
    with np.errstate(all="ignore"):
        found = np.asarray(ufunc(*values))
    if np.isfinite(found).all():  # 0 times a finite number; it may be −0
        np.copyto(found, 0, where=is_strong)
        return _with_marks(found, is_strong)
    return marked(np.array(ufunc(*values, out=None, where=~is_strong)), is_strong)


def _any_of(marks: list[Any]) -> Any:
    known = [mark for mark in marks if mark is not False]
    return known[0] if len(known) == 1 else np.logical_or(*known)


def _matmul(values: list[Any], marks: list[Any]) -> Any:
    """Multiply matrices, leaving out the products with strong zeros; those with ∞ would be nan."""
    x0, x1 = values
    marks = [np.broadcast_to(mark, np.shape(x)) for x, mark in zip(values, marks, strict=True)]
    is_strong = np.matmul(*[(~mark).astype(float) for mark in marks]) == 0
    if np.isfinite(x0).all() and np.isfinite(x1).all():
        return marked(x0 @ x1, is_strong)
    rows, columns = (x0 if x0.ndim > 1 else x0[np.newaxis]), (x1 if x1.ndim > 1 else x1[:, np.newaxis])
    left = marked(rows, np.reshape(marks[0], rows.shape))[..., np.newaxis]
    terms = left * marked(columns, np.reshape(marks[1], columns.shape))[..., np.newaxis, :, :]
    return marked(np.reshape(without_marks(np.sum(terms, axis=-2)), is_strong.shape), is_strong)
