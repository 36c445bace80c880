"""Numbers at the edges: branches not taken, what overflows or vanishes on the way, infinities, integers, emptiness.

The same against PyTorch and exact arithmetic, for every op, is in `tests/pytorch/test_special_values.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import engine
from engine import Function, Variable
from engine.errors import ShapeError

INF, NAN = np.inf, np.nan
both_ways = pytest.mark.parametrize("create_graph", [False, True])


def gradients(function: Callable[..., Any], *data: Any, create_graph: bool = False) -> list[Any]:
    """Return the gradients of a function's output, seeded with ones, by its inputs."""
    xs = [Variable(np.asarray(each, dtype=getattr(each, "dtype", float))) for each in data]
    with np.errstate(all="ignore"):
        function(*xs).backward(create_graph=create_graph)
    return [x.grad.data if create_graph else x.grad for x in xs]


def second(function: Callable[..., Any], *data: float) -> list[list[Any]]:
    """Return the second derivatives of a function by its inputs."""
    xs = [Variable(np.array(each)) for each in data]
    rows = []
    with np.errstate(all="ignore"):
        function(*xs).backward(create_graph=True)
        for gx in [x.grad for x in xs]:
            for x in xs:
                x.cleargrad()
            gx.backward()
            rows.append([0.0 if x.grad is None else float(getattr(x.grad, "data", x.grad)) for x in xs])
    return rows


def select(condition: float) -> Callable[..., Any]:
    return lambda x0, x1: engine.where(np.array(condition), x0, x1)


# A branch that is not taken ---------------------------------------------------------------------------------------


@both_ways
@pytest.mark.parametrize("after", [engine.sqrt, engine.log, lambda x: x**-1, lambda x: x**0.5, lambda x: 1 / x])
@pytest.mark.parametrize(
    ("choice", "data", "untaken"),
    [
        (engine.relu, [-1.0], [0]),
        (engine.relu, [0.0], [0]),
        (lambda x: engine.leaky_relu(x, slope=0.0), [-1.0], [0]),
        (engine.max, [0.0, -3.0], [1]),
        (engine.max, [-3.0, 0.0], [0]),
        (engine.min, [0.0, 3.0], [1]),
        (engine.min, [3.0, 0.0], [0]),
        (lambda x, z: engine.min_max(x, z)[0], [0.0, 3.0], [1]),
        (lambda x, z: engine.min_max(x, z)[1], [0.0, -3.0], [1]),
        (select(1.0), [0.0, 5.0], [1]),
        (select(0.0), [5.0, 0.0], [0]),
    ],
)
def test_what_is_not_taken_gets_0_also_where_infinity_arrives(
    choice: Any, after: Any, data: list[float], untaken: list[int], create_graph: bool
) -> None:
    found = gradients(lambda *xs: after(choice(*xs)), *data, create_graph=create_graph)
    assert [found[number] for number in untaken] == [0.0] * len(untaken)


@pytest.mark.parametrize(
    ("function", "data", "untaken"),
    [
        (lambda x: engine.sqrt(engine.relu(x)), [-1.0], 0),
        (lambda x: engine.log(engine.relu(x)), [-2.0], 0),
        (lambda x, z: engine.sqrt(engine.max(x, z)), [0.0, -3.0], 1),
        (lambda x, z: engine.log(engine.min_max(x, z)[0]), [0.0, 3.0], 1),
        (lambda x, z: engine.sqrt(select(1.0)(x, z)), [0.0, 3.0], 1),
    ],
)
def test_it_gets_0_in_the_second_derivative_too(function: Any, data: list[float], untaken: int) -> None:
    assert second(function, *data)[untaken][untaken] == 0.0


def test_the_other_entries_of_an_array_are_as_they_are() -> None:
    (gx,) = gradients(lambda x: engine.sqrt(engine.relu(x)), [-1.0, 4.0])
    np.testing.assert_array_equal(gx, [0.0, 0.25])  # 1 / (2 √4)


