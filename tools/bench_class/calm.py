"""A class that works calmly: everybody edits now and then."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from typing import Final

from tools.bench_class.student import Student

PAUSE_SECONDS: Final = 5.0


async def edit_now_and_then(students: Sequence[Student], seconds: float) -> list[float]:
    """Let each edit every five seconds, beginning at some time of its own; return how long each answer took."""
    times: list[float] = []
    end = time.perf_counter() + seconds

    async def work(student: Student, chance: random.Random) -> None:
        await asyncio.sleep(chance.uniform(0, PAUSE_SECONDS))
        while time.perf_counter() < end:
            times.append(await student.edit(round(chance.uniform(-9, 9), 3)))
            await asyncio.sleep(PAUSE_SECONDS)

    await asyncio.gather(*(work(each, random.Random(number)) for number, each in enumerate(students)))
    return times


def percentile(times: Sequence[float], share: float = 0.95) -> float:
    """Return the time that a share of all stays below."""
    return sorted(times)[int(share * (len(times) - 1))]
