"""Whoever asks is known by the address of their own computer, and by none that they made up."""

from __future__ import annotations

from typing import Any

import pytest

from components.protection import KnownAddresses
from tests.components.server.coroutines import run


def known_as(client: str, forwarded: str = "", **more: str) -> str:
    """Return as whom an app knows a client."""
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])

    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in more.items()]
    headers += [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    run(KnownAddresses(app)({"type": "http", "headers": headers, "client": (client, 1)}, None, None))  # type: ignore[arg-type]
    return seen[0]


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::ffff:127.0.0.1", "::1"])
def test_a_proxy_on_this_computer_is_believed(proxy: str) -> None:
    assert known_as(proxy, "203.0.113.7") == "203.0.113.7"
    assert known_as(proxy, "198.51.100.1, 203.0.113.7") == "203.0.113.7"  # the first is what a browser claims
    assert known_as(proxy) in ("127.0.0.1", "::1")


@pytest.mark.parametrize("client", ["192.168.1.30", "::ffff:192.168.1.30"])
def test_nobody_else_is_believed(client: str) -> None:
    assert known_as(client, "203.0.113.7") == "192.168.1.30"
    assert known_as(client, forwarded="127.0.0.1") == "192.168.1.30"
    assert known_as("127.0.0.1", "", Forwarded="for=203.0.113.7") == "127.0.0.1"


def test_a_proxy_that_is_named_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "10.0.0.0/8")
    assert known_as("::ffff:10.1.2.3", "203.0.113.7") == "203.0.113.7"
    assert known_as("::ffff:127.0.0.1", "203.0.113.7") == "127.0.0.1"
