"""The page's frame: title, icon and style, and where its parts stand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from components.canvas import canvas_folder, mount_reconnection
from components.page.completion import SIDEBAR_WIDTH, style_sheet
from components.page.host import bring_canvas, part_of_page
from components.page.lessons import show_lessons
from components.page.workspace import show_workspace
from components.server import prepare_process

_HERE = Path(__file__).parent
TITLE: Final = "Backprop Playground"


def show_page() -> None:
    """Show the page; all that a script run does."""
    prepare_process()
    icon = str(_HERE / "icon.svg")
    st.set_page_config(page_title=TITLE, page_icon=icon, layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
    if not canvas_folder().is_served:  # else it stands in the page
        st.html(f"<style>{style_sheet()}</style>")
    with st.container(key="page", gap=None):
        with part_of_page():
            bring_canvas()  # the browser fetches it while the first picture is made
        show_workspace()  # before the rest: the graph is what people wait for
        with part_of_page():
            mount_reconnection()
    with st.sidebar, part_of_page():
        show_lessons()
