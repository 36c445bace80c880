"""The database's history comes to the tables that the code asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from components.rooms import Database
from components.rooms.tables import metadata


def test_history_and_tables_agree(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new/rooms.sqlite")
    assert not database.exists
    try:
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, metadata) == []
            assert context.get_current_revision() == "0001"
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
            assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
    finally:
        database.close()


def test_what_is_kept_outlives_the_process(tmp_path: Path) -> None:
    for _ in range(2):
        database = Database(f"sqlite:///{tmp_path}/rooms.sqlite")
        with database.engine.begin() as connection:
            count = connection.execute(text("SELECT count(*) FROM rooms")).scalar()
            connection.execute(
                text(
                    "INSERT INTO rooms (id, code, teacher_hash, opened_at, ends_at, next_number, shows_spread) "
                    "VALUES (:id, :code, '', 0, 0, 1, 0)"
                ),
                {"id": str(count), "code": f"kopab{count}"},
            )
        database.close()
    assert count == 1


def test_another_address_is_refused_at_once() -> None:
    with pytest.raises(Exception, match="URL"):
        Database("nonsense")
