"""Functions that are composed of ops, under DeZero's names (Saito, steps 42 to 57)."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.autograd.arrays import as_array
from engine.autograd.config import is_training
from engine.autograd.core import Variable, as_variable
from engine.autograd.functions.activations import Softplus
from engine.autograd.functions.comparison import Clip
from engine.autograd.functions.exponential import Exp, Log
from engine.autograd.functions.linear import Linear, MatMul
from engine.autograd.functions.losses import CrossEntropy, refuse_both_repeated
from engine.autograd.functions.reductions import LogSoftmax, Mean, Softmax
from engine.errors import EngineError, ShapeError
from engine.messages import say

__all__ = [
    "accuracy",
    "average",
    "binary_cross_entropy",
    "cross_entropy",
    "dropout",
    "embed_id",
    "flatten",
    "linear",
    "linear_simple",
    "log_softmax",
    "mean_squared_error_simple",
    "sigmoid_cross_entropy",
    "sigmoid_simple",
    "softmax",
    "softmax_cross_entropy",
    "softmax_cross_entropy_simple",
    "softmax_simple",
]

_LEAST_PROBABILITY = 1e-15
"""What a probability is raised to before its logarithm is taken."""


def linear(x: Any, W: Any, b: Any = None) -> Any:
    """Multiply rows by a matrix of weights, and add a bias if there is one (step 43)."""
    return MatMul()(x, W) if b is None else Linear()(x, W, b)


def flatten(x: Any) -> Any:
    """Put all axes but the first into one, so that each example is a row (step 57)."""
    x = as_variable(x)
    if x.ndim == 0:
        raise ShapeError(say("a single number has no axis to keep"))
    return x.reshape(x.shape[0], x.size // max(x.shape[0], 1))


def average(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Take the mean over some axes, by default over all: another name of `mean`."""
    return Mean(axis, keepdims)(x)


def softmax(x: Any, axis: int | None = None) -> Any:
    """Turn values along an axis into shares: along the second, as in the book, or the only one (step 47)."""
    x = as_variable(x)
    return Softmax(_axis(x) if axis is None else axis)(x)


def log_softmax(x: Any, axis: int | None = None) -> Any:
    """Take the logarithm of the softmax: along the second axis, as in the book, or the only one."""
    x = as_variable(x)
    return LogSoftmax(_axis(x) if axis is None else axis)(x)


