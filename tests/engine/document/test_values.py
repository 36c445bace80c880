from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from engine.document import check_value, fresh_value, parse_value, to_array, to_json_value, typed_value
from engine.errors import ValueRefusedError
from engine.limits import MAX_ELEMENTS, MAX_TYPED_LENGTH
from tests.strategies import finite, values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2.0),
        (" −1.5 ", -1.5),
        ("-1.5", -1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1e-320", 1e-320),
        ("[1, 2, 3]", (1.0, 2.0, 3.0)),
        ("[[1, −2], [3, 4.5]]", ((1.0, -2.0), (3.0, 4.5))),
        ("1\t2\n3\t4\n", ((1.0, 2.0), (3.0, 4.0))),
        ("1\t−2\r\n3\t4.5\r\n", ((1.0, -2.0), (3.0, 4.5))),
        ("1, 2, 3", (1.0, 2.0, 3.0)),
        ("1,2\n3,4", ((1.0, 2.0), (3.0, 4.0))),
        ("1; 2\n3; 4", ((1.0, 2.0), (3.0, 4.0))),
        ("1\n2\n3", (1.0, 2.0, 3.0)),
        ("1 2 3", (1.0, 2.0, 3.0)),
    ],
)
def test_what_people_type(text: str, value: object) -> None:
    assert parse_value(text) == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "A value is needed"),
        ("abc", "“abc” is not a number"),
        ("1,000,000", "“1,000,000” is not a number. Write its digits without commas."),
        ("1\t\t3", "Row 1, column 2 is empty"),
        ("1\t2\n3\tx", "Row 2, column 2: “x” is not a number"),
        ("1\t2\n3", "The rows differ in length: row 1 has 2 cells, and row 2 has 1."),
        ("2 + x", "“2 + x” is not a number"),
        ("1/0", "“1/0” is no real number"),
        ("sqrt(-1)", "is no real number"),
        ("(-8)^(1/3)", "is no real number"),
        ("9^9^9", "is too large"),
        ("1/2x", "is not a number"),
        ("sin", "“sin” is not a number"),
        ("eval(1)", "is not a number"),
        ("x.real", "is not a number"),
        ("1 if 1 else 2", "is not a number"),
        ("2**" * 60 + "2", "is too large"),
        ("(" * 150, "is not a number"),
        ("1\n" * 10_001, "The array has 10001 elements; the limit is 10000"),
        ("random(2, 3", "Write random(2, 3) or random(2, 3, seed=1)"),
        ("random(2, 0)", "at least one element"),
        ("random(101, 100)", "The array has 10100 elements; the limit is 10000"),
        ("random(999999999, 999999999)", "elements; the limit is 10000"),
        ("random(1, 1, 1, 1, 1)", "nested too deeply"),
        ("1_000", "“1_000” is not a number"),
        ("nan", "nan is not a finite number"),
        ("-inf", "-inf is not a finite number"),
        ("1e999", "“1e999” is too large"),
        ("[1, NaN]", "NaN is not a finite number"),
        ("[1, 1e999]", "inf is not a finite number"),
        ("[1, [2]]", "rows of the array differ"),
        ("[[1, 2], [3]]", "rows of the array differ"),
        ("[]", "at least one element"),
        ("[1, true]", "A number is needed, and here is true"),
        ('["1"]', "“1” is not a number"),
        ("[1, 2", "“[1, 2” is not an array"),
        ("(1, 2)", "“(1, 2)” is not an array"),
        ("max(1, 2)", "“max(1, 2)” is not a number"),
        ("[" * 100_000, "nested too deeply"),
        ("[[[[[1]]]]]", "nested too deeply"),
        ("__import__('os')", "is not a number"),
        ("9" * 400, "is too large"),
        ("[" + "9" * 400 + "]", "too large"),
    ],
)
def test_nonsense_is_refused_by_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueRefusedError) as refusal:
        parse_value(text)
    assert sentence in str(refusal.value)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/3", 1 / 3),
        (" 1 / 3 ", 1 / 3),
        ("−1/3", -1 / 3),
        ("pi", 3.141592653589793),
        ("π/4", 0.7853981633974483),
        ("2π", 6.283185307179586),
        ("e", 2.718281828459045),
        ("sqrt(2)", 1.4142135623730951),
        ("√2", 1.4142135623730951),
        ("2^3", 8.0),
        ("2³", 8.0),
        ("−2²", -4.0),
        ("½", 0.5),
        ("2½", 2.5),
        ("50%", 0.5),
        ("0.1 %", 0.001),
        ("1·10^-3", 0.001),
        ("2 + 3", 5.0),
        ("ln(e)", 1.0),
        ("|−3|", 3.0),
        ("１/４", 0.25),
        ("\\frac{1}{4}", 0.25),
        ("[1/2, −½]", (0.5, -0.5)),
        ("1/2; 1/4", (0.5, 0.25)),
    ],
)
def test_what_is_written_is_computed_and_kept_beside_the_number(text: str, value: object) -> None:
    assert typed_value(text) == (value, text.strip())


