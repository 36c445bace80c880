"""Measure how long each edit and command holds the process, in graphs at the limits; print the longest.

`python -m tools.hogs` measures all of them; `--graph tanh --task steps` those whose names hold these words, and
`--profile` says where the time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import time
from dataclasses import dataclass
from typing import Any

from components.state import Playground, Session
from tools.hogs.events import Task, tasks
from tools.hogs.graphs import GRAPHS, Large

LONGEST_MS = 200.0
"""CPU time for which one slice of an edit may hold the process."""
_PRINTED = 40


@dataclass(frozen=True)
class Measured:
    """Hold the CPU time of each slice of a task, in milliseconds."""

    graph: str
    task: str
    slices: tuple[float, ...]
    characters: int

    @property
    def longest(self) -> float:
        """Return the time of the longest slice."""
        return max(self.slices)


class _Page:
    """Hand events to a session, as a browser does, and go on as long as it has more to do."""

    def __init__(self, large: Large) -> None:
        self.session = Session(Playground.of(large.graph))
        self.seq = self.post = 0
        self.answer = self.session.message()

    def do(self, task: Task) -> tuple[list[float], int]:
        """Do a task to its end; return the CPU time of each slice, and the characters of the longest answer."""
        if task.before:
            self._to_end(task.before, {}, "")
        return self._to_end(task.events, task.look, task.selected)

    def _to_end(self, events: Any, look: Any, selected: str) -> tuple[list[float], int]:
        slices, longest = [], 0
        for number in range(100_000):
            self.post += 1
            handed = {
                "session": self.session.id,
                "post": self.post,
                "have": self.answer["revision"],
                "selected": selected,
                "look": look,
                "events": [{"seq": self.seq + i, "event": e} for i, e in enumerate(events, 1)] if not number else [],
            }
            self.seq += len(handed["events"])
            begun = time.process_time()
            self.session.receive(handed)
            self.answer = self.session.message()
            text = json.dumps(self.answer, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
            slices.append((time.process_time() - begun) * 1000)
            longest = max(longest, len(text))
            if not self.answer.get("progress"):
                break
        return slices, longest


def measure(name: str, large: Large, task: Task, *, profile: bool = False) -> Measured:
    """Do a task in a fresh session."""
    page = _Page(large)
    profiler = cProfile.Profile() if profile else None
    if profiler is not None:
        if task.before:
            page.do(Task("", task.before))
        profiler.enable()
        slices, characters = page.do(Task(task.name, task.events, task.look, task.selected))
        profiler.disable()
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)
    else:
        slices, characters = page.do(task)
    return Measured(name, task.name, tuple(slices), characters)


def main() -> int:
    """Measure, print, and return 1 where something is longer than it may be."""
    parser = argparse.ArgumentParser(prog="tools.hogs", description=__doc__)
    parser.add_argument("--graph", default="", help="only graphs whose name holds this")
    parser.add_argument("--task", default="", help="only tasks whose name holds this")
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    chosen = parser.parse_args()
    found: list[Measured] = []
    for name, make in GRAPHS.items():
        if chosen.graph.lower() not in name.lower():
            continue
        large = make()
        for task in tasks(large):
            if chosen.task.lower() in task.name.lower():
                found.append(measure(name, large, task, profile=chosen.profile))
                last = found[-1]
                if last.longest > LONGEST_MS:
                    print(f"{last.longest:8.0f} ms  {len(last.slices):4} slices  {name}: {task.name}", flush=True)
    found.sort(key=lambda each: -each.longest)
    print(f"\nThe longest slices of {len(found)} tasks, in ms of CPU:")
    for each in found[:_PRINTED]:
        print(f"{each.longest:8.0f}  {sum(each.slices):9.0f} in {len(each.slices):4}  {each.graph}: {each.task}")
    return int(bool(found) and found[0].longest > LONGEST_MS)


if __name__ == "__main__":
    raise SystemExit(main())
