"""Ask a middleware as a server does, without one; the app behind it answers "here"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.components.server.coroutines import run


@dataclass
class Answer:
    messages: list[dict[str, Any]] = field(default_factory=list)

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.messages[0]["headers"]}

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.messages[1:]).decode()


async def here(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"referrer-policy", b"no-referrer")]})
    await send({"type": "http.response.body", "body": b"here"})


def asked(
    guard: Callable[[Any], Any],
    path: str = "/",
    *,
    kind: str = "http",
    method: str = "GET",
    app: Any = here,
    server: tuple[str, int] = ("192.168.1.20", 8501),
    **headers: str,
) -> Answer:
    """Return what comes back through what `guard` makes of an app."""
    answer = Answer()

    async def send(message: Any) -> None:
        answer.messages.append(message)

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "path": path, "method": method, "headers": pairs, "server": server}
    run(guard(app)(scope, None, send))
    return answer
