"""News between processes that share SQLite's file: each asks again and again whether another has written."""

from __future__ import annotations

import asyncio
from typing import Final

from components.border import log_fault
from components.rooms.database import Database
from components.rooms.feeds import Feeds

PAUSE_SECONDS: Final = 0.3
"""Between two questions: what happens in another process is seen that much later than what happens in this one."""


class SqliteNews:
    """Ask as long as somebody looks at a room; the file does not say in which room, so all are read anew."""

    def __init__(self, database: Database, feeds: Feeds) -> None:
        self._database = database
        self._feeds = feeds

    async def listen(self) -> None:
        """Listen until it is cancelled."""
        while True:
            await self._feeds.is_looked_at.wait()
            try:
                if await self._database.run(self._database.was_changed_elsewhere):
                    self._feeds.tell("")
            except Exception:
                log_fault("The database's news were lost; they are asked for again.")
            await asyncio.sleep(PAUSE_SECONDS)
