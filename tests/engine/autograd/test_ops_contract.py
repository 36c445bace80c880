"""What every op in the registry must hold to."""

from __future__ import annotations

import inspect
import string
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.picture import catalogue
from engine import Function, Variable, gradient_check
from engine.autograd import check_parameters
from engine.errors import ParameterError, ShapeError

KINK_DISTANCE = 1e-2
REQUIRED = {
    *("Square", "Sqrt", "Pow", "Power", "Add", "Sub", "Mul", "Div", "Neg", "Abs", "Exp", "Log", "Sin", "Cos", "Tan"),
    *("Tanh", "Sigmoid", "ReLU", "LeakyReLU", "Softplus", "GELU", "Max", "Min", "MinMax", "Constant"),
    *("Sum", "Mean", "LogSumExp", "Softmax", "MatMul", "Dot", "Transpose", "Reshape", "BroadcastTo", "Concat", "Split"),
    *("MSE", "CrossEntropy"),
}

every_op = pytest.mark.parametrize("op", Function.registry.values(), ids=Function.registry.keys())
ELEMENTWISE = {name: op for name, op in Function.registry.items() if op.elementwise and op.ports}
every_elementwise_op = pytest.mark.parametrize("op", ELEMENTWISE.values(), ids=ELEMENTWISE.keys())

Sample = tuple[Mapping[str, Any], tuple[tuple[int, ...], ...]]


def samples(op: type[Function]) -> list[Sample]:
    """Return parameters and shapes of inputs to try an op with."""
    if op.samples:
        return list(op.samples)
    n = len(op.ports)
    return [({}, ((),) * n), *([({}, ((2, 3), (3,), (2, 1))[:n])] if n else [])]


def draw(op: type[Function], data: st.DataObject, sample: Sample) -> list[np.ndarray]:
    """Draw inputs from the op's domain; near a kink, where central differences lie, none are drawn."""
    shapes = sample[1]
    random = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    for _ in range(100):
        intervals = op.domain or ((-2.0, 2.0),) * len(shapes)
        arrays = [random.uniform(*interval, shape) for interval, shape in zip(intervals, shapes, strict=True)]
        if op.kinks is None or np.min(op(**sample[0]).kinks(*arrays)) > KINK_DISTANCE:
            return arrays
    raise AssertionError(f"{op.__name__}: its domain is nothing but kinks")


def as_list(ys: Any) -> list[Variable]:
    return ys if isinstance(ys, list) else [ys]


def test_the_registry_holds_what_was_asked_for() -> None:
    assert set(Function.registry) >= REQUIRED


@every_op
def test_it_describes_itself(op: type[Function]) -> None:
    for field in ("symbol", "formula", "python", "description", "group"):
        assert getattr(op, field).strip()
    assert all(op.local)
    assert op.description.endswith(".")
    assert op.domain is None or len(op.domain) == len(op.ports)
    assert op.elementwise or op.samples
    is_open = "n_inputs" in op.defaults()
    assert len(op.local) == (1 if is_open else len(op.ports))
    fields = {name for _, name, _, _ in string.Formatter().parse(op.python) if name}
    assert fields - {"xs"} <= {*op.ports, *op.defaults()}
    assert ("xs" in fields) == is_open
    assert fields >= set(op.ports)


@every_op
def test_ports_and_parameters_come_from_the_signatures(op: type[Function]) -> None:
    ports = [
        name for name, port in inspect.signature(op.forward).parameters.items() if port.kind is not port.VAR_POSITIONAL
    ]
    assert op.ports == tuple(ports)[1:]
    assert check_parameters(op, {}) == op.defaults()
    with pytest.raises(ParameterError, match=f"{op.__name__} has no parameter “colour”"):
        check_parameters(op, {"colour": 1})
    assert op.ports_with({}) or op.__name__ == "Constant"


@every_op
@settings(max_examples=25)
@given(data=st.data())
def test_its_gradient_agrees_with_central_differences(op: type[Function], data: st.DataObject) -> None:
    for sample in samples(op):
        arrays = draw(op, data, sample)
        check = gradient_check(lambda *xs, given=sample[0]: op(**given)(*xs), *arrays)
        assert check, (sample, check)


