"""Know from which computer somebody asks, directly or through a proxy: limits count by it.

uvicorn believes what a proxy says of it (`X-Forwarded-For`) if the proxy is on this computer, or is named in
`FORWARDED_ALLOW_IPS`; of several addresses the last counts that is no such proxy's, so what a browser puts before it is
worth nothing. But a server that listens everywhere sees 127.0.0.1 as "::ffff:127.0.0.1", and knows no proxy by that.
"""

from __future__ import annotations

import os
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from typing import Any, Final, cast

from components.protection.asgi import App, Message, Receive, Send

PROXIES_SETTING: Final = "FORWARDED_ALLOW_IPS"
"""uvicorn's environment variable: proxies that are believed, by address or network; "*" for whoever asks."""
_ON_THIS_COMPUTER: Final = "127.0.0.1,::1"


class KnownAddresses:
    """Be a middleware that writes each address in one way, and looks again whether it is a known proxy's."""

    def __init__(self, app: App) -> None:
        from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware  # an old Streamlit comes without it

        proxies = os.environ.get(PROXIES_SETTING, _ON_THIS_COMPUTER)
        self._app = cast(App, ProxyHeadersMiddleware(cast(Any, app), trusted_hosts=proxies))

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hand everything on."""
        if scope.get("client"):
            address, port = scope["client"]
            scope = {**scope, "client": (plain_address(address), port)}
        await self._app(scope, receive, send)


def plain_address(address: str) -> str:
    """Return an address of IPv4 as such, where it is written as one of IPv6."""
    with suppress(ValueError):
        found = ip_address(address)
        if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
    return address
