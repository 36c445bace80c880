"""To add an op is to write one class, as CONTRIBUTING says: everything else finds it."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import engine.autograd.functions
from components.picture import catalogue
from components.state import Computation
from components.text import forward_formulas, products_of
from engine import Function
from engine.autograd.description import Described
from engine.document import Edge, Graph, Node
from engine.errors import OpDescriptionError
from engine.evaluation import evaluate
from engine.explain import book_script, text_of, torch_script
from engine.formula import formula_of, graph_of_formula
from engine.replay import compile_graph, descend
from tests.components.equations import test_writer
from tests.contributing import example_of
from tests.engine.autograd import test_ops_contract, test_ops_docstrings


@pytest.fixture
def arctan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Function]]:
    """The op of CONTRIBUTING, in a file of its own."""
    families, name = engine.autograd.functions, "engine.autograd.functions.inverses"
    held = dict(Described.registry), dict(Described.numpy), dict(Described.operators)
    (tmp_path / "inverses.py").write_text(example_of("Adding an op"), "utf-8")
    monkeypatch.setattr(families, "__path__", [*families.__path__, str(tmp_path)])
    importlib.import_module(name)
    yield Function.registry["Arctan"]
    del sys.modules[name], families.inverses  # type: ignore[attr-defined]
    for registry, before in zip((Described.registry, Described.numpy, Described.operators), held, strict=True):
        registry.clear()
        registry.update(before)


def test_an_op_of_fifteen_lines_is_found_everywhere(arctan: type[Function]) -> None:
    assert len([line for line in inspect.getsource(arctan).splitlines() if line.strip()]) <= 15
    assert {group["group"]: [entry["op"] for entry in group["ops"]] for group in catalogue()}["Inverses"] == ["Arctan"]
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


@pytest.mark.usefixtures("arctan")
def test_its_equations_are_those_of_its_rule_with_numbers() -> None:
    computation = Computation(Graph.of([Node("x", None, "x", 2.0), Node("y", "Arctan", "y")], [Edge("x", 0, "y", 0)]))
    (rule,) = forward_formulas(computation.graph, computation.trace, computation.trace.steps[0])
    assert rule.plain() == "y = arctan(x) = arctan(2) ≈ 1.107"  # arctan 2 = 1.10715
    ((sent, *_),) = products_of(computation.graph, computation.trace, "y")
    assert sent.plain() == "x.grad = y.grad · (1 / (1 + x²)) = 1 × (1 / (1 + 2²)) = 0.2"
    test_writer.test_every_rule_of_every_op_can_be_read_and_drawn("Arctan")


CONTRACT = [
    check for name, check in {**vars(test_ops_contract), **vars(test_ops_docstrings)}.items()
    if name.startswith("test_") and list(inspect.signature(check).parameters) == ["op"]
]  # fmt: skip


def test_it_holds_to_the_contract_of_all_ops(arctan: type[Function]) -> None:
    assert len(CONTRACT) >= 10
    for check in CONTRACT:
        check(op=arctan)


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