@every_op
@settings(max_examples=10)
@given(data=st.data())
def test_the_gradient_of_its_gradient_agrees_too(op: type[Function], data: st.DataObject) -> None:
    for sample in samples(op):
        arrays = draw(op, data, sample)

        def gradient(*xs: Variable, given: Mapping[str, Any] = sample[0]) -> list[Variable]:
            for number, y in enumerate(as_list(op(**given)(*xs)), start=1):
                (number * y * y).backward(create_graph=True)  # y², so that a linear op has a second derivative too
            found = [x.grad for x in xs]
            for x in xs:
                x.cleargrad()
            return found

        check = gradient_check(gradient, *arrays) if arrays else True
        assert check, (sample, check)


@every_op
@settings(max_examples=10)
@given(data=st.data())
def test_shapes_are_known_beforehand_and_gradients_have_those_of_the_inputs(
    op: type[Function], data: st.DataObject
) -> None:
    for given_parameters, shapes in samples(op):
        inputs = [Variable(array) for array in draw(op, data, (given_parameters, shapes))]
        function = op(**given_parameters)
        ys = as_list(function(*inputs))
        assert ys[0].shape == function.result_shape(*shapes)
        assert len(ys) == len(op.outputs_with(given_parameters))
        for y in ys:
            y.backward()
        assert [x.grad.shape for x in inputs] == list(shapes)


@every_op
@settings(max_examples=5)
@given(data=st.data())
def test_its_rule_gives_a_gradient_for_every_input(op: type[Function], data: st.DataObject) -> None:
    for given_parameters, shapes in samples(op):
        arrays = draw(op, data, (given_parameters, shapes))
        function = op(**given_parameters)
        ys = as_list(function(*arrays))
        gxs = function.backward(*[np.ones_like(y.data)[()] for y in ys])
        gxs = gxs if isinstance(gxs, tuple) else (gxs,)
        assert len(gxs) == len(shapes)
        for gx, x in zip(gxs, arrays, strict=True):
            # Broadcasting may be left for the sweep to undo; a single number for an array may not.
            assert np.ndim(gx) or not x.ndim
            assert np.broadcast_shapes(np.shape(gx), x.shape) == np.shape(gx)


@every_op
@settings(max_examples=5)
@given(data=st.data())
def test_data_and_grads_are_arrays_in_memory_of_their_own(op: type[Function], data: st.DataObject) -> None:
    for given_parameters, shapes in samples(op):
        inputs = [Variable(array) for array in draw(op, data, (given_parameters, shapes))]
        ys = as_list(op(**given_parameters)(*inputs))
        seeds = [np.ones(y.shape) for y in ys]
        for y, seed in zip(ys, seeds, strict=True):
            y.grad = seed
            y.backward()
        variables = [*inputs, *ys]
        held = [*seeds, *(x.data for x in variables), *(x.grad for x in inputs)]
        assert all(isinstance(array, np.ndarray) for array in held)
        for number, array in enumerate(held):
            assert array.flags.writeable
            assert not any(np.shares_memory(array, other) for other in held[number + 1 :])
        before = [x.grad.copy() for x in inputs]
        for x, grad in zip(inputs, before, strict=True):
            x.grad *= 0.5
            np.testing.assert_array_equal(x.grad, 0.5 * grad)
        for y in ys:
            y.data.fill(5.0)
        for x, grad in zip(inputs, before, strict=True):
            np.testing.assert_array_equal(x.grad, 0.5 * grad)


@every_op
@settings(max_examples=5)
@given(data=st.data())
def test_float32_stays_what_numpy_makes_of_it(op: type[Function], data: st.DataObject) -> None:
    for given_parameters, shapes in samples(op) if op.ports or op.parameters else ():
        inputs = [Variable(array.astype(np.float32)) for array in draw(op, data, (given_parameters, shapes))]
        function = op(**given_parameters)
        ys = as_list(function(*inputs)) if inputs else []
        # The rule itself, before the sweep gives a gradient its input's type: gradients of gradients rest on it.
        gxs = function.backward(*[np.ones_like(y.data)[()] for y in ys]) if inputs else ()
        assert all(gx.dtype == np.float32 for gx in (gxs if isinstance(gxs, tuple) else (gxs,)))
        for create_graph in (False, True):
            for y in ys:
                assert y.dtype == np.float32
                for x in inputs:
                    x.cleargrad()
                y.backward(create_graph=create_graph, retain_grad=True)
                assert all(x.grad.dtype == np.float32 for x in inputs)


