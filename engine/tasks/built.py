"""Whether a graph that somebody has built computes what was asked for."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.document import Graph, shape_of
from engine.edits import SetFormula, SetValue, apply
from engine.evaluation import Trace, evaluate

_PLACES: Final = 5
"""At so many places both are computed; what agrees there by chance alone agrees nowhere else."""
_AGREES: Final = 1e-9
_SEED: Final = 20_250


def graph_of_formula(formula: str) -> Graph:
    """Return the graph that a formula asks for; raises FormulaError."""
    return apply(Graph(), SetFormula(text=formula))


def computes(graph: Graph, formula: str) -> bool:
    """Return whether a graph computes what a formula says, from inputs of the same names, wherever they are.

    Raises FormulaError.
    """
    wanted = graph_of_formula(formula)
    names = {node.name for node in wanted.nodes() if node.is_input}
    draws = np.random.default_rng(_SEED)
    has_agreed = False
    for _ in range(_PLACES):
        ours, theirs = graph, wanted
        for node in graph.nodes():
            if node.value is None:
                continue
            value = draws.uniform(0.3, 2.2, shape_of(node.value)).round(3).tolist()
            ours = apply(ours, SetValue(node=node.id, value=value))
            if node.name in names:
                theirs = apply(theirs, SetValue(node=_id(wanted, node.name), value=value))
        if not names <= {node.name for node in graph.nodes() if node.is_input}:
            return False
        one, other = _result(evaluate(ours)), _result(evaluate(theirs))
        if one is None or other is None or one.shape != other.shape:
            return False
        if not np.allclose(one, other, rtol=_AGREES, atol=_AGREES, equal_nan=True):
            return False
        has_agreed = has_agreed or bool(np.all(np.isfinite(one)))
    return has_agreed


def _id(graph: Graph, name: str) -> str:
    node = graph.node_named(name)
    assert node is not None
    return node.id


def _result(trace: Trace) -> np.ndarray | None:
    if trace.output is None:
        return None
    node_id, output = trace.output
    data = trace.nodes[node_id].data
    return None if data is None else data[output]
