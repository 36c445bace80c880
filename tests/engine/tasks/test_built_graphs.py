"""What somebody built is checked by its numbers: other wires that compute the same are right."""

from __future__ import annotations

import pytest

from engine.document import Graph
from engine.formula import graph_of_formula
from engine.tasks import BuiltVerdict, compare_built


def graph_of(formula: str) -> Graph:
    return graph_of_formula(formula, Graph.of([], []))


@pytest.mark.parametrize(
    ("built", "wanted", "verdict"),
    [
        ("y = a*b*(a + b)", "z = a**2*b + a*b**2", "right"),
        ("y = a*b", "y = a*b*(a + b)", "other numbers"),
        ("y = x**2", "y = x*abs(x)", "other numbers"),  # the same for positive numbers
        ("y = abs(a*b)", "y = a*b", "other numbers"),  # the same where both have one sign
        ("y = log(x)", "y = log(x)", "right"),  # where there is one
        ("y = a*c", "y = a*b", "other inputs"),
        ("y = a*b\nz = a+b", "y = a*b", "no output"),
        ("y = a*b + 1e-3", "y = a*b", "other numbers"),
    ],
)
def test_graphs_are_compared_by_their_numbers(built: str, wanted: str, verdict: BuiltVerdict) -> None:
    assert compare_built(graph_of(built), graph_of(wanted)) == verdict


def test_an_empty_canvas_computes_nothing() -> None:
    assert compare_built(Graph.of([], []), graph_of("y = a*b")) == "no output"


def test_an_input_that_nothing_needs_does_no_harm() -> None:
    graph = graph_of("y = a*b\nz = a*c")
    y = graph.node_named("y")
    assert y is not None
    assert compare_built(graph.with_output((y.id, 0)), graph_of("y = a*b")) == "right"


def test_shapes_have_to_agree() -> None:
    vector = graph_of("x = [1, 2]\ny = x**2")
    assert compare_built(vector, vector) == "right"
    assert compare_built(graph_of("y = x**2"), vector) == "other inputs"
    assert compare_built(graph_of("x = [1, 2]\ny = sum(x**2)"), vector) == "other numbers"
