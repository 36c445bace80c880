"""What a second backward pass adds, where a pass starts, and that no gradient changes with another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Function, Variable, add, min_max, mul, sub, sum_to, sweep
from engine.errors import EngineError


def test_a_fork_inside_the_graph_is_not_compounded() -> None:
    x = Variable(np.array(2.0))
    a = x**2
    y = 3 * a + 5 * a
    y.backward()
    y.backward()
    assert (x.grad, a.grad, y.grad) == (64.0, 16.0, 2.0)  # 2 · 8 · 2x; from x.grad on down it would be 96


@st.composite
def dags(draw: st.DrawFn) -> tuple[list[tuple[str, int, int]], list[int]]:
    """Draw ops on Variables made before, and the outputs to run backward from, any of them any number of times."""
    plan = []
    count = 2
    for _ in range(draw(st.integers(1, 8))):
        op = draw(st.sampled_from(["add", "sub", "mul", "min_max"]))
        plan.append((op, draw(st.integers(0, count - 1)), draw(st.integers(0, count - 1))))
        count += 2 if op == "min_max" else 1
    return plan, draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=4))


def made(plan: list[tuple[str, int, int]]) -> list[Variable]:
    ops: dict[str, Any] = {"add": add, "sub": sub, "mul": mul, "min_max": min_max}
    found = [Variable(np.array(2.0)), Variable(np.array(-1.0))]
    for name, first, second in plan:
        ys = ops[name](found[first], found[second])
        found += ys if isinstance(ys, list) else [ys]
    return found


@settings(max_examples=200)
@given(dags())
def test_backward_passes_add_up_to_the_sum_of_single_ones(drawn: tuple[list[tuple[str, int, int]], list[int]]) -> None:
    plan, starts = drawn
    together = made(plan)
    expected: list[Any] = [None] * len(together)
    for start in starts:
        together[start].backward()
        alone = made(plan)
        alone[start].backward()
        for place, x in enumerate(alone):
            if x.grad is not None:
                expected[place] = x.grad + (0.0 if expected[place] is None else expected[place])
    # Small whole numbers and halves: sums are exact, whatever their order.
    assert [x.grad for x in together] == expected


def test_an_assigned_gradient_is_the_seed_and_stays() -> None:
    x = Variable(np.array([1.0, 2.0]))
    y = x * x
    y.grad = np.array([1.0, 0.0])
    y.backward()
    np.testing.assert_array_equal(x.grad, [2.0, 0.0])
    np.testing.assert_array_equal(y.grad, [1.0, 0.0])
    y.backward()
    np.testing.assert_array_equal(x.grad, [4.0, 0.0])
    y.cleargrad()
    x.cleargrad()
    y.backward()
    np.testing.assert_array_equal(x.grad, [2.0, 4.0])


def test_what_a_sweep_left_is_no_seed_even_if_it_was_scaled_in_place() -> None:
    x = Variable(np.array(3.0))
    a = x * x
    y = 5 * a
    y.backward()
    a.grad *= 0.5
    a.backward()
    assert (x.grad, a.grad) == (30.0 + 6.0, 2.5 + 1.0)


def test_an_assigned_gradient_that_a_sweep_has_added_to_is_no_seed() -> None:
    x = Variable(np.array(3.0))
    a = x * x
    a.grad = np.array(10.0)
    (5 * a).backward()
    assert (x.grad, a.grad) == (30.0, 15.0)
    a.backward()
    assert (x.grad, a.grad) == (36.0, 16.0)


def test_a_gradient_of_fewer_axes_is_refused() -> None:
    with pytest.raises(EngineError, match=r"\(\) does not belong to an input of shape \(2,\)"):
        sum_to(np.ones(()), (2,))


def test_an_assigned_seed_serves_higher_order_too() -> None:
    x = Variable(np.array(2.0))
    y = x**3
    y.grad = np.array(10.0)
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    gx.backward()
    assert (gx.data, x.grad.data, y.grad) == (120.0, 120.0, 10.0)  # 10 · 3x², 10 · 6x


def test_a_seed_of_a_foreign_shape_is_refused() -> None:
    y = Variable(np.array([1.0, 2.0])) * 2
    y.grad = np.array([1.0, 2.0, 3.0])
    with pytest.raises(EngineError, match=r"\(3,\) does not belong to an output of shape \(2,\)"):
        y.backward()


def test_a_sweep_does_not_take_the_seeds_memory() -> None:
    x, seed = Variable(np.array([1.0, 2.0])), np.array([1.0, 1.0])
    y = x + x
    list(sweep(y, seed))
    x.grad *= 0.0
    y.grad *= 0.0
    np.testing.assert_array_equal(seed, [1.0, 1.0])


def test_a_step_of_descent_in_place_changes_the_variable() -> None:
    W = Variable(np.array([1.0, 2.0]))
    (W * W).backward()
    p = W.data
    p -= 0.1 * W.grad
    np.testing.assert_allclose(W.data, [0.8, 1.6])
    b = Variable(np.float64(1.0))
    (b * b).backward()
    p = b.data
    p -= 0.1 * b.grad
    assert b.data == pytest.approx(0.8)
    assert (b * b).data == pytest.approx(0.64)


@pytest.mark.parametrize("data", [np.float64(2.0), np.array(2.0), np.array([2.0, 3.0])])
def test_data_can_be_written_to_wherever_it_came_from(data: Any) -> None:
    x = Variable(data)
    y = x * x
    y.backward()
    for variable in (x, y):
        variable.data.fill(5.0)
        variable.data[...] = 7.0
        assert np.all(variable.data == 7.0)
    assert all(isinstance(each, np.ndarray) for each in (x.data, y.data, x.grad, y.grad))
    x.data = x.data - 1.0  # a scalar, of an array without axes
    assert isinstance(x.data, np.ndarray)
    with pytest.raises(TypeError, match="not supported"):
        x.data = 1.0


def test_numbers_print_as_before() -> None:
    x = Variable(np.array(2.0))
    z = x * x
    z.backward()
    assert f"{z.data} {x.grad}" == "4.0 4.0"
    assert sum_to(x, ()) is x


def test_a_seed_stays_also_where_a_rule_fails() -> None:
    class Failing(Function):
        def forward(self, x):  # type: ignore[no-untyped-def]
            return x

        def backward(self, gy):  # type: ignore[no-untyped-def]
            raise ArithmeticError

    x = Variable(np.array(2.0))
    y = Failing()(x)
    y.grad = np.array(5.0)
    with pytest.raises(ArithmeticError):
        y.backward()
    assert (float(y.grad), y.is_seed, x.grad) == (5.0, True, None)


@pytest.mark.parametrize("given", [3.0, "3", [3.0]])
def test_what_is_no_array_is_no_gradient(given: object) -> None:
    y = Variable(np.array(2.0))
    with pytest.raises(TypeError, match="is not supported"):
        y.grad = given
    assert y.grad is None
    y.grad = y.data * 2  # NumPy's scalar
    assert isinstance(y.grad, np.ndarray)
