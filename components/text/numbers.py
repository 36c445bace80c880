"""Write arrays as parts of equations, and with their names."""

from __future__ import annotations

from components.equations import Entries, Expression, Number, named_value
from engine.autograd import Array
from engine.picture import short_array


def shown_array(array: Array) -> Expression:
    """Return an array as a part of an equation: a single number, or its first entries and its shape."""
    return Entries(array, short_array(array)) if array.ndim else Number(float(array.item()))


def with_name(name: str, array: Array) -> str:
    """Write a name and its number or array: "x = 2", or "y ≈ 1.414" where that is rounded."""
    return named_value(name, shown_array(array)).plain()