@every_op
def test_a_number_of_pythons_takes_the_type_beside_it(op: type[Function]) -> None:
    for given_parameters, shapes in samples(op):
        if op.elementwise and len(shapes) == 2:
            x = Variable(np.ones((), np.float32))
            for inputs in ((x, 1.5), (1.5, x), (x, 2), (np.float32(1), 2.0)):
                assert all(y.dtype == np.float32 for y in as_list(op(**given_parameters)(*inputs)))


@every_op
@settings(max_examples=10)
@given(data=st.data())
def test_the_python_it_writes_computes_the_same(op: type[Function], data: st.DataObject) -> None:
    for given_parameters, shapes in samples(op):
        arrays = draw(op, data, (given_parameters, shapes))
        names = op.ports_with(given_parameters)
        source = op.python.format(
            xs=", ".join(names), **{name: name for name in op.ports}, **{**op.defaults(), **given_parameters}
        )
        # the ops' own source, no text from outside
        expected = eval(source, {"np": np, **dict(zip(names, arrays, strict=True))})
        results = [y.data for y in as_list(op(**given_parameters)(*arrays))]
        for result, wanted in zip(results, expected if len(results) > 1 else [expected], strict=True):
            np.testing.assert_allclose(result, wanted, rtol=1e-12, atol=1e-15)


@every_op
def test_it_stands_in_the_palette(op: type[Function]) -> None:
    entries = [entry for group in catalogue() for entry in group["ops"] if entry["op"] == op.__name__]
    assert [entry["ports"] for entry in entries] == [list(op.ports_with({}))]


@every_elementwise_op
def test_shapes_that_misfit_are_refused_beforehand(op: type[Function]) -> None:
    if len(op.ports) == 2:
        with pytest.raises(ShapeError, match=r"shapes \(2,\) and \(3,\) do not fit together"):
            op().result_shape((2,), (3,))


@pytest.mark.parametrize("name", ["Max", "Min", "MinMax"])
def test_at_a_tie_each_gets_half(name: str) -> None:
    x0, x1 = Variable(np.array(3.0)), Variable(np.array(3.0))
    ys = Function.registry[name]()(x0, x1)
    (ys[0] if isinstance(ys, list) else ys).backward()
    assert (x0.grad, x1.grad) == (0.5, 0.5)


@pytest.mark.parametrize(("x", "expected"), [(-800.0, 0.0), (800.0, 1.0), (-40.0, 4.248354255291589e-18)])
def test_sigmoid_is_exact_far_from_zero_and_warns_of_nothing(x: float, expected: float) -> None:
    # 1 / (1 + e^40) = e^-40 to 17 digits
    assert Function.registry["Sigmoid"]()(np.array(x)).data == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("name", "far"), [("Softplus", 1000.0), ("LogSumExp", 1000.0), ("ReLU", 1000.0)])
def test_no_overflow_far_to_the_right(name: str, far: float) -> None:
    # ln(1 + e^1000) is 1000 to all digits of a double
    assert Function.registry[name]()(np.array(far)).data == far


def test_softmax_of_large_values_is_exact() -> None:
    # shifting all by the same changes nothing: e^0 : e^1
    np.testing.assert_allclose(
        Function.registry["Softmax"]()(np.array([1000.0, 1001.0])).data, [1 / (1 + np.e), np.e / (1 + np.e)]
    )


@pytest.mark.parametrize("name", ["ReLU", "LeakyReLU", "Softplus", "Max", "Abs"])
def test_nan_is_not_hidden(name: str) -> None:
    op = Function.registry[name]
    assert np.isnan(op()(*[np.array(np.nan)] * len(op.ports)).data)


def test_cross_entropy_by_hand() -> None:
    # scores 0 and ln 3: shares 1/4 and 3/4; the target is the second: −ln(3/4), gradient share − target
    x, t = Variable(np.array([0.0, np.log(3.0)])), Variable(np.array([0.0, 1.0]))
    loss = Function.registry["CrossEntropy"]()(x, t)
    loss.backward()
    np.testing.assert_allclose((loss.data, *x.grad), (np.log(4 / 3), 0.25, -0.25))


def test_matmul_by_hand() -> None:
    x, W = Variable(np.array([[1.0, 2.0]])), Variable(np.array([[3.0], [4.0]]))
    y = x @ W
    y.backward()
    np.testing.assert_array_equal(y.data, [[11.0]])
    np.testing.assert_array_equal(x.grad, [[3.0, 4.0]])
    np.testing.assert_array_equal(W.grad, [[1.0], [2.0]])
