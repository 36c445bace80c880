"""DeZero's functions that are no ops of their own, and what its losses refuse."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log

import numpy as np
import pytest

import engine as F  # noqa: N812 -- as the book calls its functions
from engine import Parameter, Variable, gradient_check, no_grad, test_mode, using_config
from engine.errors import EngineError, ShapeError

LN2, LN3 = log(2), log(3)
SCORES = np.array([[0.0, LN3], [LN2, 0.0], [0.0, 0.0]])
"""Shares 1/4 and 3/4; 2/3 and 1/3; one half each."""


# Classes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", [F.softmax_cross_entropy, F.cross_entropy, F.softmax_cross_entropy_simple])
@pytest.mark.parametrize(
    "t",
    [
        np.array([1, 0, 1]),
        np.array([[1], [0], [1]]),
        np.array([1.0, 0.0, 1.0]),
        Variable(np.array([1, 0, 1], np.int32)),
        np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]]),
    ],
    ids=["classes", "a column", "floats", "a Variable", "probabilities"],
)
def test_the_right_class_is_a_number_or_a_row_of_probabilities(loss: Callable, t: object) -> None:
    x = Variable(SCORES.copy())
    y = loss(x, t)
    y.backward()
    assert float(y) == pytest.approx((log(4 / 3) + log(3 / 2) + LN2) / 3, rel=1e-12)
    # share − target, over three rows
    np.testing.assert_allclose(
        x.grad, np.array([[1 / 4, -1 / 4], [-1 / 3, 1 / 3], [1 / 2, -1 / 2]]) / 3, rtol=1e-12, atol=1e-15
    )


def test_three_rows_against_three_classes() -> None:
    # of two scores a and b, −ln of the share of a is ln(1 + e^(b − a))
    x, t = np.array([[2.0, 1.0], [0.5, 2.5], [1.0, 1.5]]), np.array([0, 1, 0])
    rows = [log(1 + exp(-1)), log(1 + exp(-2)), log(1 + exp(0.5))]
    assert float(F.softmax_cross_entropy(x, t)) == pytest.approx(sum(rows) / 3, rel=1e-12)


def test_a_score_of_minus_infinity_counts_only_for_its_own_class() -> None:
    x = Variable(np.array([[1.0, -np.inf], [0.0, 2.0]]))
    loss = F.softmax_cross_entropy(x, np.array([0, 1]))
    assert float(loss) == pytest.approx(log(1 + exp(-2)) / 2, rel=1e-12)
    loss.backward()
    share = 1 / (1 + exp(2))
    np.testing.assert_allclose(x.grad, [[0, 0], [share / 2, -share / 2]], atol=1e-15)
    assert float(F.softmax_cross_entropy(x, np.array([1, 1]))) == np.inf


@pytest.mark.parametrize("loss", [F.softmax_cross_entropy, F.softmax_cross_entropy_simple])
@pytest.mark.parametrize("t", [[2, 0, 1], [-1, 0, 1], [0.5, 0, 1], [np.nan, 0, 1]])
def test_what_is_no_class_is_refused(loss: Callable, t: list[float]) -> None:
    with pytest.raises(EngineError, match="classes are whole numbers from 0 to 1 here"):
        loss(SCORES, np.array(t))


@pytest.mark.parametrize("shape", [(2,), (1, 3), (3, 3), (2, 3), (), (6,)])
@pytest.mark.parametrize("loss", [F.softmax_cross_entropy, F.softmax_cross_entropy_simple, F.CrossEntropy()])
def test_targets_that_misfit_are_refused_and_not_repeated(loss: Callable, shape: tuple[int, ...]) -> None:
    with pytest.raises(ShapeError, match=r"scores of shape \(3, 2\) need targets of the same shape"):
        loss(SCORES, np.ones(shape))


def test_one_row_of_scores_has_one_class() -> None:
    assert float(F.softmax_cross_entropy(SCORES[0], np.array(1))) == pytest.approx(log(4 / 3), rel=1e-12)


def test_accuracy_counts_the_right_ones() -> None:
    y = np.array([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7], [0.6, 0.4]])
    for t in (np.array([1, 0, 0, 0]), np.array([[1], [0], [0], [0]])):
        assert float(F.accuracy(y, t)) == 0.75
    for shape in ((3,), (4, 2), (1, 4), ()):
        with pytest.raises(ShapeError, match="need a class each"):
            F.accuracy(y, np.zeros(shape, int))


# Losses compare like with like ----------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", [F.mean_squared_error, F.mse, F.mean_squared_error_simple])
def test_a_column_against_a_row_is_refused(loss: Callable) -> None:
    column, row = np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 3.0])
    for pair in ((column, row), (row, column), (column.T, column)):
        with pytest.raises(ShapeError, match="are no pairs to compare: each would be repeated for the other"):
            loss(*pair)
    # (1 + 4 + 9) / 3, against one number and against a row that every row is compared with
    assert float(loss(column, np.array(0.0))) == pytest.approx(14 / 3)
    assert float(loss(np.array([row, row]), row)) == 0.0


def test_a_dot_product_of_misfits_is_refused() -> None:
    with pytest.raises(ShapeError, match="differ"):
        F.dot(np.ones((2, 3)), np.ones(3))


@pytest.mark.parametrize(("x", "expected"), [(0.0, LN2), (800.0, 800.0), (-800.0, 0.0)])
def test_sigmoid_cross_entropy_is_exact_far_from_0(x: float, expected: float) -> None:
    assert float(F.sigmoid_cross_entropy(np.array([[x]]), np.array([0]))) == pytest.approx(expected, rel=1e-12)


def test_binary_losses_by_hand() -> None:
    p, t = np.array([[0.25], [0.5]]), np.array([1.0, 0.0])
    expected = (log(4) + LN2) / 2
    assert float(F.binary_cross_entropy(p, t)) == pytest.approx(expected, rel=1e-12)
    x = np.log(p / (1 - p))
    assert float(F.sigmoid_cross_entropy(x, t)) == pytest.approx(expected, rel=1e-12)
    assert gradient_check(lambda p: F.binary_cross_entropy(p, t), p)
    assert gradient_check(lambda x: F.sigmoid_cross_entropy(x, t), x)
    for loss in (F.binary_cross_entropy, F.sigmoid_cross_entropy):
        with pytest.raises(ShapeError, match="need as many targets"):
            loss(p, np.ones(3))


# Layers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("linear", [F.linear, F.linear_simple])
def test_linear_with_and_without_a_bias(linear: Callable) -> None:
    x, W, b = np.array([[1.0, 2.0]]), np.array([[3.0, 0.0], [4.0, 1.0]]), np.array([10.0, 20.0])
    np.testing.assert_array_equal(linear(x, W).data, [[11.0, 2.0]])
    np.testing.assert_array_equal(linear(x, W, b).data, [[21.0, 22.0]])
    assert gradient_check(lambda *xs: linear(*xs) ** 2, x, W, b)


def test_the_gradient_of_a_bias_is_summed_over_the_rows() -> None:
    b = Variable(np.zeros(2))
    F.linear(np.ones((3, 4)), np.ones((4, 2)), b).backward()
    np.testing.assert_array_equal(b.grad, [3.0, 3.0])


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        (((2, 3), (2, 3), (3,)), "cannot be multiplied"),
        (((2, 3), (3, 4), (3,)), "a bias of shape"),
        (((3,), (3, 4), (2, 4)), "a bias of shape"),
        (((3,), (3,), (1,)), "a bias of shape"),
    ],
)
def test_a_layer_of_misfits_is_refused_beforehand(shapes: tuple[tuple[int, ...], ...], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        F.Linear().result_shape(*shapes)


def test_softmax_runs_along_the_books_axis() -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    for function in (F.softmax, F.softmax_simple, lambda x: F.exp(F.log_softmax(x))):
        np.testing.assert_allclose(function(x).data.sum(axis=1), np.ones((2, 4)), rtol=1e-12)
        np.testing.assert_allclose(function(x[0, 0]).data.sum(), 1.0, rtol=1e-12)  # a row alone has one axis
    np.testing.assert_allclose(F.softmax(x, axis=-1).data.sum(axis=-1), np.ones((2, 3)), rtol=1e-12)
    np.testing.assert_allclose(F.log_softmax(x, 0).data, np.log(F.softmax(x, 0).data), rtol=1e-12)


def test_log_softmax_is_exact_where_a_share_vanishes() -> None:
    # softmax of (0, 1000) is (e^−1000, 1), and e^−1000 is 0 in doubles
    np.testing.assert_array_equal(F.log_softmax(np.array([0.0, 1000.0])).data, [-1000.0, 0.0])


def test_sigmoid_simple_and_average() -> None:
    assert float(F.sigmoid_simple(np.array(LN3))) == pytest.approx(3 / 4)
    np.testing.assert_array_equal(F.average(SCORES, axis=0).data, F.mean(SCORES, axis=0).data)


def test_clip_passes_the_gradient_within_its_bounds() -> None:
    x = Variable(np.array([-3.0, -1.0, 0.5, 1.0, 2.0]))
    y = F.clip(x, -1.0, 1.0)
    y.backward()
    np.testing.assert_array_equal(y.data, [-1.0, -1.0, 0.5, 1.0, 1.0])
    np.testing.assert_array_equal(x.grad, [0.0, 1.0, 1.0, 1.0, 0.0])
    np.testing.assert_array_equal(F.clip(x, x_min=0.0, x_max=9.0).data, np.clip(x.data, 0.0, 9.0))


def test_shapes() -> None:
    x = np.arange(24.0).reshape(2, 3, 4)
    np.testing.assert_array_equal(F.flatten(x).data, x.reshape(2, 12))
    np.testing.assert_array_equal(F.flatten(x[0, 0]).data, [[0.0], [1.0], [2.0], [3.0]])
    np.testing.assert_array_equal(F.expand_dims(x[0], 1).data, x[0][:, None])
    np.testing.assert_array_equal(F.embed_id(np.array([1, 0]), x[0]).data, x[0][[1, 0]])
    with pytest.raises(ShapeError, match="no axis to keep"):
        F.flatten(np.array(1.0))


# Learning and use -----------------------------------------------------------------------------------------------


def test_dropout_keeps_the_mean_and_is_off_in_test_mode() -> None:
    np.random.seed(0)
    x = Variable(np.ones((200, 100), np.float32))
    y = F.dropout(x, 0.25)
    y.backward()
    assert set(np.unique(y.data)) == {np.float32(0), np.float32(1 / 0.75)}
    assert float(y.mean()) == pytest.approx(1.0, abs=0.02)  # a standard deviation is 0.004
    np.testing.assert_array_equal(x.grad, y.data)
    assert y.dtype == x.grad.dtype == np.float32
    with test_mode():
        assert F.dropout(x) is x
    with using_config("train", False):
        assert F.dropout(x) is x
    assert F.dropout(x, 0.0) is not x
    with no_grad():
        assert not np.all(F.dropout(x).data)
    assert F.dropout(Variable(np.ones(1000, int))).data.max() == 2.0


@pytest.mark.parametrize("ratio", [1.0, -0.1, np.nan])
def test_a_ratio_that_leaves_nothing_is_refused(ratio: float) -> None:
    with pytest.raises(EngineError, match="at least 0 and less than 1"):
        F.dropout(np.ones(3), ratio)


def test_test_mode_ends_when_something_goes_wrong_inside() -> None:
    with pytest.raises(ZeroDivisionError), test_mode():
        raise ZeroDivisionError
    np.random.seed(0)
    assert not np.all(F.dropout(np.ones(100)).data)


def test_a_parameter_is_a_variable_that_is_told_apart() -> None:
    w = Parameter(np.array(2.0), "w")
    y = w * 3
    y.backward()
    assert (w.name, w.grad) == ("w", 3.0)
    assert isinstance(w, Variable)
    assert not isinstance(y, Parameter)
