"""Fit text into the lines of a node: how wide it is drawn, and where it is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

NODE_TEXT_PX: Final = 22
MESSAGE_TEXT_PX: Final = 14

_ELLIPSIS: Final = "…"
_WIDTHS: Final = {
    **dict.fromkeys(" \N{NO-BREAK SPACE}", 0.2),
    **dict.fromkeys(".,:;!'|ijl", 0.27),
    **dict.fromkeys("()[]frt-/", 0.34),
    **dict.fromkeys("mwMW%@", 0.85),
    **dict.fromkeys("ABCDEFGHIJKLNOPQRSTUVXYZ", 0.62),
    _ELLIPSIS: 0.95,
    "⚠": 1.0,
}
"""How wide a character of Source Sans is drawn, as a fraction of the text's size."""
_OTHER_WIDTH: Final = 0.54
_WIDE_WIDTH: Final = 1.0
_FIRST_WIDE: Final = "\u2e80"  # from here on, Chinese, Japanese and Korean


def width_of(text: str, size: float = NODE_TEXT_PX) -> float:
    """Return about how wide a text is drawn, in canvas units."""
    return size * sum(_width(character) for character in text)


def cut(text: str, width: float, size: float = NODE_TEXT_PX) -> str:
    """Return as much of a text as fits into a width, with "…" behind it where that is not all."""
    if width_of(text, size) <= width:
        return text
    room = width - width_of(_ELLIPSIS, size)
    kept = ""
    for character in text:
        room -= size * _width(character)
        if room < 0:
            break
        kept += character
    return kept.rstrip() + _ELLIPSIS


def broken(text: str, width: float, size: float, at_most: int) -> Iterator[str]:
    """Yield a text in lines of a width, broken between words, the last one cut off where there are more."""
    words = text.split()
    for line in range(at_most):
        if not words:
            return
        if line == at_most - 1:
            yield cut(" ".join(words), width, size)
            return
        count = 1
        while count < len(words) and width_of(" ".join(words[: count + 1]), size) <= width:
            count += 1
        yield cut(" ".join(words[:count]), width, size)
        words = words[count:]


def _width(character: str) -> float:
    return _WIDTHS.get(character, _OTHER_WIDTH if character < _FIRST_WIDE else _WIDE_WIDTH)
