"""Write into Streamlit's page what it will ask for, so that a browser fetches that meanwhile.

Streamlit's page asks for a component's code once the first message has come by the WebSocket, and then waits for it.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]
_Lines = Callable[[dict[bytes, bytes], bytes], str]
"""By the headers and the query of who asks for a page."""

_HEAD_BEGINS: Final = b"<title>"
"""Behind what the page says of itself, and before what it loads."""
_PAGE_ENDS: Final = b"</body>"
_ASKS_FOR_PART: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
"""What would bring anything else than the page as it is."""
_TELLS_OF_ANOTHER: Final = (b"content-length", b"content-encoding", b"etag", b"last-modified", b"vary")
_PAGES_KEPT: Final = 32
_IMPORTED: Final = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")


class CompletedPage:
    """Be a middleware for `st.App` that writes lines at the end of every page, and into its head."""

    def __init__(self, app: _App, *, lines: _Lines, head: _Lines = lambda headers, query: "") -> None:
        """Take what tells the lines by a request's headers and query."""
        self._app = app
        self._lines = lines
        self._head = head

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Hand everything on; a page with the lines, and not at all where the browser has it."""
        headers: dict[bytes, bytes] = dict(scope.get("headers") or ())
        if scope["type"] != "http" or scope["method"] != "GET" or b"text/html" not in headers.get(b"accept", b""):
            await self._app(scope, receive, send)
            return
        query = scope.get("query_string", b"")
        head, lines = self._head(headers, query), self._lines(headers, query)
        asked = [pair for pair in scope["headers"] if pair[0] not in _ASKS_FOR_PART]
        start: _Message | None = None
        body = bytearray()

        async def send_with_lines(message: _Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
                return
            if start is None:
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            page, tag, compressed = _with_lines(bytes(body), head, lines)
            is_compressed = b"gzip" in headers.get(b"accept-encoding", b"")
            is_had = headers.get(b"if-none-match") == tag
            content = b"" if is_had else compressed if is_compressed else page
            told = [pair for pair in start["headers"] if pair[0].lower() not in _TELLS_OF_ANOTHER]
            told += [(b"etag", tag), (b"vary", b"Accept-Encoding, Accept-Language, Cookie")]
            if not is_had:
                told.append((b"content-length", str(len(content)).encode()))
                told += [(b"content-encoding", b"gzip")] if is_compressed else []
            await send({**start, "status": 304 if is_had else 200, "headers": told})
            await send({**message, "body": content})

        await self._app({**scope, "headers": asked}, receive, send_with_lines)


def _is_page(start: _Message) -> bool:
    kind = next((value for name, value in start["headers"] if name.lower() == b"content-type"), b"")
    return bool(start["status"] == 200) and kind.startswith(b"text/html")


@lru_cache(_PAGES_KEPT)
def _with_lines(page: bytes, head: str, lines: str) -> tuple[bytes, bytes, bytes]:
    """Return a page with lines in its head and at its end, its tag, and the page compressed."""
    page = page.replace(_HEAD_BEGINS, head.encode() + _HEAD_BEGINS, 1)
    before, end, behind = page.rpartition(_PAGE_ENDS)
    written = before + lines.encode() + end + behind if end else page
    return written, f'"{hashlib.sha256(written).hexdigest()[:32]}"'.encode(), gzip.compress(written, mtime=0)


def parts_of_streamlit(folder: Path, names: tuple[str, ...]) -> list[str]:
    """Return the scripts that parts of Streamlit's page are made of, by their names, and that the page does not load.

    `folder` is where Streamlit's page stands. A part that this Streamlit calls otherwise is left out.
    """
    page, scripts = folder / "index.html", folder / "static" / "js"
    if not page.is_file():
        return []
    loaded = set(re.findall(r"static/js/([\w.-]+\.js)", page.read_text("utf-8")))
    found: dict[str, None] = {}

    def visit(script: Path) -> None:
        if script.name not in loaded and script.name not in found and script.is_file():
            found[script.name] = None
            for name in _IMPORTED.findall(script.read_text("utf-8")):
                visit(scripts / name)

    for name in names:
        for script in sorted(scripts.glob(f"{name}.*.js")):
            visit(script)
    return [f"static/js/{name}" for name in found]
