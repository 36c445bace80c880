"""From where to where each student's own numbers of an input are drawn."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Final

from engine.errors import TaskError
from engine.messages import say

LARGEST_OWN: Final = 1_000.0
_NUMBER: Final = r"[-+\N{MINUS SIGN}]?\d+(?:\.\d*)?"
_WRITTEN: Final = re.compile(rf"\s*({_NUMBER})\s*(?:\.\.+|\N{{HORIZONTAL ELLIPSIS}}|to|,|;)\s*({_NUMBER})\s*")


@dataclass(frozen=True)
class Range:
    """Say from where to where numbers are drawn, both included: whole numbers, or with one decimal.

    Raises TaskError for a range without numbers, or of numbers that are too large.
    """

    low: float
    high: float
    decimals: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no range."""
        if self.decimals not in (0, 1) or not all(abs(end) <= LARGEST_OWN for end in (self.low, self.high)):
            raise TaskError(
                say("A range is of whole numbers or numbers with one decimal, up to {limit}.", limit=int(LARGEST_OWN))
            )
        if self.values(self.decimals) < 1:
            raise TaskError(say("There is no number in this range."))

    def values(self, decimals: int) -> int:
        """Return how many numbers there are with so many decimals."""
        scale = float(10**decimals)
        return math.floor(self.high * scale) - math.ceil(self.low * scale) + 1

    def value(self, place: int, decimals: int) -> float:
        """Return the number at a place, counted from the lowest."""
        scale = float(10**decimals)
        return (math.ceil(self.low * scale) + place) / scale

    def __str__(self) -> str:
        return f"{self.low:.{self.decimals}f} \N{HORIZONTAL ELLIPSIS} {self.high:.{self.decimals}f}"


def parse_range(text: str) -> Range | None:
    """Return the range that somebody typed, such as "-5 … 5", or "-2.0 … 2.0" for one decimal; None for no text.

    Raises TaskError.
    """
    if not text.strip():
        return None
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise TaskError(say("A range is written as -5 … 5, or as -2.0 … 2.0 for numbers with one decimal."))
    low, high = (each.replace("\N{MINUS SIGN}", "-") for each in found.groups())
    return Range(float(low), float(high), int("." in low or "." in high))


def to_json_range(node_id: str, between: Range) -> list[Any]:
    """Return a range as JSON writes it: the input's id, from where, to where, and how many decimals."""
    return [node_id, between.low, between.high, between.decimals]
