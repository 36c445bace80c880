"""Decide whether an answer is the number that was asked for."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.autograd import Array

RELATIVE: Final = 0.01
"""An answer may be off by 1 % of the number."""
NEAR_ZERO: Final = 0.005
"""Near 0, where 1 % is nothing, it may be off by this."""
_SAME: Final = 1e-9
"""What rounding may leave of a number."""
_AS_SHOWN: Final = 5e-4
"""Half a unit in the last of the four digits that the page shows, relative to the number."""


def agrees(answer: Array, number: Array) -> Array:
    """Return, entry by entry, whether an answer is a number: whole numbers exactly, others within 1 %, near 0 0.005.

    Both have the same shape. What is not finite agrees with nothing.
    """
    with np.errstate(all="ignore"):
        whole = np.rint(number)
        is_whole = np.abs(number - whole) <= _SAME * np.maximum(1.0, np.abs(number))
        is_exact = np.abs(answer - whole) <= _SAME * np.maximum(1.0, np.abs(number))
        is_near = np.abs(answer - number) <= np.maximum(RELATIVE * np.abs(number), NEAR_ZERO)
        return np.asarray(np.isfinite(answer) & np.isfinite(number) & np.where(is_whole, is_exact, is_near))


def is_answer(answer: Array, number: Array) -> bool:
    """Return whether an answer has the shape of a number, and agrees with it in every entry."""
    return answer.shape == number.shape and bool(np.all(agrees(answer, number)))


def is_as_shown(answer: Array, number: Array) -> bool:
    """Return whether an answer is a number in the four digits that the page shows."""
    with np.errstate(all="ignore"):
        return answer.shape == number.shape and bool(np.all(np.abs(answer - number) <= _AS_SHOWN * np.abs(number)))
