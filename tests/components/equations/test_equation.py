"""What = and ≈ say, and that no side is shown that is not the same."""

from __future__ import annotations

import math

import numpy as np
import pytest

from components.equations import (
    Call,
    Entries,
    Expression,
    Name,
    Number,
    Product,
    RuleError,
    Sum,
    entry_in_numbers,
    equation,
    read_rules,
    value_of,
)
from components.equations.expression import Power
from components.equations.values import exact_value


@pytest.mark.parametrize(
    ("left", "right", "written"),
    [
        (Power(Number(351.4), Number(2)), Number(351.4**2), "351.4² ≈ 123500"),
        (Power(Number(0.1), Number(2)), Number(0.1**2), "0.1² = 0.01"),
        (Sum((Number(0.1), Number(0.2))), Number(0.1 + 0.2), "0.1 + 0.2 = 0.3"),
        (Product((Number(1 / 3), Number(3))), Number(1.0), "0.3333 × 3 ≈ 1"),
        (Call("tanh", (Number(20),)), Number(float(np.tanh(20))), "tanh 20 ≈ 1"),
        (Call("exp", (Number(0),)), Number(1), "e⁰ = 1"),
        (Call("sqrt", (Number(2.25),)), Number(1.5), "√2.25 = 1.5"),
        (Call("sqrt", (Number(2),)), Number(2**0.5), "√2 ≈ 1.414"),
        (Call("ln", (Number(-2),)), Number(np.nan), "ln(−2) ⇒ nan"),
        (Call("exp", (Number(1000),)), Number(np.inf), "e¹⁰⁰⁰ ⇒ inf"),
        (Power(Number(2), Number(-2)), Number(0.25), "2⁻² = 0.25"),
    ],
)
def test_a_rounded_number_is_about_and_an_exact_one_is_the_same(
    left: Expression, right: Expression, written: str
) -> None:
    assert equation([left, right], {}).plain() == written


def test_a_name_is_about_a_number_that_is_rounded() -> None:
    assert equation([Name("x"), Number(1 / 3)], {"x": 1 / 3}).plain() == "x ≈ 0.3333"
    assert equation([Name("x"), Number(0.5)], {"x": 0.5}).plain() == "x = 0.5"
    thirds = np.full(3, 1 / 3)
    told = equation([Name("x"), Entries(thirds, "[0.3333, 0.3333, 0.3333] (3,)")], {"x": thirds})
    assert told.signs == ("≈",)


def test_a_side_that_is_not_the_same_is_left_out() -> None:
    sides = [Name("y"), Name("x"), Sum((Number(1), Number(1))), Number(3)]
    assert equation(sides, {"y": 3.0, "x": 2.0}).plain() == "y = 3"


def test_as_many_digits_are_shown_as_give_the_result() -> None:
    # sin 1000000.5 is 0.142; with four digits it would be the sine of a million, −0.35.
    found = entry_in_numbers(Call("sin", (Name("x"),)), {"x": 1000000.5}, np.sin(np.array(1000000.5)), ())
    assert found is not None
    assert equation([found, Number(float(np.sin(1000000.5)))], {}).plain() == "sin(1.0000005e6) ≈ 0.142"


def test_exact_values_are_fractions() -> None:
    (rule,) = read_rules(r"\frac{1}{3} + \frac{1}{6}")
    assert exact_value(rule) == 0.5
    assert exact_value(read_rules(r"\max(2, 3)")[0]) == 3
    assert exact_value(read_rules(r"\sin 1")[0]) is None
    assert exact_value(read_rules(r"\frac{1}{0}")[0]) is None


def test_values_go_beyond_the_doubles() -> None:
    # ln(1 + e^800) is 800 to all digits
    (rule,) = read_rules(r"\ln(1 + e^{800})")
    assert float(value_of(rule, {})) == 800.0


def test_a_function_is_called_by_its_name_in_numpy() -> None:
    (rule,) = read_rules(r"\operatorname{cbrt}(27) + \arctan 1")
    assert float(value_of(rule, {})) == pytest.approx(3 + math.pi / 4, rel=1e-15)
    with pytest.raises(KeyError, match="nope"):
        value_of(Call("nope", (rule,)), {})


@pytest.mark.parametrize(
    "rule", ["x +", "(x", r"\sum_i x_i", r"\foo x", r"\operatorname{nope}(x)", "x_{0,i}", r"\frac{1}"]
)
def test_what_is_no_rule_is_refused_in_words(rule: str) -> None:
    with pytest.raises(RuleError, match="cannot be read at"):
        read_rules(rule)


def test_an_equals_sign_stands_apart_from_the_entries_of_an_array() -> None:
    shown = equation([Name("x"), Entries(np.array([3.0, 4.0]), "[3, 4]")], {"x": np.array([3.0, 4.0])})
    assert ["mn", "[3,\N{NO-BREAK SPACE}4]"] in shown.math()[1][0][1]  # type: ignore[operator, index]
