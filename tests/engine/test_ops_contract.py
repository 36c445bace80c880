"""What every op in the registry must hold to."""

from __future__ import annotations

import inspect
import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.picture import catalogue
from engine import Function, Variable, gradient_check

KINK_DISTANCE = 1e-2
REQUIRED = {
    *("Square", "Add", "Sub", "Mul", "Div", "Neg", "Exp", "Log", "Sin", "Cos"),
    *("Tanh", "Sigmoid", "ReLU", "Max", "Min", "MinMax"),
}

every_op = pytest.mark.parametrize("op", Function.registry.values(), ids=Function.registry.keys())


def domain(op: type[Function]) -> tuple[tuple[float, float], ...]:
    return op.domain or ((-2.0, 2.0),) * len(op.ports)


def sample(op: type[Function], data: st.DataObject, shapes: list[tuple[int, ...]]) -> list[np.ndarray]:
    """Draw inputs from the op's domain; near a kink, where central differences lie, none are drawn."""
    seed = data.draw(st.integers(0, 2**32 - 1))
    random = np.random.default_rng(seed)
    for _ in range(100):
        arrays = [random.uniform(*interval, shape) for interval, shape in zip(domain(op), shapes, strict=True)]
        if op.kinks is None or np.min(op.kinks(*arrays)) > KINK_DISTANCE:
            return arrays
    raise AssertionError(f"{op.__name__}: its domain is nothing but kinks")


def test_the_registry_holds_what_was_asked_for() -> None:
    assert set(Function.registry) >= REQUIRED


@every_op
def test_it_describes_itself(op: type[Function]) -> None:
    for field in ("symbol", "formula", "python", "description", "group"):
        assert getattr(op, field).strip()
    assert len(op.local) == len(op.ports)
    assert all(op.local)
    assert op.description.endswith(".")
    assert op.ports == tuple(inspect.signature(op.forward).parameters)[1:]
    assert op.domain is None or len(op.domain) == len(op.ports)
    fields = {name for _, name, _, _ in string.Formatter().parse(op.python) if name}
    assert fields == set(op.ports)


@every_op
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_its_gradient_agrees_with_central_differences(op: type[Function], data: st.DataObject) -> None:
    arrays = [np.asarray(x) for x in sample(op, data, [()] * len(op.ports))]
    check = gradient_check(lambda *xs: op()(*xs), *arrays)
    assert check, check


@every_op
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_broadcasting_is_undone(op: type[Function], data: st.DataObject) -> None:
    shapes = [(2, 3), (3,)][: len(op.ports)]
    arrays = sample(op, data, shapes)
    inputs = [Variable(array) for array in arrays]
    ys = op()(*inputs)
    for y in ys if isinstance(ys, list) else [ys]:
        assert y.shape == op().result_shape(*shapes)
        y.backward()
    assert [x.grad.shape for x in inputs if x.grad is not None] == shapes
    assert gradient_check(lambda *xs: op()(*xs), *arrays)


@every_op
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_python_it_writes_computes_the_same(op: type[Function], data: st.DataObject) -> None:
    arrays = [np.asarray(x) for x in sample(op, data, [()] * len(op.ports))]
    source = op.python.format(**{port: f"({array.item()!r})" for port, array in zip(op.ports, arrays, strict=True)})
    expected = eval(source, {"np": np})  # the ops' own source, no text from outside
    ys = op()(*arrays)
    results = [y.data for y in ys] if isinstance(ys, list) else ys.data
    np.testing.assert_allclose(results, expected, rtol=1e-12)


@every_op
def test_it_stands_in_the_palette(op: type[Function]) -> None:
    entries = [entry for group in catalogue() for entry in group["ops"] if entry["op"] == op.__name__]
    assert [entry["ports"] for entry in entries] == [list(op.ports)]


@pytest.mark.parametrize("name", ["Max", "Min", "MinMax"])
def test_at_a_tie_each_gets_half(name: str) -> None:
    x0, x1 = Variable(np.array(3.0)), Variable(np.array(3.0))
    ys = Function.registry[name]()(x0, x1)
    (ys[0] if isinstance(ys, list) else ys).backward()
    assert (x0.grad, x1.grad) == (0.5, 0.5)


@pytest.mark.parametrize(("x", "expected"), [(-800.0, 0.0), (800.0, 1.0), (-40.0, 4.248354255291589e-18)])
def test_sigmoid_is_exact_far_from_zero_and_warns_of_nothing(x: float, expected: float) -> None:
    # 1 / (1 + e^40) = e^-40 to 17 digits
    assert Function.registry["Sigmoid"]()(np.array(x)).data == pytest.approx(expected, rel=1e-12)