@both_ways
@pytest.mark.parametrize(
    ("function", "data", "expected"),
    [  # as PyTorch 2.13 says
        (engine.relu, [NAN], [1.0]),
        (engine.leaky_relu, [NAN], [0.2]),
        (engine.max, [NAN, 1.0], [1.0, 1.0]),
        (engine.max, [1.0, NAN], [1.0, 1.0]),
        (engine.min, [NAN, 1.0], [1.0, 1.0]),
    ],
)
def test_nan_that_goes_in_comes_out_and_its_gradient_is_pytorchs(
    function: Any, data: list[float], expected: list[float], create_graph: bool
) -> None:
    assert np.isnan(function(*map(np.array, data)).data)
    assert gradients(function, *data, create_graph=create_graph) == expected


# What overflows or vanishes before the result does ----------------------------------------------------------------


@both_ways
@pytest.mark.parametrize(
    ("function", "data", "expected"),
    [
        (lambda x: 1e200 / x, 1e200, -1e-200),  # −1e200 / 1e400
        (lambda x: 1e-200 / x, 1e-200, -1e200),
        (lambda x: (1e-200 / x) * 1e-100, 1e-200, -1e100),
        (lambda x: 1e-200 * (1 / x), 1e-200, -1e200),  # 1 / x² would be 1e400
        (lambda x: 1e200 * (1 / x), 1e200, -1e-200),
        (engine.sigmoid, 40.0, np.exp(-40.0)),
        (engine.sigmoid, -700.0, np.exp(-700.0)),
        (engine.softplus, -700.0, np.exp(-700.0)),
        (engine.gelu, 1e200, 1.0),
        (engine.gelu, -1e200, 0.0),
        (engine.gelu, INF, 1.0),
        (engine.gelu, -INF, 0.0),
    ],
)
def test_a_rule_ends_where_its_result_does(function: Any, data: float, expected: float, create_graph: bool) -> None:
    (gx,) = gradients(function, data, create_graph=create_graph)
    assert gx == pytest.approx(expected, rel=1e-12, abs=0.0)


def test_a_quotients_rule_is_right_wherever_the_result_is_a_double() -> None:
    # powers of 2, so that every quotient is exact
    for a in range(-900, 901, 300):
        for b in range(-900, 901, 300):
            x0, x1 = 2.0**a, 2.0**b
            exact = a - 2 * b
            if -1000 < a - b < 1000 and -1000 < exact < 1000:
                assert gradients(lambda p, q: p / q, x0, x1)[1] == -(2.0**exact)


def test_second_derivatives_far_out_and_close_to_0() -> None:
    # tanh'' = −2 tanh (1 − tanh²): −2x close to 0; σ'' = σ' (1 − 2σ): −e^(−x) far out
    assert second(engine.tanh, 1e-200)[0][0] == pytest.approx(-2e-200, rel=1e-12)
    assert second(engine.sigmoid, 40.0)[0][0] == pytest.approx(-np.exp(-40.0), rel=1e-12)


def test_gelu_keeps_its_digits_where_it_is_nearly_0() -> None:
    # x σ(2u), u = √(2/π) (x + 0.044715 x³)
    x = -8.0
    u = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
    assert engine.gelu(np.array(x)).data == pytest.approx(x * np.exp(2 * u), rel=1e-12)


# Decided once -----------------------------------------------------------------------------------------------------


