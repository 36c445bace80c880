"""Say in plain words why a number became inf or nan."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engine.autograd import Array, Function
from engine.evaluation.refusals import told_op, works_elementwise

_MINUS = "\N{MINUS SIGN}"


def is_finite(array: Array) -> bool:
    """Return whether no element is inf or nan."""
    # A scalar is what nearly every node holds, and math is ten times as fast as NumPy there.
    return math.isfinite(array.item()) if array.ndim == 0 else bool(np.isfinite(array).all())


def explain_trouble(
    function: Function, flags: set[str], sources: Sequence[tuple[str, Array]], data: Sequence[Array]
) -> str:
    """Return one sentence of cause for an op's result that is not finite.

    `flags` are NumPy's floating-point flags, `sources` the names and arrays that came in. What came in inf or nan is
    the cause; else the op itself, with the numbers of the first element concerned, where an element has its own.
    """
    broken = [name for name, array in sources if not is_finite(array)]
    if broken:
        return tell_source("what came in", list(dict.fromkeys(broken)))
    arrays = [array for _, array in sources]
    what = told_op(function)
    if not works_elementwise(function, [array.shape for array in data]):
        return f"{what} of {_listed_shapes(arrays)} {_cause(flags, is_quotient=False)}"
    numbers = _numbers_at_fault(arrays, data)
    if numbers:
        what += f" of {' and '.join(map(_written, numbers))}"
    return f"{what} {_cause(flags, is_quotient=len(numbers) > 1)}"


def _cause(flags: set[str], *, is_quotient: bool) -> str:
    if "divide by zero" in flags:
        return "divides by zero" if is_quotient else "is infinite"
    if "overflow" in flags:
        return "is too large for a floating-point number"
    return "is not a real number"


def _listed_shapes(arrays: Sequence[Array]) -> str:
    return f"shape{'s' if len(arrays) > 1 else ''} {' and '.join(str(array.shape) for array in arrays)}"


def tell_source(what: str, names: list[str]) -> str:
    """Say from which nodes something that is not finite came."""
    return f"{what} is not finite: it comes from {' and '.join(names)}"


def _numbers_at_fault(arrays: Sequence[Array], data: Sequence[Array]) -> list[float]:
    """Return the inputs of the first element whose result is not finite."""
    bad = np.zeros(data[0].shape, dtype=bool)
    for array in data:
        bad |= ~np.isfinite(array)
    index = np.unravel_index(int(np.argmax(bad)), bad.shape)
    return [float(np.broadcast_to(array, bad.shape)[index]) for array in arrays]


def _written(number: float) -> str:
    return f"{number:.4g}".replace("-", _MINUS)
