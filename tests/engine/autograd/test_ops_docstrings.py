"""Every op's docstring says what its backward gives, in a form that is worked out here and compared with it."""

from __future__ import annotations

import inspect
import re

import numpy as np
import pytest

from engine import Function
from engine.notation import Names, python_formula
from tests.engine.autograd.test_ops_contract import every_op, samples

FUNCTIONS = {"sin": np.sin, "cos": np.cos, "ln": np.log, "sqrt": np.sqrt, "sign": np.sign}
GRADIENT = re.compile(r"\b(g\w+) = (.+?)(?= and g\w+ = |, | \(step| \([A-Z]|\.$)", re.MULTILINE)
WORKED_OUT = {
    *("Add", "Sub", "Mul", "Div", "Neg", "Identity", "Abs", "Exp", "Log", "Square", "Sqrt", "Pow", "Power"),
    *("Sin", "Cos", "Tan", "Tanh", "Sigmoid", "Softplus", "MatMul", "Dot"),
}


def told_gradients(op: type[Function]) -> dict[str, str]:
    """Return what an op's docstring says of each gradient, by its name."""
    return dict(GRADIENT.findall(inspect.getdoc(op) or ""))


@every_op
def test_its_docstring_names_the_gradient_of_every_input(op: type[Function]) -> None:
    ports = ["xs"] if "n_inputs" in op.defaults() else op.ports
    assert [port for port in ports if not re.search(rf"\bg{port} = \S", op.__doc__ or "")] == []


@pytest.mark.parametrize("name", sorted(WORKED_OUT))
def test_the_gradient_that_it_tells_is_the_one_that_it_computes(name: str) -> None:
    op = Function.registry[name]
    parameters, shapes = samples(op)[-1 if op.elementwise else 0]  # an elementwise op also where it broadcasts
    xs = [np.linspace(0.6, 1.4, int(np.prod(shape))).reshape(shape) + place for place, shape in enumerate(shapes)]
    function = op(**parameters)
    y = function(*xs).data
    gy = np.linspace(0.5, 2.0, y.size).reshape(y.shape)
    known = {**dict(zip(op.ports, xs, strict=True)), "y": y, "gy": gy, "e": np.e, "c": getattr(function, "exponent", 0)}
    names = Names(frozenset(FUNCTIONS), frozenset(FUNCTIONS), variables=known.keys())
    told = told_gradients(op)
    for port, gx in zip(op.ports, function.gradients([gy]), strict=True):
        expected = eval(python_formula(told[f"g{port}"], names).text, {**FUNCTIONS, **known})  # our own docstrings
        assert gx == pytest.approx(sum_to(expected, gx.shape), rel=1e-12)


def sum_to(gradient: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Undo broadcasting by NumPy alone: sum over the axes that were put before, and over those that were 1."""
    gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    repeated = tuple(axis for axis, length in enumerate(shape) if length == 1 and gradient.shape[axis] != 1)
    return gradient.sum(axis=repeated, keepdims=True)
