"""A class on several servers behind nginx, with PostgreSQL: the files that are deployed, as compose.yaml says."""

from __future__ import annotations

import asyncio
import csv
import http.client
import json
import os
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from tests.components.rooms.browsers import run
from tests.components.rooms.test_routes import QUESTION
from tests.serving.stack import HOST, PREFIX, App, Stack, missing
from tools.bench_class.student import Student
from tools.bench_room.browser import RoomBrowser
from tools.faults.line import Line
from tools.faults_room.faults import FAULTS
from tools.faults_room.vote import FaultyClass

pytestmark = pytest.mark.skipif(bool(missing()) and "CI" not in os.environ, reason=missing() or "all is there")

OF_A_LOST_DATABASE = {
    "The database's news were lost; they are asked for again.",
    "The rooms' database did not do what it was asked for.",
    "A room could not be read; it is tried again.",
}
_MOST_PAGES = 60
"""Of so many at random none would be led to one of two servers once in 10^18 times."""


def test_a_class_goes_on_over_two_servers_and_a_third(tmp_path: Path) -> None:
    assert not missing()

    async def goes_on() -> None:
        with Stack(tmp_path) as stack:
            class_ = Class(stack)
            look_at_the_door(stack)
            look_at_what_stays_open(stack.nginx.port)
            await votes_in_which_something_fails(stack)
            await class_.open_pages()
            await class_.begin_to_vote()
            await class_.have_the_same_table(["2", "4"])
            await class_.add_a_server()
            await class_.lose_a_server()
            await class_.end_a_server()
            for page in (*class_.pages, *class_.students, class_.teacher):
                await page.close()
        for app in stack.apps.values():
            told = [json.loads(line) for line in app.log().splitlines() if line.startswith("{")]
            assert {each["message"] for each in told} <= OF_A_LOST_DATABASE
            assert "Traceback" not in app.log()
        access = [line for line in stack.nginx.log().splitlines() if re.match(r"\d{4}-\d\d-\d\dT", line)]
        assert len(access) > len(class_.pages)
        assert not [line for line in access if "?" in line or "127.0.0.1" in line]

    run(goes_on())


async def votes_in_which_something_fails(stack: Stack) -> None:
    """Let servers, database and network fail in mid-vote: what was acknowledged counts once, the rest is refused."""
    with Line(stack.nginx.port) as line:
        class_ = FaultyClass(stack, line, 20, random.Random(1))
        await class_.begin(QUESTION)
        refused = 0
        for name, fault in FAULTS.items():
            found = await class_.vote(fault, within=1.0, away=0.4)
            assert (found.lost, found.doubled, found.untold, found.differing) == (0, 0, 0, 0), name
            assert found.acknowledged
            refused += found.refused
        assert refused  # who comes late in one of them depends on how fast this computer is
        await class_.close()
    # nginx leads to the server that was killed again only after some seconds, or when its file is read anew.
    await asyncio.to_thread(stack.reload_nginx)


