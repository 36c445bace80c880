"""Make the tables of rooms, students, questions, rounds and answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rooms",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(6), nullable=False, unique=True),
        sa.Column("teacher_hash", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.Float, nullable=False),
        sa.Column("ends_at", sa.Float, nullable=False),
        sa.Column("next_number", sa.Integer, nullable=False),
        sa.Column("question_id", sa.String(32)),
        sa.Column("shows_spread", sa.Boolean, nullable=False),
    )
    op.create_index("ix_rooms_ends_at", "rooms", ["ends_at"])
    op.create_table(
        "students",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("room_id", sa.String(32), sa.ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("joined_at", sa.Float, nullable=False),
        sa.Column("shown_graph", sa.Text),
    )
    op.create_index("ix_students_room_id", "students", ["room_id"])
    op.create_table(
        "questions",
        sa.Column("room_id", sa.String(32), sa.ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False),
        sa.Column("revealed_at", sa.Float),
    )
    op.create_table(
        "rounds",
        sa.Column("room_id", sa.String(32), primary_key=True),
        sa.Column("question_id", sa.String(32), primary_key=True),
        sa.Column("round", sa.Integer, primary_key=True),
        sa.Column("opened_at", sa.Float, nullable=False),
        sa.Column("closed_at", sa.Float),
        sa.ForeignKeyConstraint(["room_id", "question_id"], ["questions.room_id", "questions.id"], ondelete="CASCADE"),
    )
    op.create_table(
        "answers",
        sa.Column("room_id", sa.String(32), primary_key=True),
        sa.Column("question_id", sa.String(32), primary_key=True),
        sa.Column("round", sa.Integer, primary_key=True),
        sa.Column("student_id", sa.String(32), sa.ForeignKey("students.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("is_locked", sa.Boolean, nullable=False),
        sa.Column("answered_at", sa.Float, nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id", "question_id", "round"],
            ["rounds.room_id", "rounds.question_id", "rounds.round"],
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_answers_student_id", "answers", ["student_id"])


def downgrade() -> None:
    """Take the tables away, with all that is in them."""
    for table in ("answers", "rounds", "questions", "students", "rooms"):
        op.drop_table(table)
