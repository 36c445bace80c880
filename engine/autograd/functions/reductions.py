"""Many elements in, few out (Saito, steps 39, 40 and 47)."""

from typing import ClassVar

import numpy as np

from engine.autograd.arraylike import ArrayLike
from engine.autograd.arrays import as_float
from engine.autograd.core import Function
from engine.autograd.parameters import Axis, OneAxis
from engine.autograd.strong_zeros import NO_GRADIENT


class Sum(Function):
    """Sum the elements over an axis, or all of them.

    gx = gy, repeated along the axes that were summed over (step 39).
    """

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
    """Take the mean of the elements over an axis, or of all of them.

    gx = gy / n, repeated along those axes, for means of n elements each.
    """

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


class Largest(Function):
    """Take the largest element over an axis, or of all: the gradient goes to it, in equal parts where several are.

    gx = gy / n at the n elements that are the largest, else 0.
    """

    symbol = "maxᵢ"
    formula = r"y = \text{largest}(x, \text{axis})"
    local = (
        r"\frac{1}{n} \, \text{repeat}(\text{gy}) \text{ if } x \ge \text{largest}(x, \text{axis}) \text{, else } 0",
    )
    python = "np.max({x}, axis={axis}, keepdims={keepdims})"
    torch = "torch.amax({x}, dim={axis}, keepdim={keepdims})"
    elementwise = False
    samples = Sum.samples
    aliases = ("amax", "maximum over an axis", "max", "reduce")

    def __init__(self, axis: Axis = None, keepdims: bool = False):
        self.axis = axis
        self.keepdims = keepdims

    def kinks(self, x):
        return lead(x, self.axis)

    def forward(self, x):
        return np.max(x, axis=self.axis, keepdims=self.keepdims)

    def backward(self, gy):
        x = self.inputs[0].data
        return to_equals(gy, x, largest(x, self.axis), self.axis)

    def meanings(self):
        """Return what n is: how many elements are the largest together."""
        return {"n": most_equal(self.inputs[0].data, self.axis)}


class Smallest(Function):
    """Take the smallest element over an axis, or of all: the gradient goes to it, in equal parts where several are.

    gx = gy / n at the n elements that are the smallest, else 0.
    """

    symbol = "minᵢ"
    formula = r"y = \text{smallest}(x, \text{axis})"
    local = (
        r"\frac{1}{n} \, \text{repeat}(\text{gy}) \text{ if } x \le \text{smallest}(x, \text{axis}) \text{, else } 0",
    )
    python = "np.min({x}, axis={axis}, keepdims={keepdims})"
    torch = "torch.amin({x}, dim={axis}, keepdim={keepdims})"
    elementwise = False
    samples = Sum.samples
    aliases = ("amin", "minimum over an axis", "min", "reduce")

    def __init__(self, axis: Axis = None, keepdims: bool = False):
        self.axis = axis
        self.keepdims = keepdims

    def kinks(self, x):
        return lead(-x, self.axis)

    def forward(self, x):
        return np.min(x, axis=self.axis, keepdims=self.keepdims)

    def backward(self, gy):
        x = self.inputs[0].data
        return to_equals(gy, x, -largest(-as_float(x), self.axis), self.axis)

    def meanings(self):
        """Return what n is: how many elements are the smallest together."""
        return {"n": most_equal(-self.inputs[0].data, self.axis)}


class LogSumExp(Function):
    """Take the logarithm of the sum of exponentials over an axis, or of all: a smooth maximum.

    gx = gy · softmax(x).

    Of no numbers, and of nothing but −∞, it is −∞; with a +∞ among them it is +∞.
    """

    symbol = "logΣexp"
    formula = r"y = \ln \sum_{\text{axis}} e^x"
    local = (r"\text{repeat}(\text{gy}) \cdot \frac{e^x}{\sum_{\text{axis}} e^x}",)
    python = "np.log(np.sum(np.exp({x}), axis={axis}, keepdims={keepdims}))"
    torch = "torch.logsumexp({x}, dim={axis}, keepdim={keepdims})"
    elementwise = False
    samples = Sum.samples
    aliases = ("smooth maximum",)

    def __init__(self, axis: Axis = None, keepdims: bool = False):
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x):
        y = log_of_total(x, self.axis) + largest(x, self.axis)
        return y if self.keepdims else np.squeeze(y, axis=self.axis)

    def backward(self, gy):
        x = self.inputs[0].data
        return with_axes(gy, x, self.axis) * softmax(x, self.axis)


