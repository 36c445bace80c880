"""What a server and an app say to each other, and how one of them is refused with a sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from engine.messages import best_language, using_language

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_IS_FOREIGN = 1008


def header(scope: Message, name: bytes) -> str | None:
    """Return a request's header by its name in small letters; None where there is none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


async def refuse(scope: Message, send: Send, status: int, sentence: Callable[[], str]) -> None:
    """Answer with a sentence in the browser's language; a WebSocket, which shows none, is closed before it opens."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _IS_FOREIGN})
        return
    accepted = (header(scope, b"accept-language") or "")[:200].split(",")
    with using_language(best_language([tag.partition(";")[0].strip() for tag in accepted])):
        body = sentence().encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
