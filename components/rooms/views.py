"""What the teacher and what each student is told of a room: the one place that decides what leaves the server."""

from __future__ import annotations

from typing import Any

from components.rooms.judging import Judge, right_answer
from components.rooms.room_state import PresentQuestion, RoomState, Student, StudentAnswer
from components.rooms.spread import Spread, spreads_of
from engine.document import to_document


def spreads(state: RoomState, judge: Judge) -> list[Spread]:
    """Return the spreads of the present question's rounds."""
    return [] if state.question is None else spreads_of(state.question, state.students, judge)


def told_teacher(state: RoomState, found: list[Spread]) -> dict[str, Any]:
    """Return what the teacher's page is told; names stand in it, and the page shows them when it is asked to."""
    present = state.question
    given = {} if present is None else present.answers
    return {
        "code": state.code,
        "endsAt": state.ends_at,
        "showsSpread": state.shows_spread,
        "students": [
            {
                "id": each.id,
                "name": each.name,
                "answered": each.id in given,
                "locked": each.id in given and given[each.id].is_locked,
                **({"showsGraph": True} if each.shows_graph else {}),
            }
            for each in state.students.values()
        ],
        **_told_moment(present),
        **({} if present is None or present.question.course is None else {"course": present.question.course}),
        "spreads": [each.for_teacher() for each in found],
        **({} if present is None or present.phase != "revealed" else {"revealed": _revealed(present, 0)}),
    }


def told_class(state: RoomState, found: list[Spread]) -> dict[str, Any]:
    """Return what every student is told alike."""
    present = state.question
    is_revealed = present is not None and present.phase == "revealed"
    told: dict[str, Any] = {"code": state.code, **_told_moment(present)}
    if state.shows_spread or is_revealed:
        told["spreads"] = [each.for_teacher() if is_revealed else each.for_class() for each in found]
    return told


def told_student(state: RoomState, student: Student, judge: Judge) -> dict[str, Any]:
    """Return what one student is told beside that: of their own answer, and after the reveal what is right."""
    present = state.question
    told: dict[str, Any] = {"name": student.name, "number": student.number}
    if student.shows_graph:
        told["showsGraph"] = True
    if present is None:
        return told
    told["answers"] = {
        str(number): _told_answer(given[student.id]) for number, given in present.rounds.items() if student.id in given
    }
    if present.phase == "revealed":
        told["revealed"] = _revealed(present, student.number) | _own_diagnosis(present, student, judge)
    return told


def _told_moment(present: PresentQuestion | None) -> dict[str, Any]:
    return {} if present is None else {"question": present.id, "round": present.round, "phase": present.phase}


def _told_answer(given: StudentAnswer) -> dict[str, Any]:
    return {"text": given.text, "locked": given.is_locked}


def _revealed(present: PresentQuestion, number: int) -> dict[str, Any]:
    """Return the right answer, of own numbers that of one student; the teacher has none."""
    question = present.question
    if question.kind == "build":
        return {"graph": to_document(question.graph)}
    step = {} if question.deciding_step is None else {"step": question.deciding_step}
    if question.has_own_numbers and not number:
        return step
    return {"right": right_answer(question, number), **step}


def _own_diagnosis(present: PresentQuestion, student: Student, judge: Judge) -> dict[str, Any]:
    """Return what the last answer of a student shows."""
    given = next((each[student.id] for each in reversed(list(present.rounds.values())) if student.id in each), None)
    if given is None:
        return {}
    found = judge.judge(present.question, student.number, given.text)
    step = {} if found.step is None else {"step": found.step}
    return {"isRight": found.is_right, "sentence": found.sentence, **step}
