"""The part of the page that an edit draws again: canvas in the middle, controls and inspector at the right."""

from __future__ import annotations

import streamlit as st

from components.canvas import mount_canvas
from components.page.controls import show_controls
from components.page.host import current, current_fields, part_of_page, take_outbox
from components.page.inspector import show_inspector


def show_workspace() -> None:
    """Show the canvas and what belongs to it; an edit draws only this again, not the whole page."""
    current_fields().lesson = current().playground.lesson
    _draw_again_at_every_edit()


@st.fragment
def _draw_again_at_every_edit() -> None:
    session = current()
    if current_fields().lesson != session.playground.lesson:
        # An edit has left the lesson, or come back to it: the panel of lessons stands outside of what is drawn again.
        st.rerun(scope="app")
    with st.container(key="workspace", horizontal=True, gap=None):
        with st.container(key="canvas-panel", gap=None), part_of_page():
            mount_canvas(session.message(), on_outbox=take_outbox)
        # A panel of the canvas takes the place of this one.
        if not session.browser.look.panel:
            with st.container(key="side-panel", gap="small"):
                with part_of_page():
                    show_controls()
                with part_of_page():
                    show_inspector()
