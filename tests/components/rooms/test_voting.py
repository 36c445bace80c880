"""Votes: an answer counts once, changes until it is locked, and comes too late once its round is closed."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from components.rooms.errors import ClosedError, NotAllowedError, RoomError, TooManyError
from components.rooms.question import Asked, Question
from engine.document import to_document, to_link
from engine.errors import PlaygroundError
from engine.lessons import LESSONS
from tests.components.rooms.class_room import ClassRoom, choice, graph_of, scratch_room, sum_of_fourth_powers


def test_an_answer_changes_until_it_is_locked(room: ClassRoom) -> None:
    room.join("Ann")
    question = room.ask(sum_of_fourth_powers())
    room.answer("Ann", question, "1", locks=False)
    room.answer("Ann", question, "2", locks=False)
    room.answer("Ann", question, "3")
    room.answer("Ann", question, "3")  # the acknowledgement was lost, and it is handed over again
    for locks in (True, False):
        with pytest.raises(ClosedError, match="locked"):
            room.answer("Ann", question, "4", locks=locks)
    assert room.texts() == {1: {"Ann": "3"}}


def test_an_answer_after_the_close_is_refused(room: ClassRoom) -> None:
    room.join("Ann", "Ben")
    question = room.ask(sum_of_fourth_powers())
    room.answer("Ann", question, "32", locks=False)
    room.close(question)
    room.answer("Ann", question, "32")  # it was in
    for name, text in (("Ann", "64"), ("Ben", "64")):
        with pytest.raises(ClosedError, match="too late"):
            room.answer(name, question, text)
    assert room.texts() == {1: {"Ann": "32"}}


def test_the_class_votes_again_and_both_rounds_are_kept(room: ClassRoom) -> None:
    room.join("Ann", "Ben")
    question = room.ask(sum_of_fourth_powers())
    room.answer("Ann", question, "32")
    room.vote_again(question)
    room.vote_again(question)  # asked for twice: the line broke
    room.answer("Ann", question, "64", 2)
    room.answer("Ben", question, "64", 2)
    with pytest.raises(ClosedError):
        room.answer("Ben", question, "32", 1)
    assert room.texts() == {1: {"Ann": "32"}, 2: {"Ann": "64", "Ben": "64"}}
    with pytest.raises(RoomError, match="one after the other"):
        room.vote_again(question, 4)
    room.reveal(question)
    with pytest.raises(RoomError, match="revealed"):
        room.vote_again(question, 3)
    with pytest.raises(ClosedError):
        room.answer("Ben", question, "1", 2)


def test_the_next_question_closes_the_one_before(room: ClassRoom) -> None:
    room.join("Ann")
    first, second = room.ask(sum_of_fourth_powers()), room.ask(choice())
    room.voting.ask(room.code, room.teacher, second, choice())
    with pytest.raises(ClosedError):
        room.answer("Ann", first, "64")
    room.answer("Ann", second, "0")
    with pytest.raises(RoomError, match="Another question"):
        room.vote_again(first)  # another tab of the teacher's has not heard of the second one yet
    with pytest.raises(RoomError, match="Another question"):
        room.voting.ask(room.code, room.teacher, "third", choice(), first)
    room.voting.ask(room.code, room.teacher, second, choice(), first)  # the line broke before the answer had come
    room.close(first)
    present = room.state.question
    assert present is not None
    assert (present.id, present.number, present.phase) == (second, 2, "open")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (sum_of_fourth_powers(), "many"),
        (sum_of_fourth_powers(), "__import__('os')"),
        (choice(), "3"),
        (choice(), "-1"),
        (choice(), "²"),
        (choice(), "adds"),
        (Question.of(Asked(kind="build", formula="y = a * b")), "no link"),
    ],
)
def test_what_is_no_answer_is_refused_and_uses_none_up(room: ClassRoom, question: Question, text: str) -> None:
    room.join("Ann")
    asked = room.ask(question)
    with pytest.raises(PlaygroundError):
        room.answer("Ann", asked, text)
    assert room.texts() == {1: {}}


def test_unknown_questions_and_rounds(room: ClassRoom) -> None:
    room.join("Ann")
    question = room.ask(choice())
    for asked, number in (("other", 1), (question, 2), (question, 0)):
        with pytest.raises(RoomError):
            room.answer("Ann", asked, "1", number)
    with pytest.raises(RoomError):
        room.close("other")


def test_a_question_of_another_room_is_not_found(room: ClassRoom) -> None:
    question = room.ask(choice())
    other = room.rooms.open()
    eve = room.rooms.join(other.code, "Eve").token
    with pytest.raises(RoomError):
        room.voting.answer(other.code, eve, question, 1, "1", locks=True)
    with pytest.raises(NotAllowedError):
        room.voting.answer(room.code, eve, question, 1, "1", locks=True)
    room.voting.ask(other.code, other.token, question, choice(0))  # the same id there is another question
    room.voting.answer(other.code, eve, question, 1, "1", locks=True)
    assert room.texts() == {1: {}}


def test_a_removed_student_takes_the_answers_along(room: ClassRoom) -> None:
    room.join("Ann", "Ben")
    question = room.ask(choice())
    room.answer("Ann", question, "0")
    room.answer("Ben", question, "1")
    room.rooms.remove(room.code, room.teacher, room.student_id("Ben"))
    assert room.texts() == {1: {"Ann": "0"}}
    with pytest.raises(NotAllowedError):
        room.answer("Ben", question, "1")


def test_a_room_takes_so_many_questions(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.rooms.voting.MOST_QUESTIONS", 1)
    room.ask(choice())
    with pytest.raises(TooManyError, match="at most 1"):
        room.ask(choice())


def test_a_student_shows_a_graph_and_hides_it(room: ClassRoom) -> None:
    room.join("Ann")
    link, ann = to_link(graph_of("y = a * b")), room.student_id("Ann")
    room.voting.show_graph(room.code, room.tokens["Ann"], link)
    assert room.voting.graph_of(room.code, room.teacher, ann) == link
    with pytest.raises(NotAllowedError):
        room.voting.graph_of(room.code, room.tokens["Ann"], ann)
    with pytest.raises(PlaygroundError):
        room.voting.show_graph(room.code, room.tokens["Ann"], "no link")
    room.voting.show_graph(room.code, room.tokens["Ann"], "")
    with pytest.raises(RoomError):
        room.voting.graph_of(room.code, room.teacher, ann)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Asked(kind="number", graph=to_document(graph_of("y = x * x")), asked="q.grad"), "no number “q.grad”"),
        (Asked(kind="number", asked="x.grad"), "no number"),
        (Asked(kind="choice", choices=("one",)), "two choices"),
        (Asked(kind="choice", choices=("one", "two"), right=5), "not among"),
        (Asked(kind="function", graph=to_document(graph_of("y = x * x")), done=99), "No Function"),
        (Asked(kind="build"), "missing"),
    ],
)
def test_an_unsound_question_is_refused(asked: Asked, sentence: str) -> None:
    with pytest.raises(RoomError, match=sentence):
        Question.of(asked)


def test_a_lessons_choices_are_asked_with_its_answer() -> None:
    lesson = LESSONS[0]
    question = Question.of(Asked(kind="choice", title="Which?", lesson=lesson.key))
    assert (question.choices, question.choices[question.right or 0]) == (lesson.choices, lesson.right)
    assert "right" not in question.told()
    with pytest.raises(RoomError):
        Question.of(Asked(kind="choice", lesson="no such lesson"))


class Votes(RuleBasedStateMachine):
    """Answers, closes and rounds in any order come to what a plain dictionary says."""

    def __init__(self) -> None:
        super().__init__()
        self.context = scratch_room()
        self.room = self.context.__enter__()
        self.kept: dict[tuple[int, str], tuple[str, bool]] = {}
        self.round, self.is_open = 1, True

    @initialize()
    def begin(self) -> None:
        self.room.join("Ann", "Ben")
        self.question = self.room.ask(choice())

    @rule(name=st.sampled_from(["Ann", "Ben"]), text=st.sampled_from("012"), locks=st.booleans(), back=st.booleans())
    def answer(self, name: str, text: str, locks: bool, back: bool) -> None:
        number = max(1, self.round - back)
        kept, was_locked = self.kept.get((number, name), ("", False))
        is_taken = number == self.round and self.is_open and not was_locked
        try:
            self.room.answer(name, self.question, text, number, locks=locks)
        except ClosedError:
            assert not is_taken
            assert kept != text
            return
        assert is_taken or kept == text
        if is_taken:
            self.kept[number, name] = text, locks

    @rule()
    def close(self) -> None:
        self.room.close(self.question, self.round)
        self.is_open = False

    @rule()
    def vote_again(self) -> None:
        if self.round < 9:
            self.round, self.is_open = self.round + 1, True
            self.room.vote_again(self.question, self.round)

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "question"):
            return
        told = {(number, name): text for number, given in self.room.texts().items() for name, text in given.items()}
        assert told == {key: text for key, (text, _) in self.kept.items()}

    def teardown(self) -> None:
        self.context.__exit__(None, None, None)


TestVotes = Votes.TestCase
TestVotes.settings = settings(max_examples=8, stateful_step_count=25, deadline=None)
