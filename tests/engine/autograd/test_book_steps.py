"""Programs in the manner of *Deep Learning from Scratch 3*, a step or a few at a time, as its readers write them.

Only the import is this engine's; `F` is where the book's functions are.
"""

from __future__ import annotations

from math import cos, exp, factorial, sin

import numpy as np
import pytest

import engine as F  # noqa: N812 -- as the book calls its functions
from engine import Function, Variable, add, as_array, as_variable, no_grad, square, using_config


class Cube(Function):
    """A reader's op: forward and backward, and nothing of this engine's."""

    def forward(self, x):
        return x**3

    def backward(self, gy):
        (x,) = self.inputs
        return 3 * x**2 * gy


def cube(x):
    return Cube()(x)


# Steps 1 to 10: one input, one output ---------------------------------------------------------------------------


def test_step_1_data_may_be_replaced() -> None:
    x = Variable(np.array(1.0))
    x.data = np.array(2.0)
    assert x.data == 2.0


def test_steps_2_and_3_functions_are_chained() -> None:
    a, b = F.Square(), F.Exp()
    y = a(b(a(Variable(np.array(0.5)))))
    assert isinstance(y, Variable)
    assert y.data == pytest.approx(exp(0.5**2) ** 2)


def test_step_4_a_difference_of_variables_data() -> None:
    def difference(f, x, h=1e-4):
        return (f(Variable(x.data + h)).data - f(Variable(x.data - h)).data) / (2 * h)

    assert difference(F.Square(), Variable(np.array(2.0))) == pytest.approx(4.0, rel=1e-7)


class OnlyInput(Function):
    """An op that speaks of its one input as steps 6 to 8 do."""

    def forward(self, x):
        return x**2

    def backward(self, gy):
        return 2 * self.input.data * gy


def test_step_6_backward_is_called_function_by_function() -> None:
    first, second = OnlyInput(), OnlyInput()
    x = Variable(np.array(3.0))
    y = second(first(x))
    y.grad = np.array(1.0)
    x.grad = first.backward(second.backward(y.grad))
    assert x.grad == 4 * 3.0**3


def test_step_7_the_way_back_leads_along_the_creators() -> None:
    x = Variable(np.array(3.0))
    a = square(x)
    y = cube(a)
    assert y.creator.inputs[0] is a
    assert a.creator.inputs[0] is x
    assert x.creator is None


def test_step_8_a_long_chain_needs_no_recursion() -> None:
    y = x = Variable(np.array(1.0))
    for _ in range(3000):
        y = y + 0.001
    y.backward()
    assert x.grad == 1.0


def test_step_9_only_arrays_are_data() -> None:
    assert Variable(None).data is None
    with pytest.raises(TypeError, match="<class 'float'> is not supported"):
        Variable(1.0)
    assert type(as_array(np.float64(2.0))) is np.ndarray
    x = Variable(np.array(0.5))
    square(F.exp(square(x))).backward()
    assert x.grad == pytest.approx(4 * 0.5 * exp(2 * 0.5**2))


# Steps 11 to 18: several inputs and outputs ---------------------------------------------------------------------


def test_step_11_several_inputs_are_given_each_by_itself() -> None:
    xs = [Variable(np.array(2)), Variable(np.array(3))]
    assert F.Add()(*xs).data == 5
    with pytest.raises(TypeError, match=r"takes several as f\(x0, x1\)"):
        F.Add()(xs)


class SumAndDifference(Function):
    def forward(self, x0, x1):
        return x0 + x1, x0 - x1

    def backward(self, gy0, gy1):
        return gy0 + gy1, gy0 - gy1


def test_steps_12_and_13_several_outputs() -> None:
    x0, x1 = Variable(np.array(2.0)), Variable(np.array(3.0))
    y0, y1 = SumAndDifference()(x0, x1)
    (y0 * y1).backward()  # x0² − x1²
    assert (x0.grad, x1.grad) == (4.0, -6.0)


def test_step_14_the_same_variable_twice_and_another_time() -> None:
    x = Variable(np.array(3.0))
    add(add(x, x), x).backward()
    assert x.grad == 3.0
    x.cleargrad()
    add(x, x).backward()
    assert x.grad == 2.0


def test_step_16_a_function_waits_for_all_its_users() -> None:
    x = Variable(np.array(2.0))
    a = square(x)
    y = add(square(a), square(a))
    y.backward()
    assert (y.data, x.grad) == (32.0, 64.0)
    assert [v.generation for v in (x, a, y)] == [0, 1, 3]


