"""A server's rooms: all that belongs together, and its start and end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

from components.border import log_fault
from components.rooms.database import Database
from components.rooms.events import HEARTBEAT_SECONDS
from components.rooms.feeds import Feeds
from components.rooms.judging import Judge
from components.rooms.limits import RoomLimits
from components.rooms.postgres_news import PostgresNews
from components.rooms.rooms import Rooms
from components.rooms.sqlite_news import SqliteNews
from components.rooms.voting import Voting
from components.server import told_of_end

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

PATH: Final = "rooms"
"""Where the rooms stand, as seen from the page's own address."""
CLEANING_SECONDS: Final = 3600.0


class RoomServer:
    """Serve the rooms of one database."""

    def __init__(
        self,
        database: Database,
        allowed_origins: Callable[[], Collection[str]] = tuple,
        *,
        heartbeat: float = HEARTBEAT_SECONDS,
    ) -> None:
        """Take the database, and which origins may ask beside the page's own; "*" stands for all."""
        self.database: Final = database
        self.rooms: Final = Rooms(database)
        self.voting: Final = Voting(self.rooms)
        self.judge: Final = Judge()
        self.feeds: Final = Feeds(self.rooms, self.judge)
        self.limits: Final = RoomLimits()
        self.allowed_origins: Final = allowed_origins
        self.heartbeat: Final = heartbeat
        self.path: Final = PATH
        self.is_served = False
        """Whether this process's server was given the routes."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes, whatever prefix the server or a proxy puts before their path."""
        from components.rooms.routes import room_routes  # an old Streamlit comes without Starlette

        self.is_served = True
        return room_routes(self)

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        """Listen to other servers and delete what has ended, from the server's start to its end."""
        news = PostgresNews(self.database, self.feeds.tell_from_thread) if self.database.is_postgres else None
        tasks = [asyncio.create_task(self._clean())]
        if news is not None:
            news.start()
        else:
            tasks.append(asyncio.create_task(SqliteNews(self.database, self.feeds).listen()))
        try:
            with told_of_end(self.feeds.close):
                yield
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            if news is not None:
                news.stop()
            self.feeds.close()
            await asyncio.to_thread(self.database.close)

    async def _clean(self) -> None:
        """Delete rooms whose time is over, now and every hour."""
        while True:
            try:
                if self.database.exists:
                    await self.database.run(self.rooms.delete_ended)
            except Exception:
                log_fault("Rooms that have ended could not be deleted; it is tried again.")
            await asyncio.sleep(CLEANING_SECONDS)
