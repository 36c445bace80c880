"""A branch that was not taken gets 0 from every rule behind the choice; an honest 0 · ∞ stays what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import engine
from engine import Function, Variable
from engine.autograd.strong_zeros import NO_GRADIENT, no_gradient, without_marks

INF, NAN = np.inf, np.nan
both_ways = pytest.mark.parametrize("create_graph", [False, True])


def gradients(function: Callable[..., Any], *data: Any, create_graph: bool = False) -> list[Any]:
    """Return the gradients of a function's output, summed up, by its inputs."""
    xs = [Variable(np.asarray(each, dtype=getattr(each, "dtype", float))) for each in data]
    with np.errstate(all="ignore"):
        y = function(*xs)
        (y.sum() if y.ndim else y).backward(create_graph=create_graph)
    return [x.grad.data if create_graph else x.grad for x in xs]


def second(function: Callable[..., Any], x: Any) -> Any:
    """Return the second derivative of a function by its only input, or by each entry of it."""
    v = Variable(np.asarray(x, dtype=float))
    with np.errstate(all="ignore"):
        function(v).sum().backward(create_graph=True)
        gx = v.grad
        v.cleargrad()
        gx.backward()
    return np.zeros_like(v.data) if v.grad is None else v.grad.data


def on(condition: Any) -> Callable[..., Any]:
    return lambda x0, x1: engine.where(np.asarray(condition, dtype=float), x0, x1)


# Where: the branch `behind` at x is not taken, and x² is: its derivative is 2x, its second derivative 2.
BEHIND = {
    "Sqrt": (engine.sqrt, 0.0),
    "Sqrt of what is negative": (engine.sqrt, -1.0),
    "Log": (engine.log, 0.0),
    "Log of what is negative": (engine.log, -2.0),
    "Pow": (lambda x: x**-1.0, 0.0),
    "Pow ½": (lambda x: x**0.5, 0.0),
    "Power by its base": (lambda x: engine.power(x, np.array(-2.0)), 0.0),
    "Power by its exponent": (lambda x: engine.power(np.array(-2.0), x), 0.5),
    "Div": (lambda x: x / x, 0.0),
    "a reciprocal": (lambda x: 1 / x, 0.0),
    "a tangent of ∞": (lambda x: engine.tan(1 / x), 0.0),
    "Exp that overflows": (lambda x: engine.exp(engine.exp(x)), 1000.0),
    "Exp of Log": (lambda x: engine.exp(engine.log(x)), 0.0),
    "a norm": (lambda x: engine.sqrt(engine.sum(x * x)), 0.0),
    "Mul with ∞": (lambda x: x * INF, 3.0),
    "Square of ∞": (lambda x: (x * 1e200) ** 2, 1e200),
    "LogSumExp": (lambda x: engine.log_sum_exp(engine.log(x)), 0.0),
    "Softmax": (lambda x: engine.log(engine.softmax(x.reshape(1)))[0] * (1 / x), 0.0),
    "nan": (lambda x: engine.sqrt(x * NAN), 3.0),
    "two choices": (lambda x: engine.where(np.array(0.0), engine.sqrt(x), engine.log(x)), 0.0),
    "MSE": (lambda x: engine.mean_squared_error(1 / x, x), 0.0),
    "CrossEntropy": (lambda x: engine.softmax_cross_entropy((1 / x).reshape(1, 1), np.array([[1.0]])), 0.0),
    "Dot": (lambda x: engine.dot((1 / x).reshape(1), x.reshape(1)), 0.0),
    "Linear": (lambda x: engine.linear(x.reshape(1, 1), np.array([[INF]]), np.zeros(1))[0, 0], 0.0),
    "GELU": (lambda x: engine.gelu(1 / x), 0.0),
    "Mean, Reshape, Transpose": (lambda x: engine.mean(engine.sqrt(x).reshape(1, 1).T), 0.0),
    "BroadcastTo": (lambda x: engine.sum(engine.broadcast_to(engine.sqrt(x), (2, 3))), 0.0),
}


@both_ways
@pytest.mark.parametrize("name", BEHIND)
def test_what_stands_behind_where_sends_0(name: str, create_graph: bool) -> None:
    behind, x = BEHIND[name]
    (gx,) = gradients(lambda v: on(0.0)(behind(v), v * v), x, create_graph=create_graph)
    assert gx == 2 * x


@pytest.mark.parametrize("name", BEHIND)
def test_and_0_in_the_second_derivative(name: str) -> None:
    behind, x = BEHIND[name]
    assert second(lambda v: on(0.0)(behind(v), v * v), x) == 2.0


