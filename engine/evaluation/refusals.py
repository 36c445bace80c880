"""Say why an op is not computed: what it waits for, or which shapes it cannot take.

Shapes are refused before anything is computed, so that no memory is taken for a result that is too large.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.autograd import Function, write_parameter
from engine.errors import ShapeError
from engine.limits import MAX_AXES, MAX_ELEMENTS
from engine.messages import listed, say, say_count

Shape = tuple[int, ...]


def waiting_for_wires(ports: Sequence[str], free: Sequence[int]) -> str:
    """Return the sentence of a node whose ports with these numbers are free.

    An op calls its ports x, or x0 and x1; a graph may have nodes of these names, which are meant by no such port. So
    they are counted.
    """
    if len(ports) == 1:
        return say("waiting for its input")
    numbers = [_numbered(ports[port], port) for port in free]
    return say_count(
        "waiting for a wire into input {numbers}",
        "waiting for wires into inputs {numbers}",
        len(free),
        numbers=listed(numbers),
    )


def _numbered(port: str, index: int) -> str:
    """Return what number a port has; one whose name says what it is for is called by that too: "2 (W)"."""
    return str(index + 1) if port.rstrip("0123456789") == "x" else f"{index + 1} ({port})"


def waiting_for_nodes(names: Sequence[str]) -> str:
    """Return the sentence of a node that waits for these nodes."""
    return say("waiting for {names}", names=listed(names))


def refuse_shapes(function: Function, shapes: Sequence[Shape]) -> str:
    """Return a sentence that says why inputs of these shapes cannot be computed with; "" where they can."""
    try:
        shape = function.result_shape(*shapes)
    except ShapeError as error:
        return _misfit(function, shapes) if _says_nothing_itself(function) else str(error)
    except (IndexError, ZeroDivisionError):  # an axis that a single number does not have
        return _misfit(function, shapes)
    if len(shape) > MAX_AXES:
        return say("the result would have {axes} axes; the limit is {limit}", axes=len(shape), limit=MAX_AXES)
    if (size := math.prod(shape)) > MAX_ELEMENTS:
        return say("the result would have {size} elements; the limit is {limit}", size=size, limit=MAX_ELEMENTS)
    return ""


def refuse_empty(shapes: Sequence[Shape]) -> str:
    """Return a sentence that says which output would have no elements; "" where all have some."""
    empty = next((place for place, shape in enumerate(shapes) if math.prod(shape) == 0), None)
    if empty is None:
        return ""
    if len(shapes) == 1:
        return say("the result would have no elements: shape {shape}", shape=shapes[0])
    return say(
        "output {number} of {count} would have no elements: shape {shape}",
        number=empty + 1,
        count=len(shapes),
        shape=shapes[empty],
    )


def works_elementwise(function: Function, output_shapes: Sequence[Shape]) -> bool:
    """Return whether a local derivative is a number by which an element of the gradient is multiplied.

    It is so for ops that work element by element, and for every other op where inputs and outputs are single numbers.
    """
    return function.elementwise or not any([*(x.shape for x in function.inputs), *output_shapes])


def called_with(function: Function) -> str:
    """Name an op with the parameters that are not at their defaults: "Sum (axis = 1)"."""
    parameters = [
        f"{each.name} = {write_parameter(value)}"
        for each in type(function).parameters
        if (value := getattr(function, each.name)) != each.default
    ]
    name = type(function).__name__
    return (f"{name} ({', '.join(parameters)})" if parameters else name).replace("-", "\N{MINUS SIGN}")


def _says_nothing_itself(function: Function) -> bool:
    return not function.elementwise and type(function).result_shape is Function.result_shape


def _misfit(function: Function, shapes: Sequence[Shape]) -> str:
    if not any(shapes) and any(each.name == "axis" for each in type(function).parameters):
        return say("{op} works along an axis, and a single number has none", op=type(function).__name__)
    return say_count(
        "{op} does not fit shape {shapes}",
        "{op} does not fit shapes {shapes}",
        len(shapes),
        op=called_with(function),
        shapes=listed(shapes),
    )
