"""Programs in the manner of *Deep Learning from Scratch 3* from step 32 on: gradients of gradients, and arrays.

Only the import is this engine's; `F` is where the book's functions are.
"""

from __future__ import annotations

from math import e

import numpy as np
import pytest

import engine as F  # noqa: N812 -- as the book calls its functions
from engine import Variable, as_variable

# Steps 32 to 36: gradients of gradients -------------------------------------------------------------------------


def test_step_34_the_sine_comes_back_after_four_derivatives() -> None:
    x = Variable(np.linspace(-7, 7, 50))
    y = F.sin(x)
    y.backward(create_graph=True)
    for expected in (np.cos(x.data), -np.sin(x.data), -np.cos(x.data)):
        np.testing.assert_allclose(x.grad.data, expected, rtol=1e-12)
        gx = x.grad
        x.cleargrad()
        gx.backward(create_graph=True)
    np.testing.assert_allclose(x.grad.data, np.sin(x.data), rtol=1e-12)


def test_step_35_the_third_derivative_of_tanh() -> None:
    x = Variable(np.array(1.0))
    F.tanh(x).backward(create_graph=True)
    for _ in range(2):
        gx = x.grad
        x.cleargrad()
        gx.backward(create_graph=True)
    t = np.tanh(1.0)
    assert float(x.grad) == pytest.approx((1 - t * t) * (6 * t * t - 2), rel=1e-12)


def test_step_36_a_gradient_within_a_formula() -> None:
    x = Variable(np.array(2.0))
    y = x**2
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    (gx**3 + y).backward()
    assert float(x.grad) == 24 * 2.0**2 + 2 * 2.0  # (2x)³ + x²


# Steps 37 to 43: arrays -----------------------------------------------------------------------------------------


def test_step_37_arrays_of_whole_numbers() -> None:
    x, c = Variable(np.array([[1, 2, 3], [4, 5, 6]])), Variable(np.array([[10, 20, 30], [40, 50, 60]]))
    t = x + c
    y = F.sum(t)
    y.backward(retain_grad=True)
    assert (y.data, y.grad) == (231, 1)
    for variable in (t, x, c):
        np.testing.assert_array_equal(variable.grad, np.ones((2, 3)))


def test_step_38_reshape_and_transpose() -> None:
    x = Variable(np.arange(6).reshape(2, 3))
    for y in (F.reshape(x, (6,)), x.reshape(6), x.reshape((6,)), F.transpose(x), x.T, x.transpose()):
        x.cleargrad()
        y.backward(retain_grad=True)
        np.testing.assert_array_equal(x.grad, np.ones((2, 3)))
        assert y.grad.shape == y.shape


def test_steps_39_and_40_sums_and_what_broadcasting_repeats() -> None:
    x = Variable(np.random.default_rng(0).normal(size=(2, 3, 4, 5)))
    assert x.sum(keepdims=True).shape == (1, 1, 1, 1)
    assert F.sum(x, axis=(1, 2)).shape == F.sum_to(F.sum(x, axis=(1, 2)), (2, 5)).shape == (2, 5)
    x0, x1 = Variable(np.array([1, 2, 3])), Variable(np.array([10]))
    y = x0 + x1
    y.backward()
    np.testing.assert_array_equal(y.data, [11, 12, 13])
    np.testing.assert_array_equal(x1.grad, [3])
    np.testing.assert_array_equal(F.broadcast_to(x1, (2, 3)).data, np.full((2, 3), 10))


def test_step_41_matrices() -> None:
    x, W = Variable(np.ones((2, 3))), Variable(np.full((3, 4), 2.0))
    F.matmul(x, W).backward()
    np.testing.assert_array_equal(x.grad, np.full((2, 3), 8.0))
    np.testing.assert_array_equal(W.grad, np.full((3, 4), 2.0))


def test_step_42_a_line_is_found() -> None:
    x = Variable(np.linspace(0, 1, 20)[:, np.newaxis])
    y = 5 + 2 * x.data
    W, b = Variable(np.zeros((1, 1))), Variable(np.zeros(1))
    for _ in range(500):
        difference = F.matmul(x, W) + b - y
        loss = F.sum(difference**2) / len(difference)
        W.cleargrad()
        b.cleargrad()
        loss.backward()
        W.data -= 0.5 * W.grad  # the book: W.grad.data, a gradient being a Variable there
        b.data -= 0.5 * b.grad
    np.testing.assert_allclose((W.data.item(), b.data.item()), (2.0, 5.0), atol=1e-6)


def test_step_43_a_network_learns_as_by_hand() -> None:
    random = np.random.default_rng(1)
    x = np.linspace(0, 1, 30)[:, np.newaxis]
    y = np.sin(2 * np.pi * x)
    parameters = [Variable(random.normal(size=shape)) for shape in ((1, 10), 10, (10, 1), 1)]
    by_hand = [parameter.data.copy() for parameter in parameters]
    for _ in range(200):
        W1, b1, W2, b2 = parameters
        loss = F.mean_squared_error(y, F.linear(F.sigmoid(F.linear(x, W1, b1)), W2, b2))
        for parameter in parameters:
            parameter.cleargrad()
        loss.backward()
        for parameter in parameters:
            parameter.data -= 0.2 * parameter.grad

        W1, b1, W2, b2 = by_hand
        hidden = 1 / (1 + np.exp(-(x @ W1 + b1)))
        error = hidden @ W2 + b2 - y
        assert float(loss) == pytest.approx(np.mean(error**2), rel=1e-9)
        sent = 2 / len(x) * error
        behind = sent @ W2.T * hidden * (1 - hidden)
        gradients = (x.T @ behind, behind.sum(axis=0), hidden.T @ sent, sent.sum(axis=0))
        by_hand = [parameter - 0.2 * gradient for parameter, gradient in zip(by_hand, gradients, strict=True)]


def test_step_47_shares_of_one_row() -> None:
    def shares(x):
        y = F.exp(as_variable(x))
        return y / F.sum(y)

    np.testing.assert_allclose(shares(np.array([[0.0, 1.0]])).data, [[1 / (1 + e), e / (1 + e)]], rtol=1e-12)
    np.testing.assert_allclose(F.softmax_simple(np.array([[0.0, 1.0]])).data, F.softmax(np.array([[0.0, 1.0]])).data)


def test_listings_that_ask_for_the_core_whose_gradients_are_arrays_find_it() -> None:
    x = F.Variable(np.array(2.0))
    (x * x).backward()
    assert F.is_simple_core
    assert isinstance(x.grad, np.ndarray)
