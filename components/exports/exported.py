"""What is handed out: a text with the name and the type of its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Paper = Literal["A4", "Letter"]


@dataclass(frozen=True)
class Exported:
    """Hold a file that somebody asked for."""

    name: str
    media_type: str
    text: str
