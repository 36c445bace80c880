"""How far predictions are from what they should be (Saito, steps 42 and 47)."""

import numpy as np

from engine.autograd.arrays import as_float
from engine.autograd.core import Function
from engine.autograd.functions.reductions import log_softmax, softmax
from engine.errors import ShapeError
from engine.messages import say


class MSE(Function):
    """Take the mean of the squared differences.

    gx0 = gy · 2/n · (x0 − x1) and gx1 = −gx0, for n differences (step 42).

    Raises ShapeError for arrays without elements, which have no mean.
    """

    symbol = "MSE"
    formula = r"L = \frac{1}{n} \sum (x_0 - x_1)^2"
    local = (r"\text{gy} \cdot \frac{2}{n} (x_0 - x_1)", r"\text{gy} \cdot \frac{2}{n} (x_1 - x_0)")
    python = "np.mean(({x0} - {x1}) ** 2)"
    elementwise = False
    samples = (({}, ((3,), (3,))), ({}, ((2, 3), (3,))), ({}, ((), ())))
    aliases = ("mean squared error", "mean_squared_error", "loss")

    def forward(self, x0, x1):
        refuse_both_repeated(x0.shape, x1.shape)
        difference = as_float(x0) - as_float(x1)
        refuse_empty(difference)
        return np.mean(difference * difference)

    def backward(self, gy):
        difference = as_float(self.inputs[0].data) - as_float(self.inputs[1].data)
        gx0 = gy * difference * (2.0 / difference.size)
        return gx0, -gx0

    def meanings(self):
        """Return what n is: how many differences there are."""
        return {"n": (self.inputs[0].data - self.inputs[1].data).size}


class CrossEntropy(Function):
    """Take the mean cross-entropy of rows of scores, through a softmax, with rows of target probabilities.

    gx = gy / n · (softmax(x) · Σ t − t) and gt = −gy / n · ln softmax(x), for n rows (step 47).

    Raises ShapeError for arrays without elements, which have no mean.
    """

    symbol = "CE"
    formula = r"L = -\frac{1}{n} \sum t \ln \text{softmax}(x)"
    local = (
        r"\text{gy} \cdot \frac{1}{n} ((\sum_{-1} t) \, \text{softmax}(x) - t)",
        r"-\text{gy} \cdot \frac{1}{n} \ln \text{softmax}(x)",
    )
    python = "np.mean(-np.sum({t} * ({x} - np.log(np.sum(np.exp({x}), axis=-1, keepdims=True))), axis=-1))"
    torch = "-({t} * torch.log_softmax({x}, dim=-1)).sum(dim=-1).mean()"
    elementwise = False
    samples = (({}, ((3,), (3,))), ({}, ((2, 3), (2, 3))))
    aliases = ("softmax cross entropy", "softmax_cross_entropy", "log loss", "classification")

    def forward(self, x, t):
        self.result_shape(x.shape, t.shape)  # or they would be broadcast in silence
        refuse_empty(x)
        return -np.sum(t * log_softmax(x, -1)) / rows_of(x)

    def backward(self, gy):
        x, t = self.inputs[0].data, self.inputs[1].data
        scale = gy / rows_of(x)
        return scale * (softmax(x, -1) * np.sum(t, axis=-1, keepdims=True) - t), -scale * log_softmax(x, -1)

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


def refuse_both_repeated(x0: tuple[int, ...], x1: tuple[int, ...]) -> None:
    """Raise ShapeError where a loss would compare each element of the one with all of the other: (3, 1) with (3,)."""
    if np.broadcast_shapes(x0, x1) not in (x0, x1):
        raise ShapeError(
            say("shapes {x0} and {x1} are no pairs to compare: each would be repeated for the other", x0=x0, x1=x1)
        )


def refuse_empty(x):
    """Raise ShapeError for an array without elements: a mean over nothing is no number."""
    if not x.size:
        raise ShapeError(say("an array of shape {shape} has no elements, and so no mean", shape=x.shape))


def rows_of(x):
    """Return over how many rows a loss is the mean."""
    return float(max(x.size // x.shape[-1], 1))
