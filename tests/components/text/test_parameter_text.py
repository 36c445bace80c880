"""What is said of parameters, and of ops whose derivative is no number to multiply by."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from components.equations import plain_of
from components.panels import steps_of
from components.picture import catalogue, make_picture
from components.text import (
    fill_symbol,
    parameters_beside_symbol,
    parameters_to_edit,
    products_of,
    sliding_parameter,
)
from engine import Function
from engine.document import Graph, Node
from engine.evaluation import evaluate
from engine.formula import graph_of_formula


def told(formula: str) -> list[dict[str, Any]]:
    graph = graph_of_formula(formula, Graph())
    return list(steps_of(graph, evaluate(graph, watched=True))["steps"].values())


def captions(formula: str) -> list[str]:
    return [step["caption"].partition(": ")[2] for step in told(formula)]


def drawn(formula: str, name: str) -> dict[str, Any]:
    graph = graph_of_formula(formula, Graph())
    picture = make_picture(graph, evaluate(graph), local=True)
    return next(node for node in picture["nodes"].values() if node["name"] == name)


@pytest.mark.parametrize(
    ("exponent", "symbol"),
    [(3.0, "x³"), (-2.0, "x⁻²"), (12.0, "x¹²"), (0.5, "x^0.5"), (-0.5, "x^−0.5"), (1e6, "x^1e6")],
)
def test_an_exponent_is_raised_where_there_are_digits_for_it(exponent: float, symbol: str) -> None:
    assert fill_symbol(Function.registry["Pow"].symbol, {"exponent": exponent}) == symbol


@pytest.mark.parametrize(
    ("op", "parameters", "shown", "typed"),
    [
        ("Pow", {"exponent": -0.5}, "", "−0.5"),
        ("Constant", {"value": 2.0}, "", "2"),
        ("LeakyReLU", {"slope": 0.1}, "slope 0.1", "0.1"),
        ("Sum", {}, "axis all", "axis=all, keepdims=no"),
        ("Sum", {"axis": (0, -1), "keepdims": True}, "axis (0, −1), keepdims yes", "axis=(0, −1), keepdims=yes"),
        ("Transpose", {}, "axes none", "none"),
        ("Reshape", {"shape": (2, 3)}, "shape (2, 3)", "(2, 3)"),
        ("Concat", {"n_inputs": 3}, "axis 0", "axis=0, n_inputs=3"),
        ("Square", {}, "", ""),
    ],
)
def test_parameters_are_shown_and_typed_in_the_same_words(op: str, parameters: dict, shown: str, typed: str) -> None:
    node = Node("n1", op, "f", parameters=parameters)
    assert parameters_beside_symbol(node) == shown
    assert (parameters_to_edit(node) if node.parameters else "") == typed


def test_only_the_one_number_of_an_op_can_be_dragged() -> None:
    assert sliding_parameter(Node("n1", "Pow", "f")) == "exponent"
    assert sliding_parameter(Node("n1", "Concat", "f")) == ""
    assert sliding_parameter(Node("n1", None, "x", 1.0)) == ""
    (number,) = Function.registry["Pow"].parameters
    of_two = SimpleNamespace(function=SimpleNamespace(parameters=(number, number)))
    assert sliding_parameter(of_two) == ""  # type: ignore[arg-type]


def test_a_node_shows_its_parameter_beside_the_name_or_below_it() -> None:
    assert drawn("y = x ** 4", "y")["label"].splitlines()[0] == "<b>y</b>  x⁴"
    assert drawn("y = leaky_relu(x, slope=0.1)", "y")["label"].splitlines()[:2] == [
        "<b>y</b>  LeakyReLU",
        "<b><i>slope 0.1</i></b>",
    ]
    assert drawn("k = constant(5); y = k * k", "k")["label"].splitlines()[:2] == ["<b>k</b>  5", "<i>data 5</i>"]
    assert drawn("y = concat(x, z, w)", "y")["ports"] == ["x0", "x1", "x2"]
    assert "ports" not in drawn("y = concat(x, z)", "y")


def test_the_palette_shows_defaults_filled_in() -> None:
    symbols = {entry["op"]: entry["symbol"] for group in catalogue() for entry in group["ops"]}
    assert (symbols["Pow"], symbols["Constant"]) == ("x³", "2")
    assert not any("{" in symbol for symbol in symbols.values())


def test_the_parameter_stands_for_c_in_the_rule() -> None:
    pow_, _, back = (step["spoken"] for step in told("x = 2; y = x ** 3"))
    assert pow_ == ["y = x³ = 2³ = 8"]
    # 3 · 2² = 12
    assert back == ["x.grad = y.grad · 3x^(3 − 1) = 1 × 3 × 2^(3 − 1) = 12"]


def test_no_exponent_is_rounded() -> None:
    assert fill_symbol("x^{exponent}", {"exponent": 2.00001}) == "x^2.00001"
    assert fill_symbol("x^{exponent}", {"exponent": -2.0}) == "x⁻²"
    assert fill_symbol("{value}", {"value": 1 / 3}) == "0.3333"


def test_what_is_edited_is_not_rounded() -> None:
    third = Node("k", "Constant", "k", parameters={"value": 1 / 3})
    assert parameters_to_edit(third) == "0.3333333333333333"


def test_a_constant_has_no_inputs_and_sends_nothing() -> None:
    found = captions("x = 3; y = 2 * x")
    assert "Constant gives a = 2." in found
    assert "Constant has no inputs: what has come to a ends here." in found


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        # 3 + 4 and 3 − 4 for W = (1, −1) on rows (1, 2) and (3, 4): W.grad is the sum of the rows.
        (
            "x = [[1, 2], [3, 4]]; w = [1, -1]; y = x @ w",
            "MatMul sends x.grad = [[1, −1], [1, …]] (2, 2) and w.grad = [4, 6] (2,), "
            "by its rule from y.grad = [1, 1] (2,).",
        ),
        (
            "x = [1, 2, 3]; y = mean(x)",
            "Mean sends x.grad ≈ [0.3333, 0.3333, 0.3333] (3,), by its rule from y.grad = 1.",
        ),
        ("x = 5; y = sum(x)", "Sum sends x.grad = 1 × 1 = 1."),
    ],
)
def test_no_product_is_told_of_an_op_that_mixes_elements(formula: str, sentence: str) -> None:
    assert captions(formula)[-1] == sentence


def test_rules_of_arrays_are_told_by_shapes() -> None:
    forward, _, back = (step["spoken"] for step in told("x = [1, 2, 3]; y = sum(x)"))
    assert forward == ["y = Σ[all entries] x = 1 + 2 + 3 = 6"]
    assert back == ["x.grad = y.grad (repeated to shape (3,)) = [1, 1, 1] (3,)"]


def formulas(formula: str, name: str) -> list[str]:
    """Return what a node's turn backward sends, as text."""
    graph = graph_of_formula(formula, Graph())
    node = graph.node_named(name)
    assert node is not None
    return [plain_of(each) for each in products_of(graph, evaluate(graph, watched=True), node.id)]


