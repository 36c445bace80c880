"""Answers to a question with choices: each try is locked, the first one counts, and after the last all is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from engine.errors import AnswerError
from engine.messages import say
from engine.tasks.answers import MOST_TRIES

ChoiceState = Literal["open", "again", "right", "late", "wrong"]
"""open: not answered · again: the first try was wrong, and there is a second · right: at the first try, which counts ·
late: at the second · wrong: both were, and the right choice is shown."""


@dataclass(frozen=True)
class ChoiceAnswers:
    """Hold the tries at one question, as places among its choices counted from 0; nothing is taken back."""

    tries: tuple[int, ...] = ()

    def state(self, right: int) -> ChoiceState:
        """Return how far somebody has come, where the right choice has this place."""
        if right in self.tries:
            return "right" if self.tries[0] == right else "late"
        return "open" if not self.tries else "again" if len(self.tries) < MOST_TRIES else "wrong"

    def has_ended(self, right: int) -> bool:
        """Return whether the right choice is shown: it was found, or there is no more try."""
        return self.state(right) in ("right", "late", "wrong")

    def lock(self, place: int, count: int, right: int) -> ChoiceAnswers:
        """Return these answers with one more, out of so many choices, which can never be changed.

        Raises AnswerError where no more are taken, where there is no such choice, and where it was tried before.
        """
        if self.has_ended(right):
            raise AnswerError(say("The question has been answered; the right choice is shown."))
        if not 0 <= place < count:
            raise AnswerError(say("There is no choice {number}.", number=place + 1))
        if place in self.tries:
            raise AnswerError(say("This was chosen before. Choose another one."))
        return replace(self, tries=(*self.tries, place))
