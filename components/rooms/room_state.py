"""A room at one moment, read in one transaction: what every view of it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sqlalchemy import Connection, Row, select

from components.rooms.question import Question, question_kept
from components.rooms.tables import answers, questions, rooms, rounds, students

Phase = Literal["open", "closed", "revealed"]


@dataclass(frozen=True)
class Student:
    """Hold one student of a room."""

    id: str
    name: str
    number: int
    shows_graph: bool


@dataclass(frozen=True)
class StudentAnswer:
    """Hold an answer as it was handed over."""

    text: str
    is_locked: bool
    at: float


@dataclass(frozen=True)
class PresentQuestion:
    """Hold the question that a room is at, and all rounds of answers to it, by the students' ids."""

    id: str
    number: int
    kept: str
    round: int
    phase: Phase
    rounds: Mapping[int, Mapping[str, StudentAnswer]]

    @cached_property
    def question(self) -> Question:
        """Return what is asked."""
        return question_kept(self.kept)

    @property
    def answers(self) -> Mapping[str, StudentAnswer]:
        """Return the answers of the present round."""
        return self.rounds.get(self.round, {})


@dataclass(frozen=True)
class RoomState:
    """Hold a room."""

    id: str
    code: str
    ends_at: float
    shows_spread: bool
    students: Mapping[str, Student]
    question: PresentQuestion | None


def read_room(connection: Connection, room_id: str) -> RoomState | None:
    """Return a room as it is; None where it has ended."""
    room = connection.execute(select(rooms).where(rooms.c.id == room_id)).first()
    if room is None:
        return None
    found = connection.execute(
        select(
            students.c.id, students.c.name, students.c.number, students.c.shown_graph.is_not(None).label("shows_graph")
        )
        .where(students.c.room_id == room_id)
        .order_by(students.c.number)
    )
    return RoomState(
        room.id,
        room.code,
        room.ends_at,
        room.shows_spread,
        {row[0]: Student(row[0], row[1], row[2], bool(row[3])) for row in found.all()},
        None if room.question_id is None else _present_question(connection, room),
    )


def _present_question(connection: Connection, room: Row[tuple[object, ...]]) -> PresentQuestion | None:
    here = (questions.c.room_id == room.id) & (questions.c.id == room.question_id)
    question = connection.execute(select(questions).where(here)).first()
    if question is None:
        return None
    at = (room.id, room.question_id)
    told: dict[int, dict[str, StudentAnswer]] = {}
    opened = select(rounds.c.round, rounds.c.closed_at).where(rounds.c.room_id == at[0], rounds.c.question_id == at[1])
    is_open = False
    for each in connection.execute(opened.order_by(rounds.c.round)):
        told[each.round] = {}
        is_open = each.closed_at is None if each.round == question.round else is_open
    columns = (answers.c.round, answers.c.student_id, answers.c.text, answers.c.is_locked, answers.c.answered_at)
    given = select(*columns).where(answers.c.room_id == at[0], answers.c.question_id == at[1])
    ordered = given.order_by(answers.c.answered_at, answers.c.student_id)
    # Taken together, and by place: of three hundred answers each single step of the library's would be felt.
    for round_number, student_id, text, is_locked, answered_at in connection.execute(ordered).all():
        told[round_number][student_id] = StudentAnswer(text, is_locked, answered_at)
    phase: Phase = "revealed" if question.revealed_at is not None else "open" if is_open else "closed"
    return PresentQuestion(question.id, question.number, question.content, question.round, phase, told)


def students_concerned(before: RoomState | None, now: RoomState | None) -> set[str] | None:
    """Return the ids of the students who may be told something else than before; None stands for all of them.

    Before the reveal, and as long as no spread is shown, what others answer concerns nobody but the teacher.
    """
    if before is None or now is None or _moment_of(before) != _moment_of(now):
        return None
    concerned = {each.id for each in {*before.students.values()} ^ {*now.students.values()}}
    if now.question is None or before.question is None:
        return concerned
    if now.shows_spread or now.question.phase == "revealed":
        return None
    for number, given in now.question.rounds.items():
        earlier = before.question.rounds.get(number, {})
        concerned |= {student_id for student_id, answer in given.items() if earlier.get(student_id) != answer}
        concerned |= earlier.keys() - given.keys()
    return concerned


def _moment_of(state: RoomState) -> tuple[object, ...]:
    present = state.question
    moment = None if present is None else (present.id, present.number, present.kept, present.round, present.phase)
    return (state.code, state.shows_spread, moment)
