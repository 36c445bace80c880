"""What cannot be computed, or is not finite, is told in a sentence at its node."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from engine.document import Graph
from engine.evaluation import evaluate
from engine.formula import graph_of_formula
from engine.limits import MAX_ELEMENTS
from tests.engine.built import built
from tests.engine.evaluation.named import graph_of, number, op, result


@pytest.mark.parametrize(
    ("kind", "inputs", "value", "sentence"),
    [
        ("Log", [-1.0], np.nan, "Log of −1 is not a real number"),
        ("Log", [0.0], -np.inf, "Log of 0 is infinite"),
        ("Div", [1.0, 0.0], np.inf, "Div of 1 and 0 divides by zero"),
        ("Exp", [1000.0], np.inf, "Exp of 1000 is too large for a floating-point number"),
        ("Mul", [1e200, -1e200], -np.inf, "Mul of 1e200 and −1e200 is too large for a floating-point number"),
        ("Power", [-2.0, 0.5], np.nan, "Power of −2 and 0.5 is not a real number"),
        ("Power", [-2.0, 1 / 3], np.nan, "Power of −2 and 0.3333333333333333 is not a real number"),
    ],
)
def test_numerical_trouble_is_a_sentence_and_a_number(
    kind: str, inputs: list[float], value: float, sentence: str
) -> None:
    nodes = [number(f"x{i}", x) for i, x in enumerate(inputs)]
    graph = graph_of(
        *nodes, op("y", kind), op("z", "Neg"), edges=" ".join([f"x{i}>y:{i}" for i in range(len(inputs))] + ["y>z:0"])
    )
    trace = evaluate(graph)  # warnings are errors in the tests
    found = trace.nodes["y"]
    assert found.data is not None
    np.testing.assert_equal(float(found.data[0]), value)
    assert (found.state, found.message) == ("trouble", sentence)
    assert trace.nodes["z"].message == "what came in is not finite: it comes from y"


def test_a_gradient_that_is_not_finite_is_told() -> None:
    graph = graph_of(number("x", 0.0), number("p", 0.5), op("y", "Power"), edges="x>y:0 p>y:1")
    found = evaluate(graph).nodes["x"]
    assert found.grad == (np.inf,)
    assert found.message == "the gradient is not finite: y (Power) has no finite derivative here"


def test_underflow_is_no_trouble() -> None:
    graph = graph_of(number("x", -1000.0), op("y", "Exp"), edges="x>y:0")
    assert evaluate(graph).nodes["y"].state == "ok"


def test_shapes_that_misfit_are_an_error_of_the_node() -> None:
    graph = graph_of(
        number("x", (1.0, 2.0)), number("w", (1.0, 2.0, 3.0)), op("y", "Add"), op("z", "Neg"), edges="x>y:0 w>y:1 y>z:0"
    )
    trace = evaluate(graph)
    assert trace.nodes["y"].state == "error"
    assert trace.nodes["y"].message == "shapes (2,) and (3,) do not fit together"
    assert trace.nodes["z"].message == "waiting for y"


def test_a_result_that_would_be_too_large_is_refused_before_it_is_computed() -> None:
    column = tuple((float(i),) for i in range(5_000))
    row = tuple(float(i) for i in range(5_000))
    graph = graph_of(number("x", column), number("w", row), op("y", "Mul"), edges="x>y:0 w>y:1")
    tracemalloc.start()
    try:
        message = evaluate(graph).nodes["y"].message
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert message == "the result would have 25000000 elements; the limit is 10000"
    assert peak < 25_000_000  # of the 200 MB that the result would take


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("x = [1, 2]; y = reshape(x, shape=(3,))", "Reshape (shape = (3,)) does not fit shape (2,)"),
        ("x = [1, 2]; y = sum(x, axis=1)", "Sum (axis = 1) does not fit shape (2,)"),
        ("x = 2; y = softmax(x, axis=1)", "Softmax works along an axis, and a single number has none"),
        ("x = [1, 2]; y = transpose(x, axes=(1, 0))", "Transpose (axes = (1, 0)) does not fit shape (2,)"),
        ("x = [1, 2]; y = broadcast_to(x, shape=(2, 3))", "BroadcastTo does not fit shape (2,)"),
        ("x = [1, 2]; w = 3; y = concat(x, w)", "Concat does not fit shapes (2,) and ()"),
        ("x = 2; y = split(x)", "Split works along an axis, and a single number has none"),
        ("x = [1, 2]; y = split(x, n_outputs=3)", "output 3 of 3 would have no elements: shape (0,)"),
        ("x = [1, 2]; w = [[1, 2]]; y = x @ w", "shapes (2,) and (1, 2) cannot be multiplied as matrices"),
        ("y = x @ w", "a single number here; write an array, as [1, 2]"),
        ("x = [1, 2]; y = slice(x, end=3)", "axis 0 of shape (2,) has no elements from 0 to 3"),
        ("x = [1, 2]; y = slice(x, axis=1)", "axis 1 of shape (2,) has no elements from 0 to 1"),
        ("x = [1, 2]; w = [1, 2, 3]; y = dot(x, w)", "shapes (2,) and (3,) differ"),
        ("x = [1, 2]; w = [1, 2, 3]; y = mse(x, w)", "MSE does not fit shapes (2,) and (3,)"),
        ("x = [1, 2]; w = [1, 2, 3]; y = cross_entropy(x, w)", "scores of shape (2,) need targets of the same shape"),
        (
            "x = 2; y = broadcast_to(x, shape=(9999, 9999))",
            "the result would have 99980001 elements",
        ),
    ],
)
def test_shapes_that_do_not_fit_are_told_in_a_sentence(formula: str, sentence: str) -> None:
    graph = graph_of_formula(formula, Graph())
    found = result(evaluate(graph), graph, "y")
    assert found.state == "error"
    assert found.message.startswith(sentence)


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("x = 0; y = x ** -2", "Pow (exponent = −2) of 0 is infinite"),
        ("x = -4; y = x ** 0.5", "Pow (exponent = 0.5) of −4 is not a real number"),
        # Each product is 1e300 · 1e300; none of the entries that came in is at fault by itself.
        ("x = [[1e300, 1]]; w = [[1e300], [1]]; y = x @ w", "MatMul of shapes (1, 2) and (2, 1) is too large"),
        ("x = [1e200, 1]; w = [1, 1]; y = mse(x, w)", "MSE of shapes (2,) and (2,) is too large"),
    ],
)
def test_trouble_of_whole_arrays_is_told_without_numbers_that_are_not_its_own(formula: str, sentence: str) -> None:
    graph = graph_of_formula(formula, Graph())
    found = result(evaluate(graph), graph, "y")
    assert found.state == "trouble"
    assert found.message.startswith(sentence)


def messages(formula: str) -> dict[str, str]:
    graph = graph_of_formula(formula, Graph())
    return {node.name: found.message for node in graph.nodes() if (found := evaluate(graph).nodes[node.id]).message}


def test_each_op_is_told_its_own_trouble() -> None:
    assert messages("x = 0; w = 1000; y = log(x); z = exp(w)") == {
        "y": "Log of 0 is infinite",
        "z": "Exp of 1000 is too large for a floating-point number",
        "w": "the gradient that z (Exp) sends is too large for a floating-point number",
    }


def test_trouble_of_the_data_goes_before_that_of_the_gradient() -> None:
    # z = y², and y.grad = 2y is infinite too.
    assert messages("x = 0; y = log(x); z = y ** 2")["y"] == "Log of 0 is infinite"


def test_who_is_named_twice_is_told_once() -> None:
    told = messages("x = 0; y = log(x); z = y + y")
    assert told["z"] == "what came in is not finite: it comes from y"
    trace = evaluate(built("x=2 a=Add(x,_) b=Mul(a,a) c=Add(_,_)"))
    assert trace.nodes["b"].message == "waiting for a"
    assert trace.nodes["c"].message == "waiting for wires into inputs 1 and 2"


def test_the_first_element_at_fault_is_told() -> None:
    assert messages("x = [2, 0, -1]; y = log(x)")["y"] == "Log of 0 is infinite"


def test_a_gradient_that_was_infinite_before_comes_from_there() -> None:
    graph = graph_of_formula("x = [4, 0]; s0, s1 = split(x, n_outputs=2); y = sqrt(s1)", Graph())
    x, s = (node.id for node in graph.nodes() if node.is_input or node.op == "Split")
    found = evaluate(graph)
    np.testing.assert_array_equal(found.nodes[x].grad[0], [0.0, np.inf])  # type: ignore[arg-type]
    assert found.nodes[x].message == f"the gradient is not finite: it comes from {graph.node(s).name}"


@pytest.mark.parametrize(("rows", "state"), [(100, "ok"), (101, "error")])
def test_a_result_may_be_as_large_as_the_limit(rows: int, state: str) -> None:
    column = tuple((float(i),) for i in range(rows))
    row = tuple(float(i) for i in range(MAX_ELEMENTS // 100))
    graph = graph_of(number("x", column), number("w", row), op("y", "Mul"), edges="x>y:0 w>y:1")
    assert evaluate(graph).nodes["y"].state == state


def test_a_gradient_of_what_is_no_real_number_has_no_meaning() -> None:
    # ln(−2) is no real number, and its rule gives 1/p = −0.5 all the same.
    assert messages("p = -2; y = log(p)") == {
        "y": "Log of −2 is not a real number",
        "p": "the gradient has no meaning: y (Log) is no real number here",
    }
    assert messages("q = 2; p = -q; y = log(p)")["q"] == "the gradient has no meaning: it comes from p"


def test_no_function_is_blamed_where_the_double_overflows() -> None:
    # z = 1e-300 · 1e200 · 1e200 is 1e100, and ∂z/∂x = 1e400 is beyond the doubles.
    told = messages("x = 1e-300; k = 1e200; y = x * k; z = y * k")
    assert told == {"x": "the gradient that y (Mul) sends is too large for a floating-point number"}


def test_a_branch_that_is_not_taken_takes_no_meaning_away() -> None:
    assert "p" not in messages("c = 0; p = -2; l = log(p); b = 3; y = where(c, l, b)")


def test_the_trouble_is_that_of_the_element_that_is_named() -> None:
    # 0 comes first: that −1 has no logarithm is another trouble.
    assert messages("x = [0, -1]; y = log(x)")["y"] == "Log of 0 is infinite"
    assert messages("x = [-1, 0]; y = log(x)")["y"] == "Log of −1 is not a real number"
