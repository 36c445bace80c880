"""Say which of several apps answers, so that a proxy keeps a browser with the app whose memory holds its page."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

APP_SETTING: Final = "PLAYGROUND_APP"
"""An environment variable: the app's own name among several, such as "app-1"."""

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]

_LOG = logging.getLogger(__name__)
_HEADER: Final = b"x-playground-app"
_NAME: Final = re.compile(r"[A-Za-z0-9-]{1,40}")
_BEGINNINGS: Final = ("http.response.start", "websocket.accept")


class NamedApp:
    """Be a middleware that adds the app's name to every answer; without a name it adds nothing."""

    def __init__(self, app: _App, *, name: str = "") -> None:
        """Take the name; what is none is told in the log and left out."""
        self._app = app
        self._name = name if _NAME.fullmatch(name) else ""
        if name and not self._name:
            _LOG.warning("%s is no name such as app-1, and was left out: %r", APP_SETTING, name)

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Hand everything on; a WebSocket that opens says the name, too."""

        async def send_with_name(message: _Message) -> None:
            if message["type"] in _BEGINNINGS:
                message = {**message, "headers": [*message.get("headers", ()), (_HEADER, self._name.encode())]}
            await send(message)

        await self._app(scope, receive, send_with_name if self._name else send)
