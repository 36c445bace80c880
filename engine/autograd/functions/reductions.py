"""Many elements in, few out (Saito, steps 39, 40 and 47)."""

import numpy as np

from engine.autograd.arraylike import ArrayLike
from engine.autograd.core import Function
from engine.autograd.parameters import Axis, OneAxis


class Sum(Function):
    """Sum the elements over an axis, or all of them."""

    symbol = "Σ"
    formula = r"y = \sum_{\text{axis}} x"
    local = (r"\text{repeat}(\text{gy})",)
    python = "np.sum({x}, axis={axis}, keepdims={keepdims})"
    elementwise = False
    samples = (
        ({}, ((2, 3),)),
        ({"axis": 0}, ((2, 3),)),
        ({"axis": (0, -1), "keepdims": True}, ((2, 3, 2),)),
        ({}, ((),)),
    )
    aliases = ("total", "Σ", "reduce")

    def __init__(self, axis: Axis = None, keepdims: bool = False):
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x):
        return np.sum(x, axis=self.axis, keepdims=self.keepdims)

    def backward(self, gy):
        x = self.inputs[0].data
        return np.broadcast_to(with_axes(gy, x, self.axis), x.shape)


class Mean(Function):
    """Take the mean of the elements over an axis, or of all of them."""

    symbol = "mean"
    formula = r"y = \frac{1}{n} \sum_{\text{axis}} x"
    local = (r"\frac{1}{n} \, \text{repeat}(\text{gy})",)
    python = "np.mean({x}, axis={axis}, keepdims={keepdims})"
    elementwise = False
    samples = Sum.samples
    aliases = ("average",)

    def __init__(self, axis: Axis = None, keepdims: bool = False):
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x):
        return np.mean(x, axis=self.axis, keepdims=self.keepdims)

    def backward(self, gy):
        x = self.inputs[0].data
        share = gy.size / max(x.size, 1)
        return np.broadcast_to(with_axes(gy * share, x, self.axis), x.shape)

    def meanings(self):
        """Return what n is: of how many elements each mean is taken."""
        x = self.inputs[0].data
        return {"n": max(x.size, 1) / max(np.mean(x, axis=self.axis).size, 1)}


class LogSumExp(Function):
    """Take the logarithm of the sum of exponentials over an axis, or of all: a smooth maximum."""

    symbol = "logΣexp"
    formula = r"y = \ln \sum_{\text{axis}} e^x"
    local = (r"\text{repeat}(\text{gy}) \cdot \frac{e^x}{\sum_{\text{axis}} e^x}",)
    python = "np.log(np.sum(np.exp({x}), axis={axis}, keepdims={keepdims}))"
    elementwise = False
    samples = Sum.samples
    aliases = ("smooth maximum",)

    def __init__(self, axis: Axis = None, keepdims: bool = False):
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x):
        # e^x would overflow; with the largest taken out, it cannot.
        top = largest(x, self.axis)
        y = np.log(np.sum(np.exp(x - top), axis=self.axis, keepdims=True)) + top
        return y if self.keepdims else np.squeeze(y, axis=self.axis)

    def backward(self, gy):
        x = self.inputs[0].data
        return with_axes(gy, x, self.axis) * softmax(x, self.axis)


class Softmax(Function):
    """Turn values along an axis into shares that sum up to 1."""

    symbol = "softmax"
    formula = r"y = \frac{e^x}{\sum_{\text{axis}} e^x}"
    local = (r"y \, (\text{gy} - \sum_{\text{axis}} \text{gy} \, y)",)
    python = "np.exp({x}) / np.sum(np.exp({x}), axis={axis}, keepdims=True)"
    torch = "torch.softmax({x}, dim={axis})"
    elementwise = False
    samples = (({}, ((2, 3),)), ({"axis": 0}, ((2, 3),)), ({}, ((3,),)))
    aliases = ("probabilities",)

    def __init__(self, axis: OneAxis = -1):
        self.axis = axis

    def forward(self, x):
        self.y = softmax(x, self.axis)
        return self.y

    def backward(self, gy):
        weighted = gy * self.y
        return weighted - self.y * np.sum(weighted, axis=self.axis, keepdims=True)


def with_axes(gy, x, axis):
    """Return a reduction's gradient with its axes put back, each of length 1, so that it broadcasts to `x`."""
    # NumPy takes a single number for a row of one.
    axes = range(x.ndim) if axis is None else [number % max(x.ndim, 1) for number in np.atleast_1d(axis).tolist()]
    return np.reshape(gy, tuple(1 if number in axes else length for number, length in enumerate(x.shape)))


def largest(x, axis):
    """Return the largest element along an axis, the axis kept; to the gradient it is a constant."""
    return np.max(x.data if isinstance(x, ArrayLike) else x, axis=axis, keepdims=True)


def softmax(x, axis):
    """Return e^x as shares of its sum along an axis."""
    e = np.exp(x - largest(x, axis))
    return e / np.sum(e, axis=axis, keepdims=True)
