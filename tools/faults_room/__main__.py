"""Let a class of five hundred vote while things fail: `python -m tools.faults_room`; some three minutes.

Two servers, PostgreSQL and nginx, as compose.yaml starts them. Prints a table, and ends with an error where an answer
that was acknowledged is lost or doubled, or a student was not told that an answer does not count.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from engine.document import to_document
from engine.lessons import LESSONS
from tests.serving.stack import Stack, missing
from tools.faults.line import Line
from tools.faults_room.faults import FAULTS
from tools.faults_room.vote import FaultyClass, Outcome

_LESSON = 4  # y = x + x, whose x.grad is hidden
_VOTES = 2
"""Of each fault: a room takes nine rounds of a question."""


def main() -> int:
    """Play, and return 1 where anything went wrong."""
    parser = argparse.ArgumentParser(prog="tools.faults_room", description=__doc__)
    parser.add_argument("--students", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", type=float, default=6.0, help="how many seconds a vote takes")
    parser.add_argument("--away", type=float, default=5.0, help="for how many seconds things stay away")
    asked = parser.parse_args()
    if missing():
        print(missing())
        return 1
    head = "answers", "acknowledged", "refused", "lost", "doubled", "untold", "other tables", "slowest"
    print(f"{'in mid-vote':<36}" + "".join(f"{name:>13}" for name in head))
    rows = asyncio.run(_played(asked.students, asked.seed, asked.within, asked.away))
    return 1 if any(each.lost or each.doubled or each.untold or each.differing for each in rows) else 0


async def _played(count: int, seed: int, within: float, away: float) -> list[Outcome]:
    question = {"kind": "number", "graph": to_document(LESSONS[_LESSON].graph), "asked": "x.grad"}
    outcomes = []
    with tempfile.TemporaryDirectory() as folder, Stack(Path(folder)) as stack, Line(stack.nginx.port) as line:
        class_ = FaultyClass(stack, line, count, random.Random(seed))
        await class_.begin(question)
        for name, fault in FAULTS.items():
            found = [await class_.vote(fault, within=within, away=away) for _ in range(_VOTES)]
            outcomes += found
            _tell(name, found)
        await class_.close()
    return outcomes


def _tell(name: str, votes: list[Outcome]) -> None:
    sums = [
        sum(getattr(each, count) for each in votes)
        for count in ("answers", "acknowledged", "refused", "lost", "doubled", "untold", "differing")
    ]
    slowest = max(each.slowest for each in votes)
    print(f"{name:<36}" + "".join(f"{each:>13}" for each in sums) + f"{slowest:>11.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
