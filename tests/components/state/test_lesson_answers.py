"""A lesson asks before it shows: numbers that are hidden, a choice that is locked; answered, it counts as done."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from engine.document import Quantity, quantities_named, quantity_named
from engine.evaluation import evaluate
from engine.lessons import LESSONS
from tests.components.state.host import Host, opening

SIGN = 2
"""The lesson about the sign of a gradient hides x.grad, which is −4, and with it y.grad and q.grad, which Add passes on
from one to the other; it asks whether f rises or falls: it falls."""
HINT = "The sign of x.grad says it."


@pytest.fixture
def host() -> Host:
    host = Host()
    host.do({"type": "lesson", "lesson": SIGN})
    return host


def choose(place: int) -> dict[str, Any]:
    return {"type": "choose answer", "place": place}


def answer(text: str) -> dict[str, Any]:
    asked = quantity_named(LESSONS[SIGN].graph, "x.grad")
    assert asked is not None
    return {"type": "answer", "node": asked.node, "kind": asked.kind, "output": asked.output, "text": text}


def x_grad(host: Host) -> dict[str, Any]:
    (found,) = [each for each in host.picture["asked"] if each["name"] == "x.grad"]
    return dict(found)


def told(host: Host) -> tuple[Any, ...]:
    lesson = host.picture["lesson"]
    choice = lesson["choice"]
    return choice["state"], choice["tries"], choice.get("right"), choice.get("hint"), lesson["answered"]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_what_a_lesson_hides_is_hidden_when_it_opens(lesson: Any) -> None:
    assert lesson.graph.hidden == quantities_named(lesson.graph, lesson.hidden)
    assert bool(lesson.graph.hidden) == bool(lesson.hidden)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_no_gradient_beside_a_hidden_one_states_it(lesson: Any) -> None:
    """An op that passes a gradient on as it is, such as Add, would show the number on its other side."""
    graph, trace = lesson.graph, evaluate(lesson.graph)
    passed_on = [
        (wire.source, wire.output, node.id)
        for node in graph.nodes()
        if node.op in ("Add", "Sub", "Identity", "Reshape")
        for wire in graph.wires_into(node.id).values()
    ]
    for source, output, target in passed_on:
        hidden, shown = Quantity(source, "grad", output), Quantity(target, "grad")
        uses = [wire for wire in graph.edges() if (wire.source, wire.output) == (source, output)]
        if hidden in graph.hidden and shown not in graph.hidden and len(uses) == 1:
            one, other = trace.nodes[source].grad[output], trace.nodes[target].grad[0]
            assert one is not None
            assert other is not None
            is_seed = (target, 0) == trace.output  # the 1 that Backward starts with
            assert is_seed or one.shape != other.shape or not np.array_equal(np.abs(one), np.abs(other))


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
    asked = x_grad(host)
    assert asked["state"] == "again"
    assert asked["sentences"][-1] == HINT
    assert not host.picture["lesson"]["answered"]
    host.do(answer("-4"))
    assert not host.picture["lesson"]["answered"]
    others = [
        [each["node"], each["kind"], each["output"]] for each in host.picture["asked"] if each["name"] != "x.grad"
    ]
    host.do({"type": "reveal", "numbers": others})
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
    assert (x_grad(again)["state"], again.number("x", "grad")) == ("again", "?")
    # A document that was kept hides what it hid, whatever the lesson's file says.
    again.do({"type": "restore", "document": host.document(), **kept})
    assert "asked" not in again.picture

    host.do({"type": "lesson", "lesson": 0})
    assert host.picture["lesson"]["choice"]["state"] == "open"
    host.do({"type": "undo"})
    assert told(host) == ("again", [0], None, HINT, False)
    assert x_grad(host)["state"] == "again"


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
