"""What is counted of the page's work, and its text as Prometheus reads it.

The text format is a dozen lines, so no library is needed for it. Nothing counted names a person, a session or a room.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from functools import cache
from threading import Lock
from typing import Any, Final

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]

BUCKETS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds up to which an edit is counted in each bucket; what is felt at once lies below 0.1."""
_ROOM: Final = re.compile(r".*/rooms(/[^/]+/(?P<action>join|events|answer|graph|actions|table)(/[^/]+)?)?")
_OPENS: Final = "open"


class Measures:
    """Count the edits of all pages, and what was asked of the rooms; safe to be used by several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seconds = [0] * (len(BUCKETS) + 1)
        self._sum_of_seconds = 0.0
        self._edits = 0
        self._received = 0
        self._sent = 0
        self._rooms: Counter[tuple[str, str]] = Counter()

    def count_answer(self, edits: int = 0, seconds: float = 0.0, received: int = 0, sent: int = 0) -> None:
        """Count one answer to a browser: how many edits were done for it, in how long, and the bytes both ways.

        What came by the component is parsed when it comes here, so its bytes are not known.
        """
        with self._lock:
            self._received += received
            self._sent += sent
            if edits:
                self._edits += edits
                self._sum_of_seconds += seconds
                self._seconds[bisect_left(BUCKETS, seconds)] += 1

    def count_room_request(self, action: str, status: int) -> None:
        """Count what was asked of a room, and how it was answered: "2xx", "4xx" or "5xx"."""
        with self._lock:
            self._rooms[action, f"{status // 100}xx"] += 1

    def text(self, sessions: int) -> str:
        """Return all of it in Prometheus's text format, version 0.0.4."""
        with self._lock:
            return "".join(f"{line}\n" for line in self._lines(sessions))

    def _lines(self, sessions: int) -> Iterator[str]:
        yield from _described("sessions_open", "gauge", "Pages that the server has open.")
        yield f"playground_sessions_open {sessions}"
        yield from _described("edits_total", "counter", "Edits and commands that were done.")
        yield f"playground_edits_total {self._edits}"
        yield from _described("edit_seconds", "histogram", "Seconds from an edit's arrival to its answer.")
        below = 0
        for bound, count in zip((*BUCKETS, "+Inf"), self._seconds, strict=True):
            below += count
            yield f'playground_edit_seconds_bucket{{le="{bound}"}} {below}'
        yield f"playground_edit_seconds_sum {self._sum_of_seconds}"
        yield f"playground_edit_seconds_count {below}"
        yield from _described("received_bytes_total", "counter", "Bytes of what browsers handed over.")
        yield f"playground_received_bytes_total {self._received}"
        yield from _described("sent_bytes_total", "counter", "Bytes of what was answered.")
        yield f"playground_sent_bytes_total {self._sent}"
        yield from _described("room_requests_total", "counter", "What was asked of rooms, and how it was answered.")
        for (action, status), count in sorted(self._rooms.items()):
            yield f'playground_room_requests_total{{action="{action}",status="{status}"}} {count}'
        yield from _described("process_cpu_seconds_total", "counter", "CPU time of this process.")
        yield f"playground_process_cpu_seconds_total {time.process_time()}"


def _described(name: str, kind: str, what: str) -> Iterator[str]:
    yield f"# HELP playground_{name} {what}"
    yield f"# TYPE playground_{name} {kind}"


@cache
def measures() -> Measures:
    """Return what is counted in this process."""
    return Measures()


class CountedRequests:
    """Be a middleware that counts what is asked of rooms, by kind: never by which room, or by whom."""

    def __init__(self, app: _App, *, counted: Measures | None = None) -> None:
        self._app = app
        self._measures = counted or measures()

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Hand everything on, and count a room's answer where it begins."""
        asked = _ROOM.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if asked is None:
            await self._app(scope, receive, send)
            return

        async def count(message: _Message) -> None:
            if message["type"] == "http.response.start":
                self._measures.count_room_request(asked["action"] or _OPENS, message["status"])
            await send(message)

        await self._app(scope, receive, count)
