"""Gradients of gradients, and the conveniences under DeZero's names."""

from __future__ import annotations

import gc

import numpy as np
import pytest

import engine
from engine import Function, Variable, as_variable, no_grad, square, sum_to, using_config
from engine.errors import EngineError


def variable(value: float) -> Variable:
    return Variable(np.array(value))


def test_newtons_method_finds_its_way() -> None:
    # f = x⁴ − 2x²: f' = 4x³ − 4x, f'' = 12x² − 4; 24 and 44 at 2
    x = variable(2.0)
    y = x**4 - 2 * x**2
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    gx.backward()
    assert (gx.data, x.grad.data) == (24.0, 44.0)


def test_the_third_derivative() -> None:
    x = variable(2.0)
    y = x**4
    for expected in (32.0, 48.0, 48.0, 24.0):  # 4x³, 12x², 24x, 24
        x.cleargrad()
        y.backward(create_graph=True)
        y = x.grad
        assert y.data == expected


def test_sine_goes_round_in_four_derivatives() -> None:
    x = variable(1.0)
    y = engine.sin(x)
    for expected in (np.cos(1), -np.sin(1), -np.cos(1), np.sin(1)):
        x.cleargrad()
        y.backward(create_graph=True)
        y = x.grad
        assert y.data == pytest.approx(expected, rel=1e-14)


def test_a_students_rule_is_differentiated_again_as_it_stands() -> None:
    class Cube(Function):
        def forward(self, x):
            return x**3

        def backward(self, gy):
            x = self.inputs[0].data
            return 3 * x**2 * gy

    x = variable(2.0)
    y = Cube()(x)
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    gx.backward()
    assert (gx.data, x.grad.data) == (12.0, 12.0)  # 3x², 6x


def test_a_gradient_is_a_part_of_another_graph() -> None:
    # the book's step 36: z = (2x)³ + x², dz/dx = 24x² + 2x = 100 at 2
    x = variable(2.0)
    y = x**2
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    z = gx**3 + y
    z.backward()
    assert x.grad == 100.0


def test_gradients_are_plain_unless_their_graph_is_asked_for() -> None:
    x = variable(3.0)
    square(x).backward()
    assert type(x.grad) is np.ndarray
    x.cleargrad()
    square(x).backward(create_graph=True)
    assert isinstance(x.grad, Variable)
    assert x.grad.creator is not None


def test_second_derivatives_through_broadcasting_and_sums() -> None:
    # L = Σ (x + b)²: ∂L/∂b = Σ 2(x + b), whose derivative by each x is 2, and by b 2 · 3
    x, b = Variable(np.array([1.0, 2.0, 3.0])), Variable(np.array([10.0]))
    loss = engine.sum((x + b) ** 2)
    loss.backward(create_graph=True)
    assert loss.data == 434.0
    np.testing.assert_array_equal(x.grad.data, [22.0, 24.0, 26.0])
    np.testing.assert_array_equal(b.grad.data, [72.0])
    gb = b.grad
    x.cleargrad()
    b.cleargrad()
    gb.backward()
    np.testing.assert_array_equal(x.grad.data, [2.0, 2.0, 2.0])
    np.testing.assert_array_equal(b.grad.data, [6.0])


# Conveniences ---------------------------------------------------------------------------------------------------


def test_no_grad_remembers_nothing() -> None:
    x = variable(2.0)
    with no_grad():
        y = square(x)
    assert (y.data, y.creator) == (4.0, None)
    assert square(x).creator is not None


def test_using_config_knows_two_settings() -> None:
    with using_config("enable_backprop", False):
        assert square(variable(2.0)).creator is None
    message = "“volume”; there are “enable_backprop” and “train”"
    with pytest.raises(EngineError, match=message), using_config("volume", False):
        pass


def test_no_grad_ends_when_something_goes_wrong_inside() -> None:
    with pytest.raises(ZeroDivisionError), no_grad():
        raise ZeroDivisionError
    assert square(variable(2.0)).creator is not None


def test_without_retain_grad_inputs_alone_keep_theirs() -> None:
    x = variable(2.0)
    a = square(x)
    y = square(a)
    y.backward(retain_grad=False)
    assert (x.grad, a.grad, y.grad) == (32.0, None, None)


def test_with_create_graph_inputs_alone_keep_theirs_unless_asked_for() -> None:
    x = variable(2.0)
    a = square(x)
    y = square(a)
    y.backward(create_graph=True)
    assert (x.grad.data, a.grad) == (32.0, None)
    y.backward(create_graph=True, retain_grad=True)
    assert (x.grad.data, a.grad.data) == (64.0, 8.0)


