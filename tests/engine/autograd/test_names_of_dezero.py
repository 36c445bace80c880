"""Who calls what DeZero has and this engine has not, or has otherwise, is told what to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import engine
from engine import Variable

X = np.array([[1.0, 2.0], [3.0, 5.0]])
T = np.array([0, 1])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GetItem", [3.0, 5.0]),
        ("SumTo", [[4.0, 7.0]]),
        ("rsub", [[-3.0, -2.0], [-1.0, 1.0]]),
        ("rdiv", [[1 / 4, 2 / 4], [3 / 4, 5 / 4]]),
        ("logsumexp", [[np.log(np.e + np.e**2)], [np.log(np.e**3 + np.e**5)]]),
        ("numerical_grad", 2 * X),
        ("SoftmaxCrossEntropy", np.mean([np.log(1 + np.e), np.log(1 + np.exp(-2))])),
    ],
)
def test_what_stands_for_a_name_gives_its_numbers(name: str, expected: Any) -> None:
    assert not hasattr(engine, name)
    with pytest.raises(AttributeError, match="here it is") as told:
        getattr(engine, name)
    written = str(told.value).rpartition("here it is ")[2]
    known: dict[str, Any] = {"x": Variable(X), "x0": Variable(np.array(4.0)), "x1": Variable(X), "t": T}
    known |= {"slices": 1, "shape": (1, 2), "axis": 1, "f": lambda x: engine.sum(engine.square(x))}
    functions = {each: getattr(engine, each) for each in engine.__all__} | {"sum": engine.sum}
    found = eval(written, functions, known)  # the text is this engine's own
    np.testing.assert_allclose(getattr(found, "data", found), expected, rtol=1e-6)


def test_what_comes_after_step_44_is_said_not_to_be_here() -> None:
    with pytest.raises(AttributeError, match="from step 44 on"):
        engine.Layer  # noqa: B018 -- asked for
    with pytest.raises(AttributeError, match=r"has no attribute 'nonsense'$"):
        engine.nonsense  # noqa: B018


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: engine.max(Variable(X), axis=1),
            r"max takes 2 inputs, and here is 1; over axes it is largest\(x, axis=1\)",
        ),
        (lambda: engine.min(Variable(X)), r"over axes it is smallest\(x\)"),
        (lambda: engine.add(Variable(X)), "add takes 2 inputs, and here is 1$"),
        (lambda: engine.sin(), "sin takes 1 input, and here are 0"),
    ],
)
def test_too_few_inputs_are_counted(call: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(TypeError, match=sentence):
        call()


@pytest.mark.parametrize("function", [engine.sigmoid, engine.square, abs, engine.sum, engine.softplus, lambda x: x / x])
def test_complex_numbers_have_no_gradient(function: Callable[[Any], Any]) -> None:
    x = Variable(np.array([1 + 2j, 0.5 - 1j]))
    with pytest.raises(TypeError, match="complex128 is not supported"):
        function(x).backward()