@both_ways
@pytest.mark.parametrize(
    ("function", "data", "y", "expected"),
    [
        (lambda x, p: x**p, [0.0, 0.0], 1.0, [0.0, 0.0]),
        (lambda x, p: x**p, [0.0, 2.0], 0.0, [0.0, 0.0]),
        (lambda x, p: x**p, [0.0, 1.0], 0.0, [1.0, 0.0]),
        (lambda x, p: x**p, [-2.0, 3.0], -8.0, [12.0, NAN]),
        (lambda x, p: x**p, [2.0, 0.0], 1.0, [0.0, np.log(2.0)]),
        (lambda x: x**0, [0.0], 1.0, [0.0]),
        (lambda p: 0.0**p, [0.0], 1.0, [0.0]),
        (lambda p: 0.0**p, [3.0], 0.0, [0.0]),
        (engine.abs, [0.0], 0.0, [0.0]),
        (engine.relu, [0.0], 0.0, [0.0]),
        (engine.max, [0.0, 0.0], 0.0, [0.5, 0.5]),
    ],
)
def test_at_kinks_the_gradient_is_what_the_docstring_says(
    function: Any, data: list[float], y: float, expected: list[float], create_graph: bool
) -> None:
    assert function(*[Variable(np.array(each)) for each in data]).data == y
    np.testing.assert_allclose(gradients(function, *data, create_graph=create_graph), expected, rtol=1e-15)


def test_the_mixed_derivative_of_a_power_at_p_0() -> None:
    # ∂²xᵖ/∂x∂p = x^(p − 1) (1 + p ln x): 1/2 at x = 2, p = 0
    np.testing.assert_allclose(second(lambda x, p: x**p, 2.0, 0.0), [[0.0, 0.5], [0.5, np.log(2.0) ** 2]])


# Infinities and nothing at all ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([-INF, -INF], -INF),
        ([INF, 0.0], INF),
        ([INF, INF], INF),
        ([INF, -INF], INF),
        ([-INF, 0.0], 0.0),
        ([NAN, 0.0], NAN),
        ([1e308, 1e308], 1e308),
        ([-1e308, -1e308], -1e308),
        ([], -INF),
    ],
)
def test_log_sum_exp_of_infinities(data: list[float], expected: float) -> None:
    np.testing.assert_equal(engine.log_sum_exp(np.array(data)).data, expected)


def test_log_sum_exp_takes_each_row_by_itself() -> None:
    rows = np.array([[-INF, -INF], [INF, 0.0], [0.0, 0.0]])
    np.testing.assert_array_equal(engine.log_sum_exp(rows, axis=1).data, [-INF, INF, np.log(2.0)])


@both_ways
def test_a_part_of_minus_infinity_gets_nothing(create_graph: bool) -> None:
    (gx,) = gradients(engine.log_sum_exp, [-INF, 0.0, 0.0], create_graph=create_graph)
    np.testing.assert_array_equal(gx, [0.0, 0.5, 0.5])


@pytest.mark.parametrize("loss", [engine.mean_squared_error, engine.softmax_cross_entropy])
@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0)])
def test_the_mean_over_nothing_is_refused(loss: Any, shape: tuple[int, ...]) -> None:
    with pytest.raises(ShapeError, match="has no elements, and so no mean"):
        loss(np.ones(shape), np.ones(shape))


@pytest.mark.parametrize("op", [op for op in Function.registry.values() if op.elementwise and op.ports])
def test_elementwise_ops_take_empty_arrays(op: type[Function]) -> None:
    xs = [Variable(np.ones((0, 3))) for _ in op.ports]
    found = op()(*xs)
    for y in found if isinstance(found, list) else [found]:
        assert y.shape == (0, 3)
        y.backward()
    assert all(x.grad.shape == (0, 3) for x in xs)


@pytest.mark.parametrize(
    ("function", "y"),
    [(engine.sum, 0.0), (engine.softmax, np.ones(0)), (lambda x: x.reshape(0, 1), np.ones((0, 1)))],
)
def test_other_ops_take_empty_arrays_too(function: Any, y: Any) -> None:
    x = Variable(np.ones(0))
    found = function(x)
    np.testing.assert_array_equal(found.data, y)
    found.backward()
    assert x.grad.shape == (0,)


