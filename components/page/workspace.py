"""The part of the page that an edit draws again: the canvas."""

from __future__ import annotations

import streamlit as st

from components.canvas import mount_canvas
from components.page.host import message_for_canvas, part_of_page, take_outbox


def show_workspace() -> None:
    """Show the canvas; an edit draws only this again, not the whole page."""
    _draw_again_at_every_edit()


@st.fragment
def _draw_again_at_every_edit() -> None:
    with part_of_page():
        mount_canvas(message_for_canvas(), on_outbox=take_outbox)
