"""Expressions in NumPy's words at random: NumPy itself evaluates them, and the graph gives its numbers or refuses."""

from __future__ import annotations

import math
import random
import warnings
from typing import Any

import numpy as np

from engine.document import Graph
from engine.errors import FormulaError
from engine.evaluation import evaluate
from engine.formula import graph_of_formula
from tools.fuzz.failure import Failure

VALUES: dict[str, Any] = {
    "s": 1.5,
    "t": -0.5,
    "u": [1.0, -2.0, 3.0],
    "v": [0.5, 2.0, -1.0],
    "A": [[1.0, 2.0, 3.0], [4.0, -5.0, 6.0]],
    "B": [[0.5, 1.0], [-1.5, 2.0], [3.0, 0.25]],
    "C": [[2.0, 1.0], [0.0, -1.0]],
    "T": [[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]],
}
"""The inputs of every expression: numbers, vectors, matrices that can be multiplied, and one array of three axes."""
GIVEN = "; ".join(f"{name} = {value}" for name, value in VALUES.items())

_UNARY = [
    "exp",
    "log",
    "sin",
    "cos",
    "tan",
    "tanh",
    "sqrt",
    "square",
    "abs",
    "absolute",
    "fabs",
    "negative",
    "positive",
    "log2",
    "log1p",
    "sinh",
    "sign",
    "floor",
]
_BINARY = [
    "add",
    "subtract",
    "multiply",
    "divide",
    "true_divide",
    "maximum",
    "minimum",
    "power",
    "float_power",
    "matmul",
    "dot",
    "inner",
    "vdot",
    "outer",
]
_REDUCING = [
    "sum",
    "mean",
    "max",
    "min",
    "amax",
    "amin",
    "average",
    "prod",
    "var",
    "std",
    "median",
    "cumsum",
    "sort",
    "ravel",
    "squeeze",
    "argmax",
]
_METHODS = [
    "sum()",
    "mean()",
    "max()",
    "min()",
    "T",
    "ravel()",
    "flatten()",
    "squeeze()",
    "copy()",
    "sum(0)",
    "mean(-1)",
    "sum(axis=1)",
    "dot(C)",
    "transpose()",
    "std()",
    "var(0)",
    "repeat(2)",
    "take(-1)",
]
_INDICES = [
    "0",
    "-1",
    "1:",
    ":2",
    "...",
    "0, 1",
    ":, 0",
    "..., -1",
    "None",
    "::2",
    "np.newaxis, 0",
    "5",
    "[0, 1]",
    "0:0",
    "::-1",
    ":, [1, 0]",
    "0, [1, 0]",
]
_SHAPED = [
    "np.stack([{x}, {y}])",
    "np.stack([{x}, {y}], axis=-1)",
    "np.concatenate([{x}, {y}])",
    "np.concatenate([{x}, {y}], 0)",
    "np.concatenate(({x}, {y}), axis=-1)",
    "np.repeat({x}, 2)",
    "np.tile({x}, 2)",
    "np.repeat({x}, 3, axis=-1)",
    "np.repeat({x}, [2, 1], axis=0)",
    "np.tile({x}, (2, 1, 2))",
    "np.tensordot({x}, {y})",
    "np.tensordot({x}, {y}, 1)",
    "np.tensordot({x}, {y}, axes=(0, -1))",
    "np.var({x}, axis=0)",
    "np.std({x}, axis=-1, keepdims=True)",
    "np.var({x}, ddof=1)",
    "np.linalg.norm({x}, axis=0)",
    "np.take({x}, 1)",
    "np.take({x}, [1, 0], axis=0)",
    "np.logaddexp({x}, {y})",
    "np.amax({x}, axis=0)",
    "np.array([1.5, 2.5], dtype=int) * {x}",
    "np.arange(0, 6, 2) * {x}",
    "np.array([{x}, {y}])",
    "np.array([[{x}, {y}], [{y}, {x}]])",
    "np.reshape({x}, (-1,))",
    "np.reshape({x}, -1)",
    "{x}.reshape(-1, 1)",
    "{x}.reshape((1, -1))",
    "np.transpose({x})",
    "np.transpose({x}, (1, 0))",
    "{x}.transpose(1, 0)",
    "{x}.transpose(0, 1)",
    "np.expand_dims({x}, 0)",
    "np.expand_dims({x}, axis=-1)",
    "np.broadcast_to({x}, (2, 3))",
    "np.where({x}, {y}, {x})",
    "np.where({x} > 0, {x}, 0.5 * {x})",
    "np.where({x} > 0, {x}, {y})",
    "np.clip({x}, -1, 1)",
    "np.clip({x}, None, 1)",
    "np.hstack([{x}, {y}])",
    "np.vstack([{x}, {y}])",
    "np.column_stack([{x}, {y}])",
    "np.linalg.norm({x})",
    "np.split({x}, 2)[0]",
    "np.array_split({x}, 2)[1]",
    "np.squeeze({x}, 0)",
    "np.einsum('i,i', {x}, {y})",
    "np.sum({x}, 0)",
    "np.sum({x}, axis=(0, 1))",
    "np.sum({x}, axis=-1, keepdims=True)",
    "np.mean({x}, 1)",
    "np.sum([{x}, {y}])",
    "sum([{x}, {y}])",
    "np.max({x}, 0)",
    "np.max({x}, axis=0)",
    "np.min({x}, 1)",
    "np.sort({x})",
    "np.ones((2, 3)) * {x}",
    "np.arange(3) + {x}",
    "np.zeros_like({x})",
    "np.eye(2) @ {x}",
    "np.linspace(0, 1, 3) * {x}",
    "np.float64(2) * {x}",
    "{x}.astype(int)",
    "{x}.astype(float)",
    "np.log({x}) / math.log(2, 3)",
    "math.sqrt(2) * {x}",
]
_NUMBERS = ["2", "0.5", "-1", "np.pi", "np.e", "3", "1e2", "0", "math.pi", "np.inf"]


