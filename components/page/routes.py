"""What the page asks of its server beside Streamlit: the canvas's files, its own channel, the rooms, its health."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

from components.border import log_fault
from components.canvas import app_folder, away_routes, canvas_folder
from components.monitoring import (
    METRICS_ADDRESS_SETTING,
    METRICS_PORT_SETTING,
    Health,
    measures,
    serving_metrics,
)
from components.page.first_picture import first_folder
from components.page.host import ROOMS_SETTING, open_sessions, page_channel, page_rooms
from components.server import process_lifespan

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

CHANNEL_SETTING: Final = "PLAYGROUND_CHANNEL"
"""An environment variable: "off" where everything is to go Streamlit's way."""


def page_routes() -> list[BaseRoute]:
    """Return the routes for `st.App`."""
    folders = (canvas_folder(), app_folder(), first_folder())
    routes: list[BaseRoute] = [*(each.route() for each in folders), *away_routes(), page_health().route()]
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
        stack.enter_context(_metrics())
        if _has_rooms():
            await stack.enter_async_context(page_rooms().lifespan())
        yield


@cache
def page_health() -> Health:
    """Return what tells whether this process's server is well."""
    return Health()


@contextmanager
def _metrics() -> Iterator[None]:
    """Serve the metrics inside a `with` where a port is named; one that cannot be had is told in the log."""
    port, address = os.environ.get(METRICS_PORT_SETTING, ""), os.environ.get(METRICS_ADDRESS_SETTING) or "127.0.0.1"
    with ExitStack() as stack:
        if port:
            try:
                stack.enter_context(serving_metrics(_metrics_text, int(port), address))
            except (OSError, ValueError, OverflowError):
                log_fault(f"The metrics could not be served where {METRICS_PORT_SETTING} says.")
        yield


def _metrics_text() -> str:
    return measures().text(len(open_sessions()))


def _has_rooms() -> bool:
    return os.environ.get(ROOMS_SETTING) != "off"
