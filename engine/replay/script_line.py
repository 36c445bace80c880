"""A line of a program or a script, with the node that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """Hold one line of a script, and the id of the node that it belongs to, if any."""

    text: str
    node: str | None = None
