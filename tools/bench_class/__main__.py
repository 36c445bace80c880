"""Let a class open the page, edit at once, edit now and then, and scrub: `python -m tools.bench_class`.

The server runs on one processor, or on two; the students on another where there is one. Prints seconds and
milliseconds, which are this machine's.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import psutil

from tests.browser.server import ROOT, Server
from tools.bench.report import CLASS, Row, report
from tools.bench_class.calm import edit_now_and_then, percentile
from tools.bench_class.student import Student

_SCRUB_SECONDS: Final = 5.0
_CALM_SECONDS: Final = 20.0
_FRAME_SECONDS: Final = 1 / 60


def main() -> int:
    """Run every part, print a table, and return 1 if a budget was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--many", type=int, default=1000, help="students on two processors; 0 leaves that part out")
    asked = parser.parse_args()
    rows = asyncio.run(_one_processor(asked.students))
    if asked.many:
        rows += asyncio.run(_two_processors(asked.many))
    return report(rows, CLASS)


async def _one_processor(count: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, Server(ROOT / "streamlit_app.py", Path(folder) / "log") as server:
        _bind(server, 1)
        await _warm_up(server)
        students, opened = await _opened(server, count)
        at_once = await _edit_at_once(students)
        calm = percentile(await edit_now_and_then(students, _CALM_SECONDS))
        for student in students:
            await student.close()
    return [
        (f"{count} open at once, one processor, until the last picture", opened, 2.5, "s"),
        (f"{count} edit at once, one processor, until the last answer", at_once, 1.0, "s"),
        (f"{count} edit every 5 s, one processor, 95th percentile", 1000 * calm, 50, "ms"),
    ]


async def _two_processors(count: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, Server(ROOT / "streamlit_app.py", Path(folder) / "log") as server:
        _bind(server, 2)
        await _warm_up(server)
        students, _ = await _opened(server, count, at_a_time=50)
        calm = percentile(await edit_now_and_then(students, _CALM_SECONDS))
        slowest, others = await _scrub(students[:30], students[30:60])
        for student in students:
            await student.close()
    return [
        (f"{count} edit every 5 s, two processors, 95th percentile", 1000 * calm, 150, "ms"),
        ("30 scrub at once, two processors, updates of the slowest", slowest, 8, "a second"),
        ("30 scrub at once, an edit of the others, 95th percentile", 1000 * others, 150, "ms"),
    ]


def _bind(server: Server, processors: int) -> None:
    """Let the server have so many processors, and this process the last of the machine."""
    every = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if len(every) > 1:
        psutil.Process(server.process.pid).cpu_affinity(every[:processors])


async def _warm_up(server: Server) -> None:
    """Have the libraries imported, and what is computed once a process computed."""
    student = Student(server.url)
    await student.open()
    for value in range(5):
        await student.edit(float(value))
    await student.close()


async def _opened(server: Server, count: int, at_a_time: int = 0) -> tuple[list[Student], float]:
    students = [Student(server.url) for _ in range(count)]
    taken: list[float] = []
    for first in range(0, count, at_a_time or count):
        taken += await asyncio.gather(*(each.open() for each in students[first : first + (at_a_time or count)]))
    return students, max(taken)


async def _edit_at_once(students: list[Student]) -> float:
    runs = []
    for value in range(3):
        start = time.perf_counter()
        await asyncio.gather(*(student.edit(10.0 + value) for student in students))
        runs.append(time.perf_counter() - start)
    return statistics.median(runs)


async def _scrub(scrubbing: list[Student], others: list[Student]) -> tuple[float, float]:
    end = time.perf_counter() + _SCRUB_SECONDS
    times: list[float] = []

    async def scrub(student: Student) -> int:
        updates = 0
        while time.perf_counter() < end:
            updates += 1
            taken = await student.edit(updates / 100)
            await asyncio.sleep(max(_FRAME_SECONDS - taken, 0))
        return updates

    async def work(student: Student, chance: random.Random) -> None:
        while time.perf_counter() < end:
            await asyncio.sleep(chance.uniform(0, 1))
            times.append(await student.edit(round(chance.uniform(-9, 9), 3)))

    counted = asyncio.gather(*(scrub(each) for each in scrubbing))
    await asyncio.gather(counted, *(work(each, random.Random(number)) for number, each in enumerate(others)))
    return min(counted.result()) / _SCRUB_SECONDS, percentile(times)


if __name__ == "__main__":
    sys.exit(main())
