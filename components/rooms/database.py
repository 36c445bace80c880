"""The database: SQLite in a file beside the app where nothing is set, PostgreSQL where `DATABASE_URL` names one.

All that is asked of it waits for a disk or a network, so a route asks in a thread of the database's own (`run`). SQLite
has one such thread, so that nothing here waits for a lock of its own; PostgreSQL has several.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import Any, Final, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

ADDRESS_SETTING: Final = "DATABASE_URL"
FOLDER_SETTING: Final = "PLAYGROUND_DATA"
FILE_NAME: Final = "playground-rooms.sqlite"
CHANNEL: Final = "playground_rooms"
"""PostgreSQL's LISTEN and NOTIFY: the payload is the id of a room in which something has changed."""
_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_MIGRATING: Final = 1_409_014
"""Names PostgreSQL's lock: of several servers that start at once one migrates, and the others wait."""
_POSTGRES_THREADS: Final = 4
_VERSION: Final = "version of the file"
_PAUSES: Final = (0.05, 0.3, 1.0)
"""In seconds: how long to wait before what a lost connection has left undone is done anew."""
_P = ParamSpec("_P")
_T = TypeVar("_T")


def address_of(environment: Mapping[str, str], app_folder: Path) -> str:
    """Return where the database is, as SQLAlchemy writes it."""
    address = environment.get(ADDRESS_SETTING, "")
    if not address:
        return f"sqlite:///{Path(environment.get(FOLDER_SETTING) or app_folder).resolve() / FILE_NAME}"
    # What hosting services hand out, and what PostgreSQL's own tools read; the driver is psycopg 3.
    for short in ("postgres://", "postgresql://"):
        if address.startswith(short):
            return f"postgresql+psycopg://{address.removeprefix(short)}"
    return address


class Database:
    """Hold the connections to one database, which is made and brought up to date at its first use."""

    def __init__(self, address: str) -> None:
        self.url: Final = make_url(address)
        self.is_postgres: Final = self.url.get_backend_name() == "postgresql"
        self._threads: Final = ThreadPoolExecutor(
            _POSTGRES_THREADS if self.is_postgres else 1, thread_name_prefix="rooms-database"
        )
        self._opening: Final = Lock()
        self._engine: Engine | None = None

    async def run(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Do what asks the database in a thread of its own, in the language and whatever else is set around here."""
        around = copy_context()
        call = partial(around.run, partial(work, *args, **kwargs))
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def do(self, work: Callable[[Connection], _T]) -> _T:
        """Do work in one transaction; after a lost connection anew, so it must be such as may be done twice."""
        for pause in (*_PAUSES, None):
            try:
                with self.engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                is_lost = error.connection_invalidated or isinstance(error, OperationalError)
                if pause is None or not is_lost:
                    raise
            time.sleep(pause)
        raise AssertionError

    @property
    def exists(self) -> bool:
        """Return whether there may be anything in it: opening a page makes no file."""
        return self.is_postgres or self._engine is not None or Path(self.url.database or "").exists()

    @property
    def engine(self) -> Engine:
        """Return the engine; the first call opens the database and brings it up to date."""
        with self._opening:
            if self._engine is None:
                engine = self._opened()
                with engine.begin() as connection:
                    self._migrate(connection)
                self._engine = engine
            return self._engine

    def close(self) -> None:
        """Let go of threads and connections."""
        self._threads.shutdown()
        if self._engine is not None:
            self._engine.dispose()

    def _opened(self) -> Engine:
        if self.is_postgres:
            return create_engine(self.url, pool_pre_ping=True, pool_size=_POSTGRES_THREADS, pool_recycle=1_800)
        path = Path(self.url.database or "")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # names of students are nobody else's
        engine = create_engine(self.url)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        return engine

    def _migrate(self, connection: Connection) -> None:
        if self.is_postgres:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        from alembic import command  # no page waits for it
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    def tell_others(self, connection: Connection, room_id: str) -> None:
        """Tell other servers, once the transaction is done, that something has changed in a room."""
        if self.is_postgres:
            connection.execute(text("SELECT pg_notify(:channel, :room)"), {"channel": CHANNEL, "room": room_id})

    def was_changed_elsewhere(self) -> bool:
        """Return whether another process has written into SQLite's file since this was asked last."""
        connection = self.engine.raw_connection()
        try:
            # Each connection counts what all others have written, and this process has more than one at times.
            version = connection.cursor().execute("PRAGMA data_version").fetchone()
            before = connection.info.get(_VERSION)
            connection.info[_VERSION] = version
            return bool(version != before)
        finally:
            connection.close()

    def forget_traces(self) -> None:
        """Take what was deleted out of SQLite's log as well, where it would stand until it is written over."""
        if not self.is_postgres:
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                connection.close()

    @cached_property
    def driver_address(self) -> str:
        """Return the address as the driver itself reads it."""
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)


def database_of_environment(app_folder: Path) -> Database:
    """Return the database that this process is told to use."""
    return Database(address_of(os.environ, app_folder))


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions, not Python's driver
    for setting in (
        "journal_mode = WAL",
        "synchronous = FULL",  # what was acknowledged outlives a power cut, too
        "foreign_keys = ON",
        "secure_delete = ON",  # what was deleted is written over
        "busy_timeout = 5000",
    ):
        connection.execute(f"PRAGMA {setting}")
