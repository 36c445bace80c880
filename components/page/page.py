"""The page's frame: title, icon and style, and where its parts stand."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from components.canvas import mount_library
from components.page.host import part_of_page
from components.page.lessons import show_lessons
from components.page.workspace import show_workspace
from components.server import prepare_process
from engine.messages import mark, say

_HERE = Path(__file__).parent
TITLE = "Backprop Playground"
SIDEBAR_WIDTH: Final = 236
"""In pixels; on a phone Streamlit begins with the sidebar closed."""

_AWAY: Final = mark("The server does not answer. Go on: what you do is kept, and done when it is back.")


def show_page() -> None:
    """Show the page; all that a script run does."""
    prepare_process()
    icon = str(_HERE / "icon.svg")
    st.set_page_config(page_title=TITLE, page_icon=icon, layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
    st.html(f"<style>{_style_sheet()}</style>")
    with st.container(key="page", gap=None):
        with part_of_page():
            st.html(f'<p class="away" role="status">{escape(say(_AWAY))}</p>')
            mount_library()  # the browser fetches it while the first picture is made
        show_workspace()  # before the lessons: the graph is what people wait for
    with st.sidebar, part_of_page():
        show_lessons()


@cache
def _style_sheet() -> str:
    return (_HERE / "page.css").read_text("utf-8")
