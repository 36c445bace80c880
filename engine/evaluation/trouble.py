"""Say in plain words why a number became inf or nan."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.autograd import Array, Function, Power
from engine.evaluation.refusals import called_with, works_elementwise
from engine.messages import MINUS, full_number, listed, say, say_count, short_number

Cause = Literal["divides by zero", "infinite", "too large", "not real"]
"""too large: the result is beyond the floating-point numbers, and mathematics knows it · the others: it does not."""


@dataclass(frozen=True)
class Trouble:
    """Say why a result is not finite, in a sentence; `cause` is None where what came in was not."""

    sentence: str
    cause: Cause | None


def is_finite(array: Array) -> bool:
    """Return whether no element is inf or nan."""
    # A 0-d array is what nearly every node holds, and math is ten times as fast as NumPy there.
    return math.isfinite(array.item()) if array.ndim == 0 else bool(np.isfinite(array).all())


def explain_trouble(
    function: Function, flags: set[str], sources: Sequence[tuple[str, Array]], data: Sequence[Array]
) -> Trouble:
    """Return why the result of an op is not finite, in one sentence.

    `flags` are NumPy's floating-point flags, `sources` the names and arrays of the inputs, `data` the outputs. An input
    that is not finite is the cause; otherwise the op itself is, and the sentence gives the numbers of the first element
    concerned, if the op works element by element.
    """
    broken = [name for name, array in sources if not is_finite(array)]
    if broken:
        names = listed(list(dict.fromkeys(broken)))
        return Trouble(say("what came in is not finite: it comes from {names}", names=names), None)
    arrays = [array for _, array in sources]
    op = called_with(function)
    if not works_elementwise(function, [array.shape for array in data]):
        cause = _cause(flags, is_quotient=False)
        return Trouble(_trouble_of_shapes(cause, op, [array.shape for array in arrays]), cause)
    numbers, results = _at_fault(arrays, data)
    exponents = numbers[1:] if isinstance(function, Power) else []
    cause = _cause(_flags_of(function, numbers) or flags, is_quotient=len(numbers) > 1)
    if cause == "not real" and all(math.isinf(result) or math.isfinite(result) for result in results):
        cause = "too large"
    return Trouble(_trouble_of_numbers(cause, op, numbers, exponents), cause)


def _flags_of(function: Function, numbers: Sequence[float]) -> set[str]:
    """Return NumPy's flags for one element alone: another one may have raised those of the whole array."""
    found: set[str] = set()
    with np.errstate(all="call", under="ignore", call=lambda flag, _: found.add(flag)):
        copy.copy(function).forward(*map(np.float64, numbers))
    return found


def _cause(flags: set[str], *, is_quotient: bool) -> Cause:
    if "divide by zero" in flags:
        return "divides by zero" if is_quotient else "infinite"
    return "too large" if "overflow" in flags else "not real"


def _trouble_of_numbers(cause: Cause, op: str, numbers: Sequence[float], exponents: Sequence[float]) -> str:
    bases = numbers[: len(numbers) - len(exponents)]
    in_full = [full_number(exponent).replace("-", MINUS) for exponent in exponents]  # a rounded one says another thing
    told = listed([*_written(bases), *in_full])
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


def _at_fault(arrays: Sequence[Array], data: Sequence[Array]) -> tuple[list[float], list[float]]:
    """Return the inputs and the results of the first element whose result is not finite."""
    bad = np.zeros(data[0].shape, dtype=bool)
    for array in data:
        bad |= ~np.isfinite(array)
    index = np.unravel_index(int(np.argmax(bad)), bad.shape)
    return [float(np.broadcast_to(array, bad.shape)[index]) for array in arrays], [float(y[index]) for y in data]


def _written(numbers: Sequence[float]) -> list[str]:
    """Write numbers with four digits, or in full where that would say another thing: (−2)³ is a number."""
    return [
        short if "." not in full_number(number) or _is_shown(number, short) else full_number(number).replace("-", MINUS)
        for number in numbers
        for short in [short_number(number)]
    ]


def _is_shown(number: float, short: str) -> bool:
    """Return whether a rounded number is as near to a whole one, or to 0, as the number itself."""
    shown = float(short.replace(MINUS, "-"))
    return number == shown or not (shown.is_integer() or number.is_integer())
