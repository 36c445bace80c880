"""The colours are said once: for the drawing, for every style sheet, and for the page's own theme."""

from __future__ import annotations

import re
import tomllib

import pytest

from components.canvas.files import HERE, style_sheet
from components.picture import COLOURS, Theme, colour_properties, options
from tests.browser.server import ROOT

THEMES: list[Theme] = ["light", "dark"]
# Which of Streamlit's theme options is which colour.
PAGE = {"backgroundColor": "ground", "secondaryBackgroundColor": "panel", "textColor": "text", "primaryColor": "accent"}


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_has_the_same_colours(theme: Theme) -> None:
    told = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    page = {**told, **told[theme]}
    assert {name: page[option] for option, name in PAGE.items()} == {
        name: COLOURS[theme][name] for name in PAGE.values()
    }


def test_both_themes_name_the_same_colours() -> None:
    assert COLOURS["light"].keys() == COLOURS["dark"].keys()
    for colours in COLOURS.values():
        assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in colours.values())


@pytest.mark.parametrize("path", [*HERE.rglob("*.css"), *HERE.rglob("*.js"), ROOT / "components/page/page.css"])
def test_no_style_sheet_and_no_script_names_a_colour(path) -> None:
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"(?<![\w(#])#[0-9a-fA-F]{3,8}\b", text) == []


def test_every_colour_that_a_style_sheet_asks_for_is_given_and_none_is_given_in_vain() -> None:
    sheet = style_sheet()
    given = set(re.findall(r"(--[\w-]+)\s*:", sheet))
    asked = set(re.findall(r"var\((--[\w-]+)\)", sheet))  # without a value to fall back to
    assert {name for name in asked - given if not name.startswith("--st-")} == set()
    properties = set(re.findall(r"(--[\w-]+):", colour_properties("x")))
    assert properties <= asked


@pytest.mark.parametrize("theme", THEMES)
def test_the_drawing_and_the_style_sheets_agree(theme: Theme) -> None:
    light, dark = colour_properties(".playground").splitlines()
    rule = {"light": light, "dark": dark}[theme]
    given = dict(re.findall(r"--([\w-]+): (#\w+);", rule))
    font = options(theme)["nodes"]["font"]
    assert (given["data"], given["grad"]) == (font["ital"]["color"], font["mono"]["color"])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("front", "behind"),
    [
        *(("data", "function"), ("data", "input"), ("grad", "function"), ("grad", "input"), ("grad", "wrong")),
        *(("text", "trouble"), ("frame", "ground"), ("guess", "ground")),
        *(("on-strong", "strong"), ("on-strong", "strong-wrong")),
    ],
)
def test_writing_can_be_read(theme: Theme, front: str, behind: str) -> None:
    # WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) of relative luminances is at least 4.5.
    low, high = sorted(luminance(COLOURS[theme][name]) for name in (front, behind))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
