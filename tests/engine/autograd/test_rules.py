"""The ways of writing a rule that the book knows, and what a careless one is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import Function, Variable, cos
from engine.errors import EngineError


class ByData(Function):
    """Steps 11 to 31."""

    def forward(self, x):
        return np.sin(x)

    def backward(self, gy):
        x = self.inputs[0].data
        return gy * np.cos(x)


class ByInput(ByData):
    """Steps 6 to 10."""

    def backward(self, gy):
        x = self.input.data
        return gy * np.cos(x)


class ByVariables(ByData):
    """Step 33 on."""

    def backward(self, gy):
        (x,) = self.inputs
        return gy * cos(x)


class ByOutput(Function):
    """Step 35."""

    def forward(self, x):
        return np.tanh(x)

    def backward(self, gy):
        y = self.outputs[0]()
        return gy * (1 - y * y)


class ByKept(Function):
    """Keep the result for backward."""

    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, gy):
        return gy * (1 - self.y * self.y)


@pytest.mark.parametrize("data", [np.array(0.5), np.array([0.5, -1.0])])
@pytest.mark.parametrize("op", [ByData, ByInput, ByVariables, ByOutput, ByKept])
def test_every_way_of_the_book_works_at_first_and_at_second_order(op: type[Function], data: Any) -> None:
    first, second = np.cos(data), -np.sin(data)
    if op in (ByOutput, ByKept):
        t = np.tanh(data)
        first, second = 1 - t**2, -2 * t * (1 - t**2)
    x = Variable(data)
    op()(x).backward()
    assert isinstance(x.grad, np.ndarray)
    np.testing.assert_allclose(x.grad, first, rtol=1e-14)
    x.cleargrad()
    op()(x).backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    gx.backward()
    np.testing.assert_allclose(gx.data, first, rtol=1e-14)
    np.testing.assert_allclose(x.grad.data, second, rtol=1e-14)


def two_inputs(returned: Any) -> Function:
    class Careless(Function):
        def forward(self, x0, x1):
            return x0 + x1

        def backward(self, gy):
            return returned(gy)

    return Careless()


@pytest.mark.parametrize("create_graph", [False, True])
def test_none_says_that_there_is_no_gradient(create_graph: bool) -> None:
    x0, x1 = Variable(np.array(1.0)), Variable(np.array(2.0))
    two_inputs(lambda gy: (gy, None))(x0, x1).backward(create_graph=create_graph)
    assert x1.grad is None
    assert (x0.grad.data if create_graph else x0.grad) == 1.0


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("returned", [lambda gy: gy, lambda gy: None, lambda gy: (gy,), lambda gy: (gy, gy, gy)])
def test_too_few_gradients_and_too_many_are_told_by_the_name_of_the_op(returned: Any, create_graph: bool) -> None:
    y = two_inputs(returned)(np.array(1.0), np.array(2.0))
    with pytest.raises(EngineError, match=r"Careless returned \d gradients for 2 inputs"):
        y.backward(create_graph=create_graph)


@pytest.mark.parametrize("data", [np.array(-1.0), np.float64(-1.0), np.array([1.0, -1.0])])
def test_a_rule_of_somebodys_own_gets_arrays(data: Any) -> None:
    class Rectifier(Function):
        def forward(self, x):
            self.mask = x <= 0
            out = x.copy()
            out[self.mask] = 0
            return out

        def backward(self, gy):
            assert isinstance(self.inputs[0].data, np.ndarray)
            return np.where(self.mask, 0.0, gy)

    x = Variable(data)
    y = Rectifier()(x)
    y.backward()
    np.testing.assert_array_equal(y.data, np.maximum(data, 0))
    np.testing.assert_array_equal(x.grad, 1.0 * (np.asarray(data) > 0))


def test_gradients_that_are_the_same_array_do_not_share_it() -> None:
    class Doubled(Function):
        def forward(self, x0, x1):
            return 2 * (x0 + x1)

        def backward(self, gy):
            gx = 2 * gy
            return gx, gx

    x0, x1 = Variable(np.array([1.0])), Variable(np.array([2.0]))
    Doubled()(x0, x1).backward()
    x0.grad *= 0.5
    assert (x0.grad, x1.grad) == (1.0, 2.0)


@pytest.mark.parametrize("data", [np.array([1.0, -1.0]), np.array(1.0)])
def test_what_a_rule_keeps_is_not_given_away(data: Any) -> None:
    class Masked(Function):
        def forward(self, x):
            self.mask = 1.0 * (x > 0) + np.zeros(x.shape)
            return x * self.mask

        def backward(self, gy):
            return self.mask

    x = Variable(data)
    y = Masked()(x)
    y.backward()
    kept = np.array(y.creator.mask)
    assert not np.shares_memory(x.grad, y.creator.mask)
    x.grad *= 5.0
    np.testing.assert_array_equal(y.creator.mask, kept)


def test_a_rule_of_wider_numbers_gives_gradients_in_the_inputs_type() -> None:
    class Wider(Function):
        def forward(self, x):
            return 1.0 * x

        def backward(self, gy):
            return np.float64(2.0) * gy

    for data in (np.array([1.0, 2.0], np.float32), np.array(1.0, np.float32)):
        x = Variable(data)
        Wider()(x).backward()
        assert x.grad.dtype == np.float32
        np.testing.assert_array_equal(x.grad, np.full(data.shape, 2.0))
