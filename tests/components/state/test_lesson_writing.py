"""A lesson is written on the page, tried as a student meets it, handed on, and asks wherever its graph is opened."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.state import begin
from engine.lessons import LESSONS, lesson_text
from engine.messages import say, using_language
from tests.components.state.host import Host, set_x

SQUARE: dict[str, Any] = {"type": "formula", "text": "y = x ** 2"}
HIDE = {"type": "hide", "numbers": [["n1", "grad", 0]]}
FIELDS: dict[str, Any] = {
    "title": "A square",
    "question": "What is x.grad?",
    "answer": "number",
    "hint": "The local derivative is 2x.",
    "insight": "It is 6, since 2x is 6 at 3.",
    "fixed": ["x"],
}
CHOICE: dict[str, Any] = {**FIELDS, "answer": "choice", "choices": ["It rises", "It sinks"], "right": "It sinks"}


def written(fields: dict[str, Any] = FIELDS) -> Host:
    """A page on which a lesson about y = x² at x = 3 was written: x.grad is 6."""
    host = Host()
    host.do({"type": "new"}, SQUARE, set_x(3), HIDE)
    host.look = {"panel": "lesson"}
    host.do({"type": "set lesson", "fields": fields})
    assert host.refusals == []
    return host


def answer(text: str) -> dict[str, Any]:
    return {"type": "answer", "node": "n1", "kind": "grad", "text": text}


def test_what_is_written_is_asked_at_once_and_is_one_step_of_undo() -> None:
    host = written()
    assert host.picture["lesson"]["question"] == "What is x.grad?"
    assert host.message["undo"] == "write the lesson"
    host.do({"type": "set lesson", "fields": FIELDS})  # the same once more is nothing to undo
    host.do({"type": "undo"})
    assert "lesson" not in host.picture
    host.do({"type": "redo"}, {"type": "drop lesson"})
    assert "lesson" not in host.picture
    host.do({"type": "undo"})
    assert host.picture["lesson"]["title"] == "A square"


def test_what_does_not_fit_is_refused_and_changes_nothing() -> None:
    host = written()
    host.do({"type": "set lesson", "fields": {**FIELDS, "question": ""}})
    assert host.refusals == ["this text is needed, but it is empty."]
    host.do({"type": "try lesson", "fields": {**CHOICE, "right": "neither"}})
    assert host.refusals[-1] == "the right answer is not among the choices."
    assert host.picture["lesson"]["question"] == FIELDS["question"]
    assert host.message["undo"] == "write the lesson"
    host.do({"type": "end try"})
    assert host.refusals[-1] == "No lesson is being tried."


def test_it_is_tried_as_a_student_meets_it_and_nothing_of_the_try_is_left() -> None:
    host = written()
    host.do({"type": "try lesson", "fields": FIELDS})
    host.look = {}
    host.do(answer("3"))
    (asked,) = host.picture["asked"]
    assert (asked["state"], asked["sentences"][-1]) == ("again", FIELDS["hint"])
    host.do(set_x(5))
    assert host.refusals == ["x is fixed in this lesson: change another input."]
    host.do(answer("6"), {"type": "move", "positions": {"n1": [9, 9]}})
    assert host.picture["lesson"]["answered"]
    assert host.picture["lesson"]["tried"]
    assert host.number("x", "grad") == "6"
    host.do({"type": "end try"})
    assert (host.picture["asked"][0]["tries"], host.number("x", "grad")) == ([], "?")
    assert "tried" not in host.picture["lesson"]
    assert host.message["undo"] == "write the lesson"
    host.do(set_x(4))  # who writes may
    assert host.number("x", "data") == "4"


def test_to_try_it_by_hand_by_a_wrong_rule_leaves_the_writers_page_as_it_was() -> None:
    host = written()
    host.do({"type": "try lesson", "fields": {**FIELDS, "automatic": False, "engine": "step 13"}})
    assert (host.message["automatic"], host.message["variant"]) == (False, "step 13")
    host.do({"type": "end try"})
    assert (host.message["automatic"], host.message["variant"]) == (True, "step 16")


def test_a_link_asks_and_says_no_answer_before_it_is_found() -> None:
    host = written(CHOICE)
    host.do({"type": "share", "fields": {"hides": ["palette", "menu"]}})
    student = Host(begin(host.message["link"]))
    assert student.message["linked"] == {"hides": ["palette", "menu"]}
    told = json.dumps({**student.message, "openedByLink": ""}) + json.dumps(student.picture)
    assert FIELDS["insight"] not in told
    assert FIELDS["hint"] not in told
    assert "right" not in student.picture["lesson"]["choice"]
    assert student.picture["lesson"]["choice"]["choices"] == CHOICE["choices"]
    student.do({"type": "choose answer", "place": 0})
    assert student.picture["lesson"]["choice"]["hint"] == FIELDS["hint"]
    student.do({"type": "choose answer", "place": 1}, answer("6"))
    assert student.picture["lesson"]["choice"]["state"] == "late"
    assert student.picture["lesson"]["insight"] == FIELDS["insight"]


def test_a_lesson_of_the_course_is_asked_by_a_link_of_it() -> None:
    host = Host()
    host.do({"type": "lesson", "lesson": 4}, {"type": "move", "positions": {"n1": [0, 50]}}, {"type": "share"})
    student = Host(begin(host.message["link"]))
    assert student.picture["lesson"]["number"] == 5
    assert student.number("x", "grad") == "?"
    student.do(answer("2"))
    assert student.picture["lesson"]["answered"]


def test_it_outlives_a_reload_a_document_and_undo_after_both() -> None:
    host = written()
    host.do(set_x(4))
    document = json.loads(host.session.playground.document)
    again = Host()
    again.do({"type": "restore", "document": document, "history": host.history})
    assert again.picture["lesson"]["question"] == FIELDS["question"]
    again.do({"type": "undo"}, {"type": "undo"})
    assert "lesson" not in again.picture
    again.do({"type": "redo"})
    assert again.picture["lesson"]["question"] == FIELDS["question"]
    opened = Host()
    opened.do({"type": "open", "text": json.dumps(document)})
    assert (opened.picture["lesson"]["question"], opened.number("x", "grad")) == (FIELDS["question"], "?")
    damaged = Host()
    damaged.do({"type": "open", "text": json.dumps({**document, "lesson": "AAAA"})})
    assert (damaged.refusals, damaged.number("x", "grad")) == ([], "?")
    assert "lesson" not in damaged.picture


def test_a_graph_of_my_graphs_asks_what_its_lesson_of_the_course_asks() -> None:
    document = json.loads(Host().session.playground.document)
    for reference, title in (("course:used_twice", LESSONS[4].title), ("course:gone", None), ("course:", None)):
        host = Host()
        host.do({"type": "open", "text": json.dumps({**document, "lesson": reference})})
        assert host.refusals == []
        assert host.picture.get("lesson", {}).get("title") == title


def test_a_file_opens_as_a_lesson_and_a_bad_one_is_refused() -> None:
    host = written()
    text = host.picture["lessonForm"]["file"]
    other = Host()
    other.do({"type": "open", "text": text, "name": "a_square.toml"})
    assert (other.picture["lesson"]["title"], other.number("x", "grad")) == ("A square", "?")
    other.do({"type": "open", "text": lesson_text(LESSONS[4], LESSONS[4].graph), "name": "b.TOML"})
    assert other.picture["lesson"]["title"] == LESSONS[4].title
    other.do({"type": "open", "text": "title = ", "name": "c.toml"})
    assert other.refusals == ["c.toml: the file is not TOML: line 1, column 8."]


def test_only_who_writes_it_is_shown_all_of_it() -> None:
    host = written()
    assert host.picture["lessonForm"]["fields"]["insight"] == FIELDS["insight"]
    host.do({"type": "share"})
    student = Host(begin(host.message["link"]))
    student.show("lesson")
    assert "fields" not in student.picture["lessonForm"]
    student.do({"type": "write lesson"})
    assert student.picture["lessonForm"]["fields"]["insight"] == FIELDS["insight"]


def test_a_lesson_of_the_course_is_changed_in_the_language_that_is_spoken() -> None:
    host = Host(begin(chosen="ja"))
    host.look = {"panel": "lesson"}
    host.do({"type": "write lesson"})
    fields = host.picture["lessonForm"]["fields"]
    with using_language("ja"):
        assert fields["question"] == say(LESSONS[0].question) != LESSONS[0].question
    assert fields["right"] in fields["choices"]
    host.do({"type": "set lesson", "fields": fields})
    assert host.refusals == []
    assert "number" not in host.picture["lesson"]  # it is a lesson of its own now


def test_a_function_is_chosen_among_all_that_compute() -> None:
    host = written({**FIELDS, "answer": "function", "right": "y"})
    assert host.picture["lesson"]["choice"]["choices"] == ["y"]
    host.do({"type": "choose answer", "place": 0})
    assert host.picture["lesson"]["choice"]["state"] == "right"


def test_what_is_built_is_looked_at_by_what_it_computes() -> None:
    host = written({**FIELDS, "answer": "build", "right": "y = (x + u)²", "hint": "Add first.", "fixed": []})
    check = {"type": "check built"}
    told = []
    for formula in ("", "y = x² + u²", "y = x² + 2 x u + u²"):
        if formula:
            host.do({"type": "formula", "text": formula})
        told.append(host.picture["lesson"]["build"]["state"])
        told.append(host.do(check)["lesson"]["build"]["state"])
    assert told == ["open", "wrong", "open", "wrong", "open", "right"]
    host.do({"type": "undo"}, check)
    assert host.picture["lesson"]["build"] == {"state": "wrong", "hint": "Add first."}
    host.do({"type": "redo"}, {"type": "reveal", "numbers": [["n1", "grad", 0]]}, check)
    assert host.picture["lesson"]["answered"]
    host.do({"type": "set lesson", "fields": {**FIELDS, "answer": "build", "right": "y = x +"}})
    assert host.refusals


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_no_insight_is_told_before_somebody_asks(lesson: Any) -> None:
    host = Host()
    host.do({"type": "lesson", "lesson": LESSONS.index(lesson)})
    told = json.dumps([host.message, host.picture], ensure_ascii=False)
    assert json.dumps(lesson.insight, ensure_ascii=False) not in told
    assert "next" not in host.picture["lesson"]
    host.do({"type": "explain"})
    following = [each.title for each in LESSONS[LESSONS.index(lesson) + 1 :]]
    assert host.picture["lesson"].get("next") == next(iter(following), None)
    assert host.picture["lesson"]["insight"] == lesson.insight
    host.do({"type": "lesson", "lesson": 0})
    assert "insight" not in host.picture["lesson"]
