"""Streams of events: all see at once what is new, nothing is told twice, and what was missed is made up for."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from components.rooms import Database, feeds
from components.rooms.rooms import Rooms
from tests.components.rooms.browsers import run, served
from tests.components.rooms.test_routes import QUESTION


def answered(count: int) -> Any:
    return lambda told: told["teacher"]["spreads"] and told["teacher"]["spreads"][-1]["answered"] == count


def test_the_class_follows_the_teacher(tmp_path: Path) -> None:
    async def follows() -> None:
        async with served(tmp_path) as browsers:
            code, token = await browsers.open()
            ann = await browsers.join(code, "Ann")
            teacher, student = await browsers.listen(code, token), await browsers.listen(code, ann)
            assert student.headers["x-accel-buffering"] == "no"
            assert student.headers["content-type"].startswith("text/event-stream")
            assert (await student.next("moment")).data == {"class": {"code": code}, "you": {"name": "Ann", "number": 1}}
            await browsers.act(code, token, type="ask", id="q1", question=QUESTION)
            question = await student.next("question")
            assert (question.data["id"], question.data["asked"]) == ("q1", "x.grad")
            moment = (await student.next("moment")).data
            assert (moment["class"]["phase"], moment["class"]["round"]) == ("open", 1)
            await browsers.answer(code, ann, "q1", "32")
            seen = await teacher.until(answered(1))
            (spread,) = seen.data["teacher"]["spreads"]
            assert spread["bars"] == [{"label": "32", "count": 1, "groups": ["overwritten"]}]
            assert (await student.next("moment")).data["you"]["answers"] == {"1": {"text": "32", "locked": True}}
            late = await browsers.listen(code, await browsers.join(code, "Ben"))
            assert (await late.next("question")).data == question.data
            await browsers.act(code, token, type="reveal", question="q1")
            told = (await student.until(lambda told: told["class"]["phase"] == "revealed")).data
            assert told["you"]["revealed"]["right"] == "64"
            await browsers.act(code, token, type="remove", student=seen.data["teacher"]["students"][0]["id"])
            await student.next("removed")
            await browsers.act(code, token, type="end")
            await late.until_ended()
            await teacher.until_ended()

    run(follows())


def test_news_are_fetched_one_by_one_where_streams_are_held_back(tmp_path: Path) -> None:
    async def fetches() -> None:
        async with served(tmp_path) as browsers:
            code, token = await browsers.open()
            first = await browsers.listen(code, token, query="?once")
            seen = await first.next("moment")
            await first.is_over.wait()
            second = await browsers.listen(code, token, seen.id, query="?once")
            await browsers.join(code, "Ann")
            told = (await second.next("moment")).data  # it has waited for what is new, and ends with it
            assert [each["name"] for each in told["teacher"]["students"]] == ["Ann"]
            await second.is_over.wait()

    run(fetches())


def test_who_comes_back_gets_what_is_new_alone(tmp_path: Path) -> None:
    async def comes_back() -> None:
        async with served(tmp_path) as browsers:
            code, token = await browsers.open()
            ann = await browsers.join(code, "Ann")
            await browsers.act(code, token, type="ask", id="q1", question=QUESTION)
            student = await browsers.listen(code, ann)
            await student.next("question")
            last_id = (await student.next("moment")).id
            await student.leave()
            same = await browsers.listen(code, ann, last_id)
            await browsers.act(code, token, type="close", question="q1", round=1)
            closed = await same.next("moment")  # the first that it is told
            assert closed.data["class"]["phase"] == "closed"
            await same.leave()
            await browsers.act(code, token, type="ask", id="q2", question={"kind": "choice", "choices": ["a", "b"]})
            missed = await browsers.listen(code, ann, closed.id)
            assert (await missed.next("question")).data["id"] == "q2"
            unknown = await browsers.listen(code, ann, "an id of another server\u00e9.x")
            assert (await unknown.next("question")).data["id"] == "q2"

    run(comes_back())


def test_others_answers_wake_nobody(tmp_path: Path) -> None:
    async def stays_quiet() -> None:
        async with served(tmp_path) as browsers:
            code, token = await browsers.open()
            ann, ben = await browsers.join(code, "Ann"), await browsers.join(code, "Ben")
            await browsers.act(code, token, type="ask", id="q1", question=QUESTION)
            teacher, student = await browsers.listen(code, token), await browsers.listen(code, ann)
            await student.next("question")
            await student.next("moment")
            await browsers.answer(code, ben, "q1", "32")
            await teacher.until(answered(1))
            await browsers.act(code, token, type="show_spread", shown=True)
            shown = (await student.next("moment")).data
            assert shown["class"]["spreads"] == [{"round": 1, "answered": 1, "bars": [{"label": "32", "count": 1}]}]
            assert "Ben" not in json.dumps(shown)

    run(stays_quiet())


def test_silence_is_broken_and_the_end_is_told(tmp_path: Path) -> None:
    async def ends() -> None:
        async with served(tmp_path, heartbeat=0.02) as browsers:
            code, token = await browsers.open()
            listener = await browsers.listen(code, token)
            async with asyncio.timeout(60):
                for _ in range(3):
                    await listener.heartbeats.acquire()
                browsers.server.feeds.close()  # as a signal does that ends the process
                await listener.is_over.wait()
            assert len(browsers.server.feeds) == 0

    run(ends())


def test_a_feed_ends_with_those_who_look(tmp_path: Path) -> None:
    async def leaves() -> None:
        async with served(tmp_path) as browsers:
            code, token = await browsers.open()
            one, other = await browsers.listen(code, token), await browsers.listen(code, token)
            await one.next("moment")
            await one.leave()
            assert len(browsers.server.feeds) == 1
            await other.leave()
            assert len(browsers.server.feeds) == 0

    run(leaves())


def test_two_processes_on_one_file_learn_of_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are told, and do not wait until a room is read anew in any case."""
    monkeypatch.setattr(feeds, "READ_AGAIN_SECONDS", 1_000.0)

    async def learn() -> None:
        async with served(tmp_path) as here, served(tmp_path) as there:
            code, token = await here.open()
            teacher = await here.listen(code, token)
            ann = await there.join(code, "Ann")
            student = await there.listen(code, ann)
            await student.next("moment")
            await here.act(code, token, type="ask", id="q1", question=QUESTION)
            assert (await student.next("question")).data["id"] == "q1"
            await there.answer(code, ann, "q1", "32")
            await teacher.until(answered(1))

    run(learn())


def test_a_file_that_only_this_process_writes_has_no_news(tmp_path: Path) -> None:
    database, other = (Database(f"sqlite:///{tmp_path}/rooms.sqlite") for _ in range(2))
    rooms = Rooms(database)
    rooms.open()
    database.was_changed_elsewhere()
    rooms.open()
    assert not database.was_changed_elsewhere()
    Rooms(other).open()
    assert database.was_changed_elsewhere()
    assert not database.was_changed_elsewhere()
    for each in (database, other):
        each.close()
