"""Work in pieces: a generator that may be left after each piece and taken up again, so that nobody waits for all of it.

It needs no thread, which some hosts do not have. `x = yield from pieces` does work in pieces as a part of another.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

_T = TypeVar("_T")

Pieces: TypeAlias = Generator[float, None, _T]
"""Work that yields after each piece which share of it is done, from 0 to 1, and returns its result at the end."""


def finish(pieces: Pieces[_T]) -> _T:
    """Do all the pieces at once, and return the result."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            result: _T = end.value
            return result


def between(start: float, end: float, pieces: Pieces[_T]) -> Pieces[_T]:
    """Do work that is a part of another: its own share of 0 is `start` of the other's, and that of 1 is `end`."""
    while True:
        try:
            share = next(pieces)
        except StopIteration as stopped:
            result: _T = stopped.value
            return result
        yield start + (end - start) * share
