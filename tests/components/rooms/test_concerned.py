"""Of what is new in a room each student is told what concerns them, and nobody is woken for others."""

from __future__ import annotations

from components.rooms.room_state import students_concerned
from tests.components.rooms.class_room import ClassRoom, sum_of_fourth_powers


def test_answers_concern_who_gave_them_until_all_see_them(room: ClassRoom) -> None:
    room.join("Ann", "Ben")
    ann, ben = room.student_id("Ann"), room.student_id("Ben")
    nothing = room.state
    room.join("Cal")
    assert students_concerned(nothing, room.state) == {room.student_id("Cal")}
    nothing = room.state
    question = room.ask(sum_of_fourth_powers())
    asked = room.state
    assert students_concerned(nothing, asked) is None
    assert students_concerned(None, asked) is students_concerned(asked, None) is None
    assert students_concerned(asked, room.state) == set()
    room.answer("Ann", question, "32", locks=False)
    answered = room.state
    assert students_concerned(asked, answered) == {ann}
    room.answer("Ann", question, "32")
    assert students_concerned(answered, room.state) == {ann}
    answered = room.state
    room.rooms.rename(room.code, room.teacher, ben, "Bob")
    assert students_concerned(answered, room.state) == {ben}
    answered = room.state
    room.rooms.remove(room.code, room.teacher, ann)
    room.join("Eve")
    assert students_concerned(answered, room.state) == {ann, room.student_id("Eve")}
    answered = room.state
    room.close(question)
    closed = room.state
    assert students_concerned(answered, closed) is None
    room.vote_again(question)
    again = room.state
    assert students_concerned(closed, again) is None
    room.answer("Eve", question, "64", 2)
    assert students_concerned(again, room.state) == {room.student_id("Eve")}
    room.voting.show_spread(room.code, room.teacher, True)
    shown = room.state
    assert students_concerned(again, shown) is None
    room.answer("Ben", question, "64", 2)
    assert students_concerned(shown, room.state) is None  # everybody sees the bars
    room.reveal(question)
    assert students_concerned(shown, room.state) is None
