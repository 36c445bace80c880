"""PyTorch scripts of random documents, edges included: they run, and give the page's numbers.

Where PyTorch decides otherwise the script says so in a comment. `CONVENTIONS` lists what may differ, and nothing else
may: what is computed from such a number is not compared, either.
"""

from __future__ import annotations

import random
import warnings
from typing import Any

import networkx as nx
import numpy as np
import pytest

from engine.document import Graph
from engine.evaluation import Trace, evaluate
from engine.explain import CONVENTIONS, lost_gradients, text_of, told_conventions, torch_script
from engine.formula import graph_of_formula
from tests.engine.explain.scripts_run import ran
from tools.fuzz.graphs import drawn_graph

# Products that overflow on the way round differ in the order in which the libraries multiply.
LARGE, SMALL = 1e100, 1e-100


def differences(graph: Graph, trace: Trace) -> list[str]:
    """Return where PyTorch's numbers are others, but for those that a convention tells of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of numbers that overflow, and of gradients that nobody keeps
        names = ran(text_of(torch_script(graph, trace)))
        grads = {name: each.grad for name, each in names.items() if hasattr(each, "retain_grad")}
    told = [node.id for node in graph.nodes() if told_conventions(graph, trace, node)]
    told += lost_gradients(graph, trace)
    touched = {each for node in told for each in (node, *nx.ancestors(graph.network, node))}
    changed = {each for node in told for each in (node, *nx.descendants(graph.network, node))}
    changed |= {each for node in changed for each in nx.ancestors(graph.network, node)}
    found: list[str] = []
    for node in graph.nodes():
        data = trace.nodes[node.id].data
        for output in range(node.n_outputs):
            name = node.name if node.n_outputs == 1 else f"{node.name}_{node.output_names[output]}"
            variable = names.get(name)
            if variable is None or data is None or node.id in touched | changed:
                continue
            if not same(variable.detach().numpy(), data[output]):
                found.append(f"{name}: {variable} and {data[output]}")
            grad = trace.nodes[node.id].grad[output]
            theirs = grads[name]
            if theirs is not None and (grad is None or not same(theirs.numpy(), grad)):
                found.append(f"{name}.grad: {theirs} and {grad}")
            if theirs is None and node.is_input and grad is not None:
                found.append(f"{name}.grad: None and {grad}")
    return found


def same(one: Any, other: Any) -> bool:
    """Return whether numbers agree; those that are about to overflow or vanish may do so in one library alone."""
    one, other = np.asarray(one), np.asarray(other)
    if one.shape != other.shape:
        return False
    # 1 − tanh² is a difference of nearly equal numbers: what is lost there is lost in both, and not the same.
    if np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True):
        return True
    extreme = [~np.isfinite(each) | (np.abs(each) > LARGE) | (np.abs(each) < SMALL) for each in (one, other)]
    return bool(np.all(np.isclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True) | extreme[0] | extreme[1]))


@pytest.mark.parametrize("seed", range(30))
def test_pytorch_runs_any_document_and_gives_its_numbers(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(20):
        graph = drawn_graph(chance)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a mean of nothing
            trace = evaluate(graph)
        assert differences(graph, trace) == []


@pytest.mark.parametrize(
    ("formula", "name", "pytorch", "ours"),
    [
        ("c = 1; x = 2; z = 3; y = where(c, x, z)", "c", None, 0.0),
        ("x = 0; p = -1; y = x ** p", "p", -np.inf, np.nan),
        ("x = -0.0; y = pow(x, exponent=0.5)", "x", -np.inf, np.inf),
        ("x = [1e200, 1e200]; y = log_sum_exp(x)", "x", [1.0, 1.0], [0.5, 0.5]),
    ],
    ids=[each.op for each in CONVENTIONS],
)
def test_every_convention_that_is_told_is_one(formula: str, name: str, pytorch: Any, ours: Any) -> None:
    graph = graph_of_formula(formula, Graph())
    trace = evaluate(graph)
    (node,) = [each for each in graph.nodes() if each.name == name]
    assert [line for each in graph.nodes() for line in told_conventions(graph, trace, each)]
    found = ran(text_of(torch_script(graph, trace)))[name].grad
    np.testing.assert_equal(None if found is None else found.numpy(), pytorch)
    np.testing.assert_equal(trace.nodes[node.id].grad[0], ours)
