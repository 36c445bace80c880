"""The tables of the database. `migrations` makes them; a test holds both to each other."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata: Final = MetaData()
_ID: Final = 32
_HASH: Final = 64

# Times are seconds since 1970 in UTC: every database keeps them alike.
rooms: Final = Table(
    "rooms",
    metadata,
    Column("id", String(_ID), primary_key=True),
    Column("code", String(6), nullable=False, unique=True),
    Column("teacher_hash", String(_HASH), nullable=False),
    Column("opened_at", Float, nullable=False),
    Column("ends_at", Float, nullable=False, index=True),
    Column("next_number", Integer, nullable=False),  # of the student who joins next
    Column("question_id", String(_ID)),  # the present one; it is looked up in the same room alone
    Column("shows_spread", Boolean, nullable=False),
)

students: Final = Table(
    "students",
    metadata,
    Column("id", String(_ID), primary_key=True),
    Column("room_id", String(_ID), ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("token_hash", String(_HASH), nullable=False, unique=True),
    Column("name", String(40), nullable=False),
    Column("number", Integer, nullable=False),
    Column("joined_at", Float, nullable=False),
    Column("shown_graph", Text),  # what the student lets the teacher see
)

questions: Final = Table(
    "questions",
    metadata,
    Column("room_id", String(_ID), ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(_ID), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("content", Text, nullable=False),  # JSON of what was asked, and of the right answer
    Column("round", Integer, nullable=False),
    Column("asked_at", Float, nullable=False),
    Column("revealed_at", Float),
)

rounds: Final = Table(
    "rounds",
    metadata,
    Column("room_id", String(_ID), primary_key=True),
    Column("question_id", String(_ID), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("opened_at", Float, nullable=False),
    Column("closed_at", Float),
    ForeignKeyConstraint(["room_id", "question_id"], ["questions.room_id", "questions.id"], ondelete="CASCADE"),
)

# One answer for each room, question, round and student: handed over twice it is the same row.
answers: Final = Table(
    "answers",
    metadata,
    Column("room_id", String(_ID), primary_key=True),
    Column("question_id", String(_ID), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("student_id", String(_ID), ForeignKey("students.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("text", Text, nullable=False),
    Column("is_locked", Boolean, nullable=False),
    Column("answered_at", Float, nullable=False),
    ForeignKeyConstraint(
        ["room_id", "question_id", "round"],
        ["rounds.room_id", "rounds.question_id", "rounds.round"],
        ondelete="CASCADE",
    ),
)
