"""A room with people in it, for tests: a database in a folder, a clock that is set by hand, and questions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from components.rooms import Database, RoomServer
from components.rooms.question import Asked, Question
from components.rooms.room_state import RoomState
from components.rooms.rooms import OpenedRoom, Rooms
from components.rooms.voting import Voting
from engine.document import Graph, to_document
from engine.formula import graph_of_formula


@dataclass
class Clock:
    """Tell the time that a test says."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class ClassRoom:
    """Hold an open room."""

    server: RoomServer
    clock: Clock
    room: OpenedRoom
    tokens: dict[str, str] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def rooms(self) -> Rooms:
        return self.server.rooms

    @property
    def voting(self) -> Voting:
        return self.server.voting

    @property
    def code(self) -> str:
        return self.room.code

    @property
    def teacher(self) -> str:
        return self.room.token

    def join(self, *names: str) -> None:
        for name in names:
            self.tokens[name] = self.rooms.join(self.code, name).token

    def ask(self, question: Question) -> str:
        question_id = f"q{next(self._ids)}"
        self.voting.ask(self.code, self.teacher, question_id, question)
        return question_id

    def answer(self, name: str, question_id: str, text: str, round_number: int = 1, *, locks: bool = True) -> None:
        self.voting.answer(self.code, self.tokens[name], question_id, round_number, text, locks=locks)

    def close(self, question_id: str, round_number: int = 1) -> None:
        self.voting.close(self.code, self.teacher, question_id, round_number)

    def vote_again(self, question_id: str, round_number: int = 2) -> None:
        self.voting.vote_again(self.code, self.teacher, question_id, round_number)

    def reveal(self, question_id: str) -> None:
        self.voting.reveal(self.code, self.teacher, question_id)

    @property
    def state(self) -> RoomState:
        found = self.rooms.state(self.rooms.person(self.code, self.teacher).room_id)
        assert found is not None
        return found

    def student_id(self, name: str) -> str:
        return next(each.id for each in self.state.students.values() if each.name == name)

    def texts(self) -> dict[int, dict[str, str]]:
        """Return the answers to the present question: by round, by name."""
        state = self.state
        assert state.question is not None
        names = {each.id: each.name for each in state.students.values()}
        rounds = state.question.rounds.items()
        return {number: {names[each]: given.text for each, given in told.items()} for number, told in rounds}


@contextmanager
def class_room(folder: Path, address: str = "") -> Iterator[ClassRoom]:
    """Open a room on a database of its own, or on one that is named."""
    server = RoomServer(Database(address or f"sqlite:///{folder}/rooms.sqlite"))
    clock = Clock()
    object.__setattr__(server.rooms, "now", clock)
    try:
        yield ClassRoom(server, clock, server.rooms.open())
    finally:
        server.database.close()


@contextmanager
def scratch_room() -> Iterator[ClassRoom]:
    """Open a room in a folder that is gone afterwards."""
    with TemporaryDirectory() as folder, class_room(Path(folder)) as opened:
        yield opened


def graph_of(formula: str) -> Graph:
    return graph_of_formula(formula, Graph.of([], []))


def sum_of_fourth_powers() -> Question:
    """Return the book's question: y = (x²)² + (x²)² at x = 2, where x.grad is 64, and 32 where it is overwritten."""
    graph = graph_of("x = 2\na = x**2\ny = a**2 + a**2")
    return Question.of(Asked(kind="number", title="What is x.grad?", graph=to_document(graph), asked="x.grad"))


def choice(right: int | None = 1) -> Question:
    return Question.of(Asked(kind="choice", title="Which?", choices=("adds", "copies", "swaps"), right=right))
