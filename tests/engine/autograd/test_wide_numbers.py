"""What vanishes or overflows before the result does, in ops that mix elements; numbers of any type."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import engine
from engine import Variable

INF = np.inf


def gradient(function: Any, x: Any) -> Any:
    v = Variable(np.asarray(x))
    with np.errstate(all="ignore"):
        function(v).backward()
    return v.grad


def test_the_others_count_beside_the_largest_also_where_they_are_next_to_nothing() -> None:
    # ln(1 + e^−40) = e^−40 to all digits
    tiny = np.exp(-40.0)
    for data, place in (([0.0, -40.0], 0), ([-40.0, 0.0], 1)):
        x = np.array(data)
        assert engine.log_sum_exp(x).data == pytest.approx(tiny, rel=1e-14)
        assert engine.log_softmax(x).data[place] == pytest.approx(-tiny, rel=1e-14)
        assert engine.softmax_cross_entropy(x.reshape(1, 2), np.array([place])).data == pytest.approx(tiny, rel=1e-14)
    assert engine.log_sum_exp(np.array([0.0, 0.0, -40.0])).data == pytest.approx(np.log(2.0), rel=1e-15)
    assert engine.log_sum_exp(np.array([1.0, 3.0, 2.0])).data == pytest.approx(np.log(np.exp([1.0, 3.0, 2.0]).sum()))


@pytest.mark.parametrize(("x", "t"), [(40.0, 1.0), (-40.0, 0.0), (700.0, 1.0), (-700.0, 0.0)])
def test_a_sigmoids_cross_entropy_keeps_what_is_left_of_it(x: float, t: float) -> None:
    left = np.exp(-abs(x))  # ln(1 + e^−|x|), and σ(x) − t = ∓e^−|x|
    assert engine.sigmoid_cross_entropy(np.array([x]), np.array([t])).data == pytest.approx(left, rel=1e-12)
    found = gradient(lambda v: engine.sigmoid_cross_entropy(v, np.array([t])), [x])
    assert found == pytest.approx([-np.sign(x) * left], rel=1e-12, abs=0)


def test_large_scores_beside_infinity_have_the_share_0() -> None:
    x = [INF, 1e300, -1e300]
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(engine.softmax(np.array(x)).data, [np.nan, 0.0, 0.0])
    np.testing.assert_array_equal(gradient(engine.log_sum_exp, x), [np.nan, 0.0, 0.0])


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64])
@pytest.mark.parametrize(
    ("function", "gx"),
    [(engine.abs, [0, 1]), (engine.smallest, [1, 0]), (engine.largest, [0, 1]), (engine.square, [0, 2])],
)
def test_whole_numbers_and_truth_values_have_gradients(dtype: Any, function: Any, gx: list[float]) -> None:
    found = gradient(lambda x: function(x).sum(), np.array([0, 1], dtype=dtype))
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, gx)


def test_a_power_of_unsigned_numbers_and_small_floats() -> None:
    assert (Variable(np.array(2, dtype=np.uint8)) ** -1).data == 0.5
    for dtype in (np.float16, np.float32, np.longdouble):
        x = Variable(np.array([2.0, 3.0], dtype=dtype))
        y = engine.log_softmax(2.0 * x**2 - x / 3 + engine.where(x, x, 2.0))[0]
        y.backward()
        assert (y.dtype, x.grad.dtype) == (dtype, dtype)
