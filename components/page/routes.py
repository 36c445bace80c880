"""What the page asks of its server beside Streamlit: the canvas's files, and its own channel."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from components.canvas import canvas_folder
from components.page.host import page_channel

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

CHANNEL_SETTING: Final = "PLAYGROUND_CHANNEL"
"""An environment variable: "off" where everything is to go Streamlit's way."""


def page_routes() -> list[BaseRoute]:
    """Return the routes for `st.App`."""
    routes: list[BaseRoute] = [canvas_folder().route()]
    if os.environ.get(CHANNEL_SETTING) != "off":
        routes.append(page_channel().route())
    return routes
