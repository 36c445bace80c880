"""A browser's two connections to a room: one that listens, one that asks."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, Final

_SECONDS: Final = 300
_END: Final = b"\r\n\r\n"


class RoomBrowser:
    """Speak the room's protocol as the page does."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.token = ""
        self.moment: dict[str, Any] = {}
        self.question: dict[str, Any] = {}
        self._changed = asyncio.Event()
        self._asking: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._listening: asyncio.Task[None] | None = None
        self._stream: asyncio.StreamWriter | None = None  # a connection whose writer nobody holds is closed

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Return the status and what was told; a connection that the server has closed meanwhile is opened anew."""
        request = self._request(method, path, json.dumps(body).encode())
        for _ in range(2):
            if self._asking is None:
                self._asking = await asyncio.open_connection("127.0.0.1", self._port)
            reader, writer = self._asking
            try:
                writer.write(request)
                head = await reader.readuntil(_END)
                break
            except (ConnectionError, asyncio.IncompleteReadError):
                writer.close()
                self._asking = None
        else:
            raise ConnectionError("The server does not answer.")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        return int(head.split(b" ", 2)[1]), json.loads(await reader.readexactly(length))

    def _request(self, method: str, path: str, body: bytes) -> bytes:
        host = f"127.0.0.1:{self._port}"
        lines = [
            f"{method} /{path} HTTP/1.1",
            f"Host: {host}",
            f"Origin: http://{host}",
            f"Authorization: Bearer {self.token}",
            f"Content-Length: {len(body)}",
        ]
        return "\r\n".join(lines).encode() + _END + body

    async def listen(self, code: str) -> None:
        """Follow a room."""
        reader, self._stream = await asyncio.open_connection("127.0.0.1", self._port, limit=10_000_000)
        self._stream.write(self._request("GET", f"rooms/{code}/events", b""))
        self._listening = asyncio.create_task(self._follow(reader))

    async def _follow(self, reader: asyncio.StreamReader) -> None:
        name = ""
        while line := await reader.readline():
            if line.startswith(b"event: "):
                name = line[7:].decode().strip()
            elif line.startswith(b"data: "):
                told = json.loads(line[6:])
                if name == "question":
                    self.question = told
                elif name == "moment":
                    self.moment = told
                self._changed.set()

    async def until(self, holds: Callable[[RoomBrowser], bool]) -> float:
        """Wait until something holds; return when it did."""
        while not holds(self):
            self._changed.clear()
            await asyncio.wait_for(self._changed.wait(), _SECONDS)
        return time.perf_counter()

    async def close(self) -> None:
        """End both connections."""
        if self._listening is not None:
            self._listening.cancel()
        if self._stream is not None:
            self._stream.close()
        if self._asking is not None:
            self._asking[1].close()
