"""What the page asks a browser to fetch: in the language in which it will most likely be."""

from __future__ import annotations

import json
import re

import pytest

from components.canvas import canvas_folder
from components.page.completion import lines_for_head, lines_for_page
from components.picture import constant_part
from components.state import begin
from engine.messages import using_language
from tests.components.state.host import applied


@pytest.mark.parametrize(
    ("headers", "query", "language"),
    [
        ({}, b"", "en"),
        ({b"accept-language": b"ja-JP,ja;q=0.9,en;q=0.8"}, b"", "ja"),
        ({b"accept-language": b"xx, zh-TW;q=0.9"}, b"", "zh"),
        ({b"accept-language": b"ja", b"cookie": b"a=b; backprop-playground-language=zh"}, b"", "zh"),
        ({b"accept-language": b"ja", b"cookie": b"backprop-playground-language=zh"}, b"graph=1&lang=en", "en"),
        ({b"accept-language": b"\xff;;,", b"cookie": b'="; \xff'}, b"%ff&lang", "en"),
    ],
)
def test_the_language_is_the_one_that_the_page_will_be_in(
    headers: dict[bytes, bytes], query: bytes, language: str
) -> None:
    lines = lines_for_head(headers, query) + lines_for_page(headers, query)
    assert set(re.findall(r"picture\.(\w+)\.json", lines)) == {language}
    assert f"{canvas_folder().path}picture.{language}.json" in lines


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_a_spared_picture_is_whole_with_the_part_that_every_picture_holds(language: str) -> None:
    whole, spared = begin(chosen=language), begin(chosen=language)
    spared.spare_constant_part(is_known=True)
    picture, rest = whole.message()["picture"], spared.message()
    with using_language(language):
        part = constant_part()
    assert rest["base"] == 0
    assert rest["picture"].keys() & part.keys() == set()
    assert applied(part, rest["picture"]) == picture
    assert len(json.dumps(rest)) < 5_000
    spared.spare_constant_part(is_known=False)
    assert spared.message()["picture"] == picture
