"""Rooms: who may do what in them, and when. Knows no web; whatever is asked for is one transaction.

Each change may be asked for twice, as happens where a line breaks before the answer has come: what is done already is
answered as if it were done now.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from components.rooms.codes import animal_name, clean_name, hash_of, is_token, new_code, new_token, read_code
from components.rooms.database import Database
from components.rooms.errors import NoRoomError, NotAllowedError, RoomError, TooManyError
from components.rooms.room_state import RoomState, read_room
from components.rooms.tables import rooms, students
from engine.messages import say

ROOM_SECONDS: Final = 30 * 24 * 3600.0
MOST_ROOMS: Final = 2_000
MOST_STUDENTS: Final = 1_000
_TRIES: Final = 20


@dataclass(frozen=True)
class OpenedRoom:
    """Hold what whoever opened a room is told: the token is the teacher's alone."""

    code: str
    token: str
    ends_at: float


@dataclass(frozen=True)
class JoinedStudent:
    """Hold what a student is told who joins: the token makes them the same student when they return."""

    code: str
    token: str
    name: str


@dataclass(frozen=True)
class Person:
    """Say who asks: the teacher of a room, or one of its students."""

    room_id: str
    code: str
    student_id: str = ""

    @property
    def is_teacher(self) -> bool:
        """Return whether it is the teacher."""
        return not self.student_id


