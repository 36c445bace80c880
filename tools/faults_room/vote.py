"""A vote in which something fails: what each student was told, and what stands in the room's table afterwards."""

from __future__ import annotations

import asyncio
import csv
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.serving.stack import HOST, PREFIX, Stack
from tools.bench_room.browser import RoomBrowser
from tools.faults.line import Line
from tools.faults_room.faults import Fault

_CHANGES: str = "12"
_FINALLY: str = "2458"


@dataclass
class Told:
    """Hold what one student knows of one vote."""

    acknowledged: str = ""
    """The answer that the server said it has taken; empty where it took none."""
    is_refused: bool = False
    """Whether the last thing that the student was told is that the vote is closed."""
    seconds: list[float] = field(default_factory=list)
    """From handing over to the acknowledgement."""


@dataclass
class Outcome:
    """Count what came of one vote."""

    answers: int
    acknowledged: int
    refused: int
    lost: int
    """Acknowledged, and not in the table, or another one is."""
    doubled: int
    """Students who stand in the table more than once."""
    untold: int
    """In the table though refused, or neither acknowledged nor refused."""
    differing: int
    """Servers whose table is another one than the first's."""
    slowest: float
    """Seconds until the last acknowledgement of an answer."""


class FaultyClass:
    """Hold a room with students who sit behind a line that may be cut; the teacher sits at the server."""

    def __init__(self, stack: Stack, line: Line, count: int, chance: random.Random) -> None:
        self._stack, self._line, self._chance = stack, line, chance
        self._teacher = RoomBrowser(stack.nginx.port, host=HOST, path=PREFIX)
        self._students = {f"s{number}": RoomBrowser(line.port, host=HOST, path=PREFIX) for number in range(count)}
        self._code = ""
        self._round = 0

    async def begin(self, question: object) -> None:
        """Open a room, let everybody in, and ask."""
        _, room = await self._teacher.hand_over("POST", "rooms", {})
        self._code, self._teacher.token = room["code"], room["token"]
        await self._teacher.listen(self._code)
        names = list(self._students)
        for first in range(0, len(names), 50):
            await asyncio.gather(*(self._join(name) for name in names[first : first + 50]))
        await self._act(type="ask", id="q1", question=question)

    async def _join(self, name: str) -> None:
        student = self._students[name]
        status, told = await student.hand_over("POST", f"rooms/{self._code}/join", {"name": name})
        assert status == 200, told
        student.token = told["token"]
        await student.listen(self._code)

    async def _act(self, **action: object) -> None:
        status, told = await self._teacher.hand_over("POST", f"rooms/{self._code}/actions", {"action": action})
        assert status == 200, told

    async def vote(self, fault: Fault, *, within: float, away: float) -> Outcome:
        """Vote once more, of which the middle is a fault, and close before the last have answered."""
        self._round += 1
        if self._round > 1:
            await self._act(type="vote_again", question="q1", round=self._round)
        everybody = [self._students[name] for name in self._students]
        await asyncio.gather(*(each.until(self._is_open) for each in everybody))
        answering = [asyncio.create_task(self._answer(each, within)) for each in everybody]
        await asyncio.sleep(within / 3)
        failing = asyncio.create_task(fault(self._stack, self._line, away))
        await asyncio.sleep(within / 2)
        await self._act(type="close", question="q1", round=self._round)
        await failing
        told = await asyncio.gather(*answering)
        return await self._outcome(dict(zip(self._students, told, strict=True)))

    def _is_open(self, page: RoomBrowser) -> bool:
        told = page.moment.get("class", {})
        return page.question.get("id") == "q1" and told.get("round") == self._round

    async def _answer(self, student: RoomBrowser, within: float) -> Told:
        """Answer at some time, half of all with another answer before; go on until the server has said what counts."""
        told = Told()
        await asyncio.sleep(self._chance.uniform(0, within))
        if self._chance.random() < 0.5:
            await self._hand_over(student, told, self._chance.choice(_CHANGES), locks=False)
        if not told.is_refused:
            await self._hand_over(student, told, self._chance.choice(_FINALLY), locks=True)
        return told

    async def _hand_over(self, student: RoomBrowser, told: Told, text: str, *, locks: bool) -> None:
        body = {"question": "q1", "round": self._round, "text": text, "locks": locks}
        began = time.perf_counter()
        for _ in range(3):  # as often as somebody presses again who reads that the server does not answer
            status, said = await student.hand_over("PUT", f"rooms/{self._code}/answer", body)
            if status == 200:
                assert said["text"] == text, said
                told.acknowledged = text
                told.seconds.append(time.perf_counter() - began)
                return
            if status == 409:
                assert said["sentence"], said
                told.is_refused = True
                return

    async def _outcome(self, told: dict[str, Told]) -> Outcome:
        tables = [await self._table(app.port) for app in self._stack.apps.values()]
        table = tables[0]
        counts = Counter(name for name, _ in table)
        kept = dict(table)
        seconds = [each for one in told.values() for each in one.seconds]
        return Outcome(
            answers=len(told),
            acknowledged=sum(bool(each.acknowledged) for each in told.values()),
            refused=sum(each.is_refused for each in told.values()),
            lost=sum(kept.get(name) != each.acknowledged for name, each in told.items() if each.acknowledged),
            doubled=sum(count > 1 for count in counts.values()),
            untold=sum(name in kept or not each.is_refused for name, each in told.items() if not each.acknowledged),
            differing=sum(each != table for each in tables),
            slowest=max(seconds, default=0.0),
        )

    async def _table(self, port: int) -> Sequence[tuple[str, str]]:
        """Return who has answered what in the present round, as one server tells it."""
        teacher = RoomBrowser(port, host=HOST, path=PREFIX)
        teacher.token = self._teacher.token
        status, text = await teacher.hand_over("GET", f"rooms/{self._code}/table", None)
        assert status == 200, text
        await teacher.close()
        rows = csv.DictReader(text.removeprefix("\ufeff").splitlines())
        return [(row["Student"], row["Answer"]) for row in rows if row["Round"] == str(self._round)]

    async def close(self) -> None:
        """Leave the room."""
        for page in (self._teacher, *self._students.values()):
            await page.close()
