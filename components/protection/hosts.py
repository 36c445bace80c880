"""Answer to the server's own names alone.

Another site can have its name lead to this computer (DNS rebinding), and its page then speaks with this server as if it
were its own. It cannot do that under an address in numbers, nor under a name that the public name service does not
know, which are those of a teacher's laptop.
"""

from __future__ import annotations

import socket
from collections.abc import Collection
from contextlib import suppress
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from components.protection.asgi import App, Message, Receive, Send, header, refuse
from engine.messages import say

HOSTS_SETTING: Final = "PLAYGROUND_HOSTS"
"""An environment variable: the server's further names, such as "school.example, *.uni.example"; "*" for all."""

_LOCAL_ENDINGS: Final = (".localhost", ".local", ".lan", ".internal", ".home.arpa", ".localdomain")
"""Names of the computer and of local networks: none of them can be bought."""


def named_hosts(*settings: str) -> frozenset[str]:
    """Return the names in settings, separated by commas or spaces; of whole addresses their names."""
    named = " ".join(settings).replace(",", " ").split()
    return frozenset(name for each in named if (name := _name_of_address(each)))


class KnownHosts:
    """Be a middleware that refuses whoever asks under a name that is neither the server's own nor was named."""

    def __init__(self, app: App, *, named: Collection[str] = ()) -> None:
        """Take the names beside the server's own; "*.uni.example" stands for all below a name, "*" for all."""
        self._app = app
        self._named = frozenset(named)
        self._own = {socket.gethostname().lower().rstrip(".")}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse a foreign name and hand on the rest."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        host = header(scope, b"host")
        # Without the header asks an old probe (HTTP/1.0), and no browser.
        if host is None or self.is_known(host, (scope.get("server") or ("",))[0]):
            await self._app(scope, receive, send)
            return
        name = (_name(host) or host)[:100]
        await refuse(
            scope,
            send,
            400,
            lambda: say(
                "This server does not answer to the name {name}; whoever runs it can add it to {setting}.",
                name=name,
                setting=HOSTS_SETTING,
            ),
        )

    def is_known(self, host: str, reached: str = "") -> bool:
        """Return whether a header `Host` names this server; `reached` is the address that the connection came to."""
        name = _name(host)
        if not name:
            return False
        if "*" in self._named or name in self._named or name in self._own:
            return True
        with suppress(ValueError):
            address = ip_address(name)
            return not address.is_global or name == reached
        if any(each.startswith("*.") and name.endswith(each[1:]) for each in self._named):
            return True
        return "." not in name or name.endswith(_LOCAL_ENDINGS)


def _name(host: str) -> str:
    """Return the name within a header `Host`, without its port; the empty text for what is none."""
    with suppress(ValueError):  # of a port that is no number, or of brackets that do not close
        parts = urlsplit(f"//{host}")
        has_only_a_name = parts.netloc == host and parts.username is None and parts.port != 0
        return (parts.hostname or "").rstrip(".").lower() if has_only_a_name else ""
    return ""


def _name_of_address(text: str) -> str:
    if text == "*":
        return text
    with suppress(ValueError):
        return (urlsplit(text if "://" in text else f"//{text}").hostname or "").rstrip(".").lower()
    return ""
