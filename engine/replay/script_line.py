"""One line of a script, tied to its node: programs and scripts are made of such lines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """Hold one line of a script, and the node that it speaks of."""

    text: str
    node: str | None = None
