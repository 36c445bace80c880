from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.text import (
    bracketed,
    counted,
    entries_within,
    first_entries,
    full,
    full_array,
    on_wire,
    short,
    short_array,
)
from engine.messages import full_number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2.0, "2"),
        (-3.0, "−3"),
        (0.0, "0"),
        (-0.0, "0"),
        (13.0, "13"),
        (123456.0, "123456"),
        (999999.0, "999999"),
        (1e6, "1e6"),
        (-1234567.0, "−1.235e6"),
        (999999.9, "1e6"),
        (3.297442541400256, "3.297"),
        (0.5, "0.5"),
        (1 / 3, "0.3333"),
        (12345.678, "12350"),
        (0.001, "0.001"),
        (0.00099, "9.9e−4"),
        (1.5e-320, "1.5e−320"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (float("-inf"), "−inf"),
    ],
)
def test_short(number: float, text: str) -> None:
    assert short(number) == text


@settings(deadline=None)
@given(st.floats(-1e308, 1e308))  # a little further rounding up leads to infinity
def test_short_keeps_four_digits(number: float) -> None:
    assert float(short(number).replace("−", "-")) == pytest.approx(number, rel=5.1e-4, abs=1e-323)


@settings(deadline=None)
@given(st.floats(allow_nan=False))
def test_full_reads_back_the_same(number: float) -> None:
    assert float(full(number)) == number


def test_arrays_show_their_first_entries_and_shape() -> None:
    assert short_array(np.array([22.0, 24.0, 26.0])) == "[22, 24, 26] (3,)"
    assert short_array(np.arange(5.0)) == "[0, 1, 2, …] (5,)"
    assert short_array(np.arange(4.0).reshape(2, 2)) == "[[0, 1], [2, …]] (2, 2)"
    assert short_array(np.arange(6.0).reshape(3, 2)) == "[[0, 1], [2, …], …] (3, 2)"
    assert short_array(np.arange(2.0).reshape(2, 1)) == "[[0], [1]] (2, 1)"
    assert full_array(np.array([[1.5, -2.0], [0.1, 4.0]])) == "[[1.5, -2], [0.1, 4]]"
    assert full_array(np.arange(65.0)).endswith("63, …]")
    assert full_array(np.arange(64.0)).endswith("62, 63]")


def test_no_number_is_no_zero() -> None:
    assert short_array(None) == "—"
    assert full_array(None) == ""


@pytest.mark.parametrize(
    ("entries", "room", "written"),
    [
        ([1.0, 2.0, 3.0], 17, "[1, 2, 3]"),
        ([0.12343, 0.6789, 0.5], 21, "[0.1234, 0.6789, 0.5]"),
        ([0.12343, 0.6789, 0.5], 20, "[0.123, 0.679, 0.5]"),
        ([0.12343, 0.6789, 0.5], 17, "[0.12, 0.68, 0.5]"),  # all of them, rather than two more exactly
        ([0.12343, 0.6789, 0.555], 17, "[0.123, 0.679, …]"),
        ([0.12343, 0.6789, 0.5], 12, "[0.1234, …]"),
        ([[-8.2769e-8, -1.6e-7], [1.0, 2.0]], 17, "[[−8.3e−8, …], …]"),
        ([-8.2769e-8, 8.2769e-8], 17, "[−8.3e−8, 8.3e−8]"),
        ([-8.2769e-8, 8.2769e-8], 16, "[−8.277e−8, …]"),
        ([-8.2769e-8, 8.2769e-8], 1, "[−8.3e−8, …]"),
    ],
)
def test_as_many_entries_are_written_as_there_is_room_for(entries: list[float], room: int, written: str) -> None:
    assert entries_within(np.array(entries), room) == written


@pytest.mark.parametrize(
    ("array", "written"),
    [
        (np.array([11.0, 22.0]), "[11, 22]"),  # eight characters
        (np.array([1.0, 2.0, 3.0]), "[1, …]"),  # all of it, or two entries, would be nine
        (np.array(1.2341e-10), "1.234e−10"),  # a number is never cut
        (np.array([0.12346, 7.0]), "[0.12, …]"),
        (None, "—"),
    ],
)
def test_a_wire_has_room_for_eight_characters_of_an_array(array: np.ndarray | None, written: str) -> None:
    assert on_wire(array) == written


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "0"),
        (999, "999"),
        (12_345, "12\N{NARROW NO-BREAK SPACE}345"),
        (999_999_999, "999\N{NARROW NO-BREAK SPACE}999\N{NARROW NO-BREAK SPACE}999"),
        (10**9, "1e9"),
        (2**100, "1.268e30"),  # 1 267 650 600 228 229 401 496 703 205 376
        (10**300, "1e300"),
        (10**300 + 1, "more than 10³⁰⁰"),
        (10**400, "more than 10³⁰⁰"),
    ],
)
def test_counts_are_written_in_full_as_long_as_they_can_be_read(count: int, written: str) -> None:
    assert counted(count) == written


def test_a_list_of_numbers_shows_three() -> None:
    assert first_entries([0.5]) == "0.5"
    assert first_entries([1.0, -2.0, 3.0]) == "1, −2, 3"
    assert first_entries([1.0, -2.0, 3.0, 4.0]) == "1, −2, 3, …"


def test_only_a_number_with_a_sign_stands_in_brackets() -> None:
    assert (bracketed("−2"), bracketed("2"), bracketed("")) == ("(−2)", "2", "")


def test_a_number_in_full_has_the_exponent_that_a_short_one_has() -> None:
    assert [full_number(each) for each in (1e-7, 6.05e-6, 1e20, 2.0, 0.5)] == ["1e-7", "6.05e-6", "1e20", "2", "0.5"]
