"""A server's rooms as browsers meet them, without a network: routes are asked as a server asks them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from components.rooms import Database, RoomServer

_SECONDS = 60
ORIGIN = "http://testserver"


@dataclass
class Answer:
    """Hold what came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass
class Happening:
    """Hold an event of a stream."""

    name: str
    data: Any
    id: str = ""


@dataclass
class Listener:
    """Hold a browser's end of a stream of events."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    happened: asyncio.Queue[Happening] = field(default_factory=asyncio.Queue)
    heartbeats: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None
    _left: str = ""

    def take(self, text: str) -> None:
        *blocks, self._left = (self._left + text).split("\n\n")
        for block in blocks:
            fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
            if "data" in fields:
                told = Happening(fields["event"], json.loads(fields["data"]), fields.get("id", ""))
                self.happened.put_nowait(told)
            elif block.startswith(":"):
                self.heartbeats.release()

    async def next(self, name: str) -> Happening:
        """Wait for the next event, which must have a name."""
        async with asyncio.timeout(_SECONDS):
            found = await self.happened.get()
        assert found.name == name, found
        return found

    async def until(self, holds: Callable[[Any], bool]) -> Happening:
        """Wait for a moment of which something holds."""
        async with asyncio.timeout(_SECONDS):
            while True:
                found = await self.happened.get()
                if found.name == "moment" and holds(found.data):
                    return found

    async def until_ended(self) -> None:
        """Wait for the event that the room has ended."""
        async with asyncio.timeout(_SECONDS):
            while (await self.happened.get()).name != "ended":
                pass

    async def leave(self) -> None:
        assert self.task is not None
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


class Browsers:
    """Ask the routes of one server."""

    def __init__(self, server: RoomServer, address: str = "10.0.0.1", prefix: str = "/") -> None:
        self.server = server
        self.address = address
        self.prefix = prefix
        self.app = Starlette(routes=server.routes())

    def _scope(self, method: str, path: str, token: str, headers: dict[str, str]) -> dict[str, Any]:
        told = {"host": "testserver", "origin": ORIGIN, **({"authorization": f"Bearer {token}"} if token else {})}
        told |= headers
        return {
            "type": "http",
            "method": method,
            "path": f"{self.prefix}{path.partition('?')[0]}",
            "query_string": path.partition("?")[2].encode(),
            "headers": [(name.encode(), value.encode()) for name, value in told.items() if value],
            "client": (self.address, 1),
        }

    async def ask(self, method: str, path: str, body: object = None, *, token: str = "", **headers: str) -> Answer:
        """Ask for something and return the answer; a body of bytes is sent as it is."""
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": data, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        named = {name.replace("_", "-"): value for name, value in headers.items()}
        await self.app(self._scope(method, path, token, named), receive, send)
        start = sent[0]
        content = b"".join(each.get("body", b"") for each in sent[1:])
        return Answer(start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, content)

    async def listen(self, code: str, token: str, last_id: str = "", *, query: str = "", **headers: str) -> Listener:
        """Open a stream of events."""
        listener, is_open = Listener(), asyncio.Event()

        async def receive() -> dict[str, Any]:
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                listener.status = message["status"]
                listener.headers = {k.decode(): v.decode() for k, v in message["headers"]}
                is_open.set()
            else:
                listener.take(message.get("body", b"").decode())

        async def serve() -> None:
            named = {"last-event-id": last_id, **{name.replace("_", "-"): value for name, value in headers.items()}}
            try:
                await self.app(self._scope("GET", f"rooms/{code}/events{query}", token, named), receive, send)
            finally:
                listener.is_over.set()

        listener.task = asyncio.create_task(serve())
        async with asyncio.timeout(_SECONDS):
            await is_open.wait()
        return listener

    # What pages do ----------------------------------------------------------------------------------------------------

    async def open(self) -> tuple[str, str]:
        told = (await self.ask("POST", "rooms")).told
        return told["code"], told["token"]

    async def join(self, code: str, name: str = "") -> str:
        return str((await self.ask("POST", f"rooms/{code}/join", {"name": name})).told["token"])

    async def act(self, code: str, token: str, **action: object) -> Answer:
        return await self.ask("POST", f"rooms/{code}/actions", {"action": action}, token=token)

    async def answer(self, code: str, token: str, question: str, text: str, number: int = 1) -> Answer:
        body = {"question": question, "round": number, "text": text, "locks": True}
        return await self.ask("PUT", f"rooms/{code}/answer", body, token=token)


@asynccontextmanager
async def served(folder: Path, address: str = "", heartbeat: float = 15.0) -> AsyncIterator[Browsers]:
    """Serve rooms on a database of its own, or on one that is named."""
    server = RoomServer(Database(address or f"sqlite:///{folder}/rooms.sqlite"), heartbeat=heartbeat)
    async with server.lifespan():
        yield Browsers(server)


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a test to its end in a thread of its own: the browser tests' driver has an event loop in the main one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()
