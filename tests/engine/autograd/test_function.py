from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from engine import Add, Function, MinMax, Square, Variable, add, find_op, min_max, square
from engine.autograd import sum_to
from engine.errors import EngineError, OpDescriptionError, ShapeError, UnknownOpError


class Cube(Function):
    """A student's op, as the book writes it."""

    def forward(self, x):
        return x**3

    def backward(self, gy):
        x = self.inputs[0].data
        return 3 * x**2 * gy


def test_a_students_op_works_with_only_forward_and_backward() -> None:
    x = Variable(np.array(2.0))
    y = Cube()(x)
    y.backward()
    assert (y.data, x.grad) == (8.0, 12.0)
    assert "Cube" not in Function.registry


def test_one_output_comes_bare_and_several_as_a_list() -> None:
    assert isinstance(square(Variable(np.array(2.0))), Variable)
    low, high = min_max(np.array(5.0), np.array(3.0))
    assert (low.data, high.data) == (3.0, 5.0)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_forward_runs_once_a_call_whatever_the_number_of_outputs(count: int) -> None:
    runs = []

    class Halves(Function):
        def forward(self, *xs):
            runs.append(len(xs))
            return xs[0] / 2, xs[0] / 2

    left, right = Halves()(*[Variable(np.array(6.0))] * count)
    assert (left.data, right.data, runs) == (3.0, 3.0, [count])


def test_scalar_results_are_wrapped_back() -> None:
    data = square(Variable(np.array(2.0))).data
    assert (type(data), data.shape, data) == (np.ndarray, (), 4.0)


def test_generations_count_from_the_inputs() -> None:
    x = Variable(np.array(1.0))
    a = square(x)
    y = add(a, x)
    assert (x.generation, a.generation, y.generation) == (0, 1, 2)
    assert isinstance(y.creator, Add)


@pytest.mark.parametrize("count", range(5))
def test_inputs_of_any_number_are_held_in_order(count: int) -> None:
    class Total(Function):
        def forward(self, *xs):
            return sum(xs, 0.0)

        def backward(self, gy):
            return (gy,) * count

    xs = [Variable(np.array(float(number))) for number in range(count)]
    y = Total()(*xs)
    assert y.data == sum(range(count))
    assert len(y.creator.inputs) == count
    assert all(held is x for held, x in zip(y.creator.inputs, xs, strict=True))
    y.backward()
    assert [x.grad for x in xs] == [1.0] * count


def test_a_graph_that_nobody_holds_is_freed_at_once() -> None:
    gc.disable()
    try:
        y = square(Variable(np.array(1.0)))
        held = weakref.ref(y.creator.inputs[0])
        del y
        assert held() is None
    finally:
        gc.enable()


def test_an_output_that_nobody_holds_counts_as_gradient_zero() -> None:
    x, y = Variable(np.array(2.0)), Variable(np.array(5.0))
    low = MinMax()(x, y)[0]
    low.backward()
    assert (x.grad, y.grad) == (1.0, 0.0)


def test_backward_must_return_a_gradient_per_input() -> None:
    class Careless(Function):
        def forward(self, x0, x1):
            return x0 + x1

        def backward(self, gy):
            return gy

    y = Careless()(np.array(1.0), np.array(2.0))
    with pytest.raises(EngineError, match="Careless returned 1 gradients for 2 inputs"):
        y.backward()


def test_a_gradient_of_a_foreign_shape_is_refused() -> None:
    with pytest.raises(EngineError, match=r"\(3,\) does not belong to an input of shape \(2,\)"):
        sum_to(np.ones(3), (2,))


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((), np.array(6.0)),
        ((1,), np.array([6.0])),
        ((3,), np.array([2.0, 2.0, 2.0])),
        ((2, 1), np.array([[3.0], [3.0]])),
        ((1, 3), np.array([[2.0, 2.0, 2.0]])),
        ((2, 3), np.ones((2, 3))),
    ],
)
def test_broadcasting_is_undone_by_summing(shape: tuple[int, ...], expected: np.ndarray) -> None:
    np.testing.assert_array_equal(sum_to(np.ones((2, 3)), shape), expected)


def test_a_half_described_op_is_refused_by_the_name_of_the_field() -> None:
    with pytest.raises(OpDescriptionError, match="op Half lacks the field 'formula'"):

        class Half(Function):
            """Do half a thing."""

            symbol = "½"
            local = ("1",)
            python = "{x}"

            def forward(self, x):
                return x

    with pytest.raises(OpDescriptionError, match="has 2 inputs, but its field 'local' has 1"):

        class Short(Function):
            """Describe one input of two."""

            symbol = "s"
            formula = "y"
            local = ("1",)
            python = "{x0}"

            def forward(self, x0, x1):
                return x0


def test_ports_come_from_the_signature() -> None:
    assert (Square.ports, Add.ports) == (("x",), ("x0", "x1"))


def test_an_op_is_found_by_name() -> None:
    assert find_op("Square") is Square
    with pytest.raises(UnknownOpError, match="no op named “Cube”"):
        find_op("Cube")


def test_shapes_that_misfit_are_named() -> None:
    assert Add().result_shape((2, 1), (3,)) == (2, 3)
    with pytest.raises(ShapeError, match=r"shapes \(2,\) and \(3,\) do not fit together"):
        Add().result_shape((2,), (3,))
