"""Keep Streamlit's connection dialog from the page: it takes the focus, and stands between hands and the graph.

The page goes on while the server is away, and says so by itself (`components/page/page.css`). Streamlit asks its server
at `_stcore/host-config` whether it may show such dialogs; the answer there is fixed, so it is changed on its way.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]

_PATH: Final = "/_stcore/host-config"
_SETTING: Final = "blockErrorDialogs"


class WithoutConnectionDialog:
    """Be a middleware for `st.App` that has Streamlit show no dialog over the page."""

    def __init__(self, app: _App) -> None:
        self._app = app

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Hand everything on, with one setting changed in one answer."""
        if scope["type"] != "http" or not scope["path"].endswith(_PATH):
            await self._app(scope, receive, send)
            return
        scope["headers"] = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
        start: _Message = {}
        body = bytearray()

        async def change(message: _Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            answer = _changed(bytes(body))
            headers = [header for header in start["headers"] if header[0].lower() != b"content-length"]
            start["headers"] = [*headers, (b"content-length", str(len(answer)).encode())]
            await send(start)
            await send({**message, "body": answer})

        await self._app(scope, receive, change)


def _changed(body: bytes) -> bytes:
    try:
        settings = json.loads(body)
    except ValueError:
        return body
    return json.dumps({**settings, _SETTING: True}).encode() if isinstance(settings, dict) else body
