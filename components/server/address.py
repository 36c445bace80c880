"""Where students find the page: an address that was set, a proxy's, or this computer's in the local network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from engine.messages import say

ADDRESS_SETTING: Final = "PLAYGROUND_ADDRESS"
"""An environment variable: the address that goes into links, such as "http://192.168.1.20:8501"."""

# Nothing is sent to any of these: asked for a way there, the system tells which of its addresses it would come from.
# The first leads out of the local network; where there is no way out, the others lie in the networks of classrooms.
_TOWARDS: Final = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254", "224.0.0.251")


@dataclass(frozen=True)
class Address:
    """Hold where students find the page, and what is to be said of it."""

    url: str
    """Ends with a slash; empty where only the browser knows."""
    remark: str = ""


@dataclass(frozen=True)
class Listening:
    """Hold what a server was told of where it listens."""

    host: str = ""
    """The empty text for everywhere."""
    port: int = 8501
    path: str = ""
    is_secure: bool = False


def address_for_students(
    browser: str,
    headers: Mapping[str, str],
    listening: Listening,
    *,
    setting: str = "",
    own_address: Callable[[], str] | None = None,
) -> Address:
    """Return the address under which others than this computer find the page.

    `browser` is the address that the page has in the browser that asks, `headers` are those of its request, `setting`
    what somebody has set, and `own_address` finds this computer's in the local network. What was set counts; then the
    browser's own address and a proxy's, unless they lead to the browser's own computer.
    """
    if setting:
        return _as_set(setting)
    for url in (browser, _of_proxy(headers, browser)):
        if (parts := _parts(url)) and not _is_own(parts.hostname):
            return Address(_url(parts))
    here = _parts(browser)
    port = (here.port if here else None) or listening.port
    if listening.host and _is_own(listening.host) and not _is_everywhere(listening.host):
        return Address(
            browser and _url(here),
            say(
                "Only this computer can open the link: the server listens on {address}. "
                "Start it without server.address, or with --server.address 0.0.0.0, to let students in.",
                address=listening.host,
            ),
        )
    is_one = bool(listening.host) and not _is_everywhere(listening.host)
    host = listening.host if is_one else (own_address or local_address)()
    if not host:
        return Address(
            browser and _url(here),
            say(
                "This computer is in no network, so only it can open the link. "
                "Join one, or set {setting} to the address at which students find it.",
                setting=ADDRESS_SETTING,
            ),
        )
    scheme = "https" if listening.is_secure else "http"
    path = here.path if here else f"/{listening.path.strip('/')}"
    return Address(
        f"{scheme}://{_bracketed(host)}:{port}{path.rstrip('/')}/",
        say(
            "The link opens on devices in the same network as this computer. "
            "Where it does not, this computer's firewall may keep port {port} closed.",
            port=port,
        ),
    )


def local_address() -> str:
    """Return this computer's address in the local network, as IPv4; the empty text where it is in none."""
    found = []
    for target in _TOWARDS:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            asked.connect((target, 9))
            found.append(asked.getsockname()[0])
    with suppress(OSError):  # on some systems the computer's own name lists all of its addresses
        found += [entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return next((each for each in found if _is_of_a_network(each)), "")


def _is_of_a_network(text: object) -> bool:
    address = ip_address(str(text))
    return isinstance(address, IPv4Address) and not (
        address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast
    )


def _as_set(setting: str) -> Address:
    parts = _parts(setting if "://" in setting else f"http://{setting}")
    if parts is None:
        return Address(
            "",
            say(
                "{setting} is not an address such as http://192.168.1.20:8501, and was left out.",
                setting=ADDRESS_SETTING,
            ),
        )
    return Address(_url(parts))


def _of_proxy(headers: Mapping[str, str], browser: str) -> str:
    """Return the address that a proxy says it was asked at; the first where there were several."""
    host, scheme, prefix = (
        headers.get(f"X-Forwarded-{name}", "").partition(",")[0].strip() for name in ("Host", "Proto", "Prefix")
    )
    here = _parts(browser)
    path = prefix or (here.path if here else "")
    return f"{scheme or 'http'}://{host}/{path.strip('/')}" if host else ""


def _parts(url: str) -> SplitResult | None:
    """Return an address's parts; None for what is no address of a page."""
    with suppress(ValueError):  # of a port that is no number, or of brackets that do not close
        parts = urlsplit(url.strip())
        is_page = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
        return parts if is_page and (parts.port is None or parts.port > 0) and not set(url) & set(" \t\n\\") else None
    return None


def _url(parts: SplitResult | None) -> str:
    return "" if parts is None else f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def _is_own(host: str | None) -> bool:
    """Return whether a name leads back to the computer on which it is used."""
    name = (host or "").strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    with suppress(ValueError):
        address = ip_address(name)
        return address.is_loopback or address.is_unspecified
    return False


def _is_everywhere(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host.strip("[]")).is_unspecified
    return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
