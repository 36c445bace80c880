"""Gradients in a program that know where nothing comes back: with each goes a mark, and 0 · ∞ is 0 where it is set.

As `engine.autograd.strong_zeros` does for arrays, so does this for symbols.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.autograd import NO_GRADIENT, strong_in, without_marks
from engine.replay.symbols import Symbol, as_symbol, zeros

_KEPT = (np.reshape, np.transpose, np.broadcast_to, np.squeeze, np.expand_dims)


class Guarded(np.lib.mixins.NDArrayOperatorsMixin):
    """Hold the symbol of a gradient, and of the mark that tells where nothing comes back: true, false, or a symbol."""

    is_guarded = True
    """Tells a plain symbol to let this one record."""

    def __init__(self, raw: Any, mark: Any, *, is_clean: bool = True) -> None:
        self._raw = as_symbol(raw)
        self._is_clean = is_clean  # whether it is 0 already where the mark is set
        self.mark = mark

    @property
    def value(self) -> Symbol:
        """Return the symbol of the gradient: 0 where the mark is set."""
        if self.mark is False or self._is_clean:
            return self._raw
        return zeros(self.shape) if self.mark is True else as_symbol(np.where(self.mark, 0.0, self._raw))

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the shape."""
        return self._raw.shape

    @property
    def ndim(self) -> int:
        """Return the number of axes."""
        return self._raw.ndim

    @property
    def size(self) -> int:
        """Return the number of elements."""
        return self._raw.size

    @property
    def dtype(self) -> Any:
        """Return the type of the elements."""
        return self._raw.dtype

    @property
    def whole_mark(self) -> Symbol | None:
        """Return the symbol of the mark in the gradient's shape; None where it is false everywhere."""
        return None if self.mark is False else _whole(self.mark, self.shape)

    def __getitem__(self, index: Any) -> Any:
        return Guarded(self.value[index], self._on_mark(lambda mark: mark[index]))

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """Record an elementwise function; products, quotients and sums keep marks."""
        if method != "__call__" or options:
            return NotImplemented
        each = [guarded(x) for x in inputs]
        marks = [x.mark for x in each]
        is_quotient = ufunc in (np.divide,)
        if ufunc in (np.multiply,) or (is_quotient and marks[0] is not False):
            marks = marks[:1] if is_quotient else marks
            return Guarded(as_symbol(ufunc(*[x._raw for x in each])), _either(marks), is_clean=False)
        if ufunc is np.matmul:
            return _matmul(*each)
        values = [x.value for x in each]
        if ufunc in (np.add, np.subtract, np.negative):
            return Guarded(ufunc(*values), _both(marks))
        return Guarded(ufunc(*values), False)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Mapping[str, Any]) -> Any:
        """Record any other function; what rearranges, chooses or sums up keeps marks."""
        if function is np.where:
            condition, *chosen = arguments
            x0, x1 = map(guarded, chosen)
            return Guarded(np.where(condition, x0.value, x1.value), _chosen(as_symbol(condition), x0.mark, x1.mark))
        if function is np.concatenate:
            parts, *rest = arguments
            each = [guarded(part) for part in parts]
            whole = [_whole(part.mark, part.shape) for part in each]
            is_marked = any(part.mark is not False for part in each)
            joined = function([part.value for part in each], *rest, **options)
            return Guarded(joined, function(whole, *rest, **options) if is_marked else False)
        x, *rest = arguments
        found = function(x.value, *rest, **options)
        if function in _KEPT:
            return Guarded(found, x._on_mark(lambda mark: function(mark, *rest, **options)))
        if function in (np.sum, np.mean):
            return Guarded(found, x._on_mark(lambda mark: np.all(mark, *rest, **options)))
        return Guarded(found, False)

    def _on_mark(self, how: Any) -> Any:
        return self.mark if isinstance(self.mark, bool) else how(_whole(self.mark, self.shape))


def guarded(x: Any) -> Guarded:
    """Return a gradient with its mark; what is no gradient has none."""
    if isinstance(x, Guarded):
        return x
    strong = strong_in(x)
    if strong is False:
        return Guarded(without_marks(x), False)
    if np.all(strong):
        return Guarded(0.0 if x is NO_GRADIENT else zeros(x.shape), True)
    return Guarded(without_marks(x), as_symbol(strong))


def mark_named(key: str, shape: tuple[int, ...]) -> Symbol:
    """Return the symbol of the mark of a gradient."""
    return Symbol(key, np.ones(shape, dtype=bool)[()])


def _whole(mark: Any, shape: tuple[int, ...]) -> Any:
    """Return a mark in the shape of its gradient."""
    if mark is True:
        return np.equal(zeros(shape), 0)
    if mark is False:
        return np.not_equal(zeros(shape), 0)
    return mark if mark.shape == shape else np.broadcast_to(mark, shape)


def _either(marks: Sequence[Any]) -> Any:
    if any(mark is True for mark in marks):
        return True
    symbols = [mark for mark in marks if mark is not False]
    return symbols[0] if len(symbols) == 1 else symbols[0] | symbols[1] if symbols else False


def _both(marks: Sequence[Any]) -> Any:
    if any(mark is False for mark in marks):
        return False
    symbols = [mark for mark in marks if mark is not True]
    return symbols[0] if len(symbols) == 1 else symbols[0] & symbols[1] if symbols else True


def _chosen(condition: Symbol, mark0: Any, mark1: Any) -> Any:
    if isinstance(mark0, bool) and mark0 is mark1:
        return mark0
    is_chosen = condition if condition.dtype.kind == "b" else np.not_equal(condition, 0)
    if mark0 is True:
        return is_chosen if mark1 is False else is_chosen | mark1
    if mark0 is False:
        return np.logical_not(is_chosen) if mark1 is True else np.logical_not(is_chosen) & mark1
    if mark1 is True:
        return np.logical_not(is_chosen) | mark0
    return is_chosen & mark0 if mark1 is False else np.where(is_chosen, mark0, mark1)


def _matmul(x0: Guarded, x1: Guarded) -> Guarded:
    """Multiply matrices term by term, so that what is marked is left out."""
    if x0.mark is False and x1.mark is False:
        return Guarded(x0.value @ x1.value, False)
    marks = [_whole(x0.mark, x0.shape), _whole(x1.mark, x1.shape)]
    marks = [np.expand_dims(marks[0], -1), np.expand_dims(marks[1], -3)]
    either = _either([mark for mark, x in zip(marks, (x0, x1), strict=True) if x.mark is not False])
    products = np.expand_dims(x0.value, -1) * np.expand_dims(x1.value, -3)
    either = _whole(either, products.shape)
    return Guarded(np.sum(np.where(either, 0.0, products), axis=-2), np.all(either, axis=-2))