class Rooms:
    """Open rooms and end them, and let people in."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        """Take the database, and what tells seconds since 1970."""
        self.database: Final = database
        self.now: Final = clock
        self.on_change: Callable[[str], None] = lambda _: None
        """Told the id of a room in which something has changed, when it has."""

    # Opening, joining, ending -----------------------------------------------------------------------------------------

    def open(self, token: str = "") -> OpenedRoom:
        """Open a room; raises TooManyError where too many are open.

        Whoever asks may have made up the teacher's token: then asking twice opens one room.
        """
        token = token or new_token()

        def opened(connection: Connection) -> OpenedRoom:
            self._delete_ended(connection)
            same = connection.execute(select(rooms).where(rooms.c.teacher_hash == hash_of(token))).first()
            if same is not None:
                return OpenedRoom(same.code, token, same.ends_at)
            if connection.execute(select(func.count()).select_from(rooms)).scalar_one() >= MOST_ROOMS:
                raise TooManyError(say("Too many rooms are open on this server. End one that is no longer needed."))
            code, now = _free_code(connection), self.now()
            row = {
                "id": secrets.token_hex(16),
                "code": code,
                "teacher_hash": hash_of(token),
                "opened_at": now,
                "ends_at": now + ROOM_SECONDS,
                "next_number": 1,
                "shows_spread": False,
            }
            connection.execute(insert(rooms).values(**row))
            return OpenedRoom(code, token, now + ROOM_SECONDS)

        try:
            return self.database.do(opened)
        except IntegrityError:  # another server has just taken the code
            return self.database.do(opened)

    def join(self, code: str, name: str = "", token: str = "", fresh: str = "") -> JoinedStudent:
        """Let a student in; who comes with the token of an earlier time is the same student.

        Whoever asks may have made up the token of somebody new: then asking twice lets one student in. Raises
        NoRoomError, and TooManyError where the room is full.
        """
        fresh = fresh or new_token()

        def joined(connection: Connection) -> tuple[str, JoinedStudent]:
            room = self._room_or_none(connection, code, for_update=True)
            if room is None:
                raise NoRoomError(say("There is no room with this code, or it has ended. Look at the code again."))
            returns = _student_by(connection, room.id, token)
            known = returns or _student_by(connection, room.id, fresh)
            if known is not None:
                if (typed := clean_name(name)) and typed != known.name:
                    connection.execute(update(students).where(students.c.id == known.id).values(name=typed))
                    self.database.tell_others(connection, room.id)
                return room.id, JoinedStudent(room.code, token if returns else fresh, typed or known.name)
            count = select(func.count()).select_from(students).where(students.c.room_id == room.id)
            if connection.execute(count).scalar_one() >= MOST_STUDENTS:
                raise TooManyError(say("The room is full: {limit} students have joined.", limit=MOST_STUDENTS))
            number = room.next_number
            row = {
                "id": secrets.token_hex(16),
                "room_id": room.id,
                "token_hash": hash_of(fresh),
                "name": clean_name(name) or animal_name(number),
                "number": number,
                "joined_at": self.now(),
            }
            connection.execute(insert(students).values(**row))
            connection.execute(update(rooms).where(rooms.c.id == room.id).values(next_number=number + 1))
            self.database.tell_others(connection, room.id)
            return room.id, JoinedStudent(room.code, fresh, str(row["name"]))

        room_id, found = self.database.do(joined)
        self.on_change(room_id)
        return found

    def end(self, code: str, token: str) -> None:
        """End a room: all that was in it is deleted, and nothing of it is left in the database."""

        def ended(connection: Connection) -> str:
            room = self.teacher(connection, code, token)
            connection.execute(delete(rooms).where(rooms.c.id == room.id))
            self.database.tell_others(connection, room.id)
            return str(room.id)

        room_id = self.database.do(ended)
        self.database.forget_traces()
        self.on_change(room_id)

    def delete_ended(self) -> int:
        """Delete the rooms whose time is over; return how many they were."""
        count = self.database.do(self._delete_ended)
        self.database.forget_traces()  # also of what was deleted otherwise, or while somebody was reading
        return count

    def _delete_ended(self, connection: Connection) -> int:
        return connection.execute(delete(rooms).where(rooms.c.ends_at <= self.now())).rowcount

    # Who asks ---------------------------------------------------------------------------------------------------------

    def person(self, code: str, token: str) -> Person:
        """Return whose token it is; raises NotAllowedError where it is nobody's, or there is no such room."""

        def found(connection: Connection) -> Person:
            room = self._room_or_none(connection, code)
            if room is not None and is_token(token, room.teacher_hash):
                return Person(room.id, room.code)
            room, student = self.student(connection, code, token)
            return Person(room.id, room.code, student.id)

        return self.database.do(found)

    def state(self, room_id: str) -> RoomState | None:
        """Return a room as it is now; None where it has ended."""

        def found(connection: Connection) -> RoomState | None:
            state = read_room(connection, room_id)
            return None if state is None or state.ends_at <= self.now() else state

        return self.database.do(found)

    def check_teacher(self, code: str, token: str) -> None:
        """Raise NotAllowedError for whoever is not the teacher."""
        self.database.do(lambda connection: self.teacher(connection, code, token))

    def teacher(self, connection: Connection, code: str, token: str) -> Row[Any]:
        """Return a room, where a token is its teacher's; raises NotAllowedError."""
        room = self._room_or_none(connection, code, for_update=True)
        if room is None or not is_token(token, room.teacher_hash):
            raise NotAllowedError(say("Only the teacher of this room may do this."))
        return room

    def student(self, connection: Connection, code: str, token: str) -> tuple[Row[Any], Row[Any]]:
        """Return a room and the student whose token it is; raises NotAllowedError."""
        room = self._room_or_none(connection, code)
        found = None if room is None else _student_by(connection, room.id, token)
        if room is None or found is None:
            raise NotAllowedError(say("The room has ended, or you are not in it any more. Join it with its code."))
        return room, found

    def _room_or_none(self, connection: Connection, code: str, *, for_update: bool = False) -> Row[Any] | None:
        """Return the room with a code. That there is none is told to nobody but who joins, which is counted."""
        asked = select(rooms).where(rooms.c.code == read_code(code), rooms.c.ends_at > self.now())
        return connection.execute(asked.with_for_update() if for_update else asked).first()

    # Changing ---------------------------------------------------------------------------------------------------------

    def change(self, work: Callable[[Connection], str]) -> None:
        """Do work that returns the id of the room it has changed, and tell whoever looks at that room."""

        def told(connection: Connection) -> str:
            room_id = work(connection)
            self.database.tell_others(connection, room_id)
            return room_id

        self.on_change(self.database.do(told))

    def rename(self, code: str, token: str, student_id: str, name: str) -> None:
        """Give a student another name."""
        typed = clean_name(name)
        if not typed:
            raise RoomError(say("Type a name first."))
        self._change_student(code, token, student_id, lambda here: update(students).where(here).values(name=typed))

    def remove(self, code: str, token: str, student_id: str) -> None:
        """Take a student out of the room, with all answers; their token opens nothing any more."""
        self._change_student(code, token, student_id, lambda here: delete(students).where(here))
        self.database.forget_traces()

    def _change_student(self, code: str, token: str, student_id: str, statement: Callable[[Any], Any]) -> None:
        def changed(connection: Connection) -> str:
            room = self.teacher(connection, code, token)
            connection.execute(statement((students.c.id == student_id) & (students.c.room_id == room.id)))
            return str(room.id)

        self.change(changed)


def _student_by(connection: Connection, room_id: str, token: str) -> Row[Any] | None:
    asked = select(students).where(students.c.token_hash == hash_of(token), students.c.room_id == room_id)
    return connection.execute(asked).first()


def _free_code(connection: Connection) -> str:
    for _ in range(_TRIES):
        code = new_code()
        if connection.execute(select(rooms.c.id).where(rooms.c.code == code)).first() is None:
            return code
    raise TooManyError(say("Too many rooms are open on this server. End one that is no longer needed."))
