"""What somebody asked for last wins, also in the moment before the browser has handed over what it kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.state import Session, begin
from engine.errors import PlaygroundError
from engine.lessons import LESSONS
from tests.components.state.host import Host, set_x


def kept(value: object) -> dict[str, Any]:
    """What a tab has kept whose x was set."""
    tab = Host()
    tab.do(set_x(value))
    return {"type": "restore", "document": tab.document(), "history": tab.history}


def press(host: Host, number: int | None = None, refusals: list[str] | None = None) -> None:
    """Press a button beside the canvas: a lesson, or New."""
    playground = host.session.playground

    def refused(error: PlaygroundError) -> None:
        assert refusals is not None, error
        refusals.append(str(error))

    host.session.perform(playground.open_new if number is None else lambda: playground.open_lesson(number), refused)
    host._take_message()


def is_lesson(host: Host, number: int) -> bool:
    return host.session.playground.graph == LESSONS[number].graph and host.message.get("lesson") == LESSONS[number].key


def undone(host: Host, times: int) -> Any:
    host.do(*[{"type": "undo"}] * times)
    return host.number("x", "data")


def test_a_lesson_pressed_before_the_browser_hands_its_graph_over_stays_open() -> None:
    host = Host()
    press(host, 3)
    assert is_lesson(host, 3)  # at once
    host.do(kept(7))
    assert is_lesson(host, 3)
    assert host.message["undo"] == "open another graph"
    assert undone(host, 1) == "7"  # what was kept is one undo away
    assert host.message["undo"] == "set x to 7"


def test_new_pressed_before_the_last_of_what_is_handed_over_stands_behind_all_of_it() -> None:
    host = Host()
    press(host)
    host.do({**kept(7), "followers": 2}, set_x(8))
    assert host.number("x", "data") == "8"  # an edit that was pending is of the graph that was kept
    host.do(set_x(9))
    assert len(host.session.playground.graph) == 0
    assert undone(host, 1) == "9"


def test_what_is_pressed_in_the_middle_of_it_is_done_once_behind_it() -> None:
    host = Host()
    host.do({**kept(7), "followers": 1})
    press(host, 2)
    assert host.number("x", "data") == "7"
    host.do(set_x(8))
    assert is_lesson(host, 2)
    assert undone(host, 1) == "8"
    press(host, 4)
    assert is_lesson(host, 4)


def test_several_are_repeated_in_their_order() -> None:
    host = Host()
    press(host, 3)
    press(host)
    press(host, 5)
    host.do(kept(7))
    assert is_lesson(host, 5)
    assert undone(host, 3) == "7"


def test_where_nothing_was_kept_nothing_is_repeated() -> None:
    host = Host()
    press(host, 3)
    host.do({"type": "variant", "variant": "step 13"})
    assert is_lesson(host, 3)
    press(host, 0)
    host.do(kept(7))  # a later restore is none of a beginning
    assert host.number("x", "data") == "7"


def test_what_was_kept_and_is_damaged_leaves_what_was_asked_for() -> None:
    host = Host()
    press(host, 3)
    host.do({"type": "restore", "document": 5})
    assert (len(host.refusals), is_lesson(host, 3)) == (1, True)
    host.do({"type": "undo"})
    assert (is_lesson(host, 0), host.message["undo"]) == (True, "")


def test_a_button_that_is_refused_says_so_and_leaves_the_graph() -> None:
    host, refusals = Host(), list[str]()
    press(host, 99, refusals)
    assert refusals == ["There is no lesson 100."]
    host.do(kept(7))
    assert (refusals, host.number("x", "data")) == (["There is no lesson 100."] * 2, "7")


def sliced(host: Host) -> None:
    """Let a page answer after each piece."""
    host.session.begin_slice = lambda: lambda: True


@pytest.mark.parametrize("before", range(6))
def test_a_button_pressed_while_an_edit_is_in_work_is_done_behind_it(before: int) -> None:
    host = Host()
    host.do()
    sliced(host)
    host.seq += 2
    host.hand_over([{"seq": 1, "event": set_x(7)}, {"seq": 2, "event": {"type": "tidy"}}])
    for _ in range(before):
        host.hand_over([])
    press(host, 3)
    host.do()
    assert is_lesson(host, 3)
    labels = []
    while host.message["undo"]:
        labels.append(host.message["undo"])
        host.do({"type": "undo"})
    assert labels == ["open another graph", "tidy", "set x to 7"]


def test_a_large_graph_in_slices_is_overtaken_by_nothing() -> None:
    host = Host(Session(begin().playground))
    sliced(host)
    host.seq = 1
    host.hand_over([{"seq": 1, "event": json.loads(json.dumps(kept([1.5] * 3000)))}])
    press(host, 3)
    host.do()
    assert is_lesson(host, 3)
