"""Check a graph that somebody built: by the numbers that it computes, not by its looks."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from engine.autograd import Array
from engine.document import Graph, Node, OutputPort, shape_of
from engine.edits import SetFormula, SetValue, apply
from engine.evaluation import evaluate

BuiltVerdict = Literal["right", "other numbers", "other inputs", "no output"]
"""right: the same numbers wherever both were tried · other inputs: its inputs have other names or shapes than those
that were asked for · no output: nothing is computed, or several things are and none is chosen."""
# Logarithms and roots have numbers where all inputs are positive; |x| and x differ where they are negative, and |xz|
# and xz where one of them is.
_RANGES: Final = ((0.25, 3.0), (-3.0, -0.25), (-3.0, 3.0))
PLACES: Final = 4
"""Sets of inputs from each range at which both graphs are computed."""
_SEED: Final = 14
_SAME: Final = 1e-6


def graph_of_formula(formula: str) -> Graph:
    """Return the graph that a formula asks for; raises FormulaError."""
    return apply(Graph(), SetFormula(text=formula))


def computes(graph: Graph, formula: str) -> bool:
    """Return whether a graph computes what a formula says, from inputs of the same names; raises FormulaError."""
    return compare_built(graph, graph_of_formula(formula)) == "right"


def compare_built(built: Graph, wanted: Graph) -> BuiltVerdict:
    """Return whether a graph computes what another one does, from inputs of the same names at several places.

    Where the wanted graph gives no finite number, such as log of a negative one, it is not looked at.
    """
    if _output_of(built) is None:
        return "no output"
    if _inputs_of(built) != _inputs_of(wanted):
        return "other inputs"
    draws = np.random.default_rng(_SEED)
    compared = 0
    for low, high in PLACES * _RANGES:
        values = {name: draws.uniform(low, high, shape) for name, shape in sorted(_inputs_of(wanted).items())}
        number = _computed(wanted, values)
        if number is None or not np.all(np.isfinite(number)):
            continue
        found = _computed(built, values)
        if found is None or found.shape != number.shape or not np.allclose(found, number, rtol=_SAME, atol=_SAME):
            return "other numbers"
        compared += 1
    return "right" if compared else "other numbers"


def _inputs_of(graph: Graph) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the inputs on which the output depends, by their names."""
    output = _output_of(graph)
    used = set() if output is None else {output[0], *_before(graph, output[0])}
    return {node.name: shape_of(node.value) for node in graph.nodes() if node.value is not None and node.id in used}


def _before(graph: Graph, node_id: str) -> set[str]:
    found: set[str] = set()
    pending = [node_id]
    while pending:
        sources = {wire.source for wire in graph.wires_into(pending.pop()).values()} - found
        found |= sources
        pending += sources
    return found


def _output_of(graph: Graph) -> OutputPort | None:
    """Return the output that was chosen, else that of the only Function that feeds no other."""
    if graph.output is not None:
        return graph.output
    ends: list[Node] = [node for node in graph.sinks() if not node.is_input]
    return (ends[0].id, 0) if len(ends) == 1 and ends[0].n_outputs == 1 else None


def _computed(graph: Graph, values: dict[str, Array]) -> Array | None:
    """Return the output's data with some inputs; None where it cannot be computed."""
    output = _output_of(graph)
    for name, value in values.items():
        node = graph.node_named(name)
        assert node is not None
        graph = apply(graph, SetValue(node=node.id, value=value.tolist()))
    found = None if output is None else evaluate(graph).nodes[output[0]].data
    return None if found is None or output is None else found[output[1]]