def drawn(chance: random.Random, depth: int = 3) -> str:
    """Draw an expression, most of which NumPy evaluates; its whole numbers stay far from where NumPy's wrap around."""
    if depth == 0 or chance.random() < 0.15:
        return chance.choice([*VALUES, *VALUES, *_NUMBERS])
    x, y = drawn(chance, depth - 1), drawn(chance, depth - 1)
    kind = chance.randrange(8)
    if kind == 0:
        return f"({x} {chance.choice(['+', '-', '*', '/', '**', '@', '//', '%'])} {y})"
    if kind == 1:
        return f"np.{chance.choice(_UNARY)}({x})"
    if kind == 2:
        return f"np.{chance.choice(_BINARY)}({x}, {y})"
    if kind == 3:
        return f"np.{chance.choice(_REDUCING)}({x})"
    if kind == 4:
        return f"({x}).{chance.choice(_METHODS)}"
    if kind == 5:
        return f"({x})[{chance.choice(_INDICES)}]"
    if kind == 6:
        return f"{chance.choice('-+')}{x}"
    return chance.choice(_SHAPED).format(x=f"({x})", y=f"({y})")


class _AsDocumented:
    """Stand for NumPy, whose product of a number and an array is `multiply` by its documentation.

    BLAS leaves out what is multiplied by a number that is 0, so that there 0 · nan is 0.
    """

    def __getattr__(self, name: str) -> Any:
        found = getattr(np, name)
        if name not in ("dot", "inner"):
            return found
        return lambda x, y: found(x, y) if np.ndim(x) and np.ndim(y) else np.multiply(x, y)


def numpy_says(expression: str) -> Any:
    """Return what NumPy computes; None where it refuses, or the result is not finite or not an array of numbers."""
    names = {name: np.array(value) for name, value in VALUES.items()}
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # The text is drawn above, from this file's own words.
            known = {"sum": sum, "__import__": __import__}  # NumPy's own methods import
            found = eval(expression, {"np": _AsDocumented(), "math": math, "__builtins__": known}, names)
        found = np.asarray(found, dtype=float)
    except Exception:
        return None
    return found if found.size and np.isfinite(found).all() else None


def graph_says(expression: str) -> Any:
    """Return what the graph computes that the formula field makes of it; None where it cannot. Raises FormulaError."""
    graph = graph_of_formula(f"{GIVEN}\nresult = 1 * ({expression})", Graph())
    node = graph.node_named("result")
    assert node is not None
    data = evaluate(graph, sweeps=()).nodes[node.id].data
    return None if data is None else data[0]


def compare(seed: int, size: int) -> Failure | None:
    """Draw so many expressions; return the first of which the graph computes another number than NumPy."""
    chance = random.Random(seed)
    for number in range(1, size + 1):
        expression = drawn(chance).replace(", ", chance.choice([", ", ","]))
        expected = numpy_says(expression)
        try:
            found = graph_says(expression)
        except FormulaError as error:
            if not str(error).endswith("."):
                return Failure(seed, number, f"{expression}\nrefused with {error}")
            continue
        except Exception as error:
            return Failure(seed, number, f"{expression}\n{error!r}")
        if expected is None or found is None:
            continue
        if np.shape(found) != expected.shape or not np.allclose(found, expected, rtol=1e-9, atol=1e-12):
            return Failure(seed, number, f"{expression}\ngives {found}, and in NumPy {expected}")
    return None
