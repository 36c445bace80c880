"""News between servers: each listens to PostgreSQL for the rooms in which another one has changed something."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from components.border import log_fault
from components.rooms.database import CHANNEL, Database

_PAUSE_SECONDS: Final = 1.0
_LISTEN_SECONDS: Final = 5.0
"""After so long without news the connection is looked at, and the thread looks whether it is to end."""


class PostgresNews:
    """Listen in a thread, and after a lost connection listen again and take it that everything has changed."""

    def __init__(self, database: Database, tell: Callable[[str], None]) -> None:
        """Take what is told the id of a room, and "" for all of them."""
        self._database = database
        self._tell = tell
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rooms-news", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        self._is_over.set()

    def _run(self) -> None:
        while not self._is_over.is_set():
            try:
                self._listen()
            except Exception:
                log_fault("The database's news were lost; they are asked for again.")
            self._is_over.wait(_PAUSE_SECONDS)

    def _listen(self) -> None:
        from psycopg import connect  # installed where PostgreSQL is used
        from psycopg.sql import SQL, Identifier

        with connect(self._database.driver_address, autocommit=True) as connection:
            connection.execute(SQL("LISTEN {}").format(Identifier(CHANNEL)))
            self._tell("")
            while not self._is_over.is_set():
                for news in connection.notifies(timeout=_LISTEN_SECONDS):
                    self._tell(news.payload)
                connection.execute("SELECT 1")
