"""What happens once a process begins with the server and ends with it."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from components.server import process
from components.server.garbage import SHARE_OF_TIME, Collector, collecting_on_a_clock
from tests.components.server.coroutines import run


class Circle:
    def __init__(self) -> None:
        self.self = self


def running() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "garbage-collector"]


@pytest.fixture
def collectors(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """Make as if nobody had prepared this process; give how many collectors run since."""
    monkeypatch.setattr(process, "_prepared", threading.Lock())
    before, thresholds = len(running()), gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # a page in this process, shown by another test, may have set those of the server
    yield lambda: len(running()) - before
    gc.set_threshold(*thresholds)


def test_a_servers_lifespan_starts_the_collector_and_ends_it(collectors: Callable[[], int]) -> None:
    thresholds, frozen = gc.get_threshold(), gc.get_freeze_count()

    async def serve() -> None:
        for _ in range(2):  # a server that is started again
            async with process.process_lifespan(object()):
                assert collectors() == 1
                assert gc.get_threshold() != thresholds
                async with process.process_lifespan(object()):
                    assert collectors() == 1
                assert collectors() == 1
            assert collectors() == 0
            assert gc.get_threshold() == thresholds

    run(serve())
    assert gc.get_freeze_count() <= frozen


def test_the_collector_ends_where_the_server_fails(collectors: Callable[[], int]) -> None:
    async def fail() -> None:
        async with process.process_lifespan(object()):
            raise ConnectionError

    with pytest.raises(ConnectionError):
        run(fail())
    assert collectors() == 0


def test_what_holds_itself_is_collected_by_the_clock() -> None:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        collected = threading.Event()
        with collecting_on_a_clock(interval=0.01):
            circle = Circle()
            weakref.finalize(circle, collected.set)
            del circle
            assert collected.wait(30)
    finally:
        if was_enabled:
            gc.enable()


def test_everything_is_walked_as_seldom_as_it_takes_long() -> None:
    """What counts is what a walk works for, however long it lasts beside much else."""
    time, worked, walked = [0.0], [0.0], []

    def note(phase: str, told: dict[str, int]) -> None:
        if phase == "start":
            walked.append(told["generation"])
            time[0] += 4.0 if told["generation"] == 2 else 0.001
            worked[0] += 0.5 if told["generation"] == 2 else 0.001

    gc.callbacks.append(note)
    try:
        collector = Collector(lambda: time[0], lambda: worked[0])
        for _ in range(30):
            collector.tick()
            time[0] += 5
    finally:
        gc.callbacks.remove(note)
    whole = [tick for tick, generation in enumerate(walked) if generation == 2]
    assert len(walked) == 30
    assert whole[0] == 0
    assert [later - earlier for earlier, later in pairwise(whole)] == [0.5 / SHARE_OF_TIME / 5]
