"""The values of inputs: finite numbers and arrays of them, as nested tuples."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn, TypeAlias

import numpy as np

from engine.errors import ValueRefusedError
from engine.limits import MAX_AXES, MAX_ELEMENTS, MAX_TYPED_LENGTH
from engine.variable import Array

Value: TypeAlias = "float | tuple[Value, ...]"

_SHOWN_LENGTH = 30
_MINUS_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})


def parse_value(text: str) -> Value:
    """Return the value that somebody typed: "2", "−1.5", "1e3", "[1, 2, 3]".

    Raises ValueRefusedError with a sentence that quotes what was typed.
    """
    typed = text.strip().translate(_MINUS_SIGNS)
    if not typed:
        raise ValueRefusedError("A value is needed: a number such as 2, or an array such as [1, 2].")
    if len(typed) > MAX_TYPED_LENGTH:
        raise ValueRefusedError(f"That is too long: {len(typed)} characters; the limit is {MAX_TYPED_LENGTH}.")
    if typed.startswith("["):
        return check_value(_parse_array(typed, text))
    try:
        # float() also takes "1_000", which nobody means, and "nan", which check_value refuses by its name.
        number = float(typed.replace("_", "?"))
    except ValueError:
        hint = " Write the decimal point as a point." if "," in typed else ""
        raise ValueRefusedError(f"{_quoted(text)} is not a number.{hint}") from None
    if math.isinf(number) and "inf" not in typed.lower():
        raise ValueRefusedError(f"{_quoted(text)} is too large for a floating-point number.")
    return check_value(number)


def check_value(value: Any) -> Value:
    """Return a value read from JSON in its one form: floats, and tuples for arrays.

    Raises ValueRefusedError when it is not finite, not a number, ragged, or too large.
    """
    checked = _checked(value, axes=0)
    if isinstance(checked, tuple):
        count = _shape_and_count(checked)[1]
        if count > MAX_ELEMENTS:
            raise ValueRefusedError(f"The array has {count} elements; the limit is {MAX_ELEMENTS}.")
    return checked


def to_array(value: Value) -> Array:
    """Return the value as an array of doubles."""
    return np.array(value, dtype=float)


def to_json_value(value: Value) -> Any:
    """Return the value as JSON writes it: numbers and nested lists."""
    return [to_json_value(entry) for entry in value] if isinstance(value, tuple) else value


def _parse_array(typed: str, text: str) -> Any:
    try:
        return json.loads(typed, parse_constant=_refuse_constant)
    except ValueRefusedError:
        raise
    except RecursionError:
        raise ValueRefusedError(f"The array is nested too deeply; the limit is {MAX_AXES} axes.") from None
    except ValueError:
        raise ValueRefusedError(f"{_quoted(text)} is not an array. Write it as [1, 2, 3].") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueRefusedError(f"{name} is not a finite number.")


def _checked(value: Any, axes: int) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float | list | tuple):
        raise ValueRefusedError(f"{_quoted(str(value))} is not a number.")
    if isinstance(value, list | tuple):
        if axes == MAX_AXES:
            raise ValueRefusedError(f"The array is nested too deeply; the limit is {MAX_AXES} axes.")
        return tuple(_checked(entry, axes + 1) for entry in value)
    try:
        number = float(value)
    except OverflowError:
        raise ValueRefusedError("The number is too large for a floating-point number.") from None
    if not math.isfinite(number):
        raise ValueRefusedError(f"{number} is not a finite number.")
    return number


def _shape_and_count(value: Value) -> tuple[tuple[int, ...], int]:
    if not isinstance(value, tuple):
        return (), 1
    if not value:
        raise ValueRefusedError("An array needs at least one element.")
    shapes = [_shape_and_count(entry) for entry in value]
    if any(shape != shapes[0][0] for shape, _ in shapes):
        raise ValueRefusedError("The rows of the array differ in length.")
    return (len(value), *shapes[0][0]), sum(count for _, count in shapes)


def _quoted(text: str) -> str:
    short = text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}…"
    return f"“{short}”"
