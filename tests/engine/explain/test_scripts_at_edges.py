"""Book script and program give the page's numbers for every op and parameter, also where numbers are inf or nan."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from engine.document import Graph, Node
from engine.evaluation import Trace, evaluate
from engine.explain import book_script, program_script, text_of, torch_script
from engine.formula import graph_of_formula
from engine.replay import compile_graph
from tests.engine.built import built
from tests.engine.explain.scripts_run import assert_same_numbers, ran
from tools.fuzz.graphs import drawn_graph


def ran_quietly(text: str) -> dict[str, Any]:
    """Run a script; what NumPy warns of is told on the page."""
    with np.errstate(all="ignore"):
        return ran(text)


def assert_program_gives(graph: Graph, trace: Trace) -> None:
    lines = compile_graph(graph).lines
    names = ran_quietly(text_of(program_script(graph, trace)))
    for (node_id, output), name in lines.data.items():
        found, grad = trace.nodes[node_id], lines.grads[node_id, output]
        assert found.data is not None
        np.testing.assert_allclose(names[name], found.data[output], rtol=1e-9, err_msg=name)
        assert (grad is None) == (found.grad[output] is None)
        if grad is not None:
            np.testing.assert_allclose(names[grad], found.grad[output], rtol=1e-9, err_msg=grad)


@pytest.mark.parametrize("seed", range(12))
def test_the_books_script_gives_the_numbers_at_the_edges(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(20):
        graph = drawn_graph(chance)
        trace = evaluate(graph)
        assert_same_numbers_of_what_is_computed(ran_quietly(text_of(book_script(graph, trace))), graph, trace)


def assert_same_numbers_of_what_is_computed(names: dict[str, Any], graph: Graph, trace: Trace) -> None:
    computed = [node for node in graph.nodes() if trace.nodes[node.id].data is not None]
    kept = {node.id for node in computed}
    edges = [edge for edge in graph.edges() if edge.source in kept and edge.target in kept]
    assert_same_numbers(names, Graph.of(computed, edges), trace)


@pytest.mark.parametrize("seed", range(12))
def test_the_program_gives_the_numbers_at_the_edges(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(20):
        graph = drawn_graph(chance)
        assert_program_gives(graph, evaluate(graph))


@pytest.mark.parametrize(
    "words",
    [
        "x=-1 y=ReLU(x) z=Sqrt(y)",
        "x=0 y=Log(x)",
        "x=-2 y=Log(x)",
        "x=0 one=1 y=Div(one,x)",
        "x=0 y=Square(x) z=Div(y,x)",
        "x=710 y=Exp(x)",
        "x=800 y=Exp(x)",
        "x=800 y=Softplus(x)",
        "x=1e200 y=Square(x) z=Square(y)",
        "x=0 p=-1 y=Power(x,p)",
        "x=-2 p=0.5 y=Power(x,p)",
        "x=1e300 y=Sin(x)",
        "x=1e-200 y=Square(x) one=1 z=Div(one,y)",
    ],
)
def test_where_pythons_floats_raise_an_error_the_program_is_numpys(words: str) -> None:
    graph = built(words)
    assert_program_gives(graph, evaluate(graph))


@pytest.mark.parametrize(
    "formula",
    [
        "c = 0; x = 0; y = where(c, sqrt(x), x)",
        "c = 1; x = 0; y = where(c, sqrt(x) ** 2, x)",
        "c = [0, 1]; x = [0, 4]; y = where(c, sqrt(x), x * x)",
        "x = [0, 4]; y = slice(sqrt(x), start=1, end=2)",
        "x = [0, 4]; y = largest(sqrt(x))",
        "x = [0, 4]; a, b = split(sqrt(x)); y = sum(b)",
        "x = 0; z = 3; y = log(max(sqrt(x), z))",
        "c = [[1, 0], [0, 0]]; x = [[1, 2], [3, 4]]; w = [[1, 0], [2, 0]]; y = where(c, x @ (1 / w), x)",
        "c = [1, 0]; v = 2; w = [3, 0]; y = where(c, v / w, w)",
    ],
)
def test_what_was_not_taken_is_0_in_the_program_too(formula: str) -> None:
    graph = graph_of_formula(formula, Graph())
    trace = evaluate(graph)
    assert_program_gives(graph, trace)
    assert_same_numbers_of_what_is_computed(ran_quietly(text_of(book_script(graph, trace))), graph, trace)


def test_the_scripts_say_what_becomes_of_a_branch_that_was_not_taken() -> None:
    graph = graph_of_formula("c = 0; x = 0; y = where(c, sqrt(x), x)", Graph())
    trace = evaluate(graph)
    program, torch = text_of(program_script(graph, trace)), text_of(torch_script(graph, trace))
    assert "gx = gx + np.where(no_ga, 0.0, ga / (2.0 * a))" in program
    assert "# no_gx tells where nothing comes back to x: 0 · ∞ is 0 there." in program
    assert "# PyTorch multiplies the 0 of a branch not taken by ∞, which makes nan of x.grad; here it stays 0." in torch
    assert "no_" not in text_of(program_script(built("x=1 y=ReLU(x)"), evaluate(built("x=1 y=ReLU(x)"))))


@pytest.mark.parametrize("formula", ["y = 1 / constant(0) * x", "x = 0; y = [1, 2] / x", "y = x * exp(constant(1000))"])
def test_constants_and_numbers_beside_arrays_do_not_raise_an_error_either(formula: str) -> None:
    graph = graph_of_formula(formula, Graph())
    assert_program_gives(graph, evaluate(graph))


def test_the_program_says_why_it_is_numpys() -> None:
    graph = built("x=0 y=Sqrt(x)")
    text = text_of(program_script(graph, evaluate(graph)))
    assert 'np.seterr(all="ignore")  # NumPy gives inf or nan where Python\'s floats raise an error.' in text
    assert "x = np.float64(0.0)" in text
    assert "np." not in text_of(program_script(built("x=1 y=Sqrt(x)"), evaluate(built("x=1 y=Sqrt(x)"))))


CONDITION = "# PyTorch leaves the gradient of a condition at None; the playground shows 0."
EXPONENT = "# At a base of 0 and an exponent below 0, PyTorch's gradient of the exponent is −inf; here it is nan."


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("x = 800; y = softplus(x)", "y = torch.logaddexp(x, torch.zeros_like(x))"),
        ("x = [1000, 0]; y = log_sum_exp(x)", "y = torch.logsumexp(x, dim=(0,), keepdim=False)"),
        ("x = [1, 2]; y = split(x, n_outputs=1)", "(y,) = torch.tensor_split(x, 1, dim=0)"),
        ("tuple = [[1, 2]]; y = transpose(tuple)", "y = torch.permute(tuple, (1, 0))"),
        ("x = [1, 2]; y = sum(x, axis=())", "y = x.clone()"),
        ("c = 1; x = 2; z = 3; y = where(c, x, z)", CONDITION),
        ("x = 0; p = -1; y = x ** p", EXPONENT),
    ],
)
def test_pytorchs_script_is_written_in_its_own_words(formula: str, line: str) -> None:
    graph = graph_of_formula(formula, Graph())
    assert line in text_of(torch_script(graph, evaluate(graph))).splitlines()


def test_no_convention_is_told_where_it_does_not_matter() -> None:
    graph = Graph.of([Node("x", None, "x", 2.0), Node("p", None, "p", -1.0)], [])
    assert "#" not in text_of(torch_script(graph, evaluate(graph)))
    graph = graph_of_formula("x = [1, 2]; p = 3; y = x ** p + log_sum_exp(x)", Graph())
    assert "#" not in text_of(torch_script(graph, evaluate(graph)))
