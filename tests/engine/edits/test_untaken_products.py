"""What is drawn of a gradient gives the sweep's numbers also behind a branch that was not taken."""

from __future__ import annotations

import numpy as np
import pytest

from engine.document import Graph, from_json, to_json
from engine.edits import SetValue, apply, with_gradient
from engine.evaluation import evaluate
from engine.formula import graph_of_formula

# A function, where it is differentiated, and its first and second derivative there: what is not taken gives 0.
UNTAKEN = {
    "Sqrt before ReLU": ("relu(sqrt(x) - 1)", 0.0, 0.0, 0.0),
    "ReLU before Sqrt": ("sqrt(relu(x))", -1.0, 0.0, 0.0),
    "Log before Max": ("max(log(x), -3)", 0.0, 0.0, 0.0),
    "Log of ReLU": ("log(relu(x)) + x ** 2", -2.0, -4.0, 2.0),
    "a reciprocal before Min": ("min(1 / x ** 2, 3)", 0.0, 0.0, 0.0),
    "Power before Where": ("where(0, x ** -0.5, x ** 3)", 0.0, 0.0, 0.0),
    "Clip": ("clip(tan(x) / x, 2, 3) + x ** 3", 0.0, 0.0, 0.0),
    "two in a chain": ("relu(sqrt(relu(x)) - 1)", -4.0, 0.0, 0.0),
    "LeakyReLU without a slope": ("leaky_relu(sqrt(x) - 1, slope=0)", 0.0, 0.0, 0.0),
    "what is taken": ("relu(sqrt(x) - 1)", 4.0, 1 / 4, -1 / 32),
    "an honest 0 · ∞": ("sqrt(x) ** 2", 0.0, np.nan, np.nan),
    "array by places": ("sum(sqrt(relu(x)))", [-1.0, 4.0], [0.0, 1 / 4], [0.0, -1 / 32]),
    "a product by places": ("sum(relu(sqrt(x) - 1))", [0.0, 0.25, 4.0], [0.0, 0.0, 1 / 4], [0.0, 0.0, -1 / 32]),
    "a matrix": ("sum(relu(log([[1, 2], [3, 4]] @ x)))", [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]),
}


def of(text: str, x: object) -> Graph:
    return graph_of_formula(f"x = {x}\nz = {text}", Graph())


def at(graph: Graph, name: str = "x") -> str:
    return next(node.id for node in graph.nodes() if node.name == name)


def output_of(graph: Graph) -> np.ndarray:
    trace = evaluate(graph)
    assert trace.output is not None
    data = trace.nodes[trace.output[0]].data
    assert data is not None
    return data[trace.output[1]]


@pytest.mark.parametrize("name", UNTAKEN)
def test_first_and_second_derivatives_are_drawn_as_they_are(name: str) -> None:
    text, x, first, second = UNTAKEN[name]
    graph = of(text, x)
    for expected in (first, second):
        assert np.allclose(evaluate(graph).nodes[at(graph)].grad[0], expected, equal_nan=True)  # type: ignore[arg-type]
        graph = with_gradient(graph, (at(graph), 0))
        assert np.allclose(output_of(graph), expected, equal_nan=True)
        assert np.allclose(output_of(from_json(to_json(graph))), expected, equal_nan=True)


def test_a_row_that_is_not_taken_takes_nothing_from_the_others() -> None:
    # log(d) is [[−∞, 0], [1, 2]]: of the products with w = [1, 1], −∞ and 3, relu takes the second.
    graph = graph_of_formula(f"d = [[0, 1], [{np.e}, {np.e**2}]]\nw = [1, 1]\nz = sum(relu(log(d) @ w))", Graph())
    drawn = with_gradient(graph, (at(graph, "w"), 0))
    assert output_of(drawn) == pytest.approx(np.array([1, 2]))


def test_it_stays_right_where_other_values_make_what_was_not_taken_infinite() -> None:
    drawn = with_gradient(of("relu(sqrt(x) - 1) + relu(3 / x - 100)", 0.25), ("n1", 0))
    for x in (0.25, 0.5, 0.0):
        assert output_of(apply(drawn, SetValue(node=at(drawn), value=x))) == 0


def test_products_with_what_is_finite_anyway_are_drawn_as_they_are() -> None:
    ops = [node.op for node in with_gradient(of("relu(x ** 2 - 5)", 1.0), ("n1", 0)).nodes()]
    assert ops.count("Where") == 1  # that of ReLU's own rule
