"""What the page asks of its server beside Streamlit: the canvas's files, its own channel, the rooms, its health."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

from components.canvas import canvas_folder
from components.monitoring import Health
from components.page.host import ROOMS_SETTING, page_channel, page_rooms
from components.server import process_lifespan

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

CHANNEL_SETTING: Final = "PLAYGROUND_CHANNEL"
"""An environment variable: "off" where everything is to go Streamlit's way."""


def page_routes() -> list[BaseRoute]:
    """Return the routes for `st.App`."""
    routes: list[BaseRoute] = [canvas_folder().route(), page_health().route()]
    if os.environ.get(CHANNEL_SETTING) != "off":
        routes.append(page_channel().route())
    if _has_rooms():
        routes += page_rooms().routes()
    return routes


@asynccontextmanager
async def page_lifespan(app: object) -> AsyncIterator[None]:
    """Prepare the process and its rooms from the server's start to its end: a `lifespan` for `st.App`."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(process_lifespan(app))
        stack.enter_context(page_health().watched())
        if _has_rooms():
            await stack.enter_async_context(page_rooms().lifespan())
        yield


@cache
def page_health() -> Health:
    """Return what tells whether this process's server is well."""
    return Health()


def _has_rooms() -> bool:
    return os.environ.get(ROOMS_SETTING) != "off"
