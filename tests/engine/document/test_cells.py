"""Cells pasted from a spreadsheet, with decimal points or commas as they themselves show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.document import parse_value, to_array
from engine.errors import ValueRefusedError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,5\t2,25\r\n3\t-4,5\r\n", ((1.5, 2.25), (3.0, -4.5))),
        ("1.234,5\t2", (1234.5, 2.0)),
        ("1,234.5\t2", (1234.5, 2.0)),
        ("1,234\t1,5", (1.234, 1.5)),
        ("1,234\t1.5", (1234.0, 1.5)),
        ("1.234\t1,5", (1234.0, 1.5)),
        ("1.234.567\t0,5", (1234567.0, 0.5)),
        ("1,234,567\t2", (1234567.0, 2.0)),
        ("0,125\t2", (0.125, 2.0)),
        ("1;2,5\n3;4", ((1.0, 2.5), (3.0, 4.0))),
        ('"1,5","2,5"', (1.5, 2.5)),
        ('"1.5";"2"', (1.5, 2.0)),
        ("1,5e-3\t2", (0.0015, 2.0)),
        ("1,05\n2,5\n3,75", (1.05, 2.5, 3.75)),
        ("1,2\n3,4", ((1.0, 2.0), (3.0, 4.0))),  # as in a CSV file, where nothing shows otherwise
        ("1.5\t1.234", (1.5, 1.234)),
    ],
)
def test_commas_and_points_mean_what_the_cells_show(text: str, value: object) -> None:
    assert parse_value(text) == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,5\t2.5", "“1,5” has a decimal comma and “2.5” a decimal point: write all of them alike."),
        ("1,234\t5", "“1,234” may be 1234 or 1.234: write it with a decimal point."),
        ("1,5\tx", "Row 1, column 2: “x” is not a number."),
        ("1,2,3\t4", "Row 1, column 1: “1,2,3” is not a number."),
        ('"1,5\t2', "Row 1, column 1"),
        ("1,5\t2,5\n3", "The rows differ in length"),
    ],
)
def test_what_nothing_shows_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueRefusedError) as refusal:
        parse_value(text)
    assert sentence in str(refusal.value)


hundredths = st.integers(-(10**9), 10**9).filter(lambda number: number % 100 != 0)


@given(st.lists(hundredths, min_size=2, max_size=6), st.sampled_from([".,", ",."]), st.booleans())
def test_a_row_is_read_in_the_locale_that_wrote_it(numbers: list[int], locale: str, grouped: bool) -> None:
    decimal, thousands = locale

    def written(hundredth: int) -> str:
        text = f"{abs(hundredth) // 100:,}" if grouped else str(abs(hundredth) // 100)
        return f"{'-' * (hundredth < 0)}{text.replace(',', thousands)}{decimal}{abs(hundredth) % 100:02d}"

    read = to_array(parse_value("\t".join(map(written, numbers))))
    assert read.tolist() == [number / 100 for number in numbers]


@given(st.text(alphabet='0123456789.,;\t\n"-e x', max_size=40))
def test_whatever_is_pasted_is_read_or_refused(text: str) -> None:
    try:
        parse_value(text)
    except ValueRefusedError as refusal:
        assert len(str(refusal)) < 200
