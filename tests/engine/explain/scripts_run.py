"""Run scripts that the app writes, and the graphs whose scripts the tests run."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from engine import Function
from engine.document import Edge, Graph, Node, check_value
from engine.edits import MakeBlock, apply
from engine.evaluation import Trace
from tests.engine.built import built
from tests.strategies import smooth_graphs

GOLDEN = Path(__file__).parents[1] / "golden"


def ran(text: str) -> dict[str, Any]:
    """Run a script and return its names."""
    names: dict[str, Any] = {}
    exec(compile(text, "script", "exec"), names)  # what the engine has just written, no text from outside
    return names


def ran_with_inner(text: str) -> dict[str, Any]:
    """Run a script and return its names, and those inside the functions that it defines and calls."""
    inner: dict[str, Any] = {}

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "return" and frame.f_code.co_filename == "script":
            inner.update(frame.f_locals)

    sys.setprofile(look)
    try:
        names = ran(text)
    finally:
        sys.setprofile(None)
    return inner | names


def assert_same_numbers(names: dict[str, Any], graph: Graph, trace: Trace) -> None:
    for node in graph.nodes():
        found = trace.nodes[node.id]
        for output in range(node.n_outputs):
            suffix = f"_{node.output_names[output]}" if node.n_outputs > 1 else ""
            variable = names.get(f"{node.name}{suffix}")
            if variable is None:  # a number within a call
                assert node.op == "Constant"
                continue
            assert found.data is not None
            np.testing.assert_array_equal(variable.data, found.data[output])
            if found.grad[output] is None:
                assert variable.grad is None
            else:
                np.testing.assert_array_equal(variable.grad, found.grad[output])


def smooth_graphs_with_own_names(*more: str) -> st.SearchStrategy[Graph]:
    """Draw graphs whose names no script needs for anything else."""
    return smooth_graphs("MinMax", "Max", "Square", "Exp", "Constant", "Concat", "Split", "Sum", *more).map(
        lambda graph: Graph.of(
            [dataclasses.replace(node, name=f"v{node.id}") for node in graph.nodes()], graph.edges(), graph.output
        )
    )


# One op at a time ---------------------------------------------------------------------------------------------


def sampled_graph(op: str, parameters: Mapping[str, Any], shapes: tuple[tuple[int, ...], ...]) -> Graph:
    """Build a graph of one op on inputs of these shapes, whose outputs are squared, summed and added up."""
    domain = Function.registry[op].domain or ((-2.0, 2.0),)
    numbers = np.random.default_rng(0)
    nodes, edges = [], []
    for port, shape in enumerate(shapes):
        low, high = domain[min(port, len(domain) - 1)]
        value = check_value(numbers.uniform(low, high, shape).tolist())
        nodes.append(Node(f"i{port}", None, f"i{port}", value))
        edges.append(Edge(f"i{port}", 0, "f", port))
    nodes.append(Node("f", op, "f", parameters=MappingProxyType(dict(parameters))))
    total = ""
    for output in range(nodes[-1].n_outputs):
        square, summed, added = f"q{output}", f"s{output}", f"t{output}"
        nodes += [Node(square, "Square", square), Node(summed, "Sum", summed)]
        edges += [Edge("f", output, square, 0), Edge(square, 0, summed, 0)]
        if total:
            nodes.append(Node(added, "Add", added))
            edges += [Edge(total, 0, added, 0), Edge(summed, 0, added, 1)]
        total = added if total else summed
    return Graph.of(nodes, edges, (total, 0))


def _scalars_and_matrices(op: type[Function]) -> list[tuple[Mapping[str, Any], tuple[tuple[int, ...], ...]]]:
    return list(op.samples) or [({}, ((),) * len(op.ports)), ({}, ((2, 3),) * len(op.ports))]


SAMPLED = [
    pytest.param(name, parameters, shapes, id=f"{name}{dict(parameters) or ''}{shapes}")
    for name, op in Function.registry.items()
    for parameters, shapes in _scalars_and_matrices(op)
]
"""Every op with the parameters and shapes that it is tested with."""


# Blocks -------------------------------------------------------------------------------------------------------

SIGMOID = built("x=0.5 one=1 a=Neg(x) b=Exp(a) c=Add(one,b) y=Div(one,c) z=Square(y)")
BLOCK = apply(SIGMOID, MakeBlock(id="s", nodes=["a", "b", "c", "y"], name="sigmoid"))
NESTED = apply(
    apply(BLOCK, MakeBlock(id="t", nodes=["b", "c"], name="denominator")),
    MakeBlock(id="u", nodes=["s", "z", "one"], name="squared_sigmoid"),
)
BLOCK_GRAPHS = {"block": BLOCK, "nested_blocks": NESTED}
