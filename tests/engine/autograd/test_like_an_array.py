"""Where a Variable stands in the place of an array: what NumPy does, with gradients."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Variable, get_item, gradient_check

MATRIX = np.array([[3.0, -1.0, 2.0], [0.5, 4.0, -2.0]])

INDICES = [
    0,
    -1,
    slice(1, 3),
    slice(None, None, -1),
    Ellipsis,
    None,
    (0, 2),
    (slice(None), 1),
    (Ellipsis, 0),
    (slice(None), None, slice(0, 2)),
    [1, 1, 0],
    np.array([1, 0, 1, 1]),
    (np.array([0, 1, 1]), np.array([2, 0, 0])),
    MATRIX > 0,
    np.array([True, False]),
    (),
]


@pytest.mark.parametrize("index", INDICES, ids=repr)
def test_indexing_is_numpys_and_has_a_gradient(index: object) -> None:
    x = Variable(MATRIX.copy())
    y = x[index]
    np.testing.assert_array_equal(y.data, MATRIX[index])  # type: ignore[index]
    assert gradient_check(lambda x: x[index] * x[index], MATRIX)


def test_an_element_that_is_taken_twice_gets_both_gradients() -> None:
    x = Variable(np.array([1.0, 2.0, 3.0]))
    (x[[0, 2, 2]] * np.array([1.0, 10.0, 100.0])).sum().backward()
    np.testing.assert_array_equal(x.grad, [1.0, 0.0, 110.0])


def test_a_variable_may_be_the_index() -> None:
    x, places = Variable(np.array([5.0, 7.0])), Variable(np.array([1, 1, 0]))
    np.testing.assert_array_equal(x[places].data, [7.0, 7.0, 5.0])
    np.testing.assert_array_equal(get_item(x, (places,)).data, [7.0, 7.0, 5.0])


def test_the_gradient_of_an_element_can_be_differentiated_again() -> None:
    x = Variable(np.array([2.0, 3.0]))
    (x[1] ** 3).backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    gx[1].backward()
    np.testing.assert_array_equal(gx.data, [0.0, 27.0])  # 3x²
    np.testing.assert_array_equal(x.grad.data, [0.0, 18.0])  # 6x


def test_a_part_is_in_memory_of_its_own() -> None:
    x = Variable(np.array([1.0, 2.0]))
    y = x[:1]
    y.data[0] = 9.0
    np.testing.assert_array_equal(x.data, [1.0, 2.0])


def test_no_index_reaches_into_a_single_number() -> None:
    with pytest.raises(IndexError):
        Variable(np.array(1.0))[0]


def test_rows_come_one_after_the_other() -> None:
    x = Variable(MATRIX.copy())
    first, second = x
    (first * second).sum().backward()
    np.testing.assert_array_equal(x.grad, MATRIX[::-1])
    with pytest.raises(TypeError, match="len"):
        iter(Variable(np.array(1.0)))


def test_pythons_own_sum_and_max_go_through_the_elements() -> None:
    x = Variable(np.array([1.0, 5.0, 2.0]))
    sum(x).backward()
    np.testing.assert_array_equal(x.grad, [1.0, 1.0, 1.0])
    assert max(x).data == 5.0
    assert 5.0 in x
    assert 4.0 not in x
    assert Variable(np.array(2.0)) in x


def test_a_single_number_is_a_float_an_int_and_a_text() -> None:
    x = Variable(np.array(2.75))
    assert (float(x), int(x), f"{x:.1f}", f"{x}") == (2.75, 2, "2.8", "variable(2.75)")
    with pytest.raises(TypeError):
        float(Variable(np.array([1.0, 2.0])))


@pytest.mark.parametrize("data", [0.0, 1.0, [0.0], [2.0], [[3.0]], np.nan])
def test_it_is_true_where_numpys_array_is(data: object) -> None:
    assert bool(Variable(np.array(data))) is bool(np.array(data))


def test_of_several_numbers_none_is_true_or_false() -> None:
    with pytest.raises(ValueError, match="ambiguous"):
        bool(Variable(np.array([0.0, 1.0])))


def test_signs() -> None:
    x = Variable(np.array([-2.0, 3.0]))
    y = abs(x) + +x
    y.backward()
    np.testing.assert_array_equal(y.data, [0.0, 6.0])
    np.testing.assert_array_equal(x.grad, [0.0, 2.0])  # −1 + 1 and 1 + 1


@pytest.mark.parametrize("name", ["sum", "mean", "max", "min"])
@pytest.mark.parametrize("options", [{}, {"axis": 0}, {"axis": 1, "keepdims": True}, {"axis": (0, -1)}], ids=repr)
def test_reductions_are_numpys(name: str, options: dict[str, object]) -> None:
    expected = getattr(MATRIX, name)(**options)
    for y in (getattr(Variable(MATRIX), name)(**options), getattr(np, name)(Variable(MATRIX), **options)):
        assert isinstance(y, Variable)
        np.testing.assert_allclose(y.data, expected, rtol=1e-15)
    assert gradient_check(lambda x: getattr(x, name)(**options), MATRIX)


def test_the_largest_share_its_gradient_where_they_are_several() -> None:
    x = Variable(np.array([[1.0, 3.0, 3.0], [2.0, 0.0, 1.0]]))
    x.max(axis=1).backward()
    np.testing.assert_array_equal(x.grad, [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0]])
    x.cleargrad()
    x.min().backward()
    np.testing.assert_array_equal(x.grad, [[0.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def test_what_was_not_taken_gets_nothing_of_an_infinite_gradient() -> None:
    x = Variable(np.array([1.0, 2.0]))
    y = x.max()
    y.grad = np.array(np.inf)
    y.backward()
    np.testing.assert_array_equal(x.grad, [0.0, np.inf])


@pytest.mark.filterwarnings("ignore:divide by zero")
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([1.0, np.nan], [np.nan, np.nan]),
        ([np.inf, np.inf, 1.0], [0.5, 0.5, 0.0]),
        ([-np.inf, -np.inf], [0.5, 0.5]),
    ],
)
def test_the_largest_of_what_is_not_finite_has_pytorchs_gradient(data: list[float], expected: list[float]) -> None:
    x = Variable(np.array(data))
    x.max().backward()
    np.testing.assert_array_equal(x.grad, expected)
    x = Variable(-np.array(data))
    x.min().backward()
    np.testing.assert_array_equal(x.grad, expected)


def test_products_and_shapes() -> None:
    x, w = Variable(MATRIX), Variable(np.arange(6.0).reshape(3, 2))
    for y in (x.dot(w), x.matmul(w), x @ w):
        np.testing.assert_array_equal(y.data, MATRIX @ w.data)
    np.testing.assert_array_equal(x.flatten().data, MATRIX.flatten())
    np.testing.assert_array_equal(x.reshape(3, 2).data, x.reshape((3, 2)).data)
    np.testing.assert_array_equal(x.reshape([3, 2]).T.data, MATRIX.reshape(3, 2).T)
    assert x.transpose(1, 0).shape == x.transpose((1, 0)).shape == x.transpose().shape == (3, 2)


def test_it_is_not_taken_for_an_array_behind_its_back() -> None:
    x = Variable(np.array(1.0))
    for make in (lambda: np.array(x), lambda: np.array([x, x]), lambda: Variable(np.array(2.0)) * [x, x]):
        with pytest.raises(TypeError, match=r"its array is `x\.data`"):
            make()
