"""Let 3 000 pages and 100 rooms come and go: `python -m tools.bench_memory`; some three minutes.

Ten classes of three hundred, one after the other: each opens the page, edits, and votes in ten rooms, of which half are
ended and half are left. The server is the app as people start it, on SQLite. Prints its memory after each class.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import tempfile
import urllib.request
from pathlib import Path
from typing import Final

import psutil

from tests.browser.server import ROOT, Server
from tests.serving.nginx import free_port
from tools.bench_class.student import Student
from tools.bench_room.browser import RoomBrowser
from tools.bench_room.voting import act, answer, ask_question, counted, join

_AT_A_TIME: Final = 50
_SETTLING_SECONDS: Final = 8.0
"""The collector runs every five."""
_MOST_GROWTH: Final = 1.1
_MB: Final = 1024 * 1024


def main() -> int:
    """Print a table, and return 1 where memory goes on growing after the first class."""
    parser = argparse.ArgumentParser(prog="tools.bench_memory", description=__doc__)
    parser.add_argument("--students", type=int, default=300, help="of each class")
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--rooms", type=int, default=10, help="of each class")
    asked = parser.parse_args()
    megabytes = asyncio.run(_measured(asked.classes, asked.students, asked.rooms))
    growth = megabytes[-1] / megabytes[0]
    verdict = "ok" if growth <= _MOST_GROWTH else "MISSED"
    print(f"memory after the last class to that after the first: {growth:.2f} ×, budget {_MOST_GROWTH} × {verdict}")
    if len(megabytes) > 2:  # from the second on, pages of the class before are kept beside those that are open
        a_class = (megabytes[-1] - megabytes[1]) / (len(megabytes) - 2)
        print(f"from the second class on it grows by {a_class:.1f} MB a class")
    return int(growth > _MOST_GROWTH)


async def _measured(classes: int, count: int, rooms: int) -> list[float]:
    megabytes: list[float] = []
    metrics = free_port()
    with tempfile.TemporaryDirectory() as folder:
        settings = {"PLAYGROUND_DATA": folder, "PLAYGROUND_METRICS_PORT": str(metrics), "FORWARDED_ALLOW_IPS": "*"}
        with Server(ROOT / "streamlit_app.py", Path(folder) / "log", settings=settings) as server:
            process = psutil.Process(server.process.pid)
            print(f"{'pages so far':>12}{'rooms':>8}{'memory':>10}{'pages kept':>12}{'descriptors':>13}{'threads':>9}")
            _tell(0, 0, process, metrics)
            for number in range(1, classes + 1):
                await _class(server, number, count, rooms)
                await asyncio.sleep(_SETTLING_SECONDS)
                megabytes.append(_tell(number * count, number * rooms, process, metrics))
    return megabytes


def _tell(pages: int, rooms: int, process: psutil.Process, metrics: int) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{metrics}/metrics", timeout=30) as answer:
        found = re.search(r"^playground_sessions_open (\d+)", answer.read().decode(), re.MULTILINE)
    assert found is not None
    megabytes = float(process.memory_info().rss / _MB)
    print(
        f"{pages:>12}{rooms:>8}{megabytes:>7.0f} MB{found[1]:>12}{process.num_fds():>13}{process.num_threads():>9}",
        flush=True,
    )
    return megabytes


async def _class(server: Server, number: int, count: int, rooms: int) -> None:
    pages = [Student(server.url) for _ in range(count)]
    for first in range(0, count, _AT_A_TIME):
        some = pages[first : first + _AT_A_TIME]
        await asyncio.gather(*(each.open() for each in some))
        await asyncio.gather(*(each.edit(float(number)) for each in some))
    await asyncio.gather(*(_room(server.port, number, place, count // rooms) for place in range(rooms)))
    for page in pages:
        await page.close()


async def _room(port: int, number: int, place: int, count: int) -> None:
    """Hold a room, from an address of its own: a server lets each address open only so many."""
    address = f"10.1.{number}.{place}"
    teacher, students = RoomBrowser(port, address=address), [RoomBrowser(port, address=address) for _ in range(count)]
    _, room = await teacher.ask("POST", "rooms")
    code, teacher.token = room["code"], room["token"]
    await teacher.listen(code)
    await asyncio.gather(*(join(each, code) for each in students))
    await ask_question(teacher, students, code, "q1")
    await asyncio.gather(*(answer(each, code, "q1", 1, 1.0) for each in students))
    await teacher.until(lambda page: counted(page, 1) == count)
    await act(teacher, code, type="reveal", question="q1")
    await asyncio.gather(*(each.until(lambda page: "revealed" in page.moment["you"]) for each in students))
    if place % 2:
        await act(teacher, code, type="end")
    for page in (teacher, *students):
        await page.close()


if __name__ == "__main__":
    raise SystemExit(main())
