"""The page's frame: title, icon and style."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from components.server import send_at_once, start_collector

_HERE = Path(__file__).parent
TITLE = "Backprop Playground"


def open_page() -> None:
    """Set the page up; the first thing that a script run does."""
    _prepare_process()
    st.set_page_config(page_title=TITLE, page_icon=str(_HERE / "icon.svg"), layout="wide")
    st.html(f"<style>{_style_sheet()}</style>")


@cache
def _prepare_process() -> None:
    """Do what is done once, at the first page that is opened."""
    send_at_once()
    start_collector()


@cache
def _style_sheet() -> str:
    return (_HERE / "page.css").read_text("utf-8")