def test_unchain_ends_the_way_back() -> None:
    x = variable(2.0)
    a = square(x)
    a.unchain()
    y = square(a)
    y.backward()
    assert (a.grad, x.grad) == (8.0, None)


def test_unchain_backward_frees_all_that_came_before() -> None:
    x = variable(1.0)
    y = x
    for _ in range(50_000):
        y = -y
    y.unchain_backward()
    y.backward()
    assert (y.creator.inputs[0].creator, x.grad) == (None, None)


def test_as_variable_leaves_a_variable_alone() -> None:
    x = variable(1.0)
    assert as_variable(x) is x
    assert as_variable(2.5).data == 2.5


def test_sum_to_of_variables_is_differentiable() -> None:
    x = Variable(np.ones((2, 3)))
    y = sum_to(x, (1, 3))
    y.backward()
    np.testing.assert_array_equal(y.data, [[2.0, 2.0, 2.0]])
    np.testing.assert_array_equal(x.grad, np.ones((2, 3)))


def test_numpy_on_the_left_and_numpys_functions_run_ops() -> None:
    x = Variable(np.array([1.0, 2.0]))
    for y, expected in (
        (np.array([3.0, 4.0]) * x, [3.0, 8.0]),
        (np.float64(3.0) - x, [2.0, 1.0]),
        (np.array([[1.0, 1.0]]) @ x, [3.0]),
        (np.exp(np.log(x)), [1.0, 2.0]),
        (np.maximum(x, 1.5), [1.5, 2.0]),
        (np.concatenate([x, x]), [1.0, 2.0, 1.0, 2.0]),
    ):
        assert isinstance(y, Variable)
        assert y.creator is not None
        np.testing.assert_allclose(y.data, expected)


def test_what_no_op_does_is_refused_and_not_computed_behind_its_back() -> None:
    with pytest.raises(TypeError):
        np.arctan2(variable(1.0), 2.0)


def test_shapes_by_their_methods() -> None:
    x = Variable(np.arange(6.0).reshape(2, 3))
    assert (x.T.shape, x.reshape(3, 2).shape, x.reshape((6,)).shape, x.transpose(1, 0).shape) == (
        (3, 2),
        (3, 2),
        (6,),
        (3, 2),
    )
    assert x.sum(axis=0).shape == (3,)
    assert x.sum(keepdims=True).shape == (1, 1)


def test_dezeros_function_names() -> None:
    x = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert engine.reshape(x, (4,)).shape == (4,)
    assert engine.broadcast_to(x, (2, 2, 2)).shape == (2, 2, 2)
    assert engine.matmul(x, x).shape == (2, 2)
    assert engine.transpose(x).shape == (2, 2)
    assert engine.mean_squared_error(x, x).data == 0.0
    assert engine.pow(Variable(np.array(2.0)), 3).data == 8.0
    assert engine.concat(x, x, axis=1).shape == (2, 4)


def test_graphs_of_gradients_leave_no_cycles_behind() -> None:
    gc.collect()
    gc.disable()
    try:
        x = variable(2.0)
        a = x * x
        y = a * a
        y.backward(create_graph=True)
        gx = x.grad
        x.cleargrad()
        gx.backward()
        assert x.grad.data == 48.0
        x.cleargrad()  # a gradient's graph holds x, and x holds the gradient
        del x, a, y, gx
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_sweep_given_up_half_way_leaves_the_graph_as_new() -> None:
    x = variable(2.0)
    y = square(square(x))
    visits = engine.sweep(y, np.float64(1))
    next(visits)
    next(visits)
    visits.close()
    for each in (x, y, y.creator.inputs[0]):
        each.cleargrad()
    y.backward()
    assert x.grad == 32.0


def test_what_a_students_forward_keeps_is_differentiated_too() -> None:
    class Exponential(Function):
        def forward(self, x):
            self.y = np.exp(x)
            return self.y

        def backward(self, gy):
            return gy * self.y

    x = variable(0.5)
    y = Exponential()(x)
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    gx.backward()
    assert x.grad.data == pytest.approx(np.exp(0.5), rel=1e-14)  # as a constant, it would have no gradient


def test_a_kept_result_that_variables_cannot_give_is_refused() -> None:
    class Rounded(Function):
        def forward(self, x):
            self.y = np.floor(x)
            return self.y

        def backward(self, gy):
            return gy * self.y

    y = Rounded()(variable(2.5))
    with pytest.raises(EngineError, match="Rounded keeps what forward computed"):
        y.backward(create_graph=True)
    y.backward()