# Every op that chooses: √ at 0 stands behind what it does not take, and so does ln.
CHOICES = {
    "ReLU": lambda x: engine.relu(x - 1.0),
    "ReLU at 0": engine.relu,
    "LeakyReLU": lambda x: engine.leaky_relu(x - 1.0, slope=0.0),
    "Max": lambda x: engine.max(x - 1.0, np.array(0.0)),
    "Min": lambda x: engine.min(np.array(0.0), x + 1.0),
    "MinMax": lambda x: engine.min_max(x - 1.0, np.array(0.0))[1],
    "Clip": lambda x: engine.clip(x, x_min=1.0, x_max=2.0),
    "Where": lambda x: on(1.0)(np.array(2.0), x),
    "a condition": lambda x: engine.where(x, np.array(2.0), np.array(3.0)),
    "Largest": lambda x: engine.largest(engine.concat(x.reshape(1), np.array([3.0]))),
    "Smallest": lambda x: engine.smallest(engine.concat(x.reshape(1), np.array([-3.0]))),
    "Slice": lambda x: engine.concat(x.reshape(1), np.array([3.0]))[1],
    "indices": lambda x: engine.concat(x.reshape(1), np.array([3.0]))[np.array([1, 1])].sum(),
    "Split": lambda x: engine.split(engine.concat(x.reshape(1), np.array([3.0])))[1].sum(),
    "a power of 0": lambda x: x**0.0,
}


@both_ways
@pytest.mark.parametrize("behind", [engine.sqrt, lambda x: engine.tan(engine.sqrt(x)), lambda x: x**0.5])
@pytest.mark.parametrize("name", CHOICES)
def test_every_op_that_chooses_sends_a_0_that_stays(name: str, behind: Any, create_graph: bool) -> None:
    assert gradients(lambda x: CHOICES[name](behind(x)), 0.0, create_graph=create_graph) == [0.0]
    assert second(lambda x: CHOICES[name](behind(x)), 0.0) == 0.0


@both_ways
@pytest.mark.parametrize(
    ("function", "x"),
    [
        (lambda x: engine.sqrt(x) ** 2, 0.0),  # x, whose derivative is 1: the chain rule has no answer
        (lambda x: engine.sqrt(x * x), 0.0),
        (lambda x: 0.0 * engine.sqrt(x), 0.0),
        (lambda x: on(1.0)(engine.sqrt(x) ** 2, x), 0.0),  # the branch that is taken
        (lambda x: on(0.0)(x, engine.log(x) * 0.0), 0.0),
    ],
)
def test_an_honest_0_times_infinity_has_no_value(function: Any, x: float, create_graph: bool) -> None:
    assert np.isnan(gradients(function, x, create_graph=create_graph)[0])


# Arrays: each entry for itself -------------------------------------------------------------------------------------


@both_ways
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_each_entry_of_an_array_is_taken_or_not(dtype: Any, create_graph: bool) -> None:
    x = np.array([0.0, 4.0, 0.0, 1.0], dtype=dtype)
    (gx,) = gradients(lambda v: on([0, 1, 0, 0])(engine.sqrt(v), v), x, create_graph=create_graph)
    np.testing.assert_array_equal(gx, [1.0, 0.25, 1.0, 1.0])
    assert gx.dtype == dtype
    assert type(gx) is np.ndarray  # whoever asks gets a plain array


@both_ways
def test_a_matrix_product_leaves_out_what_was_not_taken(create_graph: bool) -> None:
    x, w = [[1.0, 2.0], [3.0, 4.0]], [[1.0, INF], [2.0, INF]]
    found = gradients(lambda a, b: on([[1, 0], [0, 0]])(a @ b, np.array(7.0)), x, w, create_graph=create_graph)
    np.testing.assert_array_equal(found[0], [[1, 2], [0, 0]])  # y₀₀ = x₀₀ w₀₀ + x₀₁ w₁₀ alone
    np.testing.assert_array_equal(found[1], [[1, 0], [2, 0]])


@both_ways
def test_a_matrix_product_with_a_vector(create_graph: bool) -> None:
    x, w = [[1.0, 2.0], [INF, 4.0]], [5.0, 6.0]
    found = gradients(lambda a, b: on([1, 0])(a @ b, np.array(7.0)), x, w, create_graph=create_graph)
    np.testing.assert_array_equal(found[0], [[5, 6], [0, 0]])
    np.testing.assert_array_equal(found[1], [1, 2])


@both_ways
def test_a_row_that_is_not_taken_passes_through_a_reduction(create_graph: bool) -> None:
    x = [[0.0, 4.0], [1.0, 4.0]]
    for reduce in (engine.sum, engine.mean):
        (gx,) = gradients(lambda v, r=reduce: on([0, 1])(r(engine.sqrt(v), axis=1), np.zeros(2)), x,
                          create_graph=create_graph)  # fmt: skip
        n = 1 if reduce is engine.sum else 2
        np.testing.assert_array_equal(gx, [[0, 0], [0.5 / n, 0.25 / n]])


