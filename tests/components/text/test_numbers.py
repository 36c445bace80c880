from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.text import entries_within, full, full_array, short, short_array


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


def test_no_number_is_no_zero() -> None:
    assert short_array(None) == "—"
    assert full_array(None) == ""


@pytest.mark.parametrize(
    ("entries", "room", "written"),
    [
        ([1.0, 2.0, 3.0], 17, "[1, 2, 3]"),
        ([0.12343, 0.6789, 0.5], 21, "[0.1234, 0.6789, 0.5]"),
        ([0.12343, 0.6789, 0.5], 20, "[0.123, 0.679, 0.5]"),
        ([0.12343, 0.6789, 0.5], 17, "[0.123, 0.679, …]"),
        ([0.12343, 0.6789, 0.5], 12, "[0.1234, …]"),
        ([[-8.2769e-8, -1.6e-7], [1.0, 2.0]], 17, "[[−8.3e−8, …], …]"),
        ([-8.2769e-8, 8.2769e-8], 17, "[−8.277e−8, …]"),
        ([-8.2769e-8, 8.2769e-8], 1, "[−8.3e−8, …]"),
    ],
)
def test_as_many_entries_are_written_as_there_is_room_for(entries: list[float], room: int, written: str) -> None:
    assert entries_within(np.array(entries), room) == written
