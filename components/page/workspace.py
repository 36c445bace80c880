"""The part of the page that an edit draws again: canvas in the middle, controls and inspector at the right."""

from __future__ import annotations

import streamlit as st

from components.canvas import mount_canvas
from components.page.controls import show_controls
from components.page.inspector import show_inspector
from components.state import current, take_outbox


def show_workspace() -> None:
    """Show the canvas and what belongs to it; an edit draws only this again, not the whole page."""
    current().shown_lesson = current().lesson
    _draw_again_at_every_edit()


@st.fragment
def _draw_again_at_every_edit() -> None:
    if current().shown_lesson != current().lesson:
        # An edit has left the lesson, or come back to it: the panel of lessons stands outside of what is drawn again.
        st.rerun(scope="app")
    with st.container(key="workspace", horizontal=True, gap=None):
        with st.container(key="canvas-panel", gap=None):
            mount_canvas(current().message(), on_outbox=take_outbox)
        # A panel of the canvas takes the place of this one.
        if not current().look.panel:
            with st.container(key="side-panel", gap="small"):
                show_controls()
                show_inspector()
