"""A browser's two connections to a room: one that listens, one that asks."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any, Final

_SECONDS: Final = 300
_END: Final = b"\r\n\r\n"
_AGAIN_AFTER: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
"""In seconds, as canvas/model/room/room.js waits before what was not answered is handed over again."""
_NOT_ANSWERED: Final = (0, 502, 503, 504)
_SILENCE_SECONDS: Final = 40.0
_ANSWER_SECONDS: Final = 15.0


class RoomBrowser:
    """Speak the room's protocol as the page does."""

    def __init__(self, port: int, *, host: str = "", path: str = "", address: str = "") -> None:
        """Take the port; where a proxy stands before the server also under which name and path.

        With an address of a computer, be a proxy on this one, and ask in that computer's name.
        """
        self._port = port
        self._host = host or f"127.0.0.1:{port}"
        self._path = f"/{path}/" if path else "/"
        self._address = address
        self.token = ""
        self.moment: dict[str, Any] = {}
        self.question: dict[str, Any] = {}
        self.streams = 0
        """How many streams were opened so far: one, and one more after each that was lost."""
        self._last_id = ""
        self._changed = asyncio.Event()
        self._asking: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._listening: asyncio.Task[None] | None = None
        self._stream: asyncio.StreamWriter | None = None  # a connection whose writer nobody holds is closed

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Return the status and what was told; a connection that the server has closed meanwhile is opened anew."""
        request = self._request(method, path, b"" if body is None else json.dumps(body).encode())
        for _ in range(2):
            if self._asking is None:
                self._asking = await asyncio.open_connection("127.0.0.1", self._port)
            reader, writer = self._asking
            try:
                writer.write(request)
                head = await reader.readuntil(_END)
                status, headers = _read_head(head)
                told = await reader.readexactly(int(headers["content-length"]))
                break
            except BaseException as error:
                self._asking = None
                await _close(writer)
                if not isinstance(error, (OSError, asyncio.IncompleteReadError)):
                    raise
        else:
            raise ConnectionError("The server does not answer.")
        is_json = headers.get("content-type", "").startswith("application/json")
        return status, json.loads(told) if is_json else told.decode()

    async def hand_over(self, method: str, path: str, body: object) -> tuple[int, Any]:
        """Ask, and ask again until there is an answer or it was tried six times, as the page does."""
        for pause in (*_AGAIN_AFTER, None):
            status, told = 0, None
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(_ANSWER_SECONDS):
                    status, told = await self.ask(method, path, body)
            if status not in _NOT_ANSWERED or pause is None:
                break
            await asyncio.sleep(pause)
        return status, told

    def _request(self, method: str, path: str, body: bytes, **headers: str) -> bytes:
        lines = [
            f"{method} {self._path}{path} HTTP/1.1",
            f"Host: {self._host}",
            f"Origin: http://{self._host}",
            f"Authorization: Bearer {self.token}",
            f"Content-Length: {len(body)}",
            *([f"X-Forwarded-For: {self._address}"] if self._address else []),
            *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items() if value),
        ]
        return "\r\n".join(lines).encode() + _END + body

    async def listen(self, code: str) -> None:
        """Follow a room, also over lost connections; raises where the first one is refused."""
        pieces = await self._open_stream(code)
        self._listening = asyncio.create_task(self._follow(code, pieces))

    async def _open_stream(self, code: str) -> AsyncIterator[bytes]:
        if self._stream is not None:
            await _close(self._stream)
        reader, self._stream = await asyncio.open_connection("127.0.0.1", self._port)
        self._stream.write(self._request("GET", f"rooms/{code}/events", b"", Last_Event_ID=self._last_id))
        async with asyncio.timeout(_SILENCE_SECONDS):
            status, headers = _read_head(await reader.readuntil(_END))
        if status != 200:
            raise ConnectionError(f"The stream was answered with {status}.")
        self.streams += 1
        return _pieces(reader, is_chunked=headers.get("transfer-encoding") == "chunked")

    async def _follow(self, code: str, pieces: AsyncIterator[bytes]) -> None:
        while True:
            left = b""
            with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
                async for piece in pieces:
                    *blocks, left = (left + piece).split(b"\n\n")
                    for block in blocks:
                        self._hear(block.decode())
            pieces = await self._opened_again(code)

    async def _opened_again(self, code: str) -> AsyncIterator[bytes]:
        pause = _AGAIN_AFTER[0]
        while True:
            await asyncio.sleep(pause)
            with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
                return await self._open_stream(code)
            pause = min(2 * pause, _AGAIN_AFTER[-1])

    def _hear(self, block: str) -> None:
        told = dict(line.split(": ", 1) for line in block.split("\n") if line and not line.startswith(":"))
        if told.get("event") == "question":
            self.question = json.loads(told["data"])
        elif told.get("event") == "moment":
            self.moment = json.loads(told["data"])
            self._last_id = told["id"]
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
            await asyncio.gather(self._listening, return_exceptions=True)
        for writer in (self._stream, self._asking and self._asking[1]):
            if writer is not None:
                await _close(writer)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def _read_head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode().strip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split(" ")[1]), {name.lower(): value.strip() for name, _, value in pairs}


async def _pieces(reader: asyncio.StreamReader, *, is_chunked: bool) -> AsyncIterator[bytes]:
    """Yield a body as it comes, until its end."""
    while is_chunked:
        size = int(await reader.readuntil(b"\r\n"), 16)
        piece = await reader.readexactly(size + 2)
        if not size:
            return
        yield piece[:-2]
    while piece := await reader.read(65_536):
        yield piece
