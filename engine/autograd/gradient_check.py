"""Check a gradient against central differences (Saito, step 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.autograd.arrays import Array, as_array
from engine.autograd.core import Variable, sweep
from engine.messages import say

STEP = float(np.cbrt(np.finfo(float).eps))
"""The step h, relative to the input, at which truncation (∝ h²) and rounding (∝ 1/h) weigh the same."""

TOLERANCE = 1e-6
"""The relative error up to which a gradient passes."""


@dataclass(frozen=True)
class GradientCheck:
    """Hold both gradients of every input and their relative errors; true where all of them agree.

    `remarks` are sentences that say where there is nothing to compare: a gradient or a difference that is not finite.
    """

    analytical: tuple[Array, ...]
    numerical: tuple[Array, ...]
    relative_errors: tuple[float, ...]
    tolerance: float
    remarks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        # Written so that a NaN does not pass.
        return all(error <= self.tolerance for error in self.relative_errors)


def central_difference(function: Callable[..., Any], xs: Sequence[Array]) -> tuple[Array, ...]:
    """Return the derivative of the weighted sum of all outputs by every input: (f(x + h) − f(x − h)) / 2h.

    `function` takes Variables and returns one or a list of them; the inputs are not changed. A single scalar output
    has weight 1, so that the result is its derivative.
    """
    inputs = [np.array(x, dtype=float) for x in xs]

    def total() -> float:
        with np.errstate(all="ignore"):  # beside x there may be no number: the difference is then nan
            ys = _as_list(function(*(Variable(x.copy()) for x in inputs)))
            return float(sum(np.sum(weights * y.data) for y, weights in zip(ys, _weights(ys), strict=True)))

    gradients = []
    for x in inputs:
        gx = np.empty_like(x)
        for index in np.ndindex(x.shape):
            held = float(x[index])
            h = STEP * max(abs(held), 1.0)
            x[index] = held + h
            above = total()
            x[index] = held - h
            below = total()
            x[index] = held
            gx[index] = (above - below) / (2 * h) if np.isfinite(above) and np.isfinite(below) else np.nan
        gradients.append(gx)
    return tuple(gradients)


def gradient_check(function: Callable[..., Any], *xs: Any, tolerance: float = TOLERANCE) -> GradientCheck:
    """Compare backward's gradients with central differences.

    The relative error of an input is the largest difference over the largest gradient, at least 1. An input that no
    output reaches counts as gradient 0.
    """
    arrays = [np.array(as_array(x), dtype=float) for x in xs]
    inputs = [Variable(x) for x in arrays]
    with np.errstate(all="ignore"):
        ys = _as_list(function(*inputs))
        for y, weights in zip(ys, _weights(ys), strict=True):
            for _ in sweep(y, as_array(weights)):
                pass
    analytical = tuple(np.zeros_like(x.data) if x.grad is None else x.grad for x in inputs)
    numerical = central_difference(function, arrays)
    with np.errstate(invalid="ignore"):
        errors = tuple(_relative_error(a, n) for a, n in zip(analytical, numerical, strict=True))
    remarks = [
        sentence
        for number, (a, n) in enumerate(zip(analytical, numerical, strict=True), start=1)
        for sentence in _remarks(number, a, n)
    ]
    return GradientCheck(analytical, numerical, errors, tolerance, tuple(remarks))


def _remarks(number: int, analytical: Array, numerical: Array) -> Iterator[str]:
    if not np.isfinite(analytical).all():
        yield say("The gradient of input {number} is not finite: the rules have no answer here.", number=number)
    if not np.isfinite(numerical).all():
        yield say("Beside input {number} the function has no finite value: there is no difference here.", number=number)


def _weights(ys: Sequence[Variable]) -> list[Array]:
    """Return a weight for every element of every output, no two alike.

    With the same weight everywhere a rule that mixes up outputs or elements would pass.
    """
    sizes = np.cumsum([0, *(y.size for y in ys)])
    weights = 1 + np.arange(sizes[-1]) / sizes[-1]
    return [weights[start : start + y.size].reshape(y.shape) for start, y in zip(sizes[:-1], ys, strict=True)]


def _relative_error(a: Array, b: Array) -> float:
    if a.size == 0:
        return 0.0
    scale = max(float(np.max(np.abs(a))), float(np.max(np.abs(b))), 1.0)
    return float(np.max(np.abs(a - b))) / scale


def _as_list(ys: Any) -> list[Variable]:
    return ys if isinstance(ys, list) else [ys]
