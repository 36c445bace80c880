from __future__ import annotations

import numpy as np
import pytest

from engine import Function, Variable, add, central_difference, gradient_check, min_max, mul, sin, sqrt, square


class WrongSquare(Function):
    """Square with a wrong rule."""

    def forward(self, x):
        return x**2

    def backward(self, gy):
        return self.inputs[0].data * gy  # the factor 2 is missing


class WrongSort(Function):
    """Sort with the two gradients swapped."""

    def forward(self, x0, x1):
        return np.minimum(x0, x1), np.maximum(x0, x1)

    def backward(self, glow, ghigh):
        x0, x1 = self.inputs[0].data, self.inputs[1].data
        return np.where(x0 < x1, ghigh, glow), np.where(x1 < x0, ghigh, glow)


class NotANumber(Function):
    """Answer nan as gradient."""

    def forward(self, x):
        return x

    def backward(self, gy):
        return gy * np.nan


def test_it_passes_a_right_rule() -> None:
    assert gradient_check(square, 3.0)
    assert gradient_check(lambda x, y: add(mul(x, y), sin(x)), np.array([0.5, -1.5]), 2.0)
    assert gradient_check(min_max, 1.0, 2.0)


@pytest.mark.parametrize(("op", "inputs"), [(WrongSquare, (3.0,)), (WrongSort, (1.0, 2.0)), (NotANumber, (1.0,))])
def test_it_catches_a_wrong_rule(op: type[Function], inputs: tuple[float, ...]) -> None:
    assert not gradient_check(lambda *xs: op()(*xs), *inputs)


def test_the_relative_error_of_a_rule_that_is_half_of_the_right_one_is_a_half() -> None:
    result = gradient_check(lambda x: WrongSquare()(x), 3.0)
    assert result.relative_errors == pytest.approx((0.5,))
    assert result.analytical[0] == 3.0
    assert result.numerical[0] == pytest.approx(6.0)


def test_central_differences_against_closed_forms() -> None:
    for x in (0.0, 1.0, 2.0):
        (gx,) = central_difference(sin, [np.array(x)])
        assert gx == pytest.approx(np.cos(x), rel=1e-9)


def test_an_input_that_nothing_reaches_has_gradient_zero() -> None:
    assert gradient_check(lambda x, unused: square(x), 2.0, 5.0)


def test_inputs_are_left_alone() -> None:
    x = np.array([1.0, 2.0])
    gradient_check(lambda v: square(v) if isinstance(v, Variable) else v, x)
    np.testing.assert_array_equal(x, [1.0, 2.0])


def test_where_there_is_no_answer_the_check_says_so() -> None:
    check = gradient_check(lambda x: sqrt(square(x)), 0.0)  # |x| as a root: the rules give ∞ · 0
    assert not check
    assert check.remarks == ("The gradient of input 1 is not finite: the rules have no answer here.",)
    check = gradient_check(lambda x, y: add(sqrt(x), y), 1e-7, 2.0)
    assert check.remarks == ("Beside input 1 the function has no finite value: there is no difference here.",)
    assert gradient_check(square, 3.0).remarks == ()
    assert len(gradient_check(sqrt, 0.0).remarks) == 2
    assert not gradient_check(lambda x: square(square(x)), 1e100)  # 1e400: no warning, and no answer
