"""Answers to hidden numbers: each try is locked, the first one counts, and a number is shown once it is found.

Plain values: nothing here knows whose answer it is, nor on which page or in which room it was given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from engine.diagnosis import Diagnosis, diagnose_in_pieces
from engine.document import Graph, Quantity
from engine.errors import AnswerError, ValueRefusedError
from engine.evaluation import Trace
from engine.messages import say
from engine.pieces import Pieces, finish
from engine.tasks.answer_text import read_answer

MOST_TRIES: Final = 2
AnswerState = Literal["open", "again", "right", "late", "wrong", "revealed"]
"""open: not answered · again: the first answer was wrong, and there is a second try · right: at the first try, which
counts · late: at the second · wrong: both were · revealed: shown without having been found."""
_ENDED: Final = ("right", "late", "revealed")


@dataclass(frozen=True)
class Answers:
    """Hold the tries at one number, as they were typed, and what the engine says of each; nothing is taken back."""

    tries: tuple[str, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    is_revealed: bool = False

    @property
    def state(self) -> AnswerState:
        """Return how far somebody has come with the number."""
        if self.diagnoses and self.diagnoses[0].verdict == "right":
            return "right"
        if self.diagnoses and self.diagnoses[-1].verdict == "right":
            return "late"
        if self.is_revealed:
            return "revealed"
        return "open" if not self.tries else "again" if len(self.tries) < MOST_TRIES else "wrong"

    @property
    def shows(self) -> bool:
        """Return whether the number is shown: it was found, or revealed."""
        return self.state in _ENDED

    def lock(self, graph: Graph, trace: Trace, asked: Quantity, text: str) -> Answers:
        """Return these answers with one more, which can never be changed.

        Raises AnswerError where no more are taken, or there is no number to compare it with, and ValueRefusedError for
        what is no number; then no try is used.
        """
        return finish(self.lock_in_pieces(graph, trace, asked, text))

    def lock_in_pieces(self, graph: Graph, trace: Trace, asked: Quantity, text: str) -> Pieces[Answers]:
        """Do the same as `lock` in pieces, each a wrong rule."""
        name = asked.name_in(graph)
        if self.shows:
            raise AnswerError(say("{name} is shown already.", name=name))
        if len(self.tries) >= MOST_TRIES:
            raise AnswerError(say("{name} has been answered twice. Reveal it.", name=name))
        found = yield from diagnose_in_pieces(graph, trace, asked, read_answer(text))
        if found.verdict == "unknown":
            raise AnswerError(say("{name} is not computed yet, so there is nothing to compare with.", name=name))
        return replace(self, tries=(*self.tries, text), diagnoses=(*self.diagnoses, found))

    def reveal(self) -> Answers:
        """Return these answers with the number shown."""
        return replace(self, is_revealed=True)


def shown_again(graph: Graph, trace: Trace, asked: Quantity, tries: Sequence[str], is_revealed: bool) -> Answers:
    """Return answers as they were kept; a try that is no number any more is left out."""
    answers = Answers()
    for text in tries[:MOST_TRIES]:
        try:
            answers = answers.lock(graph, trace, asked, text)
        except (AnswerError, ValueRefusedError):
            break
    return answers.reveal() if is_revealed else answers


@dataclass(frozen=True)
class Score:
    """Count the numbers that were asked for, those found at once, found at the second try, and shown unfound."""

    asked: int
    right: int
    late: int
    missed: int


def score(hidden: Sequence[Quantity], answers: Mapping[Quantity, Answers]) -> Score:
    """Return how somebody has done."""
    states = [answers[each].state if each in answers else "open" for each in hidden]
    return Score(
        len(states), states.count("right"), states.count("late"), states.count("wrong") + states.count("revealed")
    )
