"""Formulas with numbers plugged in, and the MathML that a browser draws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.text import MathTree, in_product, math_tree, name_in_latex, number_in_latex, plug_in
from engine import Function


def squeezed(formula: str) -> str:
    """Return LaTeX without the braces and spaces that only it needs."""
    return "".join(formula.replace(r"\left", "").replace(r"\right", "").replace("{", "").replace("}", "").split())


@pytest.mark.parametrize(
    ("formula", "values", "expected"),
    [
        ("x^2", {"x": "3"}, "3^2"),
        ("x^2", {"x": "-3"}, "(-3)^2"),
        ("2x", {"x": "3"}, r"2\times3"),
        ("2x", {"x": "-3"}, r"2\times(-3)"),
        ("x_0 + x_1", {"x0": "2", "x1": "-1"}, "2+(-1)"),
        (r"x_0 \, x_1", {"x0": "2", "x1": "5"}, r"2\times5"),
        (r"\max(x_0, x_1)", {"x0": "-2", "x1": "5"}, r"\max(-2,5)"),
        (r"\frac{x_0}{x_1}", {"x0": "-2", "x1": "5"}, r"\frac-25"),
        (r"e^x", {"x": "-2"}, "e^-2"),
        (r"\text{1 if x}", {"x": "7"}, r"\text1ifx"),
        (r"1 \text{ if } x > 0", {"x": "-2"}, r"1\textif-2>0"),
        ("x^2", {"x": r"1.5 \times 10^{6}"}, r"(1.5\times10^6)^2"),
        (r"\tanh^2 x", {"x": "0.5"}, r"\tanh^20.5"),
        (r"x^2 y", {"x": "3", "y": "5"}, r"3^2\times5"),
        (r"x \ln y", {"x": "3", "y": "5"}, r"3\times\ln5"),
    ],
)
def test_numbers_take_the_place_of_variables(formula: str, values: dict[str, str], expected: str) -> None:
    assert squeezed(plug_in(formula, values)) == expected


@pytest.mark.parametrize(
    ("factor", "expected"),
    [
        ("2x", "2x"),
        ("1 - x", r"\left(1 - x\right)"),
        ("-x", r"\left(-x\right)"),
        (r"\frac{1 - x}{2}", r"\frac{1 - x}{2}"),
        ("(1 - x)x", "(1 - x)x"),
    ],
)
def test_a_sum_is_put_in_brackets_where_it_is_a_factor(factor: str, expected: str) -> None:
    assert in_product(factor) == expected


def test_numbers_are_written_as_in_print() -> None:
    assert number_in_latex("−2.5") == "-2.5"
    assert number_in_latex("1.2e−5") == r"1.2 \times 10^{-5}"
    assert number_in_latex("−inf") == r"-\infty"
    assert (name_in_latex("x"), name_in_latex("loss")) == ("x", r"\text{loss}")
    # A browser slants Latin letters alone.
    assert (name_in_latex("λ"), name_in_latex("_")) == (r"\text{λ}", r"\text{_}")


def told(tree: MathTree) -> str:
    """Return all text of a tree, in order."""
    return tree[1] if isinstance(tree[1], str) else "".join(told(child) for child in tree[1])


def test_a_formula_becomes_mathml() -> None:
    tree = math_tree(r"\text{x.grad} = \text{gy} \cdot 2 \, x = 1 \times 2 \times {3} = 6")
    assert tree[0] == "math"
    assert "".join(told(tree).split()).replace("⋅", "·") == "x.grad=gy·2x=1×2×3=6"
    fraction = math_tree(r"\frac{1}{2}")[1][0][1][0]
    assert (fraction[0], [told(child) for child in fraction[1]]) == ("mfrac", ["1", "2"])


def leaves(tree: MathTree) -> list[str]:
    return [tree[1]] if isinstance(tree[1], str) else [leaf for child in tree[1] for leaf in leaves(child)]


@pytest.mark.parametrize(
    ("latex", "drawn"),
    [
        (r"\left(-6\right) \times 1 = -6", ["(", "−6", ")", "×", "1", "=", "−6"]),
        ("a - 3", ["a", "−", "3"]),
        ("|a| - 3", ["|", "a", "|", "−", "3"]),
        (r"\left(a\right) - 3", ["(", "a", ")", "−", "3"]),
        ("e^{-3}", ["e", "−3"]),
    ],
)
def test_a_sign_stays_with_its_number(latex: str, drawn: list[str]) -> None:
    assert leaves(math_tree(latex)) == drawn


@pytest.mark.parametrize(("latex", "spaces"), [(r"\cos x", 1), (r"\cos\left(x\right)", 0), ("x y", 0), (r"2 \ln 3", 1)])
def test_a_function_stands_apart_from_what_it_is_taken_of(latex: str, spaces: int) -> None:
    (row,) = math_tree(latex)[1]
    assert [child[0] for child in row[1]].count("mspace") == spaces


def names_in(tree: MathTree) -> set[str]:
    children = [] if isinstance(tree[1], str) else tree[1]
    return {tree[0]}.union(*(names_in(child) for child in children))


@pytest.mark.parametrize("op", sorted(Function.registry))
def test_every_rule_of_every_op_can_be_drawn(op: str) -> None:
    found = Function.registry[op]
    for rule in (found.formula, *found.local):
        values = dict.fromkeys(found.ports, "-0.5")
        tree = math_tree(plug_in(rule, values))
        text = told(tree)
        assert "\\" not in text
        assert "&#" not in text
        assert names_in(tree) <= {
            "math", "mrow", "mi", "mn", "mo", "mtext", "mfrac", "msup", "msub", "msubsup", "msqrt", "mspace", "munder",
            "mstyle",
        }  # fmt: skip


@settings(deadline=None)
@given(st.text("ab<>&\"'$%#_~äλ変", min_size=1, max_size=6).filter(str.isidentifier))
def test_any_name_comes_through_as_text(text: str) -> None:
    assert told(math_tree(name_in_latex(text))) == text
