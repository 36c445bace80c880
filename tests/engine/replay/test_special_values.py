"""A program and the engine are equal to the last place at special values: zeros, ties, kinks, the ends of doubles."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from engine import Function
from engine.document import Edge, Graph, Node
from engine.evaluation import Trace, evaluate
from engine.replay import compile_graph
from tests.engine.replay.wired import as_value, values_of

VALUES = (0.0, -0.0, 1.0, -1.0, 2.0, -0.5, 20.0, -20.0, 800.0, -800.0, 1e200, -1e200, 1e-200, -1e-200, 5e-324, 1.7e308)
IN_PAIRS = (0.0, -0.0, 1.0, -2.0, 800.0, 1e200, -1e200, 1e-200)
PARAMETERS: Mapping[str, list[dict[str, Any]]] = {
    "Pow": [{"exponent": c} for c in (0.0, 1.0, 2.0, 3.0, -1.0, 0.5, 1.5)],
    "LeakyReLU": [{"slope": c} for c in (0.2, 0.0, -1.0)],
}
ULPS = 4
"""`math` and NumPy may round a function such as exp each in its own way, and a rule computes with a few of them."""
ROUNDED_ALIKE = {
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Neg",
    "Square",
    "Abs",
    "ReLU",
    "LeakyReLU",
    "Max",
    "Min",
    "MinMax",
    "Where",
}
"""The ops of arithmetic and choice alone: equal to the last bit."""


def graph_of(op: type[Function], parameters: Mapping[str, Any], values: tuple[Any, ...], after: str) -> Graph:
    """Build an op on these values, and an op after each of its outputs; the last one is differentiated."""
    nodes = [Node(f"x{number}", None, f"x{number}", as_value(value)) for number, value in enumerate(values)]
    edges = [Edge(node.id, 0, "f", port) for port, node in enumerate(nodes)]
    nodes.append(Node("f", op.__name__, "f", parameters=dict(parameters)))
    for output in range(nodes[-1].n_outputs):
        nodes.append(Node(f"after{output}", after, f"after{output}"))
        edges.append(Edge("f", output, f"after{output}", 0))
    return Graph.of(nodes, edges)


def compared(graph: Graph, trace: Trace, *, columns: bool = False) -> Iterator[tuple[str, float, float]]:
    """Yield each number of a program beside the engine's; raises AssertionError if one is finite and one is not."""
    wanted = [
        (node_id, output, array, is_grad)
        for node_id, found in trace.nodes.items()
        for is_grad, arrays in ((False, found.data or ()), (True, found.grad))
        for output, array in enumerate(arrays)
        if array is not None
    ]
    program = compile_graph(graph, trace, columns=columns)
    if columns:
        ran = program.run_columns(values_of(graph, program), 1)
        assert ran is not None
        numbers: Any = ran[0][:, 0] if ran[1][0] else None
    else:
        numbers = program.run(values_of(graph, program))
    is_finite = all(np.isfinite(array).all() for *_, array, _ in wanted)
    assert (numbers is not None) == is_finite, (graph.nodes(), numbers)
    for node_id, output, array, is_grad in wanted if is_finite else ():
        found = (program.grad_in if is_grad else program.data_in)(numbers, node_id, output)
        for one, other in zip(np.ravel(found).tolist(), np.ravel(array).tolist(), strict=True):
            yield f"{node_id}{'.grad' if is_grad else ''}", one, other


def assert_equal(name: str, graph: Graph, trace: Trace, *, columns: bool = False) -> None:
    for what, found, right in compared(graph, trace, columns=columns):
        apart = 0.0 if name in ROUNDED_ALIKE else ULPS * np.spacing(max(abs(found), abs(right)))
        assert abs(found - right) <= apart, (what, found, right, [node.value for node in graph.nodes()])


NAMES = [name for name, op in Function.registry.items() if op.elementwise and op.ports]


@pytest.mark.parametrize("after", ["Neg", "Sqrt"])
@pytest.mark.parametrize("name", NAMES)
def test_single_numbers(name: str, after: str) -> None:
    op = Function.registry[name]
    values = (VALUES, IN_PAIRS, (0.0, -1.0, 2.0))[len(op.ports) - 1]
    for parameters in PARAMETERS.get(name, [op.defaults()]):
        for chosen in itertools.product(values, repeat=len(op.ports)):
            graph = graph_of(op, parameters, chosen, after)
            trace = evaluate(graph)
            assert_equal(name, graph, trace)
            assert_equal(name, graph, trace, columns=True)


@pytest.mark.parametrize("name", NAMES)
def test_arrays_beside_single_numbers(name: str) -> None:
    op = Function.registry[name]
    rows = [VALUES[start : start + 4] for start in range(0, len(VALUES), 4)]
    for parameters in PARAMETERS.get(name, [op.defaults()]):
        for row, single in itertools.product(rows, IN_PAIRS if len(op.ports) > 1 else (0.0,)):
            values = ([list(row)] * 2, single, list(row))[: len(op.ports)]
            graph = graph_of(op, parameters, values, "Neg")
            assert_equal(name, graph, evaluate(graph))


MIXING = [
    pytest.param(name, parameters, shapes, id=f"{name}{dict(parameters)}{shapes}")
    for name, op in Function.registry.items()
    for parameters, shapes in op.samples
]


@pytest.mark.parametrize(("name", "parameters", "shapes"), MIXING)
def test_ops_that_mix_elements(name: str, parameters: Mapping[str, Any], shapes: tuple[tuple[int, ...], ...]) -> None:
    op = Function.registry[name]
    generator = np.random.default_rng(7)
    for magnitude in (1.0, 800.0, 1e100, 1e-200):
        for _ in range(5):
            values = tuple((generator.integers(-2, 3, shape) * magnitude).tolist() for shape in shapes)
            graph = graph_of(op, {**op.defaults(), **parameters}, values, "Neg")
            for what, found, right in compared(graph, evaluate(graph)):
                # NumPy adds up what is contiguous in another order than what is not.
                assert abs(found - right) <= 1e-14 * max(abs(found), abs(right), magnitude), what