@pytest.mark.parametrize("text", ["2", " 1e-3 ", "−2", "[1, 2]", "1 2 3", "１２", "random(2, 3, seed=1)", "1\t2\n3\t4"])
def test_what_its_digits_say_is_not_kept_twice(text: str) -> None:
    assert typed_value(text) == (parse_value(text), "")


def test_minus_zero_is_kept_as_it_was_typed() -> None:
    value, written = typed_value("-0")
    assert (str(value), written) == ("-0.0", "-0")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,5", ["1.5", "[1, 5]"]),
        ("−1,5", ["-1.5", "[-1, 5]"]),
        ("1,5/2", ["1.5/2", "[1, 5/2]"]),
        ("1 1/2", ["1 + 1/2", "[1, 1/2]"]),
        ("1/2 pi", ["1 / (2 * pi)", "1 / 2 * pi"]),
        ("1,000.5", ["1000.5", "[1, 0.5]"]),
        ("-1.234,5", ["-1234.5", "[-1.234, 5]"]),
        ("12,000", ["12000", "[12, 0]"]),
        ("2 000", ["2000", "[2, 0]"]),
        ("1 234 056", ["1234056", "[1, 234, 56]"]),
    ],
)
def test_where_two_values_may_be_meant_both_are_offered(text: str, meant: list[str]) -> None:
    with pytest.raises(ValueRefusedError) as refusal:
        parse_value(text)
    assert [offer.text for offer in refusal.value.offers] == meant
    assert len({parse_value(each) for each in meant}) == 2


def test_a_long_text_is_kept_as_a_number_alone() -> None:
    assert typed_value("1/3" + " + 1/3" * 20) == (pytest.approx(7), "")


def test_new_inputs_get_the_first_whole_number_that_no_other_holds() -> None:
    assert [fresh_value(held) for held in ([], [1.0], [2.0, 3.0], [1.0, (2.0,), 3.0, None])] == [1.0, 2.0, 1.0, 2.0]


def test_arrays_have_a_largest_size() -> None:
    assert to_array(check_value([0.0] * MAX_ELEMENTS)).size == MAX_ELEMENTS
    with pytest.raises(ValueRefusedError, match="10001 elements; the limit is 10000"):
        check_value([0.0] * (MAX_ELEMENTS + 1))


def test_what_is_typed_has_a_greatest_length() -> None:
    assert parse_value("1" + " " * (MAX_TYPED_LENGTH - 1)) == 1.0
    with pytest.raises(ValueRefusedError, match=r"That is too long: 250001 characters; the limit is 250000\."):
        parse_value("x" * (MAX_TYPED_LENGTH + 1))


def test_a_long_text_is_quoted_in_part() -> None:
    for length, quoted in ((30, "x" * 30), (31, "x" * 30 + "…")):
        with pytest.raises(ValueRefusedError) as refusal:
            parse_value("x" * length)
        assert str(refusal.value) == f"“{quoted}” is not a number."


@given(finite)
def test_a_number_written_out_reads_back_the_same(number: float) -> None:
    assert parse_value(repr(number)) == number


@given(values())
def test_a_value_survives_json_and_numpy(value: object) -> None:
    assert check_value(to_json_value(value)) == value  # type: ignore[arg-type]
    np.testing.assert_array_equal(to_array(value), np.array(value))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "seed", "shape"),
    [
        ("random(2, 3)", 0, (2, 3)),
        ("random(2, 3, seed=1)", 1, (2, 3)),
        (" random( 4 , seed = 12 ) ", 12, (4,)),
        ("random()", 0, ()),
        ("random(seed=7)", 7, ()),
    ],
)
def test_random_values_are_those_of_numpys_generator(text: str, seed: int, shape: tuple[int, ...]) -> None:
    np.testing.assert_array_equal(parse_value(text), np.random.default_rng(seed).standard_normal(shape))


@pytest.mark.parametrize("text", ['"0;x 0', "0; x 0", "1; 2x y", "f(x) 2; 3"])
def test_what_might_be_two_lines_of_a_formula_is_no_value(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        parse_value(text)
