"""What is pasted in NumPy's words gives NumPy's numbers, or is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.document import Graph
from engine.errors import FormulaError
from engine.evaluation import evaluate
from engine.formula import graph_of_formula
from tools.fuzz.numpy_expressions import compare, graph_says


@pytest.mark.parametrize("seed", range(20))
def test_an_expression_means_what_numpy_means_or_is_refused(seed: int) -> None:
    assert compare(seed, 50) is None


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("np.dot(C, C)", [[4, 1], [0, 1]]),
        ("C.dot(C)", [[4, 1], [0, 1]]),
        ("np.dot(u, v)", -6.5),
        ("np.dot(s, u)", [1.5, -3, 4.5]),
        ("np.stack([u, v])", [[1, -2, 3], [0.5, 2, -1]]),
        ("np.stack([u, v], axis=1)", [[1, 0.5], [-2, 2], [3, -1]]),
        ("np.vstack([u, v])", [[1, -2, 3], [0.5, 2, -1]]),
        ("np.vstack([A, u])", [[1, 2, 3], [4, -5, 6], [1, -2, 3]]),
        ("np.hstack([u, s, v])", [1, -2, 3, 1.5, 0.5, 2, -1]),
        ("np.hstack([C, C])", [[2, 1, 2, 1], [0, -1, 0, -1]]),
        ("np.column_stack([u, v])", [[1, 0.5], [-2, 2], [3, -1]]),
        ("np.split(C, 2)[0][0][1]", 1),
        ("(np.split(C[:, 0], 2)[0])[-1]", 2),
        ("np.asarray(np.split(C, 2)[0])[0]", [2, 1]),
        ("np.split(C, 2)[0] - np.split(C, 2)[1]", [[2, 2]]),
        ("np.outer(u, C)", [[2, 1, 0, -1], [-4, -2, 0, 2], [6, 3, 0, -3]]),
        ("C.T", [[2, 0], [1, -1]]),
        ("A.sum()", 11),
        ("A.sum(0)", [5, -3, 9]),
        ("A.mean(axis=1, keepdims=True)", [[2], [5 / 3]]),
        ("A[0]", [1, 2, 3]),
        ("A[-1, 1]", -5),
        ("A[:, 1:]", [[2, 3], [-5, 6]]),
        ("u[None]", [[1, -2, 3]]),
        ("T[..., 0]", [[1, 3], [5, 7]]),
        ("np.pi * s", 1.5 * 3.141592653589793),
        ("np.concatenate([u, v], 0)", [1, -2, 3, 0.5, 2, -1]),
        ("np.concatenate((u, v))", [1, -2, 3, 0.5, 2, -1]),
        ("u.reshape(3, 1)", [[1], [-2], [3]]),
        ("T.transpose(1, 0, 2)", [[[1, 2], [5, 6]], [[3, 4], [7, 8]]]),
        ("np.where(u > 0, u, 0.5 * u)", [1, -1, 3]),
        ("np.clip(u, -1, 2)", [1, -1, 2]),
        ("np.expand_dims(u, 1)", [[1], [-2], [3]]),
        ("np.array([s, t])", [1.5, -0.5]),
        ("np.arange(3) * u", [0, -2, 6]),
        ("np.vdot(C, C)", 6),
        ("np.repeat(u, 2)", [1, 1, -2, -2, 3, 3]),
        ("np.repeat(A, 2, axis=1)", [[1, 1, 2, 2, 3, 3], [4, 4, -5, -5, 6, 6]]),
        ("np.repeat(u, [1, 2, 0])", [1, -2, -2]),
        ("np.tile(u, 2)", [1, -2, 3, 1, -2, 3]),
        ("np.tile(u,(2,1,2))", [[[1, -2, 3, 1, -2, 3]]] * 2),
        ("np.tile(C, (2, 1))", [[2, 1], [0, -1], [2, 1], [0, -1]]),
        ("np.dot(C, T)", [[[5, 8], [17, 20]], [[-3, -4], [-7, -8]]]),
        ("np.inner(C, C)", [[5, -1], [-1, 1]]),
        ("np.tensordot(C, C)", 6),
        ("np.tensordot(T, C, axes=(0, 1))", [[[7, -5], [10, -6]], [[13, -7], [16, -8]]]),
        ("np.amax(A, 1)", [3, 6]),
        ("u.std()", (114 / 27) ** 0.5),
        ("np.var(A, axis=1, ddof=1)", [1, 103 / 3]),
        ("np.linalg.norm(A, axis=0)", [17**0.5, 29**0.5, 45**0.5]),
        ("u[::2]", [1, 3]),
        ("A[:, ::-1]", [[3, 2, 1], [6, -5, 4]]),
        ("A[:, [2, 0]]", [[3, 1], [6, 4]]),
        ("np.take(A, 3)", 4),
        ("math.log(s, 10)", np.log10(1.5)),
        ("np.logaddexp(u, s)", np.log(np.exp([1, -2, 3]) + np.exp(1.5))),
        ("s^2 + 1", 3.25),
        ("2^-s^2", 2**-2.25),
    ],
)
def test_numpys_words_are_known(expression: str, value: Any) -> None:
    np.testing.assert_allclose(graph_says(expression), value, rtol=1e-12)


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("np.prod(u)", "There is no op named “np.prod”"),
        ("np.vstack(u)", r"vstack takes its inputs as one list, such as \[x, z\]\."),
        ("np.hstack([u, v], axis=1)", "“axis” has no meaning here"),
        ("stack(u, v)", r"Write np\.stack\(\[x, z\]\)\."),
        ("np.leaky_relu(u)", "There is no op named “np.leaky_relu”"),
        ("np.log2(u)", r"Write log\(x\) / log\(2\)\."),
        ("np.sum(u, 0, float)", "Sum has nothing for what stands here"),
        ("np.sort(u)", "There is no op named “np.sort”"),
        ("np.array([1.5, 2.0], dtype=int) * s", "floating-point numbers"),
        ("np.linalg.norm(u, 1)", "only the root of the sum of squares"),
        ("np.linalg.norm(A, 2)", "only the root of the sum of squares"),
        ("np.tensordot(u, C, axes=(0, 2))", "no such axis"),
        ("np.inner(u, C)", r"The shapes \(3,\) and \(2, 2\) do not fit together here"),
        ("A[0, [0, 1]]", "alone a list"),
        ("np.sum(u, where=v)", "Sum has no parameter “where”"),
        ("u[5]", "There is no element 5: this axis has 3"),
        ("u[0, 0]", "more indices than axes"),
        ("u[v]", "An index is a whole number, a part"),
        ("u > 0", "A comparison has no meaning"),
        ("np.random.rand(3)", r"Write random\(2, 3, seed=1\)\."),
        ("np.zeros((1000, 1000))", "The array has 1000000 elements; the limit is 10000"),
        ("u.astype(int)", "floating-point numbers"),
        ("u.grad", "cannot stand in the graph"),
        ("F.leaky_relu(u)", "another function in DeZero than in PyTorch"),
    ],
)
def test_what_no_op_means_is_refused_with_what_to_write(expression: str, sentence: str) -> None:
    with pytest.raises(FormulaError, match=sentence):
        graph_says(expression)


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["q = np.split(x, 2)", "r = q[0][1]"], 2),
        (["q = np.split(x, 2)", "r = q[1][0] + q[0][1]"], 5),
        (["q = np.split(x, 2)", "q = q[1]", "r = q[0]"], 3),
        (["q = np.asarray(np.split(x, 2)[0])", "r = q[1]"], 2),
        (["def f(v):", "    return np.split(v, 2)[0]", "r = f(x)[1]"], 2),
        (["def f(v):", "    a, b = np.split(v, 2)", "    return a", "r = f(x)[1]"], 2),
        # A name in a function is its own, at every call.
        (["def f(v):", "    q = np.split(v, 2)", "    return q[1]", "a = f(x)", "b = f(2 * x)", "r = a + b"], [9, 12]),
        (["def f(q):", "    return q[1]", "q = np.split(x, 2)", "r = f(q[0]) * q[1]"], [6, 8]),
    ],
)
def test_an_output_that_was_chosen_is_an_array_and_indexed_as_one(lines: list[str], value: Any) -> None:
    script = "\n".join(["import numpy as np", "x = np.array([1.0, 2.0, 3.0, 4.0])", *lines])
    numpy_says: dict[str, Any] = {}
    exec(script, numpy_says)
    np.testing.assert_array_equal(numpy_says["r"], value)
    graph = graph_of_formula(script, Graph())
    node = graph.node_named("r")
    assert node is not None
    np.testing.assert_array_equal(evaluate(graph).nodes[node.id].data, [value])
