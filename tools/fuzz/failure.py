"""What a fuzzer found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Failure:
    """Hold what went wrong first: the seed and the number of the event that led to it, and the message."""

    seed: int
    event: int
    message: str
