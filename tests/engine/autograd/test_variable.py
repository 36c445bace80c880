from __future__ import annotations

import operator

import numpy as np
import pytest

from engine import Variable, as_array


def test_data_must_be_an_array() -> None:
    with pytest.raises(TypeError, match=r"<class 'float'> is not supported"):
        Variable(1.0)  # type: ignore[arg-type]


def test_data_may_be_missing() -> None:
    assert Variable(None).data is None


def test_a_new_variable_has_no_grad_and_no_creator() -> None:
    x = Variable(np.array(1.0), "x")
    assert (x.name, x.grad, x.creator, x.generation) == ("x", None, None, 0)


def test_it_tells_of_its_array() -> None:
    x = Variable(np.arange(6.0).reshape(2, 3))
    assert (x.shape, x.ndim, x.size, x.dtype, len(x)) == ((2, 3), 2, 6, np.dtype(float), 2)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (None, "variable(None)"),
        (np.array([1, 2, 3]), "variable([1 2 3])"),
        (np.array([[1, 2], [3, 4]]), "variable([[1 2]\n          [3 4]])"),
    ],
)
def test_repr_is_the_books(data: np.ndarray | None, text: str) -> None:
    assert repr(Variable(data)) == text


OPERATORS = [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow]
OTHERS = [3.0, 3, np.array(3.0), np.array([3.0, 4.0]), Variable(np.array(3.0))]


@pytest.mark.parametrize("apply", OPERATORS)
@pytest.mark.parametrize("other", OTHERS, ids=repr)
def test_operators_take_numbers_arrays_and_variables_on_either_side(apply: object, other: object) -> None:
    x = Variable(np.array(2.0))
    plain = other.data if isinstance(other, Variable) else other
    for result, expected in (
        (apply(x, other), apply(2.0, plain)),  # type: ignore[operator]
        (apply(other, x), apply(plain, 2.0)),  # type: ignore[operator]
    ):
        assert isinstance(result, Variable)
        np.testing.assert_allclose(result.data, expected)


def test_unary_minus() -> None:
    x = Variable(np.array(2.0))
    y = -x
    y.backward()
    assert (y.data, x.grad) == (-2.0, -1.0)


def test_a_negative_power_of_an_integer() -> None:
    assert (Variable(np.array(2)) ** -1).data == 0.5


@pytest.mark.parametrize("scalar", [1.5, np.float64(1.5), np.array(1.5)])
def test_a_single_number_is_an_array_without_axes(scalar: object) -> None:
    number = as_array(scalar)
    assert type(number) is np.ndarray
    assert (number.shape, number.ndim, number.size, number.dtype) == ((), 0, 1, np.dtype(float))


def test_division_by_zero_is_infinite_and_not_an_error() -> None:
    with np.errstate(divide="ignore"):
        assert (Variable(np.array(1.0)) / 0.0).data == np.inf


def test_an_array_stays_the_same_object() -> None:
    x = np.array([1.0])
    assert as_array(x) is x
