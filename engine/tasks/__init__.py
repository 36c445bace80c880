"""Tasks on a graph: numbers that are hidden, answers that are locked, and each student's own numbers. Knows no page."""

from __future__ import annotations

from engine.tasks.answer_text import LONGEST_ANSWER, read_answer
from engine.tasks.answers import MOST_TRIES, Answers, AnswerState, Score, score, shown_again
from engine.tasks.masks import hidden_nodes, masked_trace

__all__ = [
    "LONGEST_ANSWER",
    "MOST_TRIES",
    "AnswerState",
    "Answers",
    "Score",
    "hidden_nodes",
    "masked_trace",
    "read_answer",
    "score",
    "shown_again",
]
