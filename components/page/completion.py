"""What stands at the end of Streamlit's page: our style, and what a browser is to fetch before it is asked for."""

from __future__ import annotations

from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

import streamlit as st

from components.canvas import app_lines, canvas_lines
from components.page.host import LANGUAGE_COOKIE, LANGUAGE_PARAMETER
from components.server import parts_of_streamlit
from engine.messages import best_language

_PARTS: Final = ("BidiComponent",)
"""Of Streamlit's page: what every page of ours is drawn with first."""
_LONGEST_HEADER: Final = 500


def lines_for_page(headers: dict[bytes, bytes], query: bytes) -> str:
    """Return the lines for the end of a page, by the headers and the query of who asks for it."""
    return _lines(_language(headers, query))


@cache
def _lines(language: str) -> str:
    parts = parts_of_streamlit(Path(st.__file__).parent / "static", _PARTS)
    preloads = (f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./{path}">' for path in parts)
    return "\n".join([f"<style>{style_sheet()}</style>", *app_lines(), *preloads, *canvas_lines(language)])


@cache
def style_sheet() -> str:
    """Return the style of the page around the canvas."""
    return (Path(__file__).parent / "page.css").read_text("utf-8")


def _language(headers: dict[bytes, bytes], query: bytes) -> str:
    """Return the language that the page will most likely be in; a link's own is known only when it is read."""
    asked = parse_qs(query.decode("latin-1")[:_LONGEST_HEADER]).get(LANGUAGE_PARAMETER, [""])[0]
    accepted = headers.get(b"accept-language", b"").decode("latin-1")[:_LONGEST_HEADER].split(",")
    try:
        cookie = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(LANGUAGE_COOKIE)
    except CookieError:
        cookie = None
    chosen = cookie.value if cookie else ""
    return best_language([asked, chosen, *(tag.partition(";")[0].strip() for tag in accepted)])
