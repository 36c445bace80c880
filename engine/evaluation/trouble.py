"""Say in plain words why a number became inf or nan."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from engine.autograd import Array, Function
from engine.evaluation.refusals import called_with, works_elementwise
from engine.messages import listed, say, say_count

Cause = Literal["divides by zero", "infinite", "too large", "not real"]


def is_finite(array: Array) -> bool:
    """Return whether no element is inf or nan."""
    # A 0-d array is what nearly every node holds, and math is ten times as fast as NumPy there.
    return math.isfinite(array.item()) if array.ndim == 0 else bool(np.isfinite(array).all())


def explain_trouble(
    function: Function, flags: set[str], sources: Sequence[tuple[str, Array]], data: Sequence[Array]
) -> str:
    """Return one sentence that says why the result of an op is not finite.

    `flags` are NumPy's floating-point flags, `sources` the names and arrays of the inputs, `data` the outputs. An input
    that is not finite is the cause; otherwise the op itself is, and the sentence gives the numbers of the first element
    concerned, if the op works element by element.
    """
    broken = [name for name, array in sources if not is_finite(array)]
    if broken:
        names = listed(list(dict.fromkeys(broken)))
        return say("what came in is not finite: it comes from {names}", names=names)
    arrays = [array for _, array in sources]
    op = called_with(function)
    if not works_elementwise(function, [array.shape for array in data]):
        return _trouble_of_shapes(_cause(flags, is_quotient=False), op, [array.shape for array in arrays])
    numbers = _numbers_at_fault(arrays, data)
    return _trouble_of_numbers(_cause(flags, is_quotient=len(numbers) > 1), op, numbers)


def _cause(flags: set[str], *, is_quotient: bool) -> Cause:
    if "divide by zero" in flags:
        return "divides by zero" if is_quotient else "infinite"
    return "too large" if "overflow" in flags else "not real"


def _trouble_of_numbers(cause: Cause, op: str, numbers: Sequence[float]) -> str:
    told = listed([_written(number) for number in numbers])
    match cause:
        case "divides by zero":
            return say("{op} of {numbers} divides by zero", op=op, numbers=told)
        case "infinite":
            return say("{op} of {numbers} is infinite", op=op, numbers=told)
        case "too large":
            return say("{op} of {numbers} is too large for a floating-point number", op=op, numbers=told)
        case "not real":
            return say("{op} of {numbers} is not a real number", op=op, numbers=told)


def _trouble_of_shapes(cause: Cause, op: str, shapes: Sequence[tuple[int, ...]]) -> str:
    count, told = len(shapes), listed(shapes)
    if cause == "too large":
        return say_count(
            "{op} of shape {shapes} is too large for a floating-point number",
            "{op} of shapes {shapes} is too large for a floating-point number",
            count,
            op=op,
            shapes=told,
        )
    if cause == "not real":
        return say_count(
            "{op} of shape {shapes} is not a real number",
            "{op} of shapes {shapes} is not a real number",
            count,
            op=op,
            shapes=told,
        )
    return say_count(
        "{op} of shape {shapes} is infinite", "{op} of shapes {shapes} is infinite", count, op=op, shapes=told
    )


def _numbers_at_fault(arrays: Sequence[Array], data: Sequence[Array]) -> list[float]:
    """Return the inputs of the first element whose result is not finite."""
    bad = np.zeros(data[0].shape, dtype=bool)
    for array in data:
        bad |= ~np.isfinite(array)
    index = np.unravel_index(int(np.argmax(bad)), bad.shape)
    return [float(np.broadcast_to(array, bad.shape)[index]) for array in arrays]


def _written(number: float) -> str:
    return f"{number:.4g}".replace("-", "\N{MINUS SIGN}")
