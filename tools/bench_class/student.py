"""One student, without a browser: opens the page as Streamlit's client does, and edits on the canvas's channel."""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from typing import Any, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_INFLATES: Final = "inflates"
"""Asks for large answers compressed, as a browser does."""
_LOOK: Final = {"panel": "", "stepping": False, "local": False, "bars": False}
_INPUT: Final = "n1"


class Student:
    """Hold one student's connections and what the page has told."""

    def __init__(self, url: str, *, port: int | None = None, cookie: str = "") -> None:
        """Take the page's address; where a proxy stands before the server also its port here, and its cookie."""
        self._url = url
        self.cookie = cookie
        self._there = {"host": "127.0.0.1", "port": port} if port else {}
        self._streamlit: ClientConnection | None = None
        self._channel: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._session = ""
        self._name = ""
        self._have = 0
        self._post = 0
        self._seq = 0

    async def open(self) -> float:
        """Open the page; return the seconds until the message with its first picture has come."""
        start = time.perf_counter()
        self._streamlit = await self._connected("_stcore/stream", subprotocols=["streamlit"])
        begin = BackMsg()
        begin.rerun_script.query_string = ""
        await self._streamlit.send(begin.SerializeToString())
        while not self._session:
            self._note(ForwardMsg.FromString(await self._streamlit.recv(decode=False)))
        taken = time.perf_counter() - start
        self._reader = asyncio.create_task(self._listen())
        await self.open_channel()
        return taken

    async def open_channel(self) -> None:
        """Open the canvas's channel, or open it anew as after a lost connection."""
        if self._channel is not None:
            await self._channel.close()
        self._channel = await self._connected(f"{self._name}?{_INFLATES}")

    async def _connected(self, path: str, **settings: Any) -> ClientConnection:
        origin = "/".join(self._url.split("/")[:3])
        headers = {"Cookie": self.cookie} if self.cookie else {}
        connection = await connect(
            f"{self._url.replace('http', 'ws', 1)}/{path}",
            origin=origin,
            additional_headers=headers,
            max_size=None,
            compression=None,
            **self._there,
            **settings,
        )
        if connection.response is not None and (given := connection.response.headers.get("Set-Cookie")):
            self.cookie = given.partition(";")[0]
        return connection

    def _note(self, message: ForwardMsg) -> None:
        if not message.HasField("delta") or not message.delta.HasField("new_element"):
            return
        data = message.delta.new_element.bidi_component.bytes
        told = json.loads(data) if data else {}
        if "revision" in told:
            self._session, self._name, self._have = told["session"], told["channel"], told["revision"]

    async def _listen(self) -> None:
        """Read on what Streamlit says, as a browser does."""
        assert self._streamlit is not None
        async for _ in self._streamlit:
            pass

    async def edit(self, value: float) -> float:
        """Set x, and return the seconds until the numbers that follow from it are there."""
        assert self._channel is not None
        self._post += 1
        self._seq += 1
        event = {"type": "set value", "node": _INPUT, "value": value}
        outbox: dict[str, Any] = {
            "session": self._session,
            "post": self._post,
            "have": self._have,
            "selected": "",
            "look": _LOOK,
            "events": [{"seq": self._seq, "gesture": self._seq, "event": event}],
        }
        start = time.perf_counter()
        await self._channel.send(json.dumps(outbox))
        answer = await self._channel.recv(decode=False)
        told = json.loads(answer if answer.startswith(b"{") else zlib.decompress(answer))
        taken = time.perf_counter() - start
        if told["ack"] != self._seq:
            raise RuntimeError(f"Edit {self._seq} was answered by {told['ack']}.")
        self._have = told["revision"]
        return taken

    async def close(self) -> None:
        """Leave the page."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        for each in (self._channel, self._streamlit):
            if each is not None:
                await each.close()
