"""What stands in `data` and `grad`: ndarrays, each in memory of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.autograd.arraylike import ArrayLike
from engine.autograd.strong_zeros import StrongZeros
from engine.errors import EngineError
from engine.messages import say

Array: TypeAlias = NDArray[Any]
ARRAY_TYPES = (np.generic, np.ndarray, type(None))
"""What may be assigned to `data`: arrays, NumPy's scalars, and None while there is nothing yet."""


def refuse(data: Any) -> NoReturn:
    """Raise TypeError for data that are no array (step 9)."""
    raise TypeError(f"{type(data)} is not supported")


def as_array(value: Any) -> Any:
    """Return a value as an ndarray, a single number as one without axes (step 9); a Variable stays what it is."""
    return value if isinstance(value, (np.ndarray, ArrayLike)) else np.array(value)


def as_float(x: Any) -> Any:
    """Return an array or a Variable of integers as floating-point numbers, and any other as it is.

    The difference of two unsigned integers would wrap around, and a negative power of integers is refused by NumPy.
    Raises TypeError for complex numbers: the rules are those of real ones.
    """
    if x.dtype.kind == "f":
        return x
    if x.dtype.kind == "c":
        raise TypeError(f"{x.dtype} is not supported: gradients are those of real numbers")
    return 1.0 * x


def as_data(value: Any, beside: Sequence[Any] = ()) -> Any:
    """Return what a Variable around an array or a number holds: the array itself, for a number NumPy's scalar.

    A number of Python's takes the type of the arrays and Variables beside it, as in NumPy: 2.0 times float32 is
    float32, and 2 plus int8 is int8. Raises OverflowError for a whole number that such a type cannot hold.
    """
    if isinstance(value, (np.ndarray, np.generic)):
        return value
    if type(value) is float or type(value) is int:
        types = [x.dtype for x in beside if isinstance(x, (ArrayLike, np.ndarray, np.generic))]
        kinds = "f" if type(value) is float or any(each.kind == "f" for each in types) else "iu"
        if numeric := [each for each in types if each.kind in kinds]:
            return np.result_type(*numeric).type(value)
    return np.array(value)[()]


def as_tuple(values: Any) -> tuple[Any, ...]:
    """Return what a rule returned as a tuple: of one value or of several."""
    return values if isinstance(values, tuple) else (values,)


def unshared(value: Any, held: Iterable[Any]) -> Any:
    """Return what a rule computed as NumPy's scalar or as an array in memory of its own: no other changes with it.

    Copied is only what must be: what is one of the arrays and Variables `held`, or a view, as transpose gives one.
    """
    if isinstance(value, np.generic):
        return value
    value = value._data if isinstance(value, ArrayLike) else value
    if type(value) is StrongZeros:
        return value.copy()
    if isinstance(value, np.ndarray) and value.ndim:
        is_shared = value.base is not None or any(value is getattr(other, "_data", other) for other in held)
        return value.copy() if is_shared else value
    return np.array(value)[()]


def unshared_seed(gy: Any, output: Any) -> Any:
    """Return a gradient for a sweep to start from, in memory of its own; raises EngineError for a foreign shape."""
    gy = gy if isinstance(gy, ArrayLike) else unshared(gy, [gy])
    if gy.shape != output.shape:
        raise EngineError(
            say(
                "a gradient of shape {found} does not belong to an output of shape {shape}",
                found=gy.shape,
                shape=output.shape,
            )
        )
    return gy


def sum_to(x: Any, shape: tuple[int, ...]) -> Any:
    """Sum an array or a Variable to a shape from which it was broadcast (step 40); raises EngineError if it was not."""
    if x.shape == shape:
        return x
    leading = x.ndim - len(shape)
    repeated = [axis for axis, size in enumerate(shape) if leading >= 0 and size != x.shape[leading + axis]]
    if leading < 0 or any(shape[axis] != 1 for axis in repeated):
        raise EngineError(
            say("a gradient of shape {found} does not belong to an input of shape {shape}", found=x.shape, shape=shape)
        )
    summed = (*range(leading), *(leading + axis for axis in repeated))
    return np.reshape(np.sum(x, axis=summed), shape)
