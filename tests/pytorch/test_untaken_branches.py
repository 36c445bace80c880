"""A branch that was not taken: where PyTorch gives the number it is PyTorch's, and where it gives nan a closed form."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.document import Graph
from engine.evaluation import evaluate
from engine.explain import lost_gradients, text_of, torch_script
from engine.formula import graph_of_formula
from tests.engine.explain.scripts_run import ran

SAME = [
    "c = 1; x = 2; z = -3; y = where(c, x * z, log(x))",
    "c = [0, 1, 0]; x = [1, 2, 3]; y = where(c, sqrt(x), x * x)",
    "c = 0; x = -2; y = where(c, log(x), x * x)",  # 0 / −2 is a number
    "c = 1; x = 1000; y = where(c, x, relu(x))",
    "x = -1; y = sqrt(relu(x))",
    "x = [-1, 4]; y = log(relu(x))",
    "x = [1, 2]; z = [2, 2]; y = sqrt(max(x, z))",
    "x = [1, 2, 3]; y = log(clip(x, x_min=2, x_max=2.5))",
    "x = [1, 3, 3]; y = sqrt(largest(x))",
    "x = 0; y = sqrt(x) ** 2",  # the chain rule has no answer: nan in both
    "x = 0; y = sqrt(x * x)",
    "c = 1; x = 0; y = where(c, sqrt(x) ** 2, x)",
]
OTHERS = [  # formula, what PyTorch makes of x.grad, and what it is
    ("c = 0; x = 0; y = where(c, sqrt(x), x)", np.nan, 1.0),
    ("c = 0; x = 0; y = where(c, log(x), x * x)", np.nan, 0.0),
    ("c = 0; x = -1; y = where(c, sqrt(x), x)", np.nan, 1.0),
    ("c = 0; x = 0; y = where(c, 1 / x, 3 * x)", np.nan, 3.0),
    ("c = 0; x = 1000; y = where(c, exp(exp(x)), x)", np.nan, 1.0),
    ("c = [0, 1]; x = [0, 4]; y = where(c, sqrt(x), x)", [np.nan, 0.25], [1.0, 0.25]),
    ("x = [0, 4]; y = slice(sqrt(x), start=1, end=2)", [np.nan, 0.25], [0.0, 0.25]),
    ("x = [0, 4]; y = largest(sqrt(x))", [np.nan, 0.25], [0.0, 0.25]),
    ("x = 0; z = 3; y = max(sqrt(x), z)", np.nan, 0.0),
    ("x = 0; y = relu(sqrt(x) - 1)", np.nan, 0.0),
    ("x = 0; y = clip(sqrt(x), x_min=1, x_max=2)", np.nan, 0.0),
    ("x = 0; a = sqrt(x * x); y = where(0, a, x)", np.nan, 1.0),
]


def both(formula: str) -> tuple[Any, Any, list[str], str]:
    """Return x.grad of PyTorch, x.grad of the engine, the gradients that are told to be lost, and PyTorch's script."""
    graph = graph_of_formula(formula, Graph())
    with np.errstate(all="ignore"):
        trace = evaluate(graph)
    (x,) = [node.id for node in graph.nodes() if node.name == "x"]
    script = text_of(torch_script(graph, trace))
    lost = [graph.node(each).name for each in lost_gradients(graph, trace)]
    return ran(script)["x"].grad.numpy(), trace.nodes[x].grad[0], lost, script


@pytest.mark.parametrize("formula", SAME)
def test_where_pytorch_gives_a_number_it_is_that(formula: str) -> None:
    theirs, ours, lost, _ = both(formula)
    np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    assert lost == []


@pytest.mark.parametrize(("formula", "theirs", "ours"), OTHERS)
def test_where_pytorch_gives_nan_its_script_says_so(formula: str, theirs: Any, ours: Any) -> None:
    found = both(formula)
    np.testing.assert_array_equal(found[0], theirs)
    np.testing.assert_array_equal(found[1], ours)
    assert "x" in found[2]
    assert "# PyTorch multiplies the 0 of a branch not taken by ∞, which makes nan of" in found[3]
