"""Tasks on a graph: numbers that are hidden, answers that are locked, and each student's own numbers. Knows no page."""

from __future__ import annotations

from engine.tasks.answer_text import LONGEST_ANSWER, read_answer
from engine.tasks.answers import MOST_TRIES, Answers, AnswerState, Score, score, shown_again
from engine.tasks.built_graphs import BuiltVerdict, compare_built, computes, graph_of_formula
from engine.tasks.choices import ChoiceAnswers, ChoiceState
from engine.tasks.next_functions import next_functions
from engine.tasks.own_numbers import (
    OWN_VERSION,
    is_well_conditioned,
    normalized,
    own_graph,
    own_graph_in_pieces,
    task_of,
    with_own_numbers,
)
from engine.tasks.task import Task

__all__ = [
    "LONGEST_ANSWER",
    "MOST_TRIES",
    "OWN_VERSION",
    "AnswerState",
    "Answers",
    "BuiltVerdict",
    "ChoiceAnswers",
    "ChoiceState",
    "Score",
    "Task",
    "compare_built",
    "computes",
    "graph_of_formula",
    "is_well_conditioned",
    "next_functions",
    "normalized",
    "own_graph",
    "own_graph_in_pieces",
    "read_answer",
    "score",
    "shown_again",
    "task_of",
    "with_own_numbers",
]
