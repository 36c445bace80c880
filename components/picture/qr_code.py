"""A link as a QR code: which of its modules are dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import segno

LARGEST_VERSION: Final = 25
"""117 modules a side, 1273 characters: on a projector each is still some eight pixels, which a phone tells apart."""


@dataclass(frozen=True)
class QrCode:
    """Hold a text and its QR code."""

    text: str
    rows: tuple[str, ...]
    """From top to bottom, "1" for each dark module; none where the text is too long for a code that can be read."""


def qr_code_of(text: str) -> QrCode:
    """Return a text's QR code at error level L or better, in the smallest version that holds it."""
    if not text:
        return QrCode(text, ())
    try:
        made = segno.make(text, error="L", micro=False)
    except segno.DataOverflowError:
        return QrCode(text, ())
    assert isinstance(made.version, int)
    if made.version > LARGEST_VERSION:
        return QrCode(text, ())
    return QrCode(text, tuple("".join(map(str, row)) for row in made.matrix))
