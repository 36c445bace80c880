"""The same rooms on PostgreSQL: two servers share them, tell each other what is new, and survive lost connections."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from components.rooms.errors import ClosedError
from components.rooms.tables import metadata
from tests.components.rooms.browsers import Browsers, run, served
from tests.components.rooms.class_room import class_room, sum_of_fourth_powers
from tests.components.rooms.postgres import missing, postgres
from tests.components.rooms.test_routes import QUESTION

pytestmark = pytest.mark.skipif(bool(missing()) and "CI" not in os.environ, reason=missing() or "PostgreSQL is there")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    assert not missing()
    with postgres() as found:
        yield found


def test_a_class_votes(address: str, tmp_path: Path) -> None:
    with class_room(tmp_path, address) as room:
        room.join("Ann", "Ben")
        question = room.ask(sum_of_fourth_powers())
        room.answer("Ann", question, "32", locks=False)
        room.answer("Ann", question, "64")
        room.answer("Ann", question, "64")
        with pytest.raises(ClosedError, match="locked"):
            room.answer("Ann", question, "32")
        room.vote_again(question)
        with pytest.raises(ClosedError, match="too late"):
            room.answer("Ben", question, "32")
        room.answer("Ben", question, "64", 2)
        assert room.texts() == {1: {"Ann": "64"}, 2: {"Ben": "64"}}
        assert room.rooms.join(room.code, "", room.tokens["Ann"]).name == "Ann"
        with room.server.database.engine.connect() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, metadata) == []
        room.rooms.end(room.code, room.teacher)
        with room.server.database.engine.connect() as connection:
            for table in metadata.sorted_tables:
                assert connection.execute(text(f"SELECT count(*) FROM {table.name}")).scalar() == 0


def test_two_servers_tell_each_other(address: str, tmp_path: Path) -> None:
    async def tells() -> None:
        async with served(tmp_path, address) as here, served(tmp_path, address) as there:
            code, token = await here.open()
            ann = await there.join(code, "Ann")
            teacher, student = await here.listen(code, token), await there.listen(code, ann)
            await student.next("moment")
            await here.act(code, token, type="ask", id="q1", question=QUESTION)
            assert (await student.next("question")).data["id"] == "q1"
            await there.answer(code, ann, "q1", "32")
            await teacher.until(lambda told: [each["answered"] for each in told["teacher"]["spreads"]] == [1])
            await lose_connections(here)
            await there.act(code, token, type="close", question="q1", round=1)
            await teacher.until(lambda told: told["teacher"]["phase"] == "closed")
            assert (await here.answer(code, ann, "q1", "64")).status == 409
            async with served(tmp_path, address) as third:  # added in mid-class
                late = await third.listen(code, await third.join(code, "Ben"))
                assert (await late.next("question")).data["id"] == "q1"
                await teacher.until(lambda told: len(told["teacher"]["students"]) == 2)

    run(tells())


async def lose_connections(browsers: Browsers) -> None:
    """End every connection to the database, as a restart of PostgreSQL does."""

    def lose() -> None:
        with browsers.server.database.engine.connect() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            connection.execute(text(f"{others} AND usename = 'playground'"))

    await asyncio.to_thread(lose)


def test_an_answer_is_in_before_the_close_or_refused(address: str, tmp_path: Path) -> None:
    async def races() -> None:
        async with served(tmp_path, address) as here, served(tmp_path, address) as there:
            code, token = await here.open()
            students = [await here.join(code) for _ in range(30)]
            await here.act(code, token, type="ask", id="q1", question=QUESTION)
            asked = [
                (here, there)[number % 2].answer(code, student, "q1", "64") for number, student in enumerate(students)
            ]
            asked.insert(15, there.act(code, token, type="close", question="q1", round=1))
            statuses = [each.status for each in await asyncio.gather(*asked)]
            assert statuses.pop(15) == 200
            assert set(statuses) <= {200, 409}
            listener = await here.listen(code, token)
            await listener.next("question")
            told = (await listener.next("moment")).data["teacher"]
            assert told["spreads"][0]["answered"] == statuses.count(200)

    run(races())


def test_servers_that_start_at_once_migrate_once(address: str, tmp_path: Path) -> None:
    async def start() -> None:
        async with served(tmp_path, address) as here, served(tmp_path, address) as there:
            await asyncio.gather(here.open(), there.open())

    run(start())
