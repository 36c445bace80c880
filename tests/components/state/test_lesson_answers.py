"""A lesson asks before it shows: numbers that are hidden, a choice that is locked; answered, it counts as done."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.document import quantities_named
from engine.lessons import LESSONS
from tests.components.state.host import Host, opening

SIGN = 2
"""The lesson about the sign of a gradient hides x.grad, which is −4, and asks whether y rises or falls: it falls."""
HINT = "The sign of x.grad says it."


@pytest.fixture
def host() -> Host:
    host = Host()
    host.do({"type": "lesson", "lesson": SIGN})
    return host


def choose(place: int) -> dict[str, Any]:
    return {"type": "choose answer", "place": place}


def answer(text: str) -> dict[str, Any]:
    (asked,) = LESSONS[SIGN].graph.hidden
    return {"type": "answer", "node": asked.node, "kind": asked.kind, "output": asked.output, "text": text}


def told(host: Host) -> tuple[Any, ...]:
    lesson = host.picture["lesson"]
    choice = lesson["choice"]
    return choice["state"], choice["tries"], choice.get("right"), choice.get("hint"), lesson["answered"]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_what_a_lesson_hides_is_hidden_when_it_opens(lesson: Any) -> None:
    assert lesson.graph.hidden == quantities_named(lesson.graph, lesson.hidden)
    assert bool(lesson.graph.hidden) == bool(lesson.hidden)


def test_the_first_thing_that_is_seen_has_its_numbers() -> None:
    first = Host()
    assert [first.number(name, "data") for name in "xyz"] == ["2", "3", "13"]
    assert [first.number(name, "grad") for name in "xyz"] == ["4", "6", "1"]
    assert "asked" not in first.picture


def test_a_choice_is_locked_twice_and_the_right_one_comes_when_it_was_found(host: Host) -> None:
    assert host.picture["lesson"]["choice"]["choices"] == ["It rises", "It falls"]
    assert told(host) == ("open", [], None, None, False)
    host.do(choose(0))
    assert told(host) == ("again", [0], None, HINT, False)
    host.do(choose(0))
    assert host.refusals == ["This was chosen before. Choose another one."]
    host.do(choose(1))
    assert told(host) == ("late", [0, 1], 1, None, False)


def test_after_two_wrong_choices_the_right_one_is_shown() -> None:
    host = Host()
    for place in (1, 2):
        assert "right" not in host.picture["lesson"]["choice"]
        host.do(choose(place))
    assert told(host) == ("wrong", [1, 2], 0, None, True)


def test_a_lesson_is_answered_when_its_numbers_and_its_choice_are(host: Host) -> None:
    host.do(answer("4"))
    (asked,) = host.picture["asked"]
    assert asked["state"] == "again"
    assert asked["sentences"][-1] == HINT
    assert not host.picture["lesson"]["answered"]
    host.do(answer("-4"))
    assert not host.picture["lesson"]["answered"]
    host.do(choose(1))
    assert told(host) == ("right", [1], 1, None, True)
    assert host.number("x", "grad") == "−4"


def test_a_revealed_number_counts_as_answered() -> None:
    host = Host()
    host.do(*opening(4))  # which asks for a number alone
    assert host.picture["lesson"]["answered"]
    assert "choice" not in host.picture["lesson"]


def test_answers_outlive_a_reload_and_another_lesson_that_is_undone(host: Host) -> None:
    host.do(answer("4"), choose(0))
    kept = {name: host.message[name] for name in ("lesson", "answers", "choice")}
    again = Host()
    again.do({"type": "restore", "document": json.loads(host.session.playground.document), **kept})
    assert told(again) == ("again", [0], None, HINT, False)
    assert (again.picture["asked"][0]["state"], again.number("x", "grad")) == ("again", "?")
    # A document that was kept hides what it hid, whatever the lesson's file says.
    again.do({"type": "restore", "document": host.document(), **kept})
    assert "asked" not in again.picture

    host.do({"type": "lesson", "lesson": 0})
    assert host.picture["lesson"]["choice"]["state"] == "open"
    host.do({"type": "undo"})
    assert told(host) == ("again", [0], None, HINT, False)
    assert host.picture["asked"][0]["state"] == "again"


@pytest.mark.parametrize("kept", [[9], [1, 1], [0, 1, 0], ["x"], None, 7])
def test_a_damaged_choice_does_not_keep_the_graph_from_coming_back(host: Host, kept: object) -> None:
    again = Host()
    again.do({"type": "restore", "document": host.document(), "lesson": SIGN, "choice": kept})
    assert again.refusals == []
    assert again.picture["lesson"]["number"] == SIGN + 1
    assert len(again.picture["lesson"]["choice"]["tries"]) <= 1


def test_without_a_lesson_there_is_nothing_to_choose(host: Host) -> None:
    host.do({"type": "new"}, choose(0))
    assert host.refusals == ["There is nothing to choose from here."]
