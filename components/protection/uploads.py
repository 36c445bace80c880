"""Bound how many files a page may leave with the server, and how much all of them hold.

Streamlit bounds the size of one upload and takes any number of them, from anybody who has a session, even where the
page asks for no file; all are held in memory until the session ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from components.protection.asgi import App, Message, Receive, Send, refuse
from engine.messages import say

MOST_FILES: Final = 4
"""Files of one session: the page asks for one, and Streamlit lets go of it when another takes its place."""
MOST_BYTES: Final = 256 * 1024 * 1024
"""Bytes that the files of all sessions hold; those of a graph are some 10 kB."""

_UPLOAD: Final = re.compile(r".*/_stcore/upload_file/(?P<session>[^/]+)/[^/]+/?")


@dataclass(frozen=True)
class Held:
    """Count what the server holds already."""

    files: int
    """Of one session."""
    bytes: int
    """Of all sessions."""


class BoundedUploads:
    """Be a middleware that refuses what goes beyond, before its body is read."""

    def __init__(self, app: App, *, held: Callable[[str], Held], largest: int) -> None:
        """Take what tells what is held, by a session's id, and the bytes of the largest file that is taken in."""
        self._app = app
        self._held = held
        self._largest = largest
        self._arriving: Counter[str] = Counter()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse an upload too many and hand on the rest."""
        upload = _UPLOAD.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if upload is None:
            await self._app(scope, receive, send)
            return
        session = upload["session"]
        held = self._held(session)
        # Those that are still on their way count, each as the largest that it may be: else sixty at once would all be
        # let in.
        if (
            held.files + self._arriving[session] >= MOST_FILES
            or held.bytes + self._arriving.total() * self._largest >= MOST_BYTES
        ):
            await refuse(
                scope, send, 429, lambda: say("The server holds enough files; reload the page, then try again.")
            )
            return
        self._arriving[session] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._arriving[session] -= 1
            if not self._arriving[session]:
                del self._arriving[session]