def softmax_cross_entropy(x: Any, t: Any) -> Any:
    """Take the mean cross-entropy of rows of scores `x` with targets `t` (step 47).

    Targets are the right class of each row, numbers counted from 0, or probabilities in the shape of `x`. Raises
    ShapeError for another shape, and EngineError for a number that is no class.
    """
    x, t = as_variable(x), as_variable(t)
    probabilities = _probabilities(x, t)
    if probabilities is t or np.all(np.isfinite(x.data)):
        return CrossEntropy()(x, probabilities)
    # Of a score of −∞ only its own class asks; 0 · ∞ would be nan.
    return -LogSoftmax(-1)(x)[probabilities == 1].sum() / max(x.size // x.shape[-1], 1)


cross_entropy = softmax_cross_entropy


def sigmoid_cross_entropy(x: Any, t: Any) -> Any:
    """Take the cross-entropy of scores, through a sigmoid, with targets 0 and 1, summed and divided by the rows.

    It is computed without the sigmoid, and so it is exact even far from 0; the book clips.
    """
    x = as_variable(x)
    t = _in_shape_of(x, t)
    return (t * Softplus()(-x) + (1 - t) * Softplus()(x)).sum() / len(x)


def binary_cross_entropy(p: Any, t: Any) -> Any:
    """Take the cross-entropy of probabilities with targets 0 and 1, summed and divided by the number of rows.

    Probabilities are clipped to 1e-15 from 0 and 1; the book clips at 0.999 on the right.
    """
    p = as_variable(p)
    t = _in_shape_of(p, t)
    p = Clip(_LEAST_PROBABILITY, 1 - _LEAST_PROBABILITY)(p)
    return -(t * Log()(p) + (1 - t) * Log()(1 - p)).sum() / len(p)


def accuracy(y: Any, t: Any) -> Variable:
    """Return which share of rows of scores `y` is largest at the right class `t`; it has no gradient (step 51).

    Raises ShapeError unless there is one class for each row.
    """
    scores, classes = as_variable(y).data, as_variable(t).data
    if scores.ndim != 2 or classes.shape not in (scores.shape[:1], (len(scores), 1)):
        raise ShapeError(say("rows of shape {y} need a class each; these have {t}", y=scores.shape, t=classes.shape))
    return Variable(as_array(np.mean(np.argmax(scores, axis=1) == classes.ravel())))


def dropout(x: Any, dropout_ratio: float = 0.5) -> Any:
    """Set a random part of the elements to 0 and enlarge the others, so that the mean stays; not in `test_mode`.

    Random numbers are NumPy's (`np.random.seed`), as in step 54. Raises EngineError unless 0 ≤ dropout_ratio < 1.
    """
    x = as_variable(x)
    if not 0 <= dropout_ratio < 1:
        raise EngineError(f"dropout_ratio is at least 0 and less than 1, and not {dropout_ratio}")
    if not is_training():
        return x
    mask = np.asarray(np.random.rand(*x.shape) >= dropout_ratio) / (1 - dropout_ratio)
    return x * (mask.astype(x.dtype) if x.dtype.kind == "f" else mask)


def embed_id(x: Any, W: Any) -> Any:
    """Take a row of `W` for each number in `x`."""
    return as_variable(W)[x]


# The book's first versions, one op after the other: to be read, and drawn as a graph. ----------------------------


def linear_simple(x: Any, W: Any, b: Any = None) -> Any:
    """Compute `linear` by MatMul and Add (step 43)."""
    product = MatMul()(x, W)
    return product if b is None else product + b


def sigmoid_simple(x: Any) -> Any:
    """Compute the sigmoid by Neg, Exp, Add and Div (step 43)."""
    return 1 / (1 + Exp()(-as_variable(x)))


def softmax_simple(x: Any, axis: int | None = None) -> Any:
    """Compute the softmax by Exp, Sum and Div (step 47); it overflows where `softmax` does not."""
    x = as_variable(x)
    e = Exp()(x)
    return e / e.sum(axis=_axis(x) if axis is None else axis, keepdims=True)


def mean_squared_error_simple(x0: Any, x1: Any) -> Any:
    """Compute `mean_squared_error` by Sub, Square and Mean (step 42)."""
    x0, x1 = as_variable(x0), as_variable(x1)
    refuse_both_repeated(x0.shape, x1.shape)
    return ((x0 - x1) ** 2).mean()


def softmax_cross_entropy_simple(x: Any, t: Any) -> Any:
    """Compute `softmax_cross_entropy` by Softmax, Clip, Log, Mul, Sum and Div (step 47)."""
    x, t = as_variable(x), as_variable(t)
    p = Clip(_LEAST_PROBABILITY, 1.0)(Softmax(-1)(x))
    return -(_probabilities(x, t) * Log()(p)).sum() / max(x.size // x.shape[-1], 1)


def _axis(x: Variable) -> int:
    """Return the axis along which a row lies: the second, or the only one."""
    return 1 if x.ndim > 1 else 0


def _probabilities(x: Variable, t: Variable) -> Any:
    """Return targets as rows of probabilities, classes as a 1 among zeros; raises ShapeError and EngineError."""
    if t.shape == x.shape or not x.ndim:
        return t
    n_classes = x.shape[-1]
    if t.shape not in (x.shape[:-1], (*x.shape[:-1], 1)):
        raise ShapeError(
            say(
                "scores of shape {x} need targets of the same shape, or classes of shape {classes}; these have {t}",
                x=x.shape,
                classes=x.shape[:-1],
                t=t.shape,
            )
        )
    classes = t.data.reshape(x.shape[:-1])
    if not np.all(np.isin(classes, np.arange(n_classes))):
        raise EngineError(say("classes are whole numbers from 0 to {last} here", last=n_classes - 1))
    return np.eye(n_classes, dtype=x.dtype if x.dtype.kind == "f" else float)[classes.astype(int)]


def _in_shape_of(x: Variable, t: Any) -> Any:
    """Return targets in the shape of what they are compared with, (3,) for (3, 1); raises ShapeError."""
    t = as_variable(t)
    if t.size != x.size or not x.ndim:
        raise ShapeError(say("rows of shape {x} need as many targets, and these have {t}", x=x.shape, t=t.shape))
    return t if t.shape == x.shape else t.reshape(x.shape)
