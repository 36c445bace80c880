"""The output of a graph plotted over its inputs: a contour plot over two of them, or a curve over one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import takewhile
from typing import Final, TypeAlias

import numpy as np

from engine.autograd import Array
from engine.replay.objective import Objective

Interval: TypeAlias = tuple[float, float]

GRID: Final = 61
"""The number of points along each side of a contour plot."""
CURVE: Final = 241
"""The number of points of a curve."""
_ARRAY_GRID: Final = 31
_COARSEST: Final = 11
_MAX_WORK: Final = 4_000_000
"""The largest cost of a plot of a graph of arrays, as a number of elements computed: each point needs its own run."""

_REACH: Final = 4.0
"""A window includes a path as far as this many times the size of the present value away from it."""
_PAD: Final = 1.5
"""The width of a window as a multiple of the width of its path."""
_EDGE: Final = 0.03
"""A window is replaced if the path comes nearer to its end than this share of its width."""
_WIDEST: Final = 6.0
"""A window is replaced if it is wider than this many times half the width of the one that would be chosen now."""
_ROUNDING: Final = 10
"""The ends of a window are multiples of a round number, about this many of which make up its width."""
_FARTHEST: Final = 1e300
"""The largest present value that a window is chosen for, so that its width is finite."""

_TAIL: Final = 0.2
"""The share of the lowest and of the highest points of a curve that need not be shown if they are far off."""
_FAR_OFF: Final = 2.0
"""A point is far off if its distance is more than this many times the height that is shown anyway."""

_BANDS: Final = 14
"""The number of bands of a contour plot."""
_CROWDING: Final = 1.6
"""Above 1 there are more levels where the output is low, because descent goes there."""


def window(present: float, path: Sequence[float] = (), before: Interval | None = None) -> Interval:
    """Return the interval of an input that a plot shows: symmetric about the middle of its path, with round ends.

    `present` is the value of the input, `path` its values during a descent; those far from `present` are left out.
    `before` is the interval shown until now: it is returned as long as the path is well inside and it is not too wide.
    """
    present = min(max(present, -_FARTHEST), _FARTHEST)
    size = max(1.0, abs(present))
    near = list(takewhile(lambda value: abs(value - present) <= _REACH * size, path))
    low, high = min([present, *near]), max([present, *near])
    half = max(_PAD * (high - low) / 2, size)
    if before is not None:
        width = before[1] - before[0]
        edge = _EDGE * width
        if before[0] + edge <= low and high <= before[1] - edge and half <= width <= _WIDEST * half:
            return before
    middle = (low + high) / 2
    unit = round_unit(2 * half / _ROUNDING)
    return _times(math.floor((middle - half) / unit), unit), _times(math.ceil((middle + half) / unit), unit)


def round_unit(size: float) -> float:
    """Return the smallest number not below `size` that is 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(factor * power for factor in (1, 2, 5, 10, 20) if factor * power >= size * (1 - 1e-9))


def _times(number: int, unit: float) -> float:
    # A division where possible, because 3 / 10 is 0.3 and 3 × 0.1 is not.
    return number / round(1 / unit) if unit < 1 else number * unit


def ticks(shown: Interval, count: int = 6) -> list[float]:
    """Return about `count` round numbers inside an interval, all the same distance apart."""
    unit = round_unit((shown[1] - shown[0]) / count)
    first, last = math.ceil(shown[0] / unit - 1e-9), math.floor(shown[1] / unit + 1e-9)
    return [_times(number, unit) for number in range(first, last + 1)]


def surface(goal: Objective, across: str, up: str, x_shown: Interval, y_shown: Interval) -> Array:
    """Return the output over two inputs, as an array of shape (n, n); NaN where it is not finite.

    `across` and `up` are ids of inputs: a row for each value of `up`, the lowest first, a column for each of `across`.
    """
    n = GRID if goal.columns.is_scalar else max(_COARSEST, min(_ARRAY_GRID, math.isqrt(_MAX_WORK // goal.cost)))
    xs, ys = np.meshgrid(np.linspace(*x_shown, n), np.linspace(*y_shown, n))
    return goal.over({across: xs.reshape(-1), up: ys.reshape(-1)}).reshape(n, n)


def curve(goal: Objective, across: str, shown: Interval) -> tuple[Array, Array]:
    """Return the values of one input, evenly apart, and the output at each; NaN where it is not finite."""
    n = CURVE if goal.columns.is_scalar else max(_COARSEST, min(CURVE, _MAX_WORK // goal.cost))
    xs = np.linspace(*shown, n)
    return xs, goal.over({across: xs})


def heights_shown(heights: Array, required: Sequence[float]) -> Interval:
    """Return the lowest and the highest height that the plot of a curve shows.

    All of `required` are shown, and as much of the curve as does not make the rest flat: the ends of steep walls and
    poles are left out.
    """
    finite = np.clip(heights[np.isfinite(heights)], -_FARTHEST, _FARTHEST)
    shown = [min(max(height, -_FARTHEST), _FARTHEST) for height in required]
    if finite.size:
        shown += np.quantile(finite, (_TAIL, 1 - _TAIL), method="nearest").tolist()
    low, high = min(shown, default=0.0), max(shown, default=0.0)
    far = _FAR_OFF * (high - low) or math.inf
    if finite.size:
        lowest, highest = float(finite.min()), float(finite.max())
        low, high = lowest if low - far <= lowest < low else low, highest if high < highest <= high + far else high
    return low, high


def levels(heights: Array) -> Array:
    """Return the heights that bound the bands of a contour plot, from the lowest to the highest.

    They are quantiles, so that every band has points in it, however steep the plot is.
    """
    finite = heights[np.isfinite(heights)]
    if finite.size == 0:
        return np.zeros(0)
    shares = (np.arange(_BANDS + 1) / _BANDS) ** _CROWDING
    return np.unique(np.quantile(finite, shares))


def places_in_bands(heights: Array, between: Array) -> Array:
    """Return where each height is among the levels `between`: k on level k, in between for heights in between.

    The places rise smoothly from level to level (monotone cubic interpolation; Fritsch and Carlson, 1980), so that
    contour lines interpolated from them have no ripples. NaN where the height is not finite.
    """
    if between.size < 2:
        return np.where(np.isfinite(heights), 0.0, np.nan) if between.size else np.full_like(heights, np.nan)
    finite = np.isfinite(heights)
    found = np.where(finite, heights, between[0])
    # The distance of two very large doubles may overflow, so they are halved; the very small ones cannot be.
    part = 0.5 if np.abs(between).max() > _FARTHEST else 1.0
    with np.errstate(over="ignore", under="ignore"):
        # Every band needs a width, to divide by.
        widths = np.maximum(np.diff(part * between), np.finfo(float).smallest_subnormal)
        band = np.clip(np.searchsorted(between, found, side="right") - 1, 0, widths.size - 1)
        t = np.clip((part * found - part * between[band]) / widths[band], 0.0, 1.0)
        # The slope at a level, times the width of the band: the harmonic mean of the two beside it.
        below, above = np.concatenate([widths[:1], widths]), np.concatenate([widths, widths[-1:]])
        rise, end = (2 / (below[at] / widths[band] + above[at] / widths[band]) for at in (band, band + 1))
    places = band + t * (rise + t * (3 - 2 * rise - end + t * (rise + end - 2)))
    return np.where(finite, places, np.nan)
