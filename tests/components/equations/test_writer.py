"""Expressions in LaTeX, in MathML and in plain text: brackets where they are needed, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.equations import MathTree, Name, equation, read_rules
from components.equations.entries import in_numbers
from components.equations.latex_marks import LatexMarks
from components.equations.mathml_marks import MathMLMarks
from components.equations.plain_marks import PlainMarks
from components.equations.writer import Writer
from engine import Function
from tests.components.spoken import said_loud


def squeezed(formula: str) -> str:
    """Return LaTeX without the braces and spaces that only it needs."""
    return "".join(re.sub(r"\\(?:Bigl|Bigr|allowbreak)|[{}]", "", formula).split())


def latex(rule: str, taken: frozenset[str] = frozenset()) -> str:
    return squeezed(Writer(LatexMarks(), taken).write(read_rules(rule)[-1]))


def plugged(rule: str, values: dict[str, float]) -> str:
    """Return a rule with numbers in place of its symbols, as plain text."""
    from components.equations import Symbol, changed

    named = changed(
        read_rules(rule)[-1], lambda part: Name(part.text) if isinstance(part, Symbol) and part.text in values else None
    )
    return Writer(PlainMarks()).write(in_numbers(named, values, (), ()))


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        ("x^2", {"x": 3}, "3²"),
        ("x^2", {"x": -3}, "(−3)²"),
        ("2x", {"x": 3}, "2 × 3"),
        ("2x", {"x": -3}, "2 × (−3)"),
        ("x_0 + x_1", {"x0": 2, "x1": -1}, "2 + (−1)"),
        ("x_0 - x_1", {"x0": -2, "x1": -1}, "−2 − (−1)"),
        (r"x_0 \, x_1", {"x0": 2, "x1": 5}, "2 × 5"),
        (r"x_0 \, x_1", {"x0": -4, "x1": -2}, "−4 × (−2)"),
        (r"\max(x_0, x_1)", {"x0": -2, "x1": 5}, "max(−2, 5)"),
        (r"\frac{x_0}{x_1}", {"x0": -2, "x1": 5}, "(−2) / 5"),
        (r"\frac{x_0}{x_1^2}", {"x0": 2, "x1": -5}, "2 / (−5)²"),
        (r"e^x", {"x": -2}, "e⁻²"),
        (r"e^{-x}", {"x": -2}, "e^(−(−2))"),
        ("x^2", {"x": 1.5e6}, "(1.5e6)²"),
        (r"\tanh^2 x", {"x": 0.5}, "tanh² 0.5"),
        (r"\tanh^2 x", {"x": -0.5}, "tanh²(−0.5)"),
        (r"\ln x", {"x": -2}, "ln(−2)"),
        (r"x^2 y", {"x": 3, "y": 5}, "3² × 5"),
        (r"x \ln y", {"x": 3, "y": 5}, "3 × ln 5"),
        (r"\cos x \, y", {"x": 3, "y": 5}, "cos(3) × 5"),
        (r"x \text{ if } x > 0 \text{, else } 0.1 x", {"x": -3}, "0.1 × (−3)"),
    ],
)
def test_numbers_take_the_place_of_variables(rule: str, values: dict[str, float], expected: str) -> None:
    assert plugged(rule, values) == expected


def test_an_exponent_is_never_rounded() -> None:
    assert plugged("x^p", {"x": -2, "p": 3.0000061}) == "(−2)^3.0000061"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (r"y \, 2x", r"y\times2x"),
        (r"y (1 - x)", r"y\,(1-x)"),
        (r"y (-x)", r"y\,(-x)"),
        (r"y \, \frac{1 - x}{2}", r"y\,\frac1-x2"),
        (r"(1 - x) x", r"(1-x)\,x"),
        (r"x - (y - z)", "x-(y-z)"),
        (r"\sqrt{x} \, \ln y", r"\sqrtx\,\lny"),
        (r"(\frac{x}{y})^2", r"(\fracxy)^2"),
    ],
)
def test_brackets_stand_where_a_sum_or_a_sign_is_a_factor(rule: str, expected: str) -> None:
    assert latex(rule) == expected


@pytest.mark.parametrize(
    ("rule", "taken", "expected"),
    [
        ("e^x", "e", r"\exp(x)"),
        (r"\sigma(x)", "σ", r"\operatornamesigmoid(x)"),
        (r"1 - t \text{ where } t = \tanh x", "t", r"1-u\text,whereu=\tanhx"),
        (r"1 - t \text{ where } t = \tanh x", "tu", r"1-s\text,wheres=\tanhx"),
    ],
)
def test_a_symbol_of_a_rule_gives_way_to_a_node_of_its_name(rule: str, taken: str, expected: str) -> None:
    assert latex(rule, frozenset(taken)) == expected


def test_names_and_numbers_are_written_as_in_print() -> None:
    marks = LatexMarks()
    assert marks.number("−2.5") == "{-2.5}"
    assert marks.number("1.2e−5") == r"1.2 \times 10^{-5}"
    assert marks.number("−inf") == r"{-\infty}"
    assert (marks.name("x"), marks.name("loss")) == ("x", r"\text{loss}")
    # A browser slants Latin letters alone.
    assert (marks.name("λ"), marks.name("_"), marks.name("w_1")) == (r"\text{λ}", r"\text{\_}", r"\text{w\_1}")


def told(tree: MathTree) -> str:
    """Return all text of a tree, in order."""
    return tree[1] if isinstance(tree[1], str) else "".join(told(child) for child in tree[1])


def leaves(tree: MathTree) -> list[str]:
    return [tree[1]] if isinstance(tree[1], str) else [leaf for child in tree[1] for leaf in leaves(child)]


def math(rule: str) -> MathTree:
    return Writer(MathMLMarks()).write(read_rules(rule)[-1])


def test_an_equation_becomes_mathml() -> None:
    tree = equation([Name("x.grad"), Name("a")], {"x.grad": 6.0, "a": 6.0}).math()
    assert tree[0] == "math"
    assert told(tree) == "x.grad=a"
    fraction = math(r"\frac{1}{2}")
    assert (fraction[0], [told(child) for child in fraction[1]]) == ("mfrac", ["1", "2"])


@pytest.mark.parametrize(
    ("rule", "drawn"),
    [
        ("x - 3", ["x", "−", "3"]),
        ("-1", ["−1"]),
        ("|x| - 3", ["|", "x", "|", "−", "3"]),
        ("(x + y)^2", ["(", "x", "+", "y", ")", "2"]),
    ],
)
def test_a_sign_stays_with_its_number(rule: str, drawn: list[str]) -> None:
    assert leaves(math(rule)) == drawn


def tags_in(tree: MathTree) -> list[str]:
    return [tree[0], *(tag for child in tree[1] if isinstance(tree[1], list) for tag in tags_in(child))]


@pytest.mark.parametrize(
    ("rule", "spaces"),
    [(r"\cos x", 1), (r"\cos(x + y)", 0), ("x y", 1), (r"2 \ln 3", 1), (r"\ln \text{softmax}(x)", 1)],
)
def test_a_function_stands_apart_from_what_it_is_taken_of(rule: str, spaces: int) -> None:
    assert tags_in(math(rule)).count("mspace") == spaces


@pytest.mark.parametrize(
    ("rule", "size"),
    [
        (r"y (x + 1)", None),
        (r"y (x^2 + 1)", None),
        (r"y (\frac{x}{2} + 1)", "tall"),
        (r"y (\frac{\frac{x}{2}}{y} + 1)", "taller"),
    ],
)
def test_brackets_are_as_high_as_what_they_hold(rule: str, size: str | None) -> None:
    row = math(rule)[1][-1]
    assert row[0] == "mrow"
    assert [row[1][place][1] for place in (0, -1)] == ["(", ")"]
    assert {row[1][place][2].get("class") for place in (0, -1)} == {size}


@pytest.mark.parametrize("op", sorted(Function.registry))
def test_every_rule_of_every_op_can_be_read_and_drawn(op: str) -> None:
    found = Function.registry[op]
    for rule in (found.formula, *found.local):
        for part in rule.split(r", \quad "):
            for side in read_rules(part):
                tree = Writer(MathMLMarks()).write(side)
                assert "\\" not in told(tree)
                assert set(tags_in(tree)) <= {
                    "mrow", "mi", "mn", "mo", "mtext", "mfrac", "msup", "msub", "msqrt", "mspace", "munder",
                }  # fmt: skip


@pytest.mark.parametrize("op", sorted(name for name, op in Function.registry.items() if not op.elementwise))
def test_the_rule_of_an_op_that_mixes_elements_says_what_it_sends(op: str) -> None:
    assert all(re.search(r"\\text\{gys?\}", rule) for rule in Function.registry[op].local)


@settings(deadline=None)
@given(st.text("ab<>&\"'$%#_~äλ変", min_size=1, max_size=6).filter(str.isidentifier))
def test_any_name_comes_through_as_text(text: str) -> None:
    assert told(Writer(MathMLMarks()).write(Name(text))) == text


def test_words_in_a_formula_come_through_the_door() -> None:
    with said_loud():
        assert "<IF>" in Writer(LatexMarks()).write(read_rules(r"1 \text{ if } x > 0 \text{, else } 0")[0])
