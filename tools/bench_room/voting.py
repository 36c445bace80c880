"""A class that follows a teacher's questions and answers them, and how long each waits."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any, Final

import psutil

from engine.document import to_document
from engine.lessons import LESSONS
from tools.bench_room.browser import RoomBrowser

_ANSWERING_SECONDS: Final = 5.0
_LESSON: Final = 4  # y = x + x, whose x.grad is hidden: 2, and 1 where it is overwritten

Row = tuple[str, float, float, str]
"""What was measured, the figure, its budget and the unit."""


async def voting_rows(port: int, count: int, questions: int, process: psutil.Process) -> list[Row]:
    """Let a class of so many answer questions, each twice; return what was measured."""
    teacher, students = RoomBrowser(port), [RoomBrowser(port) for _ in range(count)]
    _, room = await teacher.ask("POST", "rooms")
    code, teacher.token = room["code"], room["token"]
    await teacher.listen(code)
    began = time.perf_counter()
    await asyncio.gather(*[join(student, code) for student in students])
    joined = time.perf_counter() - began
    seen: list[float] = []
    late: list[float] = []
    behind: list[float] = []
    lost, answering = 0, 0.0
    for number in range(questions):
        seen.append(await ask_question(teacher, students, code, f"q{number}"))
        for vote in (1, 2):
            if vote == 2:
                await act(teacher, code, type="vote_again", question=f"q{number}", round=2)
                await asyncio.gather(*[each.until(is_at(f"q{number}", 2)) for each in students])
            before = _cpu_seconds(process)
            answered = await asyncio.gather(*[answer(each, code, f"q{number}", vote) for each in students])
            late += [seconds for seconds, _ in answered]
            last = max(at for _, at in answered)
            told = await teacher.until(lambda page, vote=vote: counted(page, vote) == count)
            behind.append(told - last)
            answering += _cpu_seconds(process) - before
            lost += count - counted(teacher, vote)
    for page in (teacher, *students):
        await page.close()
    late.sort()
    return [
        (f"{count} join at once, until the last is in", joined, 5.0, "s"),
        (f"{count} follow the next question, until the last has it", max(seen), 1.0, "s"),
        (
            f"{count} answer within {_ANSWERING_SECONDS:.0f} s, 95th percentile",
            1_000 * late[int(0.95 * len(late))],
            200,
            "ms",
        ),
        ("the same, median", 1_000 * late[len(late) // 2], 200, "ms"),
        ("the teacher's spread behind the last answer", max(behind), 1.0, "s"),
        ("server CPU an answer, the spread included", 1_000 * answering / len(late), 10, "ms"),
        ("answers not counted once", lost, 0, ""),
    ]


async def join(student: RoomBrowser, code: str) -> None:
    """Let a student in, who follows the room from then on."""
    status, told = await student.ask("POST", f"rooms/{code}/join", {})
    assert status == 200, told
    student.token = told["token"]
    await student.listen(code)
    await student.until(lambda page: bool(page.moment))


async def ask_question(teacher: RoomBrowser, students: list[RoomBrowser], code: str, question_id: str) -> float:
    """Ask a question; return after how long the last student has it."""
    question = {"kind": "number", "graph": to_document(LESSONS[_LESSON].graph), "asked": "x.grad"}
    began = time.perf_counter()
    await act(teacher, code, type="ask", id=question_id, question=question)
    times = await asyncio.gather(*[each.until(is_at(question_id, 1)) for each in students])
    return max(times) - began


def is_at(question_id: str, vote: int) -> Any:
    """Return what tells whether a student sees a question and its round."""

    def holds(page: RoomBrowser) -> bool:
        told = page.moment.get("class", {})
        return page.question.get("id") == told.get("question") == question_id and told.get("round") == vote

    return holds


async def act(teacher: RoomBrowser, code: str, **action: object) -> None:
    """Do what a teacher does."""
    status, told = await teacher.ask("POST", f"rooms/{code}/actions", {"action": action})
    assert status == 200, told


async def answer(
    student: RoomBrowser, code: str, question_id: str, vote: int, within: float = _ANSWERING_SECONDS
) -> tuple[float, float]:
    """Answer at some time within so many seconds; return how long it took, and when it was acknowledged."""
    await asyncio.sleep(random.uniform(0, within))
    body = {"question": question_id, "round": vote, "text": random.choice("1122258"), "locks": True}
    began = time.perf_counter()
    status, told = await student.ask("PUT", f"rooms/{code}/answer", body)
    assert status == 200, told
    return time.perf_counter() - began, time.perf_counter()


def _cpu_seconds(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def counted(teacher: RoomBrowser, vote: int) -> int:
    """Return how many answers the teacher sees in the spread of a round."""
    spreads = teacher.moment.get("teacher", {}).get("spreads", [])
    return sum(bar["count"] for bar in spreads[vote - 1]["bars"]) if len(spreads) >= vote else 0
