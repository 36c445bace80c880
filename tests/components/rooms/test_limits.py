"""Limits let go of whom they no longer keep from anything: what a server holds for people does not grow with them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from components.rooms.errors import TooManyError
from components.rooms.limits import KnownTokens, Limit, RoomLimits, source_of
from tests.components.rooms.browsers import run, served
from tests.components.rooms.class_room import Clock
from tests.components.rooms.test_routes import QUESTION

_HOURS = 3600.0


def test_a_limit_forgets_whoever_has_everything_left_again() -> None:
    clock = Clock()
    limit = Limit(10, 60, clock)  # ten seconds until all are back
    for person in range(3_000):
        limit.take(f"student {person}")
        clock.now += 0.1
    # Whoever came in the last ten seconds, and the one who has just come.
    assert len(limit) == pytest.approx(100, abs=1)
    clock.now += 5
    limit.take("another")
    assert len(limit) == pytest.approx(51, abs=1)


def test_forgetting_gives_nobody_more_than_the_limit() -> None:
    clock = Clock()
    limit = Limit(10, 60, clock)

    def taken() -> int:
        count = 0
        try:
            while True:
                limit.take("one")
                count += 1
        except TooManyError:
            return count

    assert taken() == 10
    for seconds in (1.0, 2.5, 9.0, 9.999, 10.0, 10.001, 500.0):
        clock.now += seconds
        limit.take("another")
        assert taken() == min(10, int(seconds))
        clock.now += 10  # everything is back, whatever part of one was left
        assert taken() == 10


def test_known_tokens_go_with_their_room_and_with_time() -> None:
    clock = Clock()
    known = KnownTokens(clock)
    for token in ("a", "b", "a"):
        known.add("bababa", token)
    known.add("kopabi", "c")
    assert (len(known), known.holds("BABABA", "b"), known.holds("bababa", "c")) == (3, True, False)
    known.forget("bababa", "b")
    known.forget("bababa", "nobody's")
    known.forget("dedede", "a")
    assert (len(known), known.holds("bababa", "b")) == (2, False)
    known.forget_room("bababa")
    assert (len(known), known.holds("bababa", "a")) == (1, False)
    clock.now += 13 * _HOURS
    known.add("bababa", "a")
    assert (len(known), known.holds("kopabi", "c")) == (1, False)
    for number in range(21_000):
        known.add("fofofo" if number % 2 else "bababa", f"{number}")
    assert len(known) <= 20_000
    assert known.holds("fofofo", "20999")


def test_nothing_is_held_of_rooms_that_have_come_and_gone(tmp_path: Path) -> None:
    """Of each class all is let go when its room has ended and the limits have filled up: entries, feeds, tasks."""

    async def classes() -> None:
        async with served(tmp_path) as browsers:
            clock = Clock()
            limits: RoomLimits = browsers.server.limits
            counted = [each for each in vars(limits).values() if isinstance(each, Limit)]
            for each in (*counted, limits.known):
                object.__setattr__(each, "_clock", clock)
            held: list[tuple[int, ...]] = []
            for number in range(4):
                browsers.address = f"10.0.0.{number}"
                code, teacher = await browsers.open()
                students = [await browsers.join(code) for _ in range(10)]
                listeners = [await browsers.listen(code, each) for each in (teacher, *students)]
                await browsers.act(code, teacher, type="ask", id="q1", question=QUESTION)
                for each in students:
                    assert (await browsers.answer(code, each, "q1", "64")).status == 200
                await browsers.act(code, teacher, type="end")
                for listener in listeners:
                    await listener.until_ended()
                    await asyncio.wait_for(listener.is_over.wait(), 60)
                clock.now += _HOURS
                tasks = sum(not each.done() for each in asyncio.all_tasks())
                held.append((*map(len, counted), len(limits.known), len(browsers.server.feeds), tasks))
            assert held[1:] == held[:-1]
            assert held[0][-3:-1] == (0, 0)

    run(classes())


def test_a_computer_has_one_limit_whatever_address_it_takes() -> None:
    # A network hands each computer of IPv6 2^64 addresses to choose from.
    assert source_of("2001:db8::1") == source_of("2001:db8::ffff:1:2") != source_of("2001:db8:0:1::1")
    assert source_of("10.0.0.1") == "10.0.0.1" != source_of("10.0.0.2")
    assert source_of("") == ""