def asked(port: int, path: str, method: str = "GET", *, of_body: int | None = None, **headers: str) -> Answer:
    """Ask for something and read the answer, or so many bytes of what goes on."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Host": HOST, **named})
    told = connection.getresponse()
    answer = Answer(told.status, told.headers, told.read(of_body))
    connection.close()
    return answer


@dataclass
class Answer:
    """Hold what came back."""

    status: int
    headers: Message
    body: bytes


def look_at_what_stays_open(port: int) -> None:
    """nginx opens WebSockets, and hands on a room's events as they come, though a browser inflates answers."""
    handshake = {"Upgrade": "websocket", "Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    origin = f"http://{HOST}"
    opened = asked(port, f"/{PREFIX}/_stcore/stream", of_body=0, Connection="Upgrade", Origin=origin, **handshake)
    assert opened.status == 101
    room = json.loads(asked(port, f"/{PREFIX}/rooms", "POST", Origin=origin).body)
    path, token = f"/{PREFIX}/rooms/{room['code']}/events", f"Bearer {room['token']}"
    events = asked(port, path, of_body=12, Accept_Encoding="gzip", Authorization=token)
    assert (events.status, events.headers["content-encoding"], events.body) == (200, None, b"retry: 1000\n")


def look_at_the_door(stack: Stack) -> None:
    """nginx gives a cookie to whoever has none, keeps the app's headers, and refuses foreign names and metrics."""
    assert stack.is_database_healthy()
    assert all(app.is_healthy for app in stack.apps.values())
    page = asked(stack.nginx.port, f"/{PREFIX}/")
    assert page.status == 200
    assert re.fullmatch(r"playground_app=app-[12]; Path=/; HttpOnly; SameSite=Lax", page.headers["set-cookie"])
    assert page.headers["x-playground-app"] is None
    assert "script-src 'self' blob:" in page.headers["content-security-policy"]
    behind_tls = asked(stack.nginx.port, f"/{PREFIX}/", **{"X-Forwarded-Proto": "https"})
    assert behind_tls.headers["set-cookie"].endswith("; SameSite=None; Secure; Partitioned")
    for name in stack.apps:  # each browser is led to the app that its cookie names, or it would be given another one
        again = asked(stack.nginx.port, f"/{PREFIX}/", Cookie=f"playground_app={name}")
        assert again.headers["set-cookie"] is None
    for other in ("app-9", "1", "any-app", "", "app-1.elsewhere.example"):
        again = asked(stack.nginx.port, f"/{PREFIX}/", Cookie=f"playground_app={other}")
        assert again.status == 200
        assert again.headers["set-cookie"].startswith("playground_app=app-")
    # A class of one address with the same tablets is led to every app.
    assert {asked(stack.nginx.port, f"/{PREFIX}/", Accept="text/html").headers["set-cookie"] for _ in range(60)} == {
        f"playground_app={name}; Path=/; HttpOnly; SameSite=Lax" for name in stack.apps
    }
    assert asked(stack.nginx.port, f"/{PREFIX}/healthz").status == 200
    assert asked(stack.nginx.port, f"/{PREFIX}/_stcore/metrics").status == 404
    assert asked(stack.nginx.port, f"/{PREFIX}/", Host="somebody.elses.example").status == 400


class Class:
    """Hold a teacher, students, and pages on which somebody builds, all behind nginx."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.pages: list[Student] = []
        self.students: list[RoomBrowser] = []
        self.teacher = self.browser()
        self.code = ""

    def browser(self) -> RoomBrowser:
        return RoomBrowser(self.stack.nginx.port, host=HOST, path=PREFIX)

    async def open_pages(self, on: App | None = None) -> None:
        """Open pages, and edit in each, until some are on every server, or on one more."""
        waiting = [on] if on else list(self.stack.apps.values())
        for number in range(_MOST_PAGES):
            page = await self.open_page()
            await page.edit(float(number))  # its own session answers, or none
            waiting = [app for app in waiting if not app.measured("playground_sessions_open")]
            if not waiting:
                return
        raise AssertionError(f"No page was led to {waiting[0].name}.")

    async def open_page(self) -> Student:
        """Open a page as a browser does that was never here: the page's own cookie says where its sockets lead."""
        came = await asyncio.to_thread(asked, self.stack.nginx.port, f"/{PREFIX}/", Accept="text/html")
        cookie = came.headers["set-cookie"].partition(";")[0]
        page = Student(f"http://{HOST}/{PREFIX}", port=self.stack.nginx.port, cookie=cookie)
        self.pages.append(page)
        await page.open()
        assert page.cookie == cookie
        return page

    async def begin_to_vote(self) -> None:
        """Open a room and have two students answer, each behind a cookie of its own."""
        _, room = await self.teacher.ask("POST", "rooms")
        self.code, self.teacher.token = room["code"], room["token"]
        await self.teacher.listen(self.code)
        await self.act(type="ask", id="q1", question=QUESTION)
        for text in ("2", "4"):
            await self.answer(await self.join(), text)

    async def join(self) -> RoomBrowser:
        student = self.browser()
        self.students.append(student)
        status, told = await student.ask("POST", f"rooms/{self.code}/join", {})
        assert status == 200, told
        student.token = told["token"]
        await student.listen(self.code)
        await student.until(lambda page: page.question.get("id") == "q1")
        return student

    async def act(self, **action: object) -> None:
        status, told = await self.teacher.hand_over("POST", f"rooms/{self.code}/actions", {"action": action})
        assert status == 200, told

    async def answer(self, student: RoomBrowser, text: str) -> None:
        body = {"question": "q1", "round": 1, "text": text, "locks": True}
        status, told = await student.hand_over("PUT", f"rooms/{self.code}/answer", body)
        assert (status, told) == (200, {"text": text, "locked": True})

    async def have_the_same_table(self, answers: list[str]) -> None:
        """Have the teacher see the answers live, and each server, asked by itself, tell the same table."""
        await self.teacher.until(told_answers(len(answers)))
        tables = set()
        alive = [app for app in self.stack.apps.values() if app.process.poll() is None]
        for port in (self.stack.nginx.port, *(app.port for app in alive)):
            teacher = RoomBrowser(port, host=HOST, path=PREFIX)
            teacher.token = self.teacher.token
            status, table = await teacher.ask("GET", f"rooms/{self.code}/table")
            assert status == 200
            tables.add(table)
            await teacher.close()
        (table,) = tables
        rows = csv.DictReader(table.removeprefix("\ufeff").splitlines())
        assert sorted(row["Answer"] for row in rows) == sorted(answers)

    async def add_a_server(self) -> None:
        """Add a third server: who is there notices nothing, and who comes is led to it, too."""
        before = [each.streams for each in (self.teacher, *self.students)]
        app = await asyncio.to_thread(self.stack.add_app)
        await self.open_pages(app)
        await self.answer(await self.join(), "8")
        await self.have_the_same_table(["2", "4", "8"])
        alone = RoomBrowser(app.port, host=HOST, path=PREFIX)
        alone.token = self.students[0].token
        await alone.listen(self.code)
        own = {"1": {"text": "2", "locked": True}}
        await alone.until(lambda page: page.moment.get("you", {}).get("answers") == own)
        await alone.close()
        assert [each.streams for each in (self.teacher, *self.students)][: len(before)] == before
        for page in self.pages:
            await page.edit(3.0)

    async def lose_a_server(self) -> None:
        """Kill a server in mid-vote: whoever was on it is led to another one, and answers there."""
        late = [await self.join() for _ in range(3)]
        lost = next(page for page in self.pages if page.cookie == "playground_app=app-1")
        self.stack.apps["app-1"].kill()
        await asyncio.gather(*(self.answer(each, "16") for each in late))
        await self.have_the_same_table(["16", "16", "16", "2", "4", "8"])
        # Its page is opened on another one, and stays there when its own is back: also what it opens anew.
        self.pages.remove(lost)
        await lost.close()
        led = Student(f"http://{HOST}/{PREFIX}", port=self.stack.nginx.port, cookie=lost.cookie)
        self.pages.append(led)
        await led.open()
        assert led.cookie in ("playground_app=app-2", "playground_app=app-3")
        await asyncio.to_thread(self.stack.apps["app-1"].start_again)
        await asyncio.to_thread(self.stack.reload_nginx)  # nothing keeps it from being asked at once
        await led.open_channel()
        await led.edit(5.0)
        self.stack.apps["app-1"].kill()

    async def end_a_server(self) -> None:
        """End a server as an update does: it goes within seconds, and no answer is lost that it was given."""
        late = [await self.join() for _ in range(3)]
        answering = asyncio.gather(*(self.answer(each, "32") for each in late))
        assert await asyncio.to_thread(self.stack.apps["app-2"].end) in (0, -15)
        await answering
        await self.act(type="close", question="q1", round=1)
        await self.teacher.until(lambda page: page.moment["teacher"]["phase"] == "closed")
        await self.have_the_same_table(["16", "16", "16", "2", "32", "32", "32", "4", "8"])


def told_answers(count: int) -> Callable[[RoomBrowser], bool]:
    def holds(page: RoomBrowser) -> bool:
        spreads: list[dict[str, Any]] = page.moment.get("teacher", {}).get("spreads", [])
        return [each["answered"] for each in spreads] == [count]

    return holds