def test_step_18_every_node_keeps_its_gradient_unless_told() -> None:
    def run(*arguments, **options):
        x0, x1 = Variable(np.array(1.0)), Variable(np.array(1.0))
        t = add(x0, x1)
        y = add(x0, t)
        y.backward(*arguments, **options)
        return y.grad, t.grad, x0.grad, x1.grad

    assert run() == run(retain_grad=True) == run(True) == (1.0, 1.0, 2.0, 1.0)
    assert run(retain_grad=False) == run(False) == (None, None, 2.0, 1.0)


def test_step_18_modes() -> None:
    x = Variable(np.array(2.0))
    with using_config("enable_backprop", False):
        assert square(x).creator is None
    with no_grad():
        assert square(x).creator is None
    assert square(x).creator is not None


# Steps 19 to 29: a Variable is used as an array -----------------------------------------------------------------


def test_step_19_what_a_variable_says_of_itself(capsys: pytest.CaptureFixture[str]) -> None:
    x = Variable(np.array([[1, 2, 3], [4, 5, 6]]), "x")
    print(x)
    assert capsys.readouterr().out == "variable([[1 2 3]\n          [4 5 6]])\n"
    assert (x.name, x.shape, x.ndim, x.size, x.dtype, len(x)) == ("x", (2, 3), 2, 6, np.dtype(int), 2)


def test_steps_20_to_22_operators() -> None:
    a, b = Variable(np.array(3.0)), Variable(np.array(2.0))
    y = (2 * a**3 - b / a + np.array(1.0)) / 4 - (-b)
    y.backward()
    assert y.data == pytest.approx((54 - 2 / 3 + 1) / 4 + 2)
    assert a.grad == pytest.approx((6 * 9 + 2 / 9) / 4)
    assert b.grad == pytest.approx(-1 / 12 + 1)
    assert (as_variable(np.array(5.0)) - 2).data == (2 + as_variable(np.array(1.0))).data == 3.0


class Power(Function):
    def __init__(self, c):
        self.c = c

    def forward(self, x):
        return x**self.c

    def backward(self, gy):
        x = self.inputs[0].data
        return self.c * x ** (self.c - 1) * gy


def test_step_22_an_op_with_a_constant() -> None:
    x = Variable(np.array(2.0))
    Power(4)(x).backward()
    assert x.grad == 32.0


def test_step_26_the_graph_as_text() -> None:
    x0, x1 = Variable(np.array(1.0), "x0"), Variable(np.array(1.0))
    y = x0 * x1 + x0
    y.name = 'y"'
    lines = F.get_dot_graph(y, verbose=False).splitlines()
    labels = [line.split('label="')[1].split('", ')[0] for line in lines if "label" in line]
    assert sorted(labels) == sorted(["x0", "", "", 'y\\"', "Mul", "Add"])
    arrows = {tuple(line.split(" -> ")) for line in (line.strip() for line in lines) if "->" in line}
    add_function, mul_function = y.creator, y.creator.inputs[0].creator
    product = mul_function.outputs[0]()
    expected = [(x0, mul_function), (x1, mul_function), (mul_function, product), (product, add_function)]
    expected += [(x0, add_function), (add_function, y)]
    assert arrows == {(str(id(start)), str(id(end))) for start, end in expected}
    assert 'y\\": () float64' in F.get_dot_graph(y)


def test_step_27_a_series_with_as_many_terms_as_it_needs() -> None:
    def sine(x, threshold):
        y = 0
        for i in range(100_000):
            term = (-1) ** i / factorial(2 * i + 1) * x ** (2 * i + 1)
            y = y + term
            if abs(term.data) < threshold:
                break
        return y

    x = Variable(np.array(np.pi / 4))
    y = sine(x, 1e-15)
    y.backward()
    assert (float(y), x.grad) == (pytest.approx(sin(np.pi / 4), rel=1e-14), pytest.approx(cos(np.pi / 4), rel=1e-14))


def test_step_28_steps_down_a_slope() -> None:
    x = Variable(np.array(3.0))
    for _ in range(10):
        y = (x - 1) ** 2
        x.cleargrad()
        y.backward()
        x.data -= 0.25 * x.grad  # halves the distance from 1
    assert x.data == pytest.approx(1 + 2 / 2**10, rel=1e-14)