@both_ways
def test_what_was_broadcast_counts_only_where_it_was_taken(create_graph: bool) -> None:
    found = gradients(lambda v: on([1, 0])(np.array([1.0, 0.0]) / v, np.zeros(2)), 2.0, create_graph=create_graph)
    assert found == [-0.25]
    found = gradients(lambda v: on([1, 0])(v * np.array([3.0, INF]), np.zeros(2)), 2.0, create_graph=create_graph)
    assert found == [3.0]


@both_ways
def test_an_output_that_nobody_uses_is_not_taken(create_graph: bool) -> None:
    found = gradients(lambda x: engine.split(engine.sqrt(x))[1].sum(), [0.0, 4.0], create_graph=create_graph)
    np.testing.assert_array_equal(found[0], [0.0, 0.25])


def test_an_op_that_somebody_writes_keeps_it() -> None:
    class Root(Function):
        def forward(self, x: Any) -> Any:
            return np.sqrt(x)

        def backward(self, gy: Any) -> Any:
            return gy / (2 * np.sqrt(self.input.data))

    (gx,) = gradients(lambda x: on([0, 1])(Root()(x), x), [0.0, 4.0])
    np.testing.assert_array_equal(gx, [1.0, 0.25])


def test_nothing_is_warned_of_where_nothing_comes_back() -> None:
    x = Variable(np.array([0.0, 4.0]))
    engine.where(np.array([0.0, 1.0]), engine.sqrt(x), x).sum().backward()  # a warning fails the test
    np.testing.assert_array_equal(x.grad, [1.0, 0.25])


def test_to_look_at_a_gradient_changes_nothing() -> None:
    x = Variable(np.array(0.0))
    with np.errstate(all="ignore"):
        on(0.0)(engine.sqrt(x), x * x).backward(create_graph=True)
        gx = x.grad
        assert type(gx.data) is np.ndarray
        assert gx.data == 0.0
        x.cleargrad()
        gx.backward()
    assert x.grad.data == 2.0


# The zeros themselves ----------------------------------------------------------------------------------------------


def test_a_strong_zero_times_anything_is_0_and_plus_anything_is_that() -> None:
    for x in (INF, -INF, NAN, np.float32(INF), np.array([INF, NAN])):
        for found in (NO_GRADIENT * x, x * NO_GRADIENT, NO_GRADIENT / x, NO_GRADIENT / 0.0):
            np.testing.assert_array_equal(without_marks(found), np.zeros(np.shape(found)))
        np.testing.assert_array_equal(NO_GRADIENT + x, x)
        np.testing.assert_array_equal(x - NO_GRADIENT, x)


def test_single_strong_zeros_stay_strong_among_themselves() -> None:
    zero = NO_GRADIENT
    for found in (zero + zero, zero - zero, zero * zero, zero / zero, -zero, +zero, abs(zero), zero * 2, zero[()],
                  zero.copy(), zero.astype(np.float32), np.negative(zero), np.reshape(zero, (1, 1)),
                  np.where(True, zero, 1.0), np.where(np.array([True]), zero, 1.0)):  # fmt: skip
        np.testing.assert_array_equal(without_marks(found * np.inf), np.zeros(np.shape(found)))
    for found, right in (
        (zero - np.float64(2.0), -2.0),
        (1.0 - zero, 1.0),
        (np.where(False, zero, np.float64(3.0)), 3.0),
    ):
        assert (type(found), found) == (np.float64, right)
    assert np.asarray(zero) == 0.0


def test_a_gradient_that_nothing_came_back_to_can_be_changed_in_place_and_changes_no_other() -> None:
    x, y = Variable(np.array(-1.0)), Variable(np.array(-2.0))
    (engine.relu(x) * engine.relu(y)).backward()
    x.grad += 5.0
    assert (x.grad, y.grad, float(without_marks(NO_GRADIENT))) == (5.0, 0.0, 0.0)


def test_what_has_no_strong_zero_left_is_a_plain_array() -> None:
    zeros = no_gradient((2,))
    for found in (zeros + 1.0, np.where([True, True], 3.0, zeros), np.exp(zeros), NO_GRADIENT + 1.0):
        assert not hasattr(found, "is_strong")
    assert type(np.sum(zeros + np.array([0.0, 1.0]))) is np.float64


def test_what_rearranges_keeps_strong_zeros_in_their_places() -> None:
    x = np.where([[True, False], [False, False]], NO_GRADIENT, np.zeros((2, 2)))
    for found in (np.transpose(x), np.reshape(x, (4,)), np.broadcast_to(x, (3, 2, 2)), -x, x[0], x.copy(),
                  np.concatenate([x, np.ones((1, 2))]), np.expand_dims(x, 0), x.astype(np.float32)):  # fmt: skip
        with np.errstate(invalid="ignore"):
            is_0 = without_marks(found * INF) == 0
        assert is_0.sum() == found.size // 4 or found.shape in ((2,), (3, 2))
        assert is_0.reshape(-1)[0]
