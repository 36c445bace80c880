"""Answer a browser's outboxes on a WebSocket: one more host of the page's state, beside Streamlit.

What comes here is taken in, and what goes back is made, as by the component: the same outbox, the same message. Where a
browser or a proxy does not get through to this route, the component's way carries on by itself.
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Lock
from typing import TYPE_CHECKING, Final

from components.border import log_fault
from components.channel.open_sessions import OpenSessions
from components.monitoring import measures
from components.server import is_allowed_origin
from components.state import Session, encoded, slice_of_time

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.routing import WebSocketRoute
    from starlette.websockets import WebSocket

LARGEST_OUTBOX_CHARACTERS: Final = 600_000
"""A piece of at most 240 kB of events, as JSON with every character escaped, and what goes beside it."""
TURN_SECONDS: Final = 0.015
"""CPU time after which others of this process have their turn."""
TURNS: Final = 4
"""After so many the page answers, and is asked to go on."""

INFLATES: Final = "inflates"
"""What a browser says in the address that can take compressed answers."""
COMPRESSED_FROM: Final = 4_000
"""How many bytes an answer has that is compressed: of a smaller one there is little to win."""
_FASTEST: Final = 1

IS_GONE: Final = 4404
"""Closes a channel whose session is not open here: the page waits for a new one."""
_IS_MALFORMED: Final = 1003
_IS_TOO_LARGE: Final = 1009
_IS_FOREIGN: Final = 1008
_HAS_FAILED: Final = 1011


class Channel:
    """Serve one WebSocket route for all sessions that are open."""

    def __init__(self, name: str, sessions: OpenSessions, allowed_origins: Callable[[], Collection[str]]) -> None:
        """Take the route's last part, and which origins may speak beside the page's own; "*" stands for all."""
        self.name: Final = name
        self.is_served = False
        """Whether this process's server was given the route."""
        self._sessions = sessions
        self._allowed_origins = allowed_origins

    def route(self) -> WebSocketRoute:
        """Return the route, whatever prefix the server or a proxy puts before its path."""
        from starlette.routing import WebSocketRoute  # an old Streamlit comes without Starlette

        self.is_served = True
        return WebSocketRoute(f"/{{prefix:path}}{self.name}", self._serve)

    async def _serve(self, socket: WebSocket) -> None:
        from starlette.websockets import WebSocketDisconnect

        if not self._is_allowed(socket.headers.get("origin", ""), socket.headers.get("host", "")):
            await socket.close(_IS_FOREIGN)
            return
        await socket.accept()
        code: int | None = None
        try:
            while code is None:
                code = await self._answer(socket, await socket.receive_text())
        except KeyError:  # a frame of bytes, where text was agreed
            code = _IS_MALFORMED
        except WebSocketDisconnect:
            return
        await socket.close(code)

    async def _answer(self, socket: WebSocket, text: str) -> int | None:
        """Answer one outbox; return the code to close with where nothing more is to be answered."""
        if len(text) > LARGEST_OUTBOX_CHARACTERS:
            return _IS_TOO_LARGE
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return _IS_MALFORMED
        # Found anew each time: a channel alone keeps no session alive.
        session = self._sessions.find(data.get("session") if isinstance(data, dict) else None)
        if session is None:
            return IS_GONE
        began, done = time.perf_counter(), session.browser.applied
        try:
            answer = await _answer_of(session, data)
        except Exception:
            log_fault("An outbox could not be answered.")
            return _HAS_FAILED
        edits = session.browser.applied - done
        del session
        if len(answer) >= COMPRESSED_FROM and INFLATES in socket.query_params:
            # Here and not for the whole socket, which would hold 300 kB for each browser.
            answer = zlib.compress(answer, _FASTEST)
        measures().count_answer(edits, time.perf_counter() - began, len(text), len(answer))
        await socket.send_bytes(answer)
        return None

    def _is_allowed(self, origin: str, host: str) -> bool:
        """Return whether a browser says that the page stands on this very server, or on one that is named."""
        return is_allowed_origin(origin, host, self._allowed_origins())


async def _answer_of(session: Session, data: object) -> bytes:
    async with _held(session.lock):
        session.take_in(data)
        for _ in range(TURNS):
            if session.go_on(slice_of_time(TURN_SECONDS)):
                break
            await asyncio.sleep(0)
        return encoded(session.message())


@asynccontextmanager
async def _held(lock: Lock) -> AsyncIterator[None]:
    """Hold a lock that a thread may hold, without keeping the others of this loop from their turn."""
    if not lock.acquire(blocking=False):
        await asyncio.to_thread(lock.acquire)
    try:
        yield
    finally:
        lock.release()
