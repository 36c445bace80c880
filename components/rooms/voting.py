"""What a teacher and students do with questions: ask, answer, close, vote again, reveal.

An answer is taken as long as its round is open in the database, whatever a browser believes: who answers and who closes
wait for the same row, so that an answer is either in before the close or refused.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from components.rooms.errors import ClosedError, RoomError, TooManyError
from components.rooms.question import Question, question_kept
from components.rooms.room_state import StudentAnswer
from components.rooms.rooms import Rooms
from components.rooms.tables import answers, questions, rooms, rounds, students
from engine.document import from_link
from engine.messages import say

MOST_QUESTIONS: Final = 200
MOST_ROUNDS: Final = 9


class Voting:
    """Let a teacher ask and students answer."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._database = rooms.database

    # The teacher ------------------------------------------------------------------------------------------------------

    def ask(self, code: str, token: str, question_id: str, question: Question, after: str | None = None) -> None:
        """Ask a question, which closes the one before; the id is made up by whoever asks.

        Whoever asks for what comes next says behind which question ("" stands for none): of two devices that do so in
        the same moment the second is refused with RoomError.
        """
        kept = question.kept()

        def asked(connection: Connection) -> str:
            room = self._rooms.teacher(connection, code, token)
            here = questions.c.room_id == room.id
            if connection.execute(select(questions.c.id).where(here, questions.c.id == question_id)).first() is None:
                if after is not None and after != (room.question_id or ""):
                    raise RoomError(say("Another question has been asked meanwhile."))
                number = connection.execute(select(func.count()).select_from(questions).where(here)).scalar_one() + 1
                if number > MOST_QUESTIONS:
                    raise TooManyError(say("A room takes at most {limit} questions.", limit=MOST_QUESTIONS))
                self._close_all(connection, room.id)
                row = {"room_id": room.id, "id": question_id, "number": number, "content": kept, "round": 1}
                connection.execute(insert(questions).values(**row, asked_at=self._rooms.now()))
                self._open_round(connection, room.id, question_id, 1)
            self._show(connection, room.id, question_id)
            return str(room.id)

        self._rooms.change(asked)

    def close(self, code: str, token: str, question_id: str, round_number: int) -> None:
        """Close a round: from now on no answer to it is taken. What was handed over and not locked counts as it is."""

        def closed(connection: Connection) -> str:
            room = self._rooms.teacher(connection, code, token)
            _question(connection, room.id, question_id)
            self._close_all(connection, room.id, rounds.c.question_id == question_id, rounds.c.round == round_number)
            return str(room.id)

        self._rooms.change(closed)

    def vote_again(self, code: str, token: str, question_id: str, round_number: int) -> None:
        """Open a round of the present question, which closes the one before; raises RoomError once it is revealed."""

        def opened(connection: Connection) -> str:
            room = self._rooms.teacher(connection, code, token)
            question = _question(connection, room.id, question_id)
            if question.round >= round_number:  # it is open, or was
                return str(room.id)
            if room.question_id != question_id:
                raise RoomError(say("Another question has been asked meanwhile."))
            if question.revealed_at is not None:
                raise RoomError(say("The answer has been revealed, so there is nothing left to vote on."))
            if round_number != question.round + 1 or round_number > MOST_ROUNDS:
                raise RoomError(say("There are at most {limit} rounds, one after the other.", limit=MOST_ROUNDS))
            self._close_all(connection, room.id)
            self._open_round(connection, room.id, question_id, round_number)
            here = (questions.c.room_id == room.id) & (questions.c.id == question_id)
            connection.execute(update(questions).where(here).values(round=round_number))
            self._show(connection, room.id, question_id)
            return str(room.id)

        self._rooms.change(opened)

    def reveal(self, code: str, token: str, question_id: str) -> None:
        """Close the vote for good, and let everybody see the right answer."""

        def revealed(connection: Connection) -> str:
            room = self._rooms.teacher(connection, code, token)
            question = _question(connection, room.id, question_id)
            self._close_all(connection, room.id, rounds.c.question_id == question_id)
            if question.revealed_at is None:
                here = (questions.c.room_id == room.id) & (questions.c.id == question_id)
                connection.execute(update(questions).where(here).values(revealed_at=self._rooms.now()))
            return str(room.id)

        self._rooms.change(revealed)

    def show_spread(self, code: str, token: str, is_shown: bool) -> None:
        """Show the class how its answers are spread, or hide it."""

        def shown(connection: Connection) -> str:
            room = self._rooms.teacher(connection, code, token)
            connection.execute(update(rooms).where(rooms.c.id == room.id).values(shows_spread=is_shown))
            return str(room.id)

        self._rooms.change(shown)

    # Students ---------------------------------------------------------------------------------------------------------

    def answer(
        self, code: str, token: str, question_id: str, round_number: int, text: str, *, locks: bool
    ) -> StudentAnswer:
        """Take an answer, or take it again; return it as it counts.

        Raises ClosedError once the round is closed or another answer is locked, and for what is no answer to the
        question whatever refuses it.
        """

        def taken(connection: Connection) -> tuple[str, StudentAnswer]:
            return self._taken(connection, code, token, question_id, round_number, text, locks)

        try:
            room_id, given = self._database.do(taken)
        except IntegrityError:  # the student was removed, or the room ended, at this very moment
            room_id, given = self._database.do(taken)
        self._rooms.on_change(room_id)
        return given

    def _taken(
        self, connection: Connection, code: str, token: str, question_id: str, number: int, text: str, locks: bool
    ) -> tuple[str, StudentAnswer]:
        room, student = self._rooms.student(connection, code, token)
        question = _question(connection, room.id, question_id)
        question_kept(question.content).refuse_answer(text)
        at = (rounds.c.room_id == room.id) & (rounds.c.question_id == question_id) & (rounds.c.round == number)
        # Shared by all who answer; who closes waits for them, and they for that.
        found = connection.execute(select(rounds.c.closed_at).where(at).with_for_update(read=True)).first()
        if found is None:
            raise RoomError(say("This question has no such round."))
        key = {"room_id": room.id, "question_id": question_id, "round": number, "student_id": student.id}
        if found.closed_at is None:
            values = {"text": text, "is_locked": locks, "answered_at": self._rooms.now()}
            self._write(connection, key, values)
        here = [answers.c[name] == value for name, value in key.items()]
        kept = connection.execute(select(answers).where(*here)).first()
        if kept is None or kept.text != text:
            if found.closed_at is not None:
                raise ClosedError(say("The vote is closed: this answer came too late and does not count."))
            raise ClosedError(say("Your answer is locked, and is not changed any more."))
        return room.id, StudentAnswer(kept.text, kept.is_locked, kept.answered_at)

    def _write(self, connection: Connection, key: dict[str, Any], values: dict[str, Any]) -> None:
        """Write an answer, or change it unless it is locked or the same."""
        dialect = postgresql if self._database.is_postgres else sqlite
        new = dialect.insert(answers).values(**key, **values)
        is_other = (answers.c.text != values["text"]) | (answers.c.is_locked != values["is_locked"])
        changed = connection.execute(
            new.on_conflict_do_update(
                index_elements=list(key), set_=values, where=answers.c.is_locked.is_(False) & is_other
            )
        )
        if changed.rowcount:
            self._database.tell_others(connection, key["room_id"])

    def show_graph(self, code: str, token: str, link: str) -> None:
        """Let the teacher see a student's graph, or no longer, with an empty text; raises DocumentError."""
        if link:
            from_link(link)

        def shown(connection: Connection) -> str:
            room, student = self._rooms.student(connection, code, token)
            connection.execute(update(students).where(students.c.id == student.id).values(shown_graph=link or None))
            return str(room.id)

        self._rooms.change(shown)

    def graph_of(self, code: str, token: str, student_id: str) -> str:
        """Return the graph that a student shows the teacher, as a link holds it; raises NotAllowedError, RoomError."""

        def found(connection: Connection) -> str:
            room = self._rooms.teacher(connection, code, token)
            asked = select(students.c.shown_graph).where(students.c.id == student_id, students.c.room_id == room.id)
            link = connection.execute(asked).scalar()
            if not link:
                raise RoomError(say("This student does not show a graph."))
            return str(link)

        return self._database.do(found)

    # Rounds -----------------------------------------------------------------------------------------------------------

    def _open_round(self, connection: Connection, room_id: str, question_id: str, number: int) -> None:
        row = {"room_id": room_id, "question_id": question_id, "round": number, "opened_at": self._rooms.now()}
        connection.execute(insert(rounds).values(**row))

    def _close_all(self, connection: Connection, room_id: str, *which: Any) -> None:
        """Close the open rounds of a room, or some of them."""
        open_ones = (rounds.c.room_id == room_id, rounds.c.closed_at.is_(None), *which)
        connection.execute(update(rounds).where(*open_ones).values(closed_at=self._rooms.now()))

    def _show(self, connection: Connection, room_id: str, question_id: str) -> None:
        """Make a question the present one; its spread is hidden until it is asked for."""
        values = {"question_id": question_id, "shows_spread": False}
        connection.execute(update(rooms).where(rooms.c.id == room_id).values(**values))


def _question(connection: Connection, room_id: str, question_id: str) -> Row[Any]:
    asked = select(questions).where(questions.c.room_id == room_id, questions.c.id == question_id)
    found = connection.execute(asked).first()
    if found is None:
        raise RoomError(say("There is no such question in this room."))
    return found
