"""Say in every answer what a browser may do with the page, and which sites may frame it."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import Sequence
from typing import Final

from components.protection.asgi import App, Message, Receive, Send

FRAMES_SETTING: Final = "PLAYGROUND_FRAMES"
"""An environment variable: the sites whose pages may hold this one in a frame, such as "https://moodle.school.example"."""

_LOG = logging.getLogger(__name__)
_SITE: Final = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.IGNORECASE)
_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_UNUSED_BY_THE_PAGE: Final = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer"),
    *("microphone", "midi", "payment", "serial", "usb"),
)


def hashes_of_inline_scripts(page: str) -> list[str]:
    """Return, as a policy names them, the scripts that stand in a page's HTML; it loads all others."""
    digests = [hashlib.sha256(text.encode()).digest() for text in _INLINE_SCRIPT.findall(page)]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def named_sites(setting: str) -> list[str]:
    """Return the sites of a setting, separated by commas or spaces; what is no site is told in the log and left out."""
    named = setting.replace(",", " ").split()
    sites = [site for site in named if _SITE.fullmatch(site)]
    if left_out := [site for site in named if site not in sites]:
        _LOG.warning("%s names what is no site such as https://moodle.school.example: %r", FRAMES_SETTING, left_out)
    return sites


def content_security_policy(frames: Sequence[str] = (), scripts: Sequence[str] = ()) -> str:
    """Return the policy: what the page loads comes from its own server, so that nothing can be carried elsewhere."""
    return "; ".join(
        (
            "default-src 'self'",
            # Streamlit runs a component's script from a blob. No 'unsafe-inline' and no 'unsafe-eval': what slipped
            # into the page as text is never run.
            # Its numbers of 64 bits (long.js) are computed in WebAssembly, which no text of the page becomes.
            " ".join(("script-src 'self' blob: 'wasm-unsafe-eval'", *scripts)),
            "style-src 'self' 'unsafe-inline'",  # Streamlit and vis-network write styles into the page as they go
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self' blob: data:",
            "worker-src 'self' blob:",
            "frame-src 'self'",  # the pages of a worksheet, before they are printed
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            " ".join(("frame-ancestors 'self'", *frames)),
        )
    )


class SecurityHeaders:
    """Be a middleware that adds the headers to every answer; those that an answer brings along stay."""

    def __init__(self, app: App, *, frames: Sequence[str] = (), scripts: Sequence[str] = ()) -> None:
        """Take the sites that may frame the page, and the hashes of scripts that stand in it."""
        self._app = app
        headers = {
            "content-security-policy": content_security_policy(frames, scripts),
            "x-content-type-options": "nosniff",
            # An address holds the graph: nobody else is told it.
            "referrer-policy": "same-origin",
            "permissions-policy": ", ".join(f"{name}=()" for name in _UNUSED_BY_THE_PAGE),
        }
        if not frames:
            headers["x-frame-options"] = "SAMEORIGIN"  # for browsers that do not know frame-ancestors; it names no site
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hand everything on, with the headers in the answer's beginning."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                added = [pair for pair in self._headers if pair[0] not in names]
                message = {**message, "headers": [*given, *added]}
            await send(message)

        await self._app(scope, receive, send_with_headers)
