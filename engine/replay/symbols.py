"""Symbols: objects that take the place of arrays and record each operation on them.

The rule of an op uses NumPy. Run once with symbols instead of arrays, it gives the expressions that it computes;
`engine.replay.expressions` writes them as Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.errors import SymbolError
from engine.messages import say

_KEEPING = {np.reshape, np.broadcast_to, np.squeeze, np.sum, np.mean, np.max, np.min, np.all, np.expand_dims}
"""Functions that return their argument unchanged if the result has the same shape."""
_COMPARISONS = {np.greater, np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal}


class Symbol(np.lib.mixins.NDArrayOperatorsMixin):
    """Take the place of an array whose shape and type are known, but not its elements.

    `head` is the NumPy function that computes it from `operands`; None for a name or a constant. `key` is the whole
    expression as text: two symbols with the same key compute the same. `example` is an array of the same shape and
    type. Raises SymbolError if a rule reads the elements, because the lines that run must not depend on them.
    """

    __slots__ = ("constant", "example", "head", "is_one", "key", "operands", "options")

    def __init__(
        self,
        key: str,
        example: Any,
        head: Any = None,
        operands: tuple[Symbol, ...] = (),
        options: Any = None,
        *,
        constant: Any = None,
        is_one: bool = False,
    ) -> None:
        self.key = key
        self.example = example
        self.head = head
        self.operands = operands
        self.options = options
        self.constant = constant
        """Its value, if it is a constant number."""
        self.is_one = is_one
        """Whether every element is known to be 1, so that a product with it changes nothing."""

    @property
    def data(self) -> Symbol:
        """Return itself: in a rule it stands for an input as well as for the input's data."""
        return self

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the shape."""
        shape: tuple[int, ...] = self.example.shape
        return shape

    @property
    def ndim(self) -> int:
        """Return the number of axes."""
        return int(self.example.ndim)

    @property
    def size(self) -> int:
        """Return the number of elements."""
        return int(self.example.size)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Return the type of the elements."""
        dtype: np.dtype[Any] = self.example.dtype
        return dtype

    @property
    def is_zero(self) -> bool:
        """Return whether every element is known to be 0."""
        return self.constant == 0 or self.head is np.zeros

    @property
    def is_always_finite(self) -> bool:
        """Return whether it is always finite: comparisons and finite constants are, and sums and products of these."""
        if self.head in _COMPARISONS or self.is_zero:
            return True
        if self.head in (np.add, np.subtract, np.multiply):
            return all(each.is_always_finite for each in self.operands)
        return self.constant is not None and bool(np.isfinite(self.constant))

    def __bool__(self) -> bool:
        raise SymbolError(say("a rule that branches on its numbers cannot be written as a program: use np.where"))

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise SymbolError(say("a rule that asks for its numbers cannot be written as a program"))

    __float__ = __int__ = __index__ = __iter__ = __len__ = __array__

    def __getitem__(self, index: Any) -> Symbol:
        return _made("[]", (self,), index, self.example[index])

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        """Record an operator or an elementwise function of NumPy (a ufunc)."""
        if method != "__call__" or options or any(getattr(type(x), "is_guarded", False) for x in inputs):
            return NotImplemented
        operands = tuple(map(as_symbol, inputs))
        example = ufunc(*[each.example for each in operands])
        for one, other in (operands, operands[::-1]) if ufunc in (np.multiply, np.add) else ():
            if ufunc is np.add and one.is_zero and other.shape == example.shape:
                return other
            if ufunc is np.multiply and one.is_zero and other.is_always_finite:
                return zeros(example.shape)
            if ufunc is np.add or other.shape != example.shape or other.dtype.kind != "f":
                continue
            if one.is_one:
                return other
            if one.constant == -1:
                return -other
        if ufunc in (np.power, np.divide) and operands[1].constant == 1 and operands[0].dtype.kind == "f":
            return operands[0]
        return _made(ufunc, operands, None, example)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Mapping[str, Any]) -> Any:
        """Record any other function of NumPy."""
        if not all(issubclass(each, (Symbol, np.ndarray, np.generic)) for each in types):
            return NotImplemented
        if function is np.concatenate:
            operands, rest = tuple(map(as_symbol, arguments[0])), arguments[1:]
            example = function([each.example for each in operands], *rest, **options)
        else:
            count = 3 if function is np.where else 1
            operands, rest = tuple(map(as_symbol, arguments[:count])), arguments[count:]
            example = function(*[each.example for each in operands], *rest, **options)
        if function is np.where and operands[1].is_zero and operands[2].is_zero:
            return zeros(example.shape)
        if function in _KEEPING and example.shape == operands[0].shape:
            return operands[0]
        if function is np.transpose and example.ndim < 2:
            return operands[0]
        if function is np.broadcast_to and operands[0].head is np.reshape and operands[0].operands[0].shape == ():
            operands = operands[0].operands
        made = _made(function, operands, (rest, dict(options)), example)
        made.is_one = function in (np.reshape, np.broadcast_to) and operands[0].is_one
        return made


def as_symbol(value: Any) -> Symbol:
    """Return a symbol itself, or the symbol of a number; raises SymbolError for an array that is not all zeros."""
    if isinstance(value, Symbol):
        return value
    if isinstance(value, np.ndarray) and value.ndim:
        if not value.any():
            return zeros(value.shape)
        raise SymbolError(say("an array of shape {shape} cannot be written into a program", shape=value.shape))
    number = value.item() if isinstance(value, np.generic | np.ndarray) else value
    if not isinstance(number, bool | int | float):
        raise SymbolError(say("{value} cannot be written into a program", value=repr(number)))
    is_one = type(number) is float and number == 1.0
    return Symbol(repr(number), np.asarray(number)[()], constant=number, is_one=is_one)


def named(key: str, shape: tuple[int, ...], *, is_one: bool = False) -> Symbol:
    """Return the symbol of a variable; if it is a single number and `is_one`, the constant 1."""
    return as_symbol(1.0) if is_one and shape == () else Symbol(key, np.ones(shape)[()], is_one=is_one)


def zeros(shape: tuple[int, ...]) -> Symbol:
    """Return the symbol of an array of zeros."""
    return _made(np.zeros, (), ((shape,), {}), np.zeros(shape)) if shape else as_symbol(0.0)


def _made(head: Any, operands: Sequence[Symbol], options: Any, example: Any) -> Symbol:
    if operands and np.ndim(example) == 0 and all(each.constant is not None for each in operands):
        return as_symbol(example)
    word = head if isinstance(head, str) else head.__name__
    key = f"{word}({', '.join(each.key for each in operands)}; {options})"
    return Symbol(key, example, head, tuple(operands), options)
