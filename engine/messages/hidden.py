"""The number that stands for one that is hidden: nobody can compute the hidden one from it, and it is written "?".

It is a nan of its own kind: what is computed from it is nan too, and nearly always of the same kind. So the hidden
number is not merely left unsaid where numbers are written: whoever writes has never had it.
"""

from __future__ import annotations

import math
import struct
from typing import Any, Final

import numpy as np

HIDDEN_SIGN: Final = "?"
_BITS: Final = 0x7FF8_0000_0068_6964
_PAYLOAD: Final = 0x0007_FFFF_FFFF_FFFF
HIDDEN: Final[float] = struct.unpack("<d", struct.pack("<Q", _BITS))[0]


def is_hidden(number: Any) -> bool:
    """Return whether a number stands for a hidden one."""
    if not isinstance(number, float | np.floating) or not math.isnan(number):
        return False
    (bits,) = struct.unpack("<Q", struct.pack("<d", float(number)))
    return bool(bits & _PAYLOAD == _BITS & _PAYLOAD)


def is_hidden_array(array: Any) -> bool:
    """Return whether an array stands for a hidden one; None stands for none."""
    return array is not None and bool(np.size(array)) and is_hidden(np.asarray(array).flat[0])


def hidden_like(array: Any) -> Any:
    """Return an array of the same shape whose entries are hidden."""
    return np.full(np.shape(array), HIDDEN)
