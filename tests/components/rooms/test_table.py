"""The table of a room: the most frequent misconceptions first, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from components.rooms.errors import NotAllowedError
from components.rooms.table import safe_cell, table_of_room
from tests.components.rooms.class_room import ClassRoom, choice, sum_of_fourth_powers


def test_the_most_frequent_misconception_comes_first(room: ClassRoom) -> None:
    room.join("=cmd|' /C calc'!A0", "B", "C", "D")
    first = room.ask(sum_of_fourth_powers())
    for name, text in (("=cmd|' /C calc'!A0", "32"), ("B", "64"), ("C", "96"), ("D", "32")):
        room.answer(name, first, text)
    second = room.ask(choice())
    room.answer("B", second, "2")
    written = table_of_room(room.rooms, room.server.judge, room.code, room.teacher)
    assert written.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(written[1:]))
    assert head == ["Question", "Title", "Round", "Student", "Answer", "Right", "Diagnosis", "Given by", "Time (UTC)"]
    assert [(row[3], row[4], row[5]) for row in rows] == [
        ("'=cmd|' /C calc'!A0", "32", "no"),
        ("D", "32", "no"),
        ("C", "96", "no"),
        ("B", "swaps", "no"),
        ("B", "64", "yes"),
    ]
    assert rows[0][7] == "2"
    assert rows[0][8] == "1970-01-12 13:46:40"  # 1 000 000 s


def test_only_the_teacher_gets_it(room: ClassRoom) -> None:
    room.join("A")
    with pytest.raises(NotAllowedError):
        table_of_room(room.rooms, room.server.judge, room.code, room.tokens["A"])


@pytest.mark.parametrize("text", ["=1+1", "+1-1", "-1+A1", "@SUM(A1)", "\t=1", "  =1", "\r\n=1", "＝1", "-", "-2e"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3", "+2.5", "-1e-3", "a=1", "", "3"])
def test_numbers_and_words_stay(text: str) -> None:
    assert safe_cell(text) == text
