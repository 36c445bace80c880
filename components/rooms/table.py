"""The table of a room: every answer with what it shows, the most frequent misconceptions first."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, select

from components.rooms.judging import Judge, Judgement
from components.rooms.question import Question, question_kept
from components.rooms.rooms import Rooms
from components.rooms.tables import answers, questions, students
from engine.messages import say

_STARTS_A_FORMULA: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)
_IS_NUMBER: Final = re.compile(r"[-+]?\d+(\.\d*)?(e[-+]?\d+)?", re.IGNORECASE)
_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take UTF-8 for something else."""


def table_of_room(rooms: Rooms, judge: Judge, code: str, token: str) -> str:
    """Return the table as CSV; raises NoRoomError, and NotAllowedError for whoever is not the teacher."""

    def read(connection: Connection) -> list[tuple[int, str, int, int, str, str, float]]:
        room = rooms.teacher(connection, code, token)
        asked = (
            select(
                questions.c.number,
                questions.c.content,
                answers.c.round,
                students.c.number,
                students.c.name,
                answers.c.text,
                answers.c.answered_at,
            )
            .join(answers, (answers.c.room_id == questions.c.room_id) & (answers.c.question_id == questions.c.id))
            .join(students, students.c.id == answers.c.student_id)
            .where(questions.c.room_id == room.id)
            .order_by(questions.c.number, answers.c.round, students.c.number)
        )
        return [tuple(row) for row in connection.execute(asked)]

    rows = []
    for number, content, round_number, student, name, text, at in rooms.database.do(read):
        question = question_kept(content)
        found = judge.judge(question, student, text)
        rows.append(([number, question.title, round_number, name, _shown(question, text)], found, at))
    counts = Counter(found.group for _, found, _ in rows if found.is_right is False and found.group)
    # A stable sort: within a misconception, questions, rounds and students stay in their order.
    rows.sort(key=lambda row: (-counts[row[1].group] if row[1].is_right is False else 1, row[1].group))
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(
        [
            say("Question"),
            say("Title"),
            say("Round"),
            say("Student"),
            say("Answer"),
            say("Right"),
            say("Diagnosis"),
            say("Given by"),
            say("Time (UTC)"),
        ]
    )
    for cells, found, at in rows:
        time = datetime.fromtimestamp(at, UTC).isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
        told = [*cells, _right(found), found.sentence, counts[found.group] or "", time]
        writer.writerow([safe_cell(str(cell)) for cell in told])
    return _BYTE_ORDER_MARK + written.getvalue()


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    is_formula = text.lstrip(" ").startswith(_STARTS_A_FORMULA) and not _IS_NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text


def _shown(question: Question, text: str) -> str:
    return question.choices[int(text)] if question.kind == "choice" else text


def _right(found: Judgement) -> str:
    if found.is_right is None:
        return ""
    return say("yes") if found.is_right else say("no")