def test_the_gradient_of_what_was_repeated_is_told_as_a_sum() -> None:
    # y = Σ (a + b)²: a's first entry gets 2 × 15, b the sum 2 × 15 + 2 × 33 of all.
    a, b = formulas("a = [14, 32]; b = 1; c = a + b; y = sum(c ** 2)", "c")
    assert a == "a.grad = c.grad · 1 = [30, 66] (2,); first entry: 30 × 1 = 30"
    assert b == "b.grad = Σ[all entries] c.grad · 1 = 30 × 1 + 66 × 1 = 96"


def test_a_matrix_product_is_told_in_the_names_of_the_graph() -> None:
    W, x = formulas("W = [[1, 2], [3, 4]]; x = [5, 6]; a = W @ x; y = sum(a)", "a")
    assert W == "W.grad = a.grad · xᵀ = [[5, 6], [5, …]] (2, 2); first entry: 1 × 5 = 5"
    assert x == "x.grad = Wᵀ · a.grad = [4, 6] (2,); first entry: 1 × 1 + 3 × 1 = 4"


def test_wires_into_an_op_that_mixes_elements_carry_no_factor() -> None:
    graph = graph_of_formula("x = [1, 2, 3]; y = sum(x ** 2)", Graph())
    edges = make_picture(graph, evaluate(graph), local=True)["edges"].values()
    assert sorted(edge.get("local", "") for edge in edges) == ["", "×[2, 4, 6] (3,)"]
