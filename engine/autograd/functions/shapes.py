"""The same elements in another shape (Saito, steps 38 and 40)."""

from itertools import pairwise

import numpy as np

from engine.autograd.arraylike import ArrayLike
from engine.autograd.arrays import sum_to
from engine.autograd.core import Function
from engine.autograd.parameters import Axes, Count, OneAxis, Place, Shape
from engine.autograd.strong_zeros import no_gradient
from engine.errors import ShapeError
from engine.messages import say


class Reshape(Function):
    """Put the elements into another shape.

    gx = gy in the shape of x (step 38).
    """

    symbol = "reshape"
    formula = r"y = \text{reshape}(x)"
    local = (r"\text{reshape}(\text{gy})",)
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
    """Swap rows and columns, or put the axes into another order.

    gx = gy with its axes back in their order (step 38).
    """

    symbol = "xᵀ"
    formula = r"y = \text{transpose}(x, \text{axes})"
    local = (r"\text{transpose}(\text{gy}, \text{inverse})",)
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
        return np.transpose(gy, self.inverse())

    def inverse(self):
        """Return the order of axes that undoes it."""
        if self.axes is None:
            return None
        n = len(self.axes)
        return tuple(np.argsort([axis % n for axis in self.axes]).tolist())

    def meanings(self):
        """Return the order of axes that undoes it."""
        return {"inverse": self.inverse()}


class ExpandDims(Function):
    """Put in an axis of length 1.

    gx = gy in the shape of x.
    """

    symbol = "expand"
    formula = r"y = \text{reshape}(x)"
    local = (r"\text{reshape}(\text{gy})",)
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
    """Repeat the elements until they fill a shape.

    gx = gy, summed over the axes that were repeated (step 40).
    """

    symbol = "broadcast"
    formula = r"y = \text{repeat}(x)"
    local = (r"\text{gy}",)
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
    """Join arrays along an axis.

    gxs = the parts of gy, each from the place of its input.
    """

    symbol = "concat"
    formula = r"y = \text{join}(\text{xs})"
    local = (r"\text{part}(\text{gy})",)
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
        return tuple(cut(gy, *part) for part in self.parts())

    def parts(self):
        """Return, for each input, its axis in the result, where it begins and where it ends."""
        ends = np.cumsum([x.data.shape[self.axis] for x in self.inputs]).tolist()
        return [(self.axis, start, end) for start, end in zip([0, *ends], ends, strict=False)]

    def meanings(self):
        """Return where each input stands in the result."""
        return {"parts": self.parts()}


class Split(Function):
    """Cut an array along an axis into parts as equal as can be.

    gx = the gradients of all parts, joined.
    """

    symbol = "split"
    formula = r"y = \text{part}(x)"
    local = (r"\text{join}(\text{gys})",)
    python = "np.array_split({x}, {n_outputs}, axis={axis})"
    torch = "torch.tensor_split({x}, {n_outputs}, dim={axis})"
    elementwise = False
    samples = (({}, ((4,),)), ({"n_outputs": 3, "axis": 1}, ((2, 7),)))
    aliases = ("cut", "chunk")

    def __init__(self, n_outputs: Count = 2, axis: OneAxis = 0):
        self.n_outputs = n_outputs
        self.axis = axis

    def forward(self, x):
        return tuple(cut(x, *part) for part in self.parts(x.shape[self.axis]))

    def backward(self, *gys):
        return np.concatenate(gys, axis=self.axis)

    def parts(self, length):
        """Return, for each output, its axis in the input, where it begins and where it ends."""
        bounds = [0, *np.cumsum([len(part) for part in np.array_split(range(length), self.n_outputs)]).tolist()]
        return [(self.axis, start, end) for start, end in pairwise(bounds)]

    def meanings(self):
        """Return where each output stands in the input."""
        return {"parts": self.parts(self.inputs[0].data.shape[self.axis])}


class Slice(Function):
    """Take the elements from one place on an axis up to another.

    gx = gy at the places that were taken, else 0 (step 47).
    """

    symbol = "slice"
    formula = r"y = \text{part}(x)"
    local = (r"\text{place}(\text{gy})",)
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
        return np.concatenate([no_gradient(before, gy.dtype), gy, no_gradient(after, gy.dtype)], axis=self.axis)

    def meanings(self):
        """Return where the output stands in the input."""
        return {"parts": [(self.axis, self.start, self.end)]}

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
