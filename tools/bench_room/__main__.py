"""Measure a class of three hundred in a room: `python -m tools.bench_room`; some three minutes.

The server is the app as people start it, on SQLite and one processor; the students on another where there is one.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.browser.server import ROOT, Server
from tools.bench_room.beside_edits import edit_rows
from tools.bench_room.voting import Row, voting_rows


def main() -> int:
    """Print a table, and return 1 if a budget was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--only", choices=("votes", "edits"), help="measure one of both parts")
    parser.add_argument("--questions", type=int, default=5, help="each is voted on twice")
    parser.add_argument("--turns", type=int, default=2, help="how often edits are measured without a room and with one")
    asked = parser.parse_args()
    missed = 0
    for what, figure, budget, unit in asyncio.run(_measured(asked)):
        is_missed = figure > budget
        missed += is_missed
        verdict = "" if math.isinf(budget) else f"budget {budget:<6.3g} {'MISSED' if is_missed else 'ok'}"
        print(f"{what:<78} {figure:8.3g} {unit:<4} {verdict}".rstrip())
    return 1 if missed else 0


async def _measured(asked: argparse.Namespace) -> list[Row]:
    rows: list[Row] = []
    if asked.only != "edits":
        with _server() as server:
            rows += await voting_rows(server.port, asked.students, asked.questions, psutil.Process(server.process.pid))
    if asked.only != "votes":
        with _server() as server:
            rows += await edit_rows(server, asked.students, asked.turns)
    return rows


@contextmanager
def _server() -> Iterator[Server]:
    """Run the app on the first processor, and this process on the last."""
    processors = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        settings = {"PLAYGROUND_DATA": folder}
        with Server(ROOT / "streamlit_app.py", Path(folder) / "log", settings=settings) as server:
            psutil.Process(server.process.pid).cpu_affinity(processors[:1])
            os.sched_setaffinity(0, processors[-1:])
            try:
                yield server
            finally:
                os.sched_setaffinity(0, processors)


if __name__ == "__main__":
    raise SystemExit(main())
