"""To add an op is to write one class: everything else finds it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from components.picture import catalogue
from engine import Function
from engine.autograd.description import Described
from engine.document import Edge, Graph, Node
from engine.errors import OpDescriptionError
from engine.evaluation import evaluate
from engine.explain import book_script, text_of, torch_script
from engine.formula import formula_of, graph_of_formula
from engine.replay import compile_graph, descend

SOURCE = '''
class Arctan(Function):
    """Take the angle whose tangent a value is."""

    symbol = "arctan x"
    formula = r"y = \\\\arctan x"
    local = (r"\\\\frac{1}{1 + x^2}",)
    python = "np.arctan({x})"

    def forward(self, x):
        return np.arctan(x)

    def backward(self, gy):
        x = self.inputs[0].data
        return gy / (1 + x**2)
'''


@pytest.fixture
def arctan() -> Iterator[type[Function]]:
    held = dict(Described.registry), dict(Described.numpy), dict(Described.operators)
    found: dict[str, object] = {"Function": Function, "np": np, "__name__": "engine.autograd.functions.angles"}
    exec(SOURCE.replace("\\\\", "\\"), found)
    yield found["Arctan"]  # type: ignore[misc]
    for registry, before in zip((Described.registry, Described.numpy, Described.operators), held, strict=True):
        registry.clear()
        registry.update(before)


def test_an_op_of_fifteen_lines_is_found_everywhere(arctan: type[Function]) -> None:
    assert len([line for line in SOURCE.splitlines() if line.strip()]) <= 15
    assert "Arctan" in [entry["op"] for group in catalogue() for entry in group["ops"]]
    graph = Graph.of([Node("x", None, "x", 2.0), Node("y", "Arctan", "y")], [Edge("x", 0, "y", 0)])
    trace = evaluate(graph)
    assert (trace.nodes["y"].data, trace.nodes["x"].grad) == ((np.arctan(2.0),), (0.2,))
    assert formula_of(graph) == "y = arctan(x)"
    assert [node.op for node in graph_of_formula("y = arctan(x)", graph).nodes()] == [None, "Arctan"]
    assert "np.arctan" not in text_of(book_script(graph, trace))
    assert "arctan(x)" in text_of(book_script(graph, trace))
    assert "torch.arctan(x)" in text_of(torch_script(graph, trace))
    program = compile_graph(graph)
    assert program.is_in_floats
    numbers = program.run([2.0])
    assert numbers is not None
    assert program.grad_in(numbers, "x") == pytest.approx(0.2, rel=1e-15)
    points = descend(graph, 0.1, 3).points
    assert [point.values["x"] for point in points[:2]] == pytest.approx([2.0, 1.98])


def test_a_parameter_without_default_is_refused() -> None:
    with pytest.raises(OpDescriptionError, match="op Scaled has no default for its parameter 'factor'"):

        class Scaled(Function):
            """Multiply by a constant."""

            symbol = "c x"
            formula = "y = c x"
            local = ("c",)
            python = "{factor} * {x}"

            def __init__(self, factor: float):
                self.factor = factor

            def forward(self, x):
                return self.factor * x

    assert "Scaled" not in Function.registry
