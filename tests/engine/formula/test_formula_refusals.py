"""A formula that cannot be read is refused in one sentence of our own, with line and column as people count."""

from __future__ import annotations

import pytest

from engine.errors import FormulaError
from tests.engine.formula.test_formula import read


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("", 1, "A formula is needed"),
        ("z = x +", 8, "not a formula"),
        ("z = (x + y", 5, "not a formula"),
        ("z = x ^ 2 + foo(x)", 13, "no op named “foo”"),
        ("z = x² + foo(x)", 10, "no op named “foo”"),
        ("z = 2 3 + 1", 7, "between two numbers an operator is missing"),
        ("z = x + 1)", 10, "closed here was not opened"),
        ("z = (x + 1\nw = x", 5, "opened here is not closed"),
        ("z = np.sqrt(x", 12, "opened here is not closed"),
        ("z = x % 2", 9, r"none of \+ - \* / \*\* @"),
        ("z = foo(x)", 5, "no op named “foo”"),
        ("z = square(x, y)", 5, "takes 1 input, and here are 2"),
        ("z = add(x0=x, x1=y)", 9, "in order"),
        ("z = leaky_relu(x, slope=1e9)", 25, "slope of LeakyReLU is a number from"),
        ("z = leaky_relu(x, slope=y)", 25, "A parameter is a constant"),
        ("z = leaky_relu(x, steep=2)", 19, "LeakyReLU has no parameter “steep”"),
        ("z = leaky_relu(x, 1, slope=1)", 22, "slope is given twice"),
        ("z = leaky_relu(x, **y)", 19, "without stars"),
        ("z = concat(*x)", 12, "without stars"),
        ("z = concat()", 5, "n_inputs of Concat is a whole number from 1 to 8"),
        ("z = concat(x, y, n_inputs=3)", 5, "n_inputs is 3, and the number of inputs here is 2"),
        ("z = sum(x, axis=7)", 17, "axis of Sum is an axis from −4 to 3, several such as .0, 1., or all; “7” is not"),
        ("p, q = split(x, n_outputs=3)", 8, "does not have 2 outputs"),
        ("x = random(0)", 5, "at least one element"),
        ("z = x if y else 2", 5, "no meaning"),
        ("z = z + 1", 1, "z is used before"),
        ("z = x**2; z = y**2", 11, "each name is assigned once"),
        ("x + y = z", 1, "not a formula"),
        ("a.b = x", 1, "A name stands on the left"),
        ("z = m.low", 5, "no output m.low"),
        ("z = min_max(x, y) + 1", 5, "several outputs: name one by .low or .high"),
        ("z = __import__('os')", 16, "Quotes"),
        ("import os", 1, "consists of lines such as"),
        ("z = x.__class__", 5, "no output"),
        ("z = [x for x in y]", 5, "no meaning"),
        ("z = lambda: x", 5, "no meaning"),
        ("z = exec(x)", 5, "no op named “exec”"),
        ("z = x ** True", 10, "no meaning"),
        ("z = 1e999", 5, "not a finite number"),
        ("x = [1, [2]]", 5, "rows of the array differ"),
        ("ö = ä + foo(x)", 9, "no op named “foo”"),
        ("a, b = square(x)", 8, "does not have 2 outputs"),
    ],
)
def test_a_fault_is_told_with_its_column(text: str, column: int, sentence: str) -> None:
    with pytest.raises(FormulaError, match=sentence) as caught:
        read(text)
    assert (caught.value.line, caught.value.column) == (1, column)


def test_a_fault_on_a_later_line_names_the_line() -> None:
    with pytest.raises(FormulaError) as caught:
        read("a = x\n   b = a ? 2")
    assert (caught.value.line, caught.value.column) == (2, 10)
