"""A link as a QR code, read back by a decoder that knows nothing of this project."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp

from components.picture import qr_code_of
from components.picture.qr_code import LARGEST_VERSION
from engine.document import to_link
from engine.lessons import LESSONS, Lesson

ADDRESS = "http://192.168.178.120:8501/?graph="
QUIET_ZONE, PIXELS = 4, 3
LARGEST = 1273
"""Characters that version 25 holds at level L, by the standard's table 7."""


def decoded(rows: tuple[str, ...]) -> str | None:
    dark = np.pad(np.array([[module == "1" for module in row] for row in rows]), QUIET_ZONE)
    picture = np.where(np.kron(dark, np.ones((PIXELS, PIXELS), bool)), 0, 255).astype(np.uint8)
    read = zxingcpp.read_barcode(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return None if read is None else read.text


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_the_link_of_every_lesson_is_read_back(lesson: Lesson) -> None:
    link = ADDRESS + to_link(lesson.graph)
    code = qr_code_of(link)
    assert code.text == link
    assert decoded(code.rows) == link


def test_characters_of_any_language_are_read_back() -> None:
    text = "https://例え.jp/教室?graph=é"
    assert decoded(qr_code_of(text).rows) == text


def test_a_link_is_as_long_as_a_phone_can_read_it() -> None:
    longest = ADDRESS + "a" * (LARGEST - len(ADDRESS))
    rows = qr_code_of(longest).rows
    assert {len(rows), *map(len, rows)} == {17 + 4 * LARGEST_VERSION}
    assert decoded(rows) == longest
    for text in (longest + "a", longest * 10, ""):
        assert qr_code_of(text).rows == ()
