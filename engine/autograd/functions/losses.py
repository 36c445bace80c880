"""How far predictions are from what they should be (Saito, steps 42 and 47)."""

import numpy as np

from engine.autograd.core import Function
from engine.autograd.functions.reductions import largest, softmax
from engine.errors import ShapeError
from engine.messages import say


class MSE(Function):
    """Take the mean of the squared differences."""

    symbol = "MSE"
    formula = r"L = \frac{1}{n} \sum (x_0 - x_1)^2"
    local = (r"\text{gy} \cdot \frac{2}{n} (x_0 - x_1)", r"\text{gy} \cdot \frac{2}{n} (x_1 - x_0)")
    python = "np.mean(({x0} - {x1}) ** 2)"
    elementwise = False
    samples = (({}, ((3,), (3,))), ({}, ((2, 3), (3,))), ({}, ((), ())))
    aliases = ("mean squared error", "mean_squared_error", "loss")

    def forward(self, x0, x1):
        difference = x0 - x1
        return np.mean(difference * difference)

    def backward(self, gy):
        difference = self.inputs[0].data - self.inputs[1].data
        gx0 = gy * difference * (2.0 / difference.size)
        return gx0, -gx0

    def meanings(self):
        """Return what n is: how many differences there are."""
        return {"n": (self.inputs[0].data - self.inputs[1].data).size}


class CrossEntropy(Function):
    """Take the mean cross-entropy of rows of scores, through a softmax, with rows of target probabilities."""

    symbol = "CE"
    formula = r"L = -\frac{1}{n} \sum t \ln \text{softmax}(x)"
    local = (
        r"\text{gy} \cdot \frac{1}{n} ((\sum_{-1} t) \, \text{softmax}(x) - t)",
        r"-\text{gy} \cdot \frac{1}{n} \ln \text{softmax}(x)",
    )
    python = "np.mean(-np.sum({t} * ({x} - np.log(np.sum(np.exp({x}), axis=-1, keepdims=True))), axis=-1))"
    elementwise = False
    samples = (({}, ((3,), (3,))), ({}, ((2, 3), (2, 3))))
    aliases = ("softmax cross entropy", "softmax_cross_entropy", "log loss", "classification")

    def forward(self, x, t):
        return -np.sum(t * log_softmax(x)) / rows_of(x)

    def backward(self, gy):
        x, t = self.inputs[0].data, self.inputs[1].data
        scale = gy / rows_of(x)
        return scale * (softmax(x, -1) * np.sum(t, axis=-1, keepdims=True) - t), -scale * log_softmax(x)

    def meanings(self):
        """Return what n is: how many rows there are."""
        return {"n": rows_of(self.inputs[0].data)}

    def result_shape(self, *shapes):
        """Return the shape of one number; raises ShapeError unless both are rows of the same shape."""
        if shapes[0] != shapes[1] or not shapes[0]:
            raise ShapeError(
                say("scores of shape {x} need targets of the same shape, and these have {t}", x=shapes[0], t=shapes[1])
            )
        return ()


def log_softmax(x):
    """Return the logarithm of the softmax along the last axis, exact also where the softmax is nearly 0."""
    shifted = x - largest(x, -1)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


def rows_of(x):
    """Return over how many rows a loss is the mean."""
    return float(max(x.size // x.shape[-1], 1))