class Softmax(Function):
    """Turn values along an axis into shares that sum up to 1.

    gx = y · (gy − Σ gy · y), summed along the axis (step 47).
    """

    symbol = "softmax"
    formula = r"y = \frac{e^x}{\sum_{\text{axis}} e^x}"
    local = (r"y \, (\text{gy} - \sum_{\text{axis}} \text{gy} \, y)",)
    python = "np.exp({x}) / np.sum(np.exp({x}), axis={axis}, keepdims=True)"
    torch = "torch.softmax({x}, dim={axis})"
    elementwise = False
    samples = (({}, ((2, 3),)), ({"axis": 0}, ((2, 3),)), ({}, ((3,),)), ({}, ((2, 3, 2),)))
    function_defaults: ClassVar = {"axis": 1}  # the book's; on a node it is the last, which a single row has, too
    aliases = ("probabilities",)

    def __init__(self, axis: OneAxis = -1):
        self.axis = axis

    def forward(self, x):
        self.y = softmax(x, self.axis)
        return self.y

    def backward(self, gy):
        weighted = gy * self.y
        return weighted - self.y * np.sum(weighted, axis=self.axis, keepdims=True)


class LogSoftmax(Function):
    """Take the logarithm of the softmax along an axis, exact also where a share is nearly 0.

    gx = gy − e^y · Σ gy, summed along the axis (step 47).
    """

    symbol = "ln softmax"
    formula = r"y = x - \ln \sum_{\text{axis}} e^x"
    local = (r"\text{gy} - e^y \sum_{\text{axis}} \text{gy}",)
    python = "{x} - np.log(np.sum(np.exp({x}), axis={axis}, keepdims=True))"
    torch = "torch.log_softmax({x}, dim={axis})"
    elementwise = False
    samples = Softmax.samples
    function_defaults: ClassVar = Softmax.function_defaults
    aliases = ("log softmax", "log probabilities")

    def __init__(self, axis: OneAxis = -1):
        self.axis = axis

    def forward(self, x):
        return log_softmax(x, self.axis)

    def backward(self, gy):
        return gy - softmax(self.inputs[0].data, self.axis) * np.sum(gy, axis=self.axis, keepdims=True)


def with_axes(gy, x, axis):
    """Return a reduction's gradient with its axes put back, each of length 1, so that it broadcasts to `x`."""
    # NumPy takes a single number for a row of one.
    axes = range(x.ndim) if axis is None else [number % max(x.ndim, 1) for number in np.atleast_1d(axis).tolist()]
    return np.reshape(gy, tuple(1 if number in axes else length for number, length in enumerate(x.shape)))


def lead(x, axis):
    """Return how far the largest element over an axis is ahead of the next one; 1, and so no tie, where it is alone."""
    axes = range(x.ndim) if axis is None else np.atleast_1d(axis) % max(x.ndim, 1)
    kept = [number for number in range(x.ndim) if number not in axes]
    rows = np.reshape(np.transpose(x, [*kept, *axes[: x.ndim]]), (*[x.shape[number] for number in kept], -1))
    ordered = np.sort(rows, axis=-1)
    return ordered[..., -1] - ordered[..., -2] if rows.shape[-1] > 1 else np.ones(rows.shape[:-1])


def most_equal(x, axis):
    """Return how many elements are the largest over an axis together; the most of them, where places differ."""
    return max(int(np.max(np.sum(np.equal(x, largest(x, axis)), axis=axis), initial=0)), 1)


def to_equals(gy, x, y, axis):
    """Return a reduction's gradient in equal parts for the elements of `x` that are equal to `y`, 0 for the others."""
    is_equal = np.equal(x, y)
    share = with_axes(gy, x, axis) / np.sum(is_equal * x.dtype.type(1), axis=axis, keepdims=True)
    others = np.where(np.equal(y, y), NO_GRADIENT, share * y)  # nan equals nothing, and goes to all
    return np.where(is_equal, share, others)


def largest(x, axis):
    """Return the largest element along an axis, the axis kept; to the gradient it is a constant."""
    x = as_float(x.data if isinstance(x, ArrayLike) else x)
    # NumPy knows no largest of no elements; here it is −∞.
    return np.max(x, axis=axis, keepdims=True) if x.size else np.sum(x, axis=axis, keepdims=True) - np.inf


def exponentials(x, axis):
    """Return e^x divided by its largest element along an axis, which cannot overflow; 0 and ∞ beside ∞."""
    top, most = largest(x, axis), float(np.finfo(as_float(x).dtype).max)
    return np.exp(as_float(x) - np.maximum(np.minimum(top, most), -most))


def softmax(x, axis):
    """Return e^x as shares of its sum along an axis."""
    e = exponentials(x, axis)
    return e / np.sum(e, axis=axis, keepdims=True)


def log_softmax(x, axis):
    """Return the logarithm of the softmax along an axis, exact even where the softmax is nearly 0."""
    if isinstance(x, ArrayLike):
        return LogSoftmax(axis)(x)
    return as_float(x) - largest(x, axis) - log_of_total(x, axis)


def log_of_total(x, axis):
    """Return ln Σ e^(x − the largest): what the others add to the largest counts, even where it is next to nothing."""
    x = as_float(x)
    is_top = np.equal(x, largest(x, axis))
    n = np.sum(is_top * x.dtype.type(1), axis=axis, keepdims=True)
    others = np.sum(np.where(is_top, 0.0, exponentials(x, axis)), axis=axis, keepdims=True)
    return np.log1p(others + np.maximum(n - 1.0, 0.0))
