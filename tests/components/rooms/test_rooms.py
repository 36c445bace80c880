"""Rooms are opened and ended, and people come, return and go; nothing of a room that has ended is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.rooms.codes import CODE_PATTERN, clean_name, new_code, read_code
from components.rooms.database import address_of
from components.rooms.errors import NoRoomError, NotAllowedError, RoomError, TooManyError
from components.rooms.rooms import ROOM_SECONDS
from tests.components.rooms.class_room import ClassRoom, sum_of_fourth_powers


def names(room: ClassRoom) -> list[str]:
    return [each.name for each in room.state.students.values()]


def test_who_types_no_name_gets_one(room: ClassRoom) -> None:
    room.join("Ann", "", "  ")
    assert names(room) == ["Ann", "Badger 2", "Falcon 3"]


def test_who_returns_with_the_token_is_the_same_student(room: ClassRoom) -> None:
    room.join("Ann")
    again = room.rooms.join(room.code, "", room.tokens["Ann"])
    assert (again.name, again.token) == ("Ann", room.tokens["Ann"])
    assert room.rooms.join(room.code, "Anna", room.tokens["Ann"]).name == "Anna"
    assert names(room) == ["Anna"]
    assert room.rooms.join(room.code, "Ben", "guessed").token != "guessed"
    assert names(room) == ["Anna", "Ben"]


def test_who_asks_twice_opens_one_room_and_is_one_student(room: ClassRoom) -> None:
    """The first answer may be lost on the way, and then is asked for again."""
    made_up = ["a" * 64, "b" * 64]
    assert [room.rooms.join(room.code, "Ann", "", made_up[0]).token for _ in range(2)] == [made_up[0]] * 2
    assert room.rooms.join(room.code, "Ann", "", made_up[1]).token == made_up[1]
    assert room.rooms.join(room.code, "Anna", made_up[1], "c" * 64).token == made_up[1]
    assert names(room) == ["Ann", "Anna"]
    first, again, other = (room.rooms.open(each) for each in ("d" * 64, "d" * 64, "e" * 64))
    assert first == again != other
    assert room.rooms.person(first.code, "d" * 64).is_teacher


def test_a_token_of_another_room_is_nobodys_here(room: ClassRoom) -> None:
    other = room.rooms.open()
    stranger = room.rooms.join(other.code, "Eve")
    assert room.rooms.join(room.code, "Eve", stranger.token).token != stranger.token
    for token in (stranger.token, other.token):
        with pytest.raises(NotAllowedError):
            room.rooms.person(room.code, token)


def test_a_teacher_renames_and_removes(room: ClassRoom) -> None:
    room.join("Ann", "Ben")
    ben = room.student_id("Ben")
    room.rooms.rename(room.code, room.teacher, room.student_id("Ann"), "  A\tn\u200bn\x00a ")
    room.rooms.remove(room.code, room.teacher, ben)
    room.rooms.remove(room.code, room.teacher, ben)
    assert names(room) == ["A nna"]
    with pytest.raises(NotAllowedError):
        room.rooms.person(room.code, room.tokens["Ben"])
    with pytest.raises(RoomError, match="Type a name first"):
        room.rooms.rename(room.code, room.teacher, room.student_id("A nna"), "\u200b")


def test_a_full_room_says_so(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.rooms.rooms.MOST_STUDENTS", 2)
    room.join("Ann", "Ben")
    with pytest.raises(TooManyError, match="full: 2 students"):
        room.join("Cleo")
    assert room.rooms.join(room.code, "", room.tokens["Ann"]).name == "Ann"


def test_too_many_rooms(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.rooms.rooms.MOST_ROOMS", 2)
    room.rooms.open()
    with pytest.raises(TooManyError):
        room.rooms.open()


def test_nothing_is_left_of_a_room_that_has_ended(room: ClassRoom, tmp_path: Path) -> None:
    room.join("Wilhelmina")
    question = room.ask(sum_of_fourth_powers())
    room.answer("Wilhelmina", question, "31.4159")
    assert any(b"Wilhelmina" in path.read_bytes() for path in tmp_path.iterdir())
    room.rooms.end(room.code, room.teacher)
    for path in tmp_path.iterdir():
        assert b"Wilhelmina" not in path.read_bytes()
        assert b"31.4159" not in path.read_bytes()
    with pytest.raises(NoRoomError):
        room.rooms.join(room.code)
    with pytest.raises(NotAllowedError):
        room.rooms.end(room.code, room.teacher)


def test_a_room_ends_by_itself(room: ClassRoom) -> None:
    room.join("Ann")
    room_id = room.state.id
    room.clock.now += ROOM_SECONDS - 1
    assert room.rooms.delete_ended() == 0
    room.clock.now += 1
    assert room.rooms.state(room_id) is None
    with pytest.raises(NoRoomError):
        room.rooms.join(room.code)
    assert room.rooms.delete_ended() == 1


def test_tokens_are_kept_as_hashes(room: ClassRoom, tmp_path: Path) -> None:
    room.join("Ann")
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Ann" in held
    for token in (room.teacher, room.tokens["Ann"]):
        assert token.encode() not in held
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_a_code_is_read_as_it_was_meant() -> None:
    for _ in range(200):
        code = new_code()
        assert CODE_PATTERN.fullmatch(code)
        assert read_code(f" {code[:3].upper()} - {code[3:]} ") == code
    assert read_code("K0PAB1") == "kopabi"
    assert read_code("uavlyo") == "vauiyo"[:0]  # y is no consonant of a code, and stands for none
    assert read_code("cokaqu") == "kokaku"
    assert [read_code(each) for each in ("", "kopab", "kopabib", "' OR 1", "x" * 10_000)] == [""] * 5


def test_names_are_shown_on_one_line() -> None:
    assert clean_name("  Ann \n Lee\u202e\u0000 ") == "Ann Lee"
    assert clean_name("é" * 99) == "é" * 40
    assert clean_name("<b>Ann</b>") == "<b>Ann</b>"  # escaped wherever it is shown


def test_where_the_database_is() -> None:
    here = Path("/srv/app")
    assert address_of({}, here) == "sqlite:////srv/app/playground-rooms.sqlite"
    assert address_of({"PLAYGROUND_DATA": "/data"}, here) == "sqlite:////data/playground-rooms.sqlite"
    for written in ("postgres://u:p@db/x", "postgresql://u:p@db/x", "postgresql+psycopg://u:p@db/x"):
        assert address_of({"DATABASE_URL": written}, here) == "postgresql+psycopg://u:p@db/x"
