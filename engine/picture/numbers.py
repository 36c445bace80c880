"""Write arrays and counts for people: with four digits on a node, in full where somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.messages import (
    MINUS,
    SCIENTIFIC_BELOW,
    SCIENTIFIC_FROM,
    SIGNIFICANT_DIGITS,
    abridged,
    full_number,
    say,
    short_number,
)

Array: TypeAlias = NDArray[np.generic]

NONE = "\N{EM DASH}"  # what stands where there is no number: a grad of None is not a grad of 0

_SHOWN_ENTRIES = 3
FULL_ENTRIES = 64
_LONGEST_ENTRY = 26
"""Characters of −1.2345678901234567e−100 and what parts it from the next."""
_COUNTED_IN_FULL = 10**9
_LARGEST_COUNT = 10**300
"""Of larger counts a float soon holds none."""
_WIRE_CHARACTERS = 8
"""How many characters of an array a wire carries between two nodes without covering them."""
_MOST_WITHIN = 12
"""How many entries of an array are written in one line at most."""
_TRIES = ((_SHOWN_ENTRIES, 4), (_SHOWN_ENTRIES, 3), (2, 3), (1, 4), (1, 3), (1, 2))
"""How many entries, in how many digits, from the fullest to the shortest, where there is no room for all."""

short = short_number
full = full_number


def short_array(array: Array | None) -> str:
    """Write an array for the node: a scalar as itself, else its first entries and its shape."""
    if array is None:
        return NONE
    if array.ndim == 0:
        return short(array.item())
    return f"{_first_entries(array, _SHOWN_ENTRIES)[0]} {shape(array)}"


def first_entries(numbers: Sequence[float]) -> str:
    """Write the first three numbers of a list, and "…" where there are more."""
    return abridged([short(number) for number in numbers[: _SHOWN_ENTRIES + 1]], _SHOWN_ENTRIES)


def counted(count: int) -> str:
    """Write a count in full, its thousands apart; from 10⁹ on as a power of ten."""
    if count < _COUNTED_IN_FULL:
        return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return short(float(count)) if count <= _LARGEST_COUNT else say("more than 10³⁰⁰")


def on_wire(array: Array | None) -> str:
    """Write an array as it passes over a wire, where few characters fit: its first entry, and that there are more."""
    if array is None or array.ndim == 0:
        return short_array(array)
    return entries_within(array, _WIRE_CHARACTERS)


def entries_within(array: Array, characters: int) -> str:
    """Write an array's entries, as many and then as exactly as fit in so many characters; at least the first one."""
    written = ""
    all_of_it = ((array.size, digits) for digits in (4, 3, 2)) if array.size <= _MOST_WITHIN else ()
    for at_most, digits in (*all_of_it, *_more_entries(array.size), *_TRIES):
        written = _first_entries(array, at_most, digits)[0]
        if len(written) <= characters:
            break
    return written


def _more_entries(size: int) -> Iterator[tuple[int, int]]:
    """Yield how many entries to try, in how many digits, between those that are always tried and all."""
    return ((count, 4) for count in range(min(size, _MOST_WITHIN) - 1, _SHOWN_ENTRIES, -1))


def _first_entries(array: Array, at_most: int, digits: int = SIGNIFICANT_DIGITS) -> tuple[str, int]:
    """Write an array's first entries, row within row as NumPy nests them, and return how many were written."""
    if array.ndim == 0:
        return short(array.item(), digits), 1
    parts: list[str] = []
    written = 0
    for row in array:
        if written >= at_most:
            parts.append("…")
            break
        text, count = _first_entries(np.asarray(row), at_most - written, digits)
        parts.append(text)
        written += count
    return f"[{', '.join(parts)}]", written


def full_array(array: Array | None, at_most: int = FULL_ENTRIES) -> str:
    """Write an array in full precision, nested as NumPy nests it; past 64 entries the rest is left out as "…".

    Where fewer than 64 are to be written, the number of those left out is.
    """
    if array is None:
        return ""
    if array.ndim == 0:
        return full(array.item())
    if array.size > at_most:
        head = ", ".join(full(entry) for entry in array.reshape(-1)[:at_most])
        if at_most == FULL_ENTRIES:
            return f"[{head}, …]"
        return say("[{entries}, … {count} more]", entries=head, count=counted(array.size - at_most))
    return _nested(array.tolist())


def entries_in_full(sizes: Iterable[int], characters: int) -> int:
    """Return how many entries of each array, 64 at most and one at least, are written so that all fit in `characters`.

    `sizes` are the arrays' numbers of elements.
    """
    shown = [min(size, FULL_ENTRIES) for size in sizes]
    if sum(shown) * _LONGEST_ENTRY <= characters:
        return FULL_ENTRIES
    return max(1, min(FULL_ENTRIES - 1, characters // (_LONGEST_ENTRY * len(shown))))


def bracketed(text: str) -> str:
    """Return a written number with brackets where its sign would meet another."""
    return f"({text})" if text.startswith(MINUS) else text


def shape(array: Array) -> str:
    """Write an array's shape as Python writes the tuple."""
    return str(array.shape)


def _nested(entries: object) -> str:
    if isinstance(entries, list):
        return f"[{', '.join(_nested(entry) for entry in entries)}]"
    return full(entries)  # type: ignore[arg-type]


def number_style() -> dict[str, float | str]:
    """Return the rule of `short`, for numbers that only the browser knows, such as a place under the pointer."""
    return {
        "digits": SIGNIFICANT_DIGITS,
        "scientificBelow": SCIENTIFIC_BELOW,
        "scientificFrom": SCIENTIFIC_FROM,
        "minus": MINUS,
    }
