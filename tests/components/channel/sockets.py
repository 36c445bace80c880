"""A server and a browser's WebSocket, without a network: the route is asked as a server asks it."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from starlette.routing import Match

from components.channel import Channel, OpenSessions
from components.state import Session, begin

ORIGIN = "http://testserver"
_SECONDS = 60


class ClosedError(Exception):
    """The server has closed the socket."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Socket:
    """Hold a browser's end of a WebSocket."""

    def __init__(self) -> None:
        self.to_server: queue.Queue[dict[str, Any]] = queue.Queue()
        self.to_browser: queue.Queue[dict[str, Any]] = queue.Queue()

    def send_text(self, text: str) -> None:
        self.to_server.put({"type": "websocket.receive", "text": text})

    def send_bytes(self, data: bytes) -> None:
        self.to_server.put({"type": "websocket.receive", "bytes": data})

    def receive_bytes(self) -> bytes:
        message = self.to_browser.get(timeout=_SECONDS)
        if message["type"] == "websocket.close":
            raise ClosedError(message["code"])
        data: bytes = message["bytes"]
        return data


class Host:
    """Serve sessions on a channel, as a browser meets it."""

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self.sessions = OpenSessions()
        self.channel = Channel("canvas-channel", self.sessions, lambda: allowed)
        self.route = self.channel.route()

    def begin(self) -> Session:
        session = begin()
        self.sessions.add(session)
        return session

    @contextmanager
    def connected(self, origin: str = ORIGIN, prefix: str = "/", query: str = "") -> Iterator[Socket]:
        """Open a socket; raises ClosedError where the server refuses it."""
        path = f"{prefix}canvas-channel"
        headers = [(b"host", b"testserver"), *([(b"origin", origin.encode())] if origin else [])]
        scope: dict[str, Any] = {"type": "websocket", "path": path, "query_string": query.encode(), "headers": headers}
        match, found = self.route.matches(scope)
        assert match is Match.FULL
        socket = Socket()
        socket.to_server.put({"type": "websocket.connect"})

        async def receive() -> Any:
            return await asyncio.to_thread(socket.to_server.get)

        async def send(message: Any) -> None:
            socket.to_browser.put(message)

        async def serve() -> None:
            await self.route.handle({**scope, **found}, receive, send)

        with ThreadPoolExecutor(1) as pool:
            served: Future[None] = pool.submit(lambda: asyncio.run(serve()))
            try:
                first = socket.to_browser.get(timeout=_SECONDS)
                if first["type"] == "websocket.close":
                    raise ClosedError(first["code"])
                yield socket
            finally:
                socket.to_server.put({"type": "websocket.disconnect", "code": 1001})
                served.result(_SECONDS)
