"""The output of a graph over its inputs: heights over two of them, a curve over one, and the levels between them."""

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
"""Heights along each side of a plot."""
CURVE: Final = 241
_ARRAY_GRID: Final = 31
_COARSEST: Final = 11
_MAX_WORK: Final = 4_000_000
"""What a plot of a graph of arrays may cost, in numbers computed: it is run point by point."""

_REACH: Final = 4.0
"""How far from the present value, in its own size, a path may lead the window."""
_PAD: Final = 1.5
_EDGE: Final = 0.03
"""How near to a window's end, in its width, what is to be seen may come before another is shown."""
_WIDEST: Final = 6.0
"""A window is kept until it is this many times as wide as one half of what would be chosen now."""
_ROUNDING: Final = 10
"""Into about how many round parts a window is divided; its ends are such."""
_FARTHEST: Final = 1e300
"""About what a window lies at the farthest, so that its width is a number."""

_TAIL: Final = 0.2
"""The share of a curve's lowest and of its highest heights that may lie outside, where they are far off."""
_FAR_OFF: Final = 2.0
"""How far that is, in the height of what is shown anyway."""

_BANDS: Final = 14
_CROWDING: Final = 1.6
"""Levels lie closer where the output is low: the floor of a valley is what a descent looks for."""


def window(present: float, path: Sequence[float] = (), before: Interval | None = None) -> Interval:
    """Return what a plot shows of an input: symmetric about the middle of its path, padded, with round ends.

    A path that runs away is followed only so far. `before` is what was shown, and is kept as long as it serves.
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
    """Return the number of 1, 2 and 5 times a power of ten that comes next from `size` on."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(factor * power for factor in (1, 2, 5, 10, 20) if factor * power >= size * (1 - 1e-9))


def _times(number: int, unit: float) -> float:
    # Divided where it can be: 3 / 10 is 0.3, and 3 × 0.1 is not.
    return number / round(1 / unit) if unit < 1 else number * unit


def ticks(shown: Interval, count: int = 6) -> list[float]:
    """Return round numbers within an interval, about `count` of them, evenly apart."""
    unit = round_unit((shown[1] - shown[0]) / count)
    first, last = math.ceil(shown[0] / unit - 1e-9), math.floor(shown[1] / unit + 1e-9)
    return [_times(number, unit) for number in range(first, last + 1)]


def surface(goal: Objective, across: str, up: str, x_shown: Interval, y_shown: Interval) -> Array:
    """Return the output over a square grid of two inputs: a row for each value of `up`, from below; NaN is a blank."""
    n = GRID if goal.columns.is_scalar else max(_COARSEST, min(_ARRAY_GRID, math.isqrt(_MAX_WORK // goal.cost)))
    xs, ys = np.meshgrid(np.linspace(*x_shown, n), np.linspace(*y_shown, n))
    return goal.over({across: xs.reshape(-1), up: ys.reshape(-1)}).reshape(n, n)


def curve(goal: Objective, across: str, shown: Interval) -> tuple[Array, Array]:
    """Return the output over one input: where, and how high; NaN is a blank."""
    n = CURVE if goal.columns.is_scalar else max(_COARSEST, min(CURVE, _MAX_WORK // goal.cost))
    xs = np.linspace(*shown, n)
    return xs, goal.over({across: xs})


def heights_shown(heights: Array, seen: Sequence[float]) -> Interval:
    """Return from where to where a curve's plot goes up: all that is `seen`, and all of the curve as long as it serves.

    Walls and poles that would flatten the rest lead out of it.
    """
    finite = np.clip(heights[np.isfinite(heights)], -_FARTHEST, _FARTHEST)
    shown = [min(max(height, -_FARTHEST), _FARTHEST) for height in seen]
    if finite.size:
        shown += np.quantile(finite, (_TAIL, 1 - _TAIL), method="nearest").tolist()
    low, high = min(shown, default=0.0), max(shown, default=0.0)
    far = _FAR_OFF * (high - low) or math.inf
    if finite.size:
        lowest, highest = float(finite.min()), float(finite.max())
        low, high = lowest if low - far <= lowest < low else low, highest if high < highest <= high + far else high
    return low, high


def levels(heights: Array) -> Array:
    """Return the heights between which the bands of a plot lie, lowest and highest among them, by quantiles.

    So every plot shows its shape, however steep its walls are.
    """
    finite = heights[np.isfinite(heights)]
    if finite.size == 0:
        return np.zeros(0)
    shares = (np.arange(_BANDS + 1) / _BANDS) ** _CROWDING
    return np.unique(np.quantile(finite, shares))


def places_in_bands(heights: Array, between: Array) -> Array:
    """Return how many levels up each height lies, whole numbers on the levels; NaN is a blank.

    Smooth and rising in between (Fritsch and Carlson): what interpolates the places draws lines without ripples.
    """
    if between.size < 2:
        return np.where(np.isfinite(heights), 0.0, np.nan) if between.size else np.full_like(heights, np.nan)
    finite = np.isfinite(heights)
    found = np.where(finite, heights, between[0])
    # Halved, the distance of two doubles is a double; but the smallest of them have no half.
    part = 0.5 if np.abs(between).max() > _FARTHEST else 1.0
    with np.errstate(over="ignore", under="ignore"):
        # No band is without width.
        widths = np.maximum(np.diff(part * between), np.finfo(float).smallest_subnormal)
        band = np.clip(np.searchsorted(between, found, side="right") - 1, 0, widths.size - 1)
        t = np.clip((part * found - part * between[band]) / widths[band], 0.0, 1.0)
        # The slope at a level, times the width of the band: the harmonic mean of the two beside it.
        below, above = np.concatenate([widths[:1], widths]), np.concatenate([widths, widths[-1:]])
        rise, end = (2 / (below[at] / widths[band] + above[at] / widths[band]) for at in (band, band + 1))
    places = band + t * (rise + t * (3 - 2 * rise - end + t * (rise + end - 2)))
    return np.where(finite, places, np.nan)
