from __future__ import annotations

import numpy as np
import pytest

from engine import Variable, Variant, add, exp, min_max, mul, neg, square, sweep
from engine.autograd import MAX_VISITS
from engine.errors import EngineError

ONE = np.float64(1)


def variable(value: float) -> Variable:
    return Variable(np.array(value))


def test_the_seed_example() -> None:
    x, y = variable(2.0), variable(3.0)
    z = add(square(x), square(y))
    z.backward()
    assert (z.data, z.grad, x.grad, y.grad) == (13.0, 1.0, 4.0, 6.0)


def test_intermediate_grads_are_kept() -> None:
    x = variable(0.5)
    a = square(x)
    b = exp(a)
    y = square(b)
    y.backward()
    assert b.grad == pytest.approx(2 * np.exp(0.25))
    assert a.grad == pytest.approx(2 * np.exp(0.5))
    assert x.grad == pytest.approx(2 * np.exp(0.5))


@pytest.mark.parametrize(("uses", "step_13"), [(2, 1.0), (3, 1.0)])
def test_gradients_accumulate_where_a_variable_is_used_again(uses: int, step_13: float) -> None:
    def gradient(variant: Variant) -> float:
        x = variable(3.0)
        y = x
        for _ in range(uses - 1):
            y = add(y, x)
        y.backward(work_list=variant.work_list())
        assert x.grad is not None
        return float(x.grad)

    assert gradient(Variant.STEP_16) == uses
    assert gradient(Variant.STEP_14) == uses
    assert gradient(Variant.STEP_13) == step_13


@pytest.mark.parametrize(
    ("variant", "gradient"), [(Variant.STEP_13, 32.0), (Variant.STEP_14, 96.0), (Variant.STEP_16, 64.0)]
)
def test_the_books_three_engines_on_the_fork(variant: Variant, gradient: float) -> None:
    x = variable(2.0)
    a = square(x)
    y = add(square(a), square(a))
    y.backward(work_list=variant.work_list())
    assert (y.data, x.grad) == (32.0, gradient)


def test_a_shared_gradient_array_is_never_changed_in_place() -> None:
    x = variable(1.0)
    y = add(x, x)  # with += the gradient of y, which both contributions are, would become 2 as well
    y.backward()
    assert (y.grad, x.grad) == (1.0, 2.0)


def test_a_second_backward_adds_its_own_gradients() -> None:
    x, y = variable(2.0), variable(3.0)
    a = square(x)
    z = add(a, square(y))
    z.backward()
    z.backward()
    assert (x.grad, y.grad, a.grad, z.grad) == (8.0, 12.0, 2.0, 2.0)


def test_cleargrad_lets_a_variable_be_used_in_another_graph() -> None:
    x = variable(3.0)
    add(x, x).backward()
    assert x.grad == 2.0
    add(add(x, x), x).backward()
    assert x.grad == 5.0
    x.cleargrad()
    add(add(x, x), x).backward()
    assert x.grad == 3.0


def test_what_the_output_does_not_reach_keeps_no_grad() -> None:
    x, y = variable(1.0), variable(2.0)
    beside = square(y)
    square(x).backward()
    assert (y.grad, beside.grad) == (None, None)


def test_of_several_outputs_only_some_may_be_used() -> None:
    x, y = variable(2.0), variable(5.0)
    low, high = min_max(x, y)
    square(high).backward()
    assert (x.grad, y.grad, low.grad, high.grad) == (0.0, 10.0, None, 10.0)


def test_every_function_is_visited_once_in_order_of_generation() -> None:
    x = variable(2.0)
    a = square(x)
    y = add(square(a), square(a))
    generations = [function.generation for function, _, _ in sweep(y, ONE) if function is not None]
    assert generations == [2, 1, 1, 0]


@pytest.mark.parametrize("visits", range(7))
def test_a_sweep_that_nobody_ran_to_its_end_leaves_nothing_behind(visits: int) -> None:
    x, y = variable(2.0), variable(5.0)
    low, high = min_max(x, y)
    a = square(high)
    b = mul(low, a)
    z = add(b, low)
    abandoned = sweep(z, ONE)
    for _ in range(visits):
        next(abandoned, None)
    abandoned.close()
    for each in (x, y, low, high, a, b, z):
        each.cleargrad()
    z.backward()
    assert (x.grad, y.grad) == (26.0, 20.0)


def test_a_visit_reports_upstream_and_downstream() -> None:
    x, y = variable(3.0), variable(-4.0)
    z = mul(x, y)
    seed, (function, upstream, downstream) = sweep(z, ONE)
    assert seed == (None, (), (1.0,))
    assert function is z.creator
    assert (list(upstream), list(downstream)) == ([1.0], [-4.0, 3.0])


def test_grads_have_the_shape_of_the_data() -> None:
    x = Variable(np.ones((2, 1)))
    b = Variable(np.array(10.0))
    add(x, mul(b, np.ones((1, 3)))).backward()
    assert x.grad is not None
    assert b.grad is not None
    np.testing.assert_array_equal(x.grad, [[3.0], [3.0]])
    assert (b.grad.shape, b.grad) == ((), 6.0)


def test_a_chain_of_a_hundred_thousand_needs_no_recursion() -> None:
    x = variable(1.0)
    y = x
    for _ in range(100_000):
        y = neg(y)
    y.backward()
    assert x.grad == 1.0
    del y  # freeing it must not recurse either


def test_a_stack_engine_gives_up_before_paths_explode() -> None:
    y = variable(1.0)
    for _ in range(40):
        y = add(y, y)
    with pytest.raises(EngineError, match=str(MAX_VISITS)):
        y.backward(work_list=Variant.STEP_14.work_list())
    y.backward()
