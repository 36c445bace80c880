"""A question with choices: one answer counts, then a second try, and then the right one is shown."""

from __future__ import annotations

import pytest

from engine.errors import AnswerError
from engine.tasks import ChoiceAnswers


@pytest.mark.parametrize(
    ("tries", "state", "has_ended"),
    [
        ((), "open", False),
        ((2,), "right", True),
        ((0,), "again", False),
        ((0, 2), "late", True),
        ((0, 1), "wrong", True),
    ],
)
def test_the_first_try_counts_and_there_is_one_more(tries: tuple[int, ...], state: str, has_ended: bool) -> None:
    given = ChoiceAnswers()
    for place in tries:
        given = given.lock(place, 3, 2)
    assert (given.tries, given.state(2), given.has_ended(2)) == (tries, state, has_ended)


@pytest.mark.parametrize(
    ("tries", "place", "sentence"),
    [
        ((0,), 0, "This was chosen before. Choose another one."),
        ((2,), 1, "The question has been answered; the right choice is shown."),
        ((0, 1), 2, "The question has been answered; the right choice is shown."),
        ((), 3, "There is no choice 4."),
        ((), -1, "There is no choice 0."),
    ],
)
def test_what_is_locked_is_not_taken_again(tries: tuple[int, ...], place: int, sentence: str) -> None:
    with pytest.raises(AnswerError) as refused:
        ChoiceAnswers(tries).lock(place, 3, 2)
    assert str(refused.value) == sentence
