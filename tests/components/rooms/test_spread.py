"""The spread of a vote: how often each answer was given, and which wrong rule it shows, which no class sees."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.rooms.question import Asked, Question
from components.rooms.views import spreads, told_class, told_student, told_teacher
from engine.document import Range, to_document, to_link
from engine.pieces import finish
from engine.tasks import with_own_numbers
from tests.components.rooms.class_room import ClassRoom, choice, graph_of, sum_of_fourth_powers


def teacher_sees(room: ClassRoom) -> dict[str, Any]:
    state = room.state
    return told_teacher(state, spreads(state, room.server.judge))


def class_sees(room: ClassRoom) -> dict[str, Any]:
    state = room.state
    return told_class(state, spreads(state, room.server.judge))


def you_see(room: ClassRoom, name: str) -> dict[str, Any]:
    state = room.state
    return told_student(state, state.students[room.student_id(name)], room.server.judge)


def bars(spread: dict[str, Any]) -> dict[str, int]:
    return {bar["label"]: bar["count"] for bar in spread["bars"]}


def shares(spread: dict[str, Any]) -> list[str]:
    return [group["share"] for group in spread["groups"]]


def test_numbers_are_grouped_by_what_was_done(room: ClassRoom) -> None:
    room.join(*"ABCDEFG")
    question = room.ask(sum_of_fourth_powers())
    # The book's three engines give 32, 96 and 64 here; 5 comes of nothing.
    for name, text in zip("ABCDEF", ["32", "32.0", "64/2", "96", "64", "5"], strict=True):
        room.answer(name, question, text, locks=name != "F")
    (spread,) = teacher_sees(room)["spreads"]
    assert bars(spread) == {"5": 1, "32": 3, "64": 1, "96": 1}
    assert [bar["label"] for bar in spread["bars"]] == ["5", "32", "64", "96"]
    assert (spread["answered"], spread["locked"]) == (6, 5)
    told = shares(spread)
    assert told[0] == "3 of 6 overwrote instead of adding"
    assert "1 of 6 went on before every gradient had arrived" in told
    assert told[-2:] == ["1 of 6 gave another answer", "1 of 6 gave the right answer"]


def test_before_the_reveal_nothing_tells_what_is_right(room: ClassRoom) -> None:
    room.join("A", "B")
    question = room.ask(sum_of_fourth_powers())
    room.answer("A", question, "32")
    hidden = class_sees(room)
    assert "spreads" not in hidden
    room.voting.show_spread(room.code, room.teacher, True)
    present = room.state.question
    assert present is not None
    told = json.dumps([class_sees(room), you_see(room, "A"), you_see(room, "B"), present.question.told()])
    assert class_sees(room)["spreads"] == [{"round": 1, "answered": 1, "bars": [{"label": "32", "count": 1}]}]
    for secret in ("64", "right", "overw", "groups", "revealed", "sentence"):
        assert secret not in told
    assert "A" not in json.dumps(you_see(room, "B"))


def test_after_the_reveal_everybody_learns_what_they_did(room: ClassRoom) -> None:
    room.join("A", "B", "C")
    question = room.ask(sum_of_fourth_powers())
    room.answer("A", question, "32")
    room.vote_again(question)
    room.answer("B", question, "64", 2)
    room.reveal(question)
    one, other, late = (you_see(room, name)["revealed"] for name in "ABC")
    assert (one["right"], one["isRight"], other["isRight"]) == ("64", False, True)
    assert "overwriting" in one["sentence"]
    # Four Functions are computed, the output is seeded, and of the four backward steps the last reaches x.
    assert late == {"right": "64", "step": 4 + 1 + 4}
    assert [spread["answered"] for spread in class_sees(room)["spreads"]] == [1, 1]
    assert teacher_sees(room)["revealed"] == {"right": "64", "step": 9}


def test_a_choice_has_a_bar_for_every_choice(room: ClassRoom) -> None:
    room.join("A", "B")
    question = room.ask(choice())
    room.answer("A", question, "1")
    room.answer("B", question, "2")
    (spread,) = teacher_sees(room)["spreads"]
    assert bars(spread) == {"adds": 0, "copies": 1, "swaps": 1}
    assert shares(spread) == ["1 of 2 gave another answer", "1 of 2 gave the right answer"]
    room.reveal(question)
    assert you_see(room, "B")["revealed"] == {"right": "copies", "isRight": False, "sentence": ""}


def test_the_right_choice_and_function_are_marked_also_where_nobody_gave_them(room: ClassRoom) -> None:
    room.join("A")
    chosen = room.ask(choice())
    room.answer("A", chosen, "0")
    room.reveal(chosen)
    (spread,) = class_sees(room)["spreads"]
    assert {bar["label"]: bar["groups"] for bar in spread["bars"]} == {"adds": [""], "copies": ["right"], "swaps": []}
    graph = to_document(sum_of_fourth_powers().graph)
    question = room.ask(Question.of(Asked(kind="function", graph=graph, done=4)))
    room.answer("A", question, "a")
    (spread,) = teacher_sees(room)["spreads"]
    assert {bar["label"]: bar["groups"] for bar in spread["bars"]} == {"a": [""], "b": [], "c": [], "y": ["right"]}


def test_which_function_comes_next_is_decided_behind_the_seed(room: ClassRoom) -> None:
    graph = to_document(sum_of_fourth_powers().graph)
    question = room.ask(Question.of(Asked(kind="function", graph=graph, done=4, course=8)))
    assert teacher_sees(room)["course"] == 8
    room.reveal(question)
    assert teacher_sees(room)["revealed"] == {"right": "y", "step": 6}


def test_an_opinion_is_neither_right_nor_wrong(room: ClassRoom) -> None:
    room.join("A")
    question = room.ask(choice(right=None))
    room.answer("A", question, "0")
    assert teacher_sees(room)["spreads"][0]["groups"] == []


def test_of_functions_that_may_both_come_next_both_are_right(room: ClassRoom) -> None:
    graph = graph_of("a = x**2\nb = x**3\ny = a + b")
    steps = ["x² forward", "x³ forward", "+ forward", "seed", "+ backward"]
    room.join("A", "B", "C")
    question = room.ask(Question.of(Asked(kind="function", graph=to_document(graph), done=len(steps))))
    for name, text in zip("ABC", "aby", strict=True):
        room.answer(name, question, text)
    (spread,) = teacher_sees(room)["spreads"]
    assert bars(spread) == {"a": 1, "b": 1, "y": 1}
    assert shares(spread) == ["1 of 3 gave another answer", "2 of 3 gave the right answer"]
    room.reveal(question)
    assert you_see(room, "C")["revealed"]["right"] == "a and b"


def test_what_is_built_is_checked_by_its_numbers(room: ClassRoom) -> None:
    room.join("A", "B", "C")
    question = room.ask(Question.of(Asked(kind="build", title="Build (ab)(a+b).", formula="y = (a * b) * (a + b)")))
    present = room.state.question
    assert present is not None
    assert present.question.told() == {"kind": "build", "title": "Build (ab)(a+b).", "variant": "step 16"}
    for name, formula in zip("ABC", ["q = a**2 * b + a * b**2", "y = a * b", "y = a * c * (a + c)"], strict=True):
        room.answer(name, question, to_link(graph_of(formula)))
    assert shares(teacher_sees(room)["spreads"][0]) == [
        "1 of 3 built it from other inputs",
        "1 of 3 built something that computes other numbers",
        "1 of 3 gave the right answer",
    ]


def test_own_numbers_are_grouped_by_diagnosis(room: ClassRoom) -> None:
    graph = graph_of("x = 2\na = x**2\ny = a**2 + a**2")
    x = graph.node_named("x")
    assert x is not None
    graph = graph.with_ranges({x.id: Range(1, 3, 1)})
    question = Question.of(Asked(kind="number", graph=to_document(graph), asked="x.grad"))
    room.join(*"ABCDE")
    asked = room.ask(question)
    drawn = []
    for number, name in enumerate("ABCDE", start=1):
        own = finish(with_own_numbers(question.task.graph, f"student {number}")).node_named("x")
        assert own is not None
        assert isinstance(own.value, float)
        drawn.append(own.value)
        # y = 2x⁴, so x.grad is 8x³, and half of it where a's gradient was overwritten.
        room.answer(name, asked, str((8 if name == "A" else 4) * own.value**3))
    assert len(set(drawn)) > 1
    (spread,) = teacher_sees(room)["spreads"]
    assert spread["bars"] == []
    assert shares(spread) == ["4 of 5 overwrote instead of adding", "1 of 5 gave the right answer"]
    room.reveal(asked)
    assert float(you_see(room, "B")["revealed"]["right"]) == pytest.approx(8 * drawn[1] ** 3, rel=1e-3)


def test_very_many_numbers_share_a_bar(room: ClassRoom) -> None:
    letters = [f"S{number}" for number in range(20)]
    room.join(*letters)
    question = room.ask(sum_of_fourth_powers())
    for number, name in enumerate(letters):
        room.answer(name, question, str(max(0, number - 4)))
    (spread,) = teacher_sees(room)["spreads"]
    assert len(spread["bars"]) == 12
    assert (bars(spread)["0"], bars(spread)["other numbers"]) == (5, 5)
    assert sum(bars(spread).values()) == 20


def test_a_room_with_the_same_ids_is_told_nothing_of_another(room: ClassRoom) -> None:
    """A student who opens a room and asks a question under the id of the class's learns nothing and changes nothing."""
    own = ClassRoom(room.server, room.clock, room.rooms.open())
    room.join("Ann")
    own.join("Eve")
    asked = room.ask(sum_of_fourth_powers())
    document = to_document(graph_of("x = 2\ny = x + 5"))
    assert own.ask(Question.of(Asked(kind="number", graph=document, asked="x.grad"))) == asked
    room.answer("Ann", asked, "64")  # right here, where 1 is wrong
    assert shares(teacher_sees(room)["spreads"][0]) == ["1 of 1 gave the right answer"]
    own.answer("Eve", asked, "64")  # wrong here, where 1 is right
    assert "1 of 1 gave the right answer" not in shares(teacher_sees(own)["spreads"][0])
    own.reveal(asked)
    assert you_see(own, "Eve")["revealed"]["isRight"] is False
    room.reveal(asked)
    assert you_see(room, "Ann")["revealed"]["isRight"] is True
