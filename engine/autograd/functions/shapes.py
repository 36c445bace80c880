"""The same elements in another shape (Saito, steps 38 and 40)."""

from itertools import pairwise

import numpy as np

from engine.autograd.arraylike import ArrayLike
from engine.autograd.arrays import sum_to
from engine.autograd.core import Function
from engine.autograd.parameters import Axes, Count, OneAxis, Place, Shape
from engine.errors import ShapeError
from engine.messages import say


class Reshape(Function):
    """Put the elements into another shape."""

    symbol = "reshape"
    formula = r"y = \text{reshape}(x)"
    local = ("1",)
    python = "np.reshape({x}, {shape})"
    elementwise = False
    samples = (({"shape": (3, 2)}, ((2, 3),)), ({"shape": (-1,)}, ((2, 3),)))
    aliases = ("flatten",)

    def __init__(self, shape: Shape = (-1,)):
        self.shape = shape

    def forward(self, x):
        return np.reshape(x, self.shape)

    def backward(self, gy):
        return np.reshape(gy, self.inputs[0].data.shape)


class Transpose(Function):
    """Swap rows and columns, or put the axes into another order."""

    symbol = "xᵀ"
    formula = r"y = x^\top"
    local = ("1",)
    python = "np.transpose({x}, {axes})"
    torch = "torch.permute({x}, {axes})"
    elementwise = False
    samples = (({}, ((2, 3),)), ({"axes": (2, 0, 1)}, ((2, 3, 4),)))
    aliases = ("swap axes",)

    def __init__(self, axes: Axes = None):
        self.axes = axes

    def forward(self, x):
        return np.transpose(x, self.axes)

    def backward(self, gy):
        if self.axes is None:
            return np.transpose(gy)
        n = len(self.axes)
        return np.transpose(gy, tuple(np.argsort([axis % n for axis in self.axes]).tolist()))


class ExpandDims(Function):
    """Put in an axis of length 1."""

    symbol = "expand"
    formula = r"y = \text{expand}(x)"
    local = ("1",)
    python = "np.expand_dims({x}, {axis})"
    torch = "torch.unsqueeze({x}, {axis})"
    elementwise = False
    samples = (({}, ((3,),)), ({"axis": -1}, ((2, 3),)), ({}, ((),)))
    aliases = ("new axis", "unsqueeze", "column", "row")

    def __init__(self, axis: OneAxis = 0):
        self.axis = axis

    def forward(self, x):
        return np.expand_dims(x, self.axis)

    def backward(self, gy):
        return np.reshape(gy, self.inputs[0].data.shape)


class BroadcastTo(Function):
    """Repeat the elements until they fill a shape."""

    symbol = "broadcast"
    formula = r"y = \text{broadcast}(x)"
    local = ("1",)
    python = "np.broadcast_to({x}, {shape})"
    elementwise = False
    samples = (({"shape": (2, 3)}, ((3,),)), ({"shape": (2, 3)}, ((2, 1),)), ({"shape": (2, 3)}, ((),)))
    aliases = ("repeat", "expand")

    def __init__(self, shape: Shape = (2, 3)):
        self.shape = shape

    def forward(self, x):
        return np.broadcast_to(x, self.shape)

    def backward(self, gy):
        return sum_to(gy, self.inputs[0].data.shape)


class Concat(Function):
    """Join arrays along an axis."""

    symbol = "concat"
    formula = r"y = [x_0, x_1, \ldots]"
    local = ("1",)
    python = "np.concatenate([{xs}], axis={axis})"
    torch = "torch.cat([{xs}], dim={axis})"
    elementwise = False
    samples = (({}, ((2,), (3,))), ({"axis": 1, "n_inputs": 3}, ((2, 1), (2, 3), (2, 2))))
    aliases = ("concatenate", "join", "stack")

    def __init__(self, axis: OneAxis = 0, n_inputs: Count = 2):
        self.axis = axis
        self.n_inputs = n_inputs

    def forward(self, *xs):
        return np.concatenate(xs, axis=self.axis)

    def backward(self, gy):
        ends = np.cumsum([x.data.shape[self.axis] for x in self.inputs]).tolist()
        return tuple(cut(gy, self.axis, start, end) for start, end in zip([0, *ends], ends, strict=False))


class Split(Function):
    """Cut an array along an axis into parts as equal as can be."""

    symbol = "split"
    formula = r"(y_0, y_1, \ldots) = x"
    local = ("1",)
    python = "np.array_split({x}, {n_outputs}, axis={axis})"
    torch = "torch.tensor_split({x}, {n_outputs}, dim={axis})"
    elementwise = False
    samples = (({}, ((4,),)), ({"n_outputs": 3, "axis": 1}, ((2, 7),)))
    aliases = ("cut", "chunk")

    def __init__(self, n_outputs: Count = 2, axis: OneAxis = 0):
        self.n_outputs = n_outputs
        self.axis = axis

    def forward(self, x):
        length = x.shape[self.axis]
        bounds = [0, *np.cumsum([len(part) for part in np.array_split(range(length), self.n_outputs)]).tolist()]
        return tuple(cut(x, self.axis, start, end) for start, end in pairwise(bounds))

    def backward(self, *gys):
        return np.concatenate(gys, axis=self.axis)


class Slice(Function):
    """Take the elements from one place on an axis up to another."""

    symbol = "slice"
    formula = r"y = x_{a:b}"
    local = ("1",)
    python = "np.take({x}, range({start}, {end}), axis={axis})"
    torch = "torch.narrow({x}, {axis}, {start}, {end} - {start})"
    elementwise = False
    samples = (({}, ((3,),)), ({"axis": 1, "start": 1, "end": 3}, ((2, 4),)))
    aliases = ("part", "getitem")

    def __init__(self, axis: OneAxis = 0, start: Place = 0, end: Place = 1):
        self.axis = axis
        self.start = start
        self.end = end

    def forward(self, x):
        return cut(x, self.axis, self.start, self.end)

    def backward(self, gy):
        shape = self.inputs[0].data.shape
        before, after = list(shape), list(shape)
        before[self.axis], after[self.axis] = self.start, shape[self.axis] - self.end
        return np.concatenate([np.zeros(before, gy.dtype), gy, np.zeros(after, gy.dtype)], axis=self.axis)

    def result_shape(self, *shapes):
        """Return the part's shape; raises ShapeError when the axis has no such part."""
        (shape,) = shapes
        has_axis = -len(shape) <= self.axis < len(shape)
        if not has_axis or not self.start < self.end <= shape[self.axis]:
            raise ShapeError(
                say(
                    "axis {axis} of shape {shape} has no elements from {start} to {end}",
                    axis=self.axis,
                    shape=shape,
                    start=self.start,
                    end=self.end,
                )
            )
        return np.shape(cut(np.broadcast_to(0.0, shape), self.axis, self.start, self.end))


def cut(x, axis, start, end):
    """Return the elements from `start` to `end` along an axis."""
    if isinstance(x, ArrayLike):
        return Slice(axis, start, end)(x)
    return x[(*[slice(None)] * (axis % x.ndim), slice(start, end))]