# Types ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int64])
@pytest.mark.parametrize("name", [name for name, op in Function.registry.items() if op.elementwise and op.ports])
def test_integers_have_the_gradients_of_the_same_numbers_as_floats(name: str, dtype: Any) -> None:
    op = Function.registry[name]
    whole = [
        Variable(np.array([3, 5, 7], dtype) if number == 0 else np.array(2, dtype)) for number in range(len(op.ports))
    ]
    floats = [Variable(x.data.astype(float)) for x in whole]
    for xs in (whole, floats):
        found = op()(*xs)
        for y in found if isinstance(found, list) else [found]:
            y.backward()
    for x, right in zip(whole, floats, strict=True):
        # NumPy gives the sine of a byte in float16.
        rounding = 1e-12 if dtype is np.int64 else 1e-2
        np.testing.assert_allclose(x.grad, right.grad, rtol=rounding, atol=rounding)


def test_a_byte_is_not_squared_below_a_quotient() -> None:
    x = Variable(np.array([16, 100], np.uint8))
    (100.0 / x).backward()
    np.testing.assert_allclose(x.grad, [-100 / 256, -0.01], rtol=1e-2)


def test_unsigned_integers_do_not_wrap_around_inside_a_rule() -> None:
    x = Variable(np.array([3, 16], np.uint8))
    np.testing.assert_array_equal((x**-1).data, [1 / 3, 1 / 16])
    np.testing.assert_allclose(engine.softmax(x).data, [np.exp(-13.0) / (1 + np.exp(-13.0)), 1 / (1 + np.exp(-13.0))])
    np.testing.assert_allclose(engine.log_sum_exp(x).data, 16 + np.log1p(np.exp(-13.0)))
    np.testing.assert_allclose(engine.softplus(x).data, np.log1p(np.exp([3.0, 16.0])))
    assert engine.mean_squared_error(x, np.array([5, 12], np.uint8)).data == 10.0  # (2² + 4²) / 2
    (-x).backward()
    np.testing.assert_array_equal(x.grad, [-1.0, -1.0])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8, np.uint8, np.int32])
@pytest.mark.parametrize("number", [2, 2.0, True])
@pytest.mark.parametrize("operation", [lambda x, c: x + c, lambda x, c: c * x, lambda x, c: x / c, lambda x, c: c - x])
def test_beside_a_number_of_pythons_the_type_is_numpys(dtype: Any, number: Any, operation: Any) -> None:
    for data in (np.array([1, 2], dtype), np.array(3, dtype)):
        assert operation(Variable(data), number).dtype == operation(data, number).dtype


def test_a_whole_number_that_does_not_fit_is_refused_as_by_numpy() -> None:
    with pytest.raises(OverflowError):
        Variable(np.array([1], np.uint8)) + 300


# Data replaced after forward ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, op in Function.registry.items() if op.elementwise and op.ports])
def test_after_data_were_replaced_both_ways_of_backward_agree(name: str) -> None:
    op = Function.registry[name]
    xs = [Variable(np.array(0.5 + number)) for number in range(len(op.ports))]
    found = op()(*xs)
    ys = found if isinstance(found, list) else [found]
    for x in xs:
        x.data = np.array(1.25)
    results = []
    for create_graph in (False, True):
        for x in xs:
            x.cleargrad()
        for y in ys:
            y.backward(create_graph=create_graph)
        results.append([x.grad.data if create_graph else x.grad for x in xs])
    assert results[0] == results[1]


def test_so_do_they_for_what_a_students_forward_keeps() -> None:
    class Kept(Function):
        def forward(self, x: Any) -> Any:
            self.y = np.exp(x)
            return self.y

        def backward(self, gy: Any) -> Any:
            return gy * self.y

    x = Variable(np.array(1.0))
    y = Kept()(x)
    x.data = np.array(2.0)
    y.backward()
    plain = x.grad
    x.cleargrad()
    y.backward(create_graph=True)
    assert plain == x.grad.data == np.e
