"""Play a lesson in a class's room: `python -m tools.rehearse_room`; five questions, each voted on twice.

A teacher at 1920 × 1080 asks. Some students sit at real browsers (phones, tablets, laptops), the others speak the
room's protocol. A third is wrong in the first vote, a tenth in the second. What the teacher sees is compared with that,
and so is the table afterwards. `--database postgres` runs it over two servers that share a PostgreSQL.
"""

from __future__ import annotations

import argparse
import csv
import io
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.room_people import School, Somebody
from tests.browser.screens import DESK, PHONE, PROJECTOR, TABLET
from tests.browser.server import ROOT, Server
from tests.components.rooms.postgres import postgres
from tools.rehearse_room.crowd import Crowd
from tools.rehearse_room.lesson import PARTS, Part

PICTURES: Final = ROOT / "test-results" / "rehearsal-room"
_PATIENCE_MS: Final = 30_000
_FOR_EACH_BROWSER_MS: Final = 8_000
"""All draw at once on the same processors, so the last of many has to wait for the others."""


@dataclass
class ClassRoom:
    """Hold who takes part; those at browsers come first where students are counted."""

    teacher: Somebody
    students: Sequence[Somebody]
    crowd: Crowd
    pictures: Path

    @property
    def count(self) -> int:
        """Return how many students there are."""
        return len(self.students) + len(self.crowd.students)

    def take_pictures(self, name: str) -> None:
        """Keep what the teacher and some students see."""
        for who, person in (("teacher", self.teacher), ("phone", self.students[0]), ("last", self.students[-1])):
            person.page.screenshot(path=self.pictures / f"{name}-{who}.png")


def is_right(index: int, vote: int) -> bool:
    """Return whether a student is right: in the first vote two of three, in the second nine of ten."""
    return index % (3 if vote == 1 else 10) != 0


def play(room: ClassRoom, number: int, part: Part) -> float:
    """Ask a question, vote, vote again, and reveal; return after how many seconds the last browser had it."""
    teacher = room.teacher
    began = time.monotonic()
    part.ask(teacher)
    for each in room.students:
        expect(each.question).to_have_text(part.asked)
    seen = time.monotonic() - began
    for vote in (1, 2):
        if vote == 2:
            teacher.press("v")
        _answer(room, part, vote)
        expect(teacher.count).to_have_text(f"{room.count} of {room.count} have answered")
        if vote == 1:
            room.take_pictures(f"{number}-{part.name}-1-answered")
        teacher.next(f"Closed: {room.count} of {room.count} answered")
        expect(teacher.page.locator(f'.spread[data-round="{vote}"]')).to_be_visible()
        for earlier in range(1, vote + 1):  # both stand side by side
            assert teacher.bars(earlier) == part.bars(*_counts(room, earlier)), (part.name, earlier)
    room.take_pictures(f"{number}-{part.name}-2-closed")
    teacher.press("n")
    expect(teacher.control("room-next")).to_contain_text("Next question")
    for vote in (1, 2):
        right, _ = _counts(room, vote)
        assert f"✓ {right} of {room.count} gave the right answer" in teacher.shares(vote)
    for index, each in enumerate(room.students):
        wrong = "Your answer was another one." if part.name == "build" else "You answered "
        verdict = "Your answer is right." if is_right(index, 2) else wrong
        expect(each.told).to_contain_text(verdict)
    told = room.crowd.are_right()
    assert told == [is_right(index, 2) for index in range(len(room.students), room.count)]
    room.take_pictures(f"{number}-{part.name}-3-revealed")
    return seen


def _answer(room: ClassRoom, part: Part, vote: int) -> None:
    first = len(room.students)
    if vote == 2:
        for each in room.students:
            expect(each.told).to_contain_text("Vote again")
    room.crowd.answer(vote, lambda index, question, you: part.text(is_right(first + index, vote), question, you))
    for index, each in enumerate(room.students):
        part.answer(each, is_right(index, vote))


def _counts(room: ClassRoom, vote: int) -> tuple[int, int]:
    right = sum(is_right(index, vote) for index in range(room.count))
    return right, room.count - right


def check_table(room: ClassRoom, parts: int) -> None:
    """Read the table: every answer stands there once, and the most frequent misconception first."""
    room.teacher.who.click()
    with room.teacher.page.expect_download() as download:
        room.teacher.control("room-table").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))[1:]
    given = Counter((number, vote, name) for number, _, vote, name, *_ in rows)
    assert len(given) == len(rows) == parts * 2 * room.count
    wrong = [int(row[7]) for row in rows if row[7]]
    assert wrong == sorted(wrong, reverse=True)
    assert rows[0][7] == str(wrong[0])
    assert rows[0][6]  # what it comes of


@contextmanager
def servers(database: str, folder: Path) -> Iterator[list[Server]]:
    """Run one server on SQLite, or two that share a PostgreSQL."""
    with ExitStack() as stack:
        settings = {"PLAYGROUND_DATA": str(folder), "PLAYGROUND_FIRST_STEPS": "off"}
        if database == "postgres":
            settings["DATABASE_URL"] = stack.enter_context(postgres())
        count = 2 if database == "postgres" else 1
        yield [
            stack.enter_context(Server(ROOT / "streamlit_app.py", folder / f"log-{each}.txt", settings=settings))
            for each in range(count)
        ]


def main() -> None:
    """Play, and tell after each question that its numbers were right."""
    parser = argparse.ArgumentParser(prog="tools.rehearse_room", description=__doc__)
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--browsers", type=int, default=6, help="how many of the students sit at a real browser")
    parser.add_argument("--questions", type=int, default=len(PARTS))
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--pictures", type=Path, default=PICTURES, help="the folder for what was seen")
    chosen = parser.parse_args()
    pictures = chosen.pictures / chosen.database
    pictures.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=_PATIENCE_MS + chosen.browsers * _FOR_EACH_BROWSER_MS)
    parts = PARTS[: chosen.questions]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        running = stack.enter_context(servers(chosen.database, folder))
        browser = launch(stack.enter_context(sync_playwright()))
        stack.callback(browser.close)
        schools = [stack.enter_context(School(browser, server)) for server in running]
        teacher = schools[0].somebody(PROJECTOR)
        teacher.open()
        teacher.open_lesson(5, reveal=False)
        code, _ = teacher.open_room()
        screens = (PHONE, DESK, TABLET)
        students = [schools[each % len(schools)].somebody(screens[each % 3]) for each in range(chosen.browsers)]
        for index, student in enumerate(students):
            student.join(code, f"Student {index}")
        ports = [server.port for server in running]
        crowd = Crowd(ports, code, chosen.students - len(students))
        stack.callback(crowd.close)
        crowd.join()
        room = ClassRoom(teacher, students, crowd, pictures)
        expect(teacher.who).to_contain_text(f"{room.count} students")
        print(f"{room.count} students have joined, {len(students)} of them in browsers.", flush=True)
        for number, part in enumerate(parts, 1):
            began = time.monotonic()
            if number == 1:
                teacher.page.keyboard.press("p")  # a lesson runs by two keys, in Present
            elif number == 3:
                teacher.page.keyboard.press("Escape")
            seen = play(room, number, part)
            seconds = time.monotonic() - began
            print(f"{part.name}: voted twice, {seconds:.0f} s; the last browser had it after {seen:.1f} s", flush=True)
        check_table(room, len(parts))
        teacher.end_room()
        for each in (teacher, *students):
            expect(each.page.locator(".room")).to_be_hidden()
    print(f"Every number was right. What was seen stands in {pictures}: look at it.")


if __name__ == "__main__":
    main()
