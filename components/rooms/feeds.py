"""What is new in a room, handed to all who look at it: read from the database once for all of them.

A feed holds the room's state, never a list of what has happened. Whoever missed something has everything with the next
state, and changes that come fast are read together.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from contextlib import suppress
from typing import Final

from components.border import log_fault
from components.rooms.judging import Judge
from components.rooms.room_state import RoomState, students_concerned
from components.rooms.rooms import Rooms
from components.rooms.spread import Spread
from components.rooms.views import spreads
from engine.messages import current_language

PAUSE_SECONDS: Final = 0.1
"""Between two readings of a room, at least: as many answers as come meanwhile are read together."""
LONGEST_PAUSE_SECONDS: Final = 0.4
_SHARE: Final = 10
"""So many times as long as a reading takes is the pause behind it: of a full room, or on a server with much to do."""
READ_AGAIN_SECONDS: Final = 20.0
"""A room is read anew at the latest after this, should news of it have been lost with a connection."""

READ_AGAIN_AFTER_FAULT_SECONDS: Final = 1.0


class Feed:
    """Hold the newest state of one room."""

    def __init__(self, rooms: Rooms, judge: Judge, room_id: str) -> None:
        self._rooms = rooms
        self._judge = judge
        self._room_id = room_id
        self.state: RoomState | None = None
        self.version = 0
        """Counts the states; 0 before the first was read."""
        self._is_stale = asyncio.Event()
        self._begun = self._done = 0
        """The numbers of the readings that were begun and done last."""
        self._read = asyncio.Event()
        """Set, and made anew, at the end of each reading."""
        self._woken: dict[str, asyncio.Event] = {}
        """Set, and forgotten, when there is something new: by the student's id, the teacher's is empty."""
        self._spreads: dict[str, tuple[int, asyncio.Task[list[Spread]]]] = {}
        self._task = asyncio.create_task(self._keep())
        self._is_stale.set()

    def tell(self) -> None:
        """Take note that something has changed."""
        self._is_stale.set()

    def stop(self) -> None:
        """Read no more."""
        self._task.cancel()

    def read_anew(self) -> int:
        """Have the room read once more; return the number of that reading, for `after`."""
        self._is_stale.set()
        return self._begun + 1

    async def after(self, version: int, seconds: float, reading: int = 0, *, student_id: str = "") -> bool:
        """Wait for a newer state than one, as a reading or a later one found it; return whether it came in time.

        A student waits on when what is new concerns others alone.
        """
        if not self._is_newer(version, reading):
            is_told = self._done >= reading
            event = self._woken.setdefault(student_id, asyncio.Event()) if is_told else self._read
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await event.wait()
        return self._is_newer(version, reading)

    def _is_newer(self, version: int, reading: int) -> bool:
        return self.version > version and self._done >= reading

    def wake(self) -> None:
        """Let all who wait look again."""
        self._wake({*self._woken})
        self._end_reading()

    def _wake(self, student_ids: Collection[str]) -> None:
        for each in student_ids:
            if (event := self._woken.pop(each, None)) is not None:
                event.set()

    def _end_reading(self) -> None:
        self._read.set()
        self._read = asyncio.Event()

    def _take(self, state: RoomState | None) -> None:
        """Hold a state, and wake whom it concerns."""
        if state != self.state or not self.version:
            concerned = students_concerned(self.state, state)
            self.state = state
            self.version += 1
            self._wake({*self._woken} if concerned is None else {"", *concerned})
        self._end_reading()

    async def spreads(self) -> list[Spread]:
        """Return the spreads of the state, worked out once for each language."""
        language, state = current_language(), self.state
        version, found = self._spreads.get(language, (0, None))
        if found is None or version != self.version:
            assert state is not None
            # Of its own: whoever asks first may go before the others have it.
            found = asyncio.create_task(asyncio.to_thread(spreads, state, self._judge))
            self._spreads[language] = (self.version, found)
        return await asyncio.shield(found)

    async def _keep(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(READ_AGAIN_SECONDS):
                    await self._is_stale.wait()
            self._is_stale.clear()
            self._begun += 1
            began = time.monotonic()
            try:
                state = await self._rooms.database.run(self._rooms.state, self._room_id)
            except Exception:
                log_fault("A room could not be read; it is tried again.")
                await asyncio.sleep(READ_AGAIN_AFTER_FAULT_SECONDS)
                self._is_stale.set()
            else:
                self._done = self._begun
                self._take(state)
            pause = _SHARE * (time.monotonic() - began)
            await asyncio.sleep(min(max(pause, PAUSE_SECONDS), LONGEST_PAUSE_SECONDS))


class Feeds:
    """Hold a feed for each room that somebody looks at, as long as somebody does."""

    def __init__(self, rooms: Rooms, judge: Judge) -> None:
        self._rooms = rooms
        self._judge = judge
        self._feeds: dict[str, tuple[Feed, int]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self.is_closing = False
        self.is_looked_at: Final = asyncio.Event()
        """Set as long as there is a feed."""
        rooms.on_change = self.tell_from_thread

    def __len__(self) -> int:
        return sum(lookers for _, lookers in self._feeds.values())

    def look_at(self, room_id: str) -> Feed:
        """Return a room's feed; to be given back with `leave`."""
        self._loop = asyncio.get_running_loop()
        feed, lookers = self._feeds.get(room_id) or (Feed(self._rooms, self._judge, room_id), 0)
        self._feeds[room_id] = (feed, lookers + 1)
        self.is_looked_at.set()
        return feed

    def leave(self, room_id: str) -> None:
        """Give a feed back."""
        feed, lookers = self._feeds[room_id]
        if lookers > 1:
            self._feeds[room_id] = (feed, lookers - 1)
        else:
            del self._feeds[room_id]
            feed.stop()
            if not self._feeds:
                self.is_looked_at.clear()

    def tell(self, room_id: str) -> None:
        """Take note that something has changed in a room; an empty id stands for all rooms."""
        for each, (feed, _) in self._feeds.items():
            if room_id in ("", each):
                feed.tell()

    def tell_from_thread(self, room_id: str) -> None:
        """Do the same from another thread than the loop's."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.tell, room_id)

    def close(self) -> None:
        """Let whoever looks know that this server ends; to be called from any thread, or from a signal's handler."""
        self.is_closing = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for feed, _ in self._feeds.values():
            feed.wake()
