"""Measure how long each edit and command holds the process, in graphs at the limits; print the longest.

`python -m tools.hogs` measures all of them; `--graph tanh --task steps` those whose names hold these words, and
`--profile` says where the time goes. `--neighbour` measures how long a small edit takes meanwhile in another session.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from dataclasses import dataclass

from tools.hogs.events import Task, tasks
from tools.hogs.graphs import GRAPHS, Large
from tools.hogs.neighbour import LONGEST_MS as LONGEST_DELAY_MS
from tools.hogs.neighbour import delays
from tools.hogs.page import Page

LONGEST_MS = 200.0
"""CPU time for which one slice of an edit may hold the process."""
_PRINTED = 40


@dataclass(frozen=True)
class Measured:
    """Hold the CPU time of each slice of a task, in milliseconds."""

    graph: str
    task: str
    slices: tuple[float, ...]

    @property
    def longest(self) -> float:
        """Return the time of the longest slice."""
        return max(self.slices)


def measure(name: str, large: Large, task: Task, *, profile: bool = False) -> Measured:
    """Do a task in a fresh session."""
    page = Page(large.graph)
    if task.before:
        page.do(Task("", task.before))
    alone = Task(task.name, task.events, task.look, task.selected)
    if not profile:
        return Measured(name, task.name, tuple(page.do(alone)))
    profiler = cProfile.Profile()
    profiler.enable()
    slices = page.do(alone)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)
    return Measured(name, task.name, tuple(slices))


def neighbours(name: str, large: Large, chosen: list[Task]) -> float:
    """Print and return the longest time of a small edit beside a session that does these tasks again and again."""
    found = sorted(delays(Page(large.graph), lambda: chosen))
    print(f"{found[-1]:8.0f} ms, median {found[len(found) // 2]:.0f} ms, beside {name}", flush=True)
    return found[-1]


def main() -> int:
    """Measure, print, and return 1 where something is longer than it may be."""
    parser = argparse.ArgumentParser(prog="tools.hogs", description=__doc__)
    parser.add_argument("--graph", default="", help="only graphs whose name holds this")
    parser.add_argument("--task", default="", help="only tasks whose name holds this")
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    parser.add_argument("--neighbour", action="store_true", help="measure small edits in another session")
    chosen = parser.parse_args()
    found: list[Measured] = []
    longest_delay = 0.0
    for name, make in GRAPHS.items():
        if chosen.graph.lower() not in name.lower():
            continue
        large = make()
        meant = [task for task in tasks(large) if chosen.task.lower() in task.name.lower()]
        if chosen.neighbour:
            alone = [Task(each.name, each.events, each.look, each.selected) for each in meant if not each.before]
            longest_delay = max(longest_delay, neighbours(name, large, alone))
            continue
        for task in meant:
            found.append(measure(name, large, task, profile=chosen.profile))
            last = found[-1]
            if last.longest > LONGEST_MS:
                print(f"{last.longest:8.0f} ms  {len(last.slices):4} slices  {name}: {task.name}", flush=True)
    if chosen.neighbour:
        return int(longest_delay > LONGEST_DELAY_MS)
    found.sort(key=lambda each: -each.longest)
    print(f"\nThe longest slices of {len(found)} tasks, in ms of CPU, and all of a task in how many:")
    for each in found[:_PRINTED]:
        print(f"{each.longest:8.0f}  {sum(each.slices):9.0f} in {len(each.slices):4}  {each.graph}: {each.task}")
    return int(bool(found) and found[0].longest > LONGEST_MS)


if __name__ == "__main__":
    raise SystemExit(main())
