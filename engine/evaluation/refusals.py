"""Say which shapes an op cannot compute with, before anything is computed and memory is taken for it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.autograd import Function, write_parameter
from engine.errors import ShapeError
from engine.limits import MAX_ELEMENTS

Shape = tuple[int, ...]


def refuse_shapes(function: Function, shapes: Sequence[Shape]) -> str:
    """Say in a sentence why inputs of these shapes cannot be computed with, or return the empty text."""
    try:
        size = math.prod(function.result_shape(*shapes))
    except ShapeError as error:
        return _told(function, shapes) if _says_nothing_itself(function) else str(error)
    except (IndexError, ZeroDivisionError):  # an axis that a single number does not have
        return _told(function, shapes)
    if size > MAX_ELEMENTS:
        return f"the result would have {size} elements; the limit is {MAX_ELEMENTS}"
    return ""


def refuse_empty(function: Function, shapes: Sequence[Shape]) -> str:
    """Say in a sentence which output has no elements, or return the empty text."""
    empty = next((place for place, shape in enumerate(shapes) if math.prod(shape) == 0), None)
    if empty is None:
        return ""
    which = "the result" if len(shapes) == 1 else f"output {empty} of {len(shapes)}"
    return f"{which} would have no elements: shape {shapes[empty]}"


def works_elementwise(function: Function, output_shapes: Sequence[Shape]) -> bool:
    """Return whether a local derivative is a number by which an element of the gradient is multiplied.

    That is so for ops that work element by element, and for all others where there is one element only.
    """
    return function.elementwise or not any([*(x.shape for x in function.inputs), *output_shapes])


def _says_nothing_itself(function: Function) -> bool:
    return not function.elementwise and type(function).result_shape is Function.result_shape


def _told(function: Function, shapes: Sequence[Shape]) -> str:
    if not any(shapes) and any(each.name == "axis" for each in type(function).parameters):
        return f"{type(function).__name__} works along an axis, and a single number has none"
    several = "s" if len(shapes) > 1 else ""
    return f"{told_op(function)} does not fit shape{several} {' and '.join(map(str, shapes))}"


def told_op(function: Function) -> str:
    """Name a Function with the parameters that are not at their defaults: "Sum (axis = 1)"."""
    told = [
        f"{each.name} = {write_parameter(value)}"
        for each in type(function).parameters
        if (value := getattr(function, each.name)) != each.default
    ]
    name = type(function).__name__
    return (f"{name} ({', '.join(told)})" if told else name).replace("-", "\N{MINUS SIGN}")
