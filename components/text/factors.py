"""What a gradient is multiplied by in a backward step, and over which axes the products are added."""

from __future__ import annotations

import numpy as np

from engine.autograd import Array, Function
from engine.evaluation import NodeTrace, Step, Trace, works_elementwise

Shape = tuple[int, ...]


def multiplies(function: Function, result: NodeTrace) -> bool:
    """Return whether a local derivative of this Function is a number that the gradient is multiplied by."""
    return works_elementwise(function, [array.shape for array in result.data or ()])


def upstream(trace: Trace, step: Step, output: int) -> Array:
    """Return the gradient that came in at an output; zeros where nothing came."""
    gy = step.arrived[output]
    data = trace.nodes[step.node].data
    assert data is not None
    return np.zeros_like(data[output]) if gy is None else gy


def repeated_axes(own: Shape, to: Shape) -> tuple[int, ...]:
    """Return the axes of a shape over which an array of its own shape was repeated to fill it."""
    new = len(to) - len(own)
    return tuple(axis for axis in range(len(to)) if axis < new or (own[axis - new] == 1 and to[axis] > 1))
