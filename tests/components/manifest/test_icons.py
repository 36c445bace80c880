"""The icons and the manifest, as a system reads them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

import components.page
from components.manifest import icon_files, icon_svg, manifest

FILES = icon_files()
BLUE, RED, WHITE = (0, 114, 178, 255), (179, 71, 0, 255), (255, 255, 255, 255)


def drawn(name: str) -> Image.Image:
    return Image.open(io.BytesIO(FILES[name])).convert("RGBA")


@pytest.mark.parametrize("size", [192, 512])
def test_a_picture_shows_inputs_and_op_on_a_white_ground_with_round_corners(size: int) -> None:
    picture = drawn(f"icon-{size}.png")
    assert picture.size == (size, size)
    # Of 32 units 90 % are drawn around the middle, where the icon has an input at (8, 9) and the op around (24, 16).
    at = {
        name: tuple(round(size * (0.5 + 0.9 * (each - 16) / 32)) for each in place)
        for name, place in {"input": (8, 9), "op": (24, 16), "ground": (16, 4)}.items()
    }
    assert picture.getpixel(at["input"]) == BLUE
    assert picture.getpixel(at["op"]) == RED
    assert picture.getpixel(at["ground"]) == WHITE
    assert picture.getpixel((0, 0))[3] == 0


def test_one_that_may_be_cut_is_white_to_its_edges_and_drawn_within_a_circle_of_80_percent() -> None:
    picture = drawn("icon-maskable-512.png")
    outside = [
        picture.getpixel((x, y))
        for x in range(0, 512, 8)
        for y in range(0, 512, 8)
        if (x - 256) ** 2 + (y - 256) ** 2 > 205**2
    ]
    assert set(outside) == {WHITE}
    assert picture.getpixel((256 - 130, 256 - 114)) == BLUE


def test_the_browsers_tab_shows_the_same_icon() -> None:
    assert Path(components.page.__path__[0], "icon.svg").read_text("utf-8") == icon_svg()


def test_the_manifest_names_files_that_there_are_in_the_sizes_that_they_have() -> None:
    told = json.loads(manifest("icons"))
    for icon in told["icons"]:
        name = icon["src"].removeprefix("icons/")
        if icon["sizes"] != "any":
            assert "x".join(map(str, drawn(name).size)) == icon["sizes"]
    assert {each.get("purpose", "any") for each in told["icons"]} == {"any", "maskable"}
    assert (told["display"], told["start_url"], told["scope"]) == ("standalone", ".", ".")
