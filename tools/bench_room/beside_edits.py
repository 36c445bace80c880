"""What a room costs those who build: three hundred edit, with a vote going on and without one, in turns."""

from __future__ import annotations

import asyncio
import math
from typing import Final

from tests.browser.server import Server
from tools.bench_class.calm import edit_now_and_then, percentile
from tools.bench_class.student import Student
from tools.bench_room.browser import RoomBrowser
from tools.bench_room.voting import Row, act, answer, ask_question, counted, join

_SECONDS: Final = 15.0


async def edit_rows(server: Server, count: int, turns: int) -> list[Row]:
    """Let a class edit every five seconds, in turns with a room in which the same class votes, and without one."""
    warming = Student(server.url)
    await warming.open()
    for value in range(5):
        await warming.edit(float(value))
    await warming.close()
    students = [Student(server.url) for _ in range(count)]
    for first in range(0, count, 50):
        await asyncio.gather(*(each.open() for each in students[first : first + 50]))
    without: list[float] = []
    beside: list[float] = []
    for _ in range(turns):
        without += await edit_now_and_then(students, _SECONDS)
        room = _Room(server.port, count)
        await room.begin()
        times, _ = await asyncio.gather(edit_now_and_then(students, _SECONDS), room.vote())
        beside += times
        await room.end()
    for each in students:
        await each.close()
    ratio = percentile(beside) / percentile(without)
    name = f"{count} edit every 5 s, 95th percentile"
    return [
        (f"{name}, without a room", 1_000 * percentile(without), math.inf, "ms"),
        (f"{name}, while all vote and the spread is live", 1_000 * percentile(beside), math.inf, "ms"),
        (f"{name}, with the room to without it", ratio, 1.3, "×"),
    ]


class _Room:
    """Hold a room of as many students as edit."""

    def __init__(self, port: int, count: int) -> None:
        self._teacher = RoomBrowser(port)
        self._students = [RoomBrowser(port) for _ in range(count)]
        self._code = ""

    async def begin(self) -> None:
        """Open the room, let everybody in, and ask."""
        _, room = await self._teacher.ask("POST", "rooms")
        self._code, self._teacher.token = room["code"], room["token"]
        await self._teacher.listen(self._code)
        for first in range(0, len(self._students), 50):
            await asyncio.gather(*(join(each, self._code) for each in self._students[first : first + 50]))
        await ask_question(self._teacher, self._students, self._code, "q1")

    async def vote(self) -> None:
        """Let everybody answer while the edits go on, until the teacher's spread shows all answers."""
        await asyncio.gather(*(answer(each, self._code, "q1", 1, _SECONDS) for each in self._students))
        await self._teacher.until(lambda page: counted(page, 1) == len(self._students))

    async def end(self) -> None:
        """End the room, and leave."""
        await act(self._teacher, self._code, type="end")
        for page in (self._teacher, *self._students):
            await page.close()
