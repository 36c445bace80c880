"""Close what Streamlit serves to everybody and no page asks for."""

from __future__ import annotations

from typing import Final

from components.protection.asgi import App, Message, Receive, Send, refuse
from engine.messages import say

_CLOSED: Final = ("/_stcore/metrics",)
"""Computing it walks every session's state, which takes the process's time from a class."""


class ClosedPaths:
    """Be a middleware that knows no such path, whatever prefix the server puts before it."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse what is closed and hand on the rest."""
        if scope["type"] == "http" and scope["path"].rstrip("/").endswith(_CLOSED):
            await refuse(scope, send, 404, lambda: say("There is nothing here."))
            return
        await self._app(scope, receive, send)
