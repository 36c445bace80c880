"""What Streamlit's page says besides: our style, and what a browser is to fetch before it is asked for."""

from __future__ import annotations

import re
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

import streamlit as st

from components.canvas import app_lines, canvas_lines, page_style
from components.page.first_picture import first_file
from components.page.host import LANGUAGE_COOKIE, LANGUAGE_PARAMETER
from components.server import parts_of_streamlit
from engine.messages import best_language, languages

SIDEBAR_WIDTH: Final = 236
"""In pixels; on a phone Streamlit begins with the sidebar closed."""
_PARTS: Final = ("BidiComponent",)
"""Of Streamlit's page: what every page of ours is drawn with first."""
_HERE: Final = Path(__file__).parent
_STATIC: Final = Path(st.__file__).parent / "static"
_FONT: Final = re.compile(r'href="(\./static/media/SourceSans[^"]*\.woff2)"')
"""The font of Streamlit's page, which has it fetched first."""
_LONGEST_HEADER: Final = 500


def lines_for_head(headers: dict[bytes, bytes], query: bytes) -> str:
    """Return the lines for the head of a page, by the headers and the query of who asks for it.

    They bring the picture with which every session begins; where the address asks for something else, there are none.
    """
    if not _is_plain(query):
        return ""
    chosen = _chosen(headers, query)
    return _lines_before(_language(headers, query), is_chosen=any(tag in languages() for tag in chosen[:1]))


def lines_for_page(headers: dict[bytes, bytes], query: bytes) -> str:
    """Return the lines for the end of a page, by the headers and the query of who asks for it."""
    return _lines(_language(headers, query), is_plain=_is_plain(query))


@cache
def _lines_before(language: str, *, is_chosen: bool) -> str:
    first = first_file(language)
    lines = (f"<style>{_style_of_early_place()}</style>", *canvas_lines(language, first, "" if is_chosen else language))
    return "\n".join(lines) if first else ""


@cache
def _lines(language: str, *, is_plain: bool) -> str:
    parts = parts_of_streamlit(_STATIC, _PARTS)
    preloads = (f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./{path}">' for path in parts)
    canvas = [] if is_plain and first_file(language) else canvas_lines(language)
    return "\n".join([f"<style>{style_sheet()}</style>", *app_lines(), *preloads, *canvas])


@cache
def style_sheet() -> str:
    """Return the style of the page around the canvas."""
    return (_HERE / "page.css").read_text("utf-8")


def _style_of_early_place() -> str:
    """Return what Streamlit gives the canvas's place later: colours, the sidebar's width, and the font."""
    own = (_HERE / "early_place.css").read_text("utf-8")
    place = f"{page_style('.early-place')}.early-place {{ --sidebar-width: {SIDEBAR_WIDTH}px; }}\n{own}"
    face = "font-family: 'Source Sans'; font-weight: 200 900; font-display: swap"
    found = _FONT.search((_STATIC / "index.html").read_text("utf-8"))
    return place + (f"\n@font-face {{ {face}; src: url('{found[1]}') format('woff2'); }}" if found else "")


def _is_plain(query: bytes) -> bool:
    """Return whether an address asks for nothing, but perhaps a language."""
    return parse_qs(_text(query), keep_blank_values=True).keys() <= {LANGUAGE_PARAMETER}


def _chosen(headers: dict[bytes, bytes], query: bytes) -> list[str]:
    """Return the languages that somebody has chosen: the address's, then what the browser has kept."""
    asked = parse_qs(_text(query)).get(LANGUAGE_PARAMETER, [""])[0]
    try:
        cookie = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(LANGUAGE_COOKIE)
    except CookieError:
        cookie = None
    return [tag for tag in (asked, cookie.value if cookie else "") if tag]


def _language(headers: dict[bytes, bytes], query: bytes) -> str:
    """Return the language that the page will most likely be in; a link's own is known only when it is read."""
    accepted = _text(headers.get(b"accept-language", b"")).split(",")
    return best_language([*_chosen(headers, query), *(tag.partition(";")[0].strip() for tag in accepted)])


def _text(told: bytes) -> str:
    return told.decode("latin-1")[:_LONGEST_HEADER]
