"""The scripts run as they stand and give the numbers that are shown; the golden ones are what people read."""

from __future__ import annotations

import dataclasses
import importlib.util
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Function
from engine.autograd import Variant
from engine.document import Edge, Graph, Node, check_value
from engine.evaluation import Trace, evaluate
from engine.explain import book_script, text_of, torch_script
from engine.formula import graph_of_formula
from engine.lessons import LESSONS
from tests.engine.built import FORK, SEED, built
from tests.engine.lessons.test_lessons import NUMBERS
from tests.strategies import graphs, smooth_graphs

GOLDEN = Path(__file__).parents[1] / "golden"
HAS_TORCH = importlib.util.find_spec("torch") is not None
LESSONS = list(zip(LESSONS, NUMBERS, strict=True))


def ran(text: str) -> dict[str, Any]:
    """Run a script and return its names; in a function's scope, so that nothing of it stays."""
    names: dict[str, Any] = {}
    exec(compile(text, "script", "exec"), names)  # what the engine has just written, no text from outside
    return names


def engine_text(graph: Graph, **options: Any) -> str:
    return text_of(book_script(graph, evaluate(graph, **options)))


@pytest.mark.parametrize("number", range(1, 10))
def test_the_golden_scripts_are_what_is_written(number: int) -> None:
    graph = LESSONS[number - 1].graph
    assert engine_text(graph) == (GOLDEN / f"lesson_{number}.py").read_text("utf-8")
    torch = text_of(torch_script(graph, evaluate(graph)))
    assert torch == (GOLDEN / f"lesson_{number}_torch.py").read_text("utf-8")


@pytest.mark.parametrize(("number", "numbers"), list(enumerate(NUMBERS, start=1)))
def test_the_golden_scripts_give_the_lessons_numbers(
    number: int, numbers: dict[str, tuple[float, float | None]]
) -> None:
    names = ran((GOLDEN / f"lesson_{number}.py").read_text("utf-8"))
    for name, (data, grad) in numbers.items():
        assert float(names[name].data) == pytest.approx(data)
        assert (None if names[name].grad is None else float(names[name].grad)) == pytest.approx(grad)


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
@pytest.mark.parametrize(("number", "numbers"), list(enumerate(NUMBERS, start=1)))
def test_pytorch_gives_the_lessons_numbers(number: int, numbers: dict[str, tuple[float, float | None]]) -> None:
    names = ran((GOLDEN / f"lesson_{number}_torch.py").read_text("utf-8"))
    for name, (data, grad) in numbers.items():
        assert names[name].item() == pytest.approx(data)
        assert (None if names[name].grad is None else names[name].grad.item()) == pytest.approx(grad)


def test_it_runs_as_it_stands_and_prints_the_results() -> None:
    script = GOLDEN / "lesson_1.py"
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, cwd=root, env={"PYTHONPATH": str(root)}
    )
    assert done.stdout == "z = 13.0\nx.grad = 4.0\ny.grad = 6.0\n"


def same_numbers(names: dict[str, Any], graph: Graph, trace: Trace) -> None:
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


PLAIN = smooth_graphs("MinMax", "Max", "Square", "Exp", "Constant", "Concat", "Split", "Sum").map(
    lambda graph: Graph.of(
        [dataclasses.replace(node, name=f"v{node.id}") for node in graph.nodes()], graph.edges(), graph.output
    )
)
"""Graphs whose names no script needs for anything else."""


@settings(deadline=None, max_examples=60)
@given(PLAIN, st.sampled_from(Variant))
def test_any_graphs_script_reproduces_data_and_grad(graph: Graph, variant: Variant) -> None:
    trace = evaluate(graph, variant=variant)
    if any(found.state != "ok" for found in trace.nodes.values()):
        return
    same_numbers(ran(text_of(book_script(graph, trace))), graph, trace)


@settings(deadline=None, max_examples=60)
@given(graphs())
def test_any_graph_at_all_gives_scripts_that_parse(graph: Graph) -> None:
    trace = evaluate(graph)
    for write in (book_script, torch_script):
        compile(text_of(write(graph, trace)), "script", "exec")


def sampled_graph(op: str, parameters: Mapping[str, Any], shapes: tuple[tuple[int, ...], ...]) -> Graph:
    """A graph of one op on inputs of these shapes, whose outputs are squared, summed and added up."""
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


def scalars_and_matrices(op: type[Function]) -> list[tuple[Mapping[str, Any], tuple[tuple[int, ...], ...]]]:
    return list(op.samples) or [({}, ((),) * len(op.ports)), ({}, ((2, 3),) * len(op.ports))]


SAMPLED = [
    pytest.param(name, parameters, shapes, id=f"{name}{dict(parameters) or ''}{shapes}")
    for name, op in Function.registry.items()
    for parameters, shapes in scalars_and_matrices(op)
]


@pytest.mark.parametrize(("op", "parameters", "shapes"), SAMPLED)
def test_each_ops_script_reproduces_data_and_grad(op: str, parameters: Any, shapes: Any) -> None:
    graph = sampled_graph(op, parameters, shapes)
    trace = evaluate(graph)
    assert {found.message for found in trace.nodes.values()} == {""}
    same_numbers(ran(text_of(book_script(graph, trace))), graph, trace)


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
@pytest.mark.parametrize(("op", "parameters", "shapes"), SAMPLED)
def test_each_op_gives_the_same_numbers_in_pytorch(op: str, parameters: Any, shapes: Any) -> None:
    graph = sampled_graph(op, parameters, shapes)
    trace = evaluate(graph)
    names = ran(text_of(torch_script(graph, trace)))
    for node in graph.nodes():
        found = trace.nodes[node.id]
        if node.n_outputs == 1 and found.data is not None:
            np.testing.assert_allclose(names[node.name].detach(), found.data[0], rtol=1e-10)
            if names[node.name].grad is not None:
                assert found.grad[0] is not None
                np.testing.assert_allclose(names[node.name].grad, found.grad[0], rtol=1e-9, atol=1e-12)


def test_constants_and_parameters_are_written_as_the_book_would() -> None:
    graph = graph_of_formula("x = 3; a = 2 * x; b = leaky_relu(a, slope=0.5); c = b ** 3; y = c + max(x, -1)", Graph())
    text = engine_text(graph)
    for line in ("a = mul(2.0, x)", "b = leaky_relu(a, slope=0.5)", "c = b ** 3.0"):
        assert line in text.splitlines()
    # y = (2x)³ + x
    names = ran(text)
    assert float(names["y"].data) == 6**3 + 3
    assert float(names["x"].grad) == 3 * 2 * 6**2 + 1
    torch = text_of(torch_script(graph, evaluate(graph))).splitlines()
    assert "b = torch.where(a > 0, a, 0.5 * a)" in torch
    assert "c = b ** 3.0" in torch


def test_a_constant_that_is_itself_asked_about_has_a_line() -> None:
    graph = graph_of_formula("k = constant(5); y = k * x", Graph())
    k = graph.node_named("k")
    assert k is not None
    text = engine_text(Graph.of(graph.nodes(), graph.edges(), (k.id, 0)))
    assert "k = constant(value=5.0)" in text
    assert float(ran(text)["k"].grad) == 1.0


def test_a_pow_by_two_stays_one_though_the_operator_would_make_a_square() -> None:
    text = engine_text(graph_of_formula("x = 3; y = pow(x, exponent=2)", Graph()))
    assert "y = Pow(exponent=2.0)(x)" in text
    assert float(ran(text)["x"].grad) == 6.0


def test_nothing_is_asked_of_pytorch_that_no_input_leads_to() -> None:
    graph = graph_of_formula("y = exp(constant(2)) * 3", Graph())
    text = text_of(torch_script(graph, evaluate(graph)))
    assert "backward" not in text
    assert "retain_grad" not in text


def test_names_that_the_script_needs_are_not_taken() -> None:
    graph = built("np=2 square=Square(np) add=Add(square,np) Variable=Square(add) print=Neg(Variable)")
    names = ran(engine_text(graph))
    assert float(names["print_"].data) == -36.0
    # −((n² + n)²) at 2: −2 (n² + n)(2n + 1)
    assert float(names["np_"].grad) == -2 * 6 * 5


def test_pythons_own_max_stays() -> None:
    text = engine_text(built("x=1 y=2 m=Max(x,y)"))
    assert "m = Max()(x, y)" in text
    assert "import Variable, Max" in text


def test_what_waits_is_a_comment() -> None:
    text = engine_text(built("x=2 y=Square(x) z=Add(y,_) w=Square(y)"))
    assert "# z = add(y, …)" in text
    assert float(ran(text)["x"].grad) == 4 * 2**3


def test_the_engine_that_is_switched_to_is_written() -> None:
    text = engine_text(FORK, variant=Variant.STEP_14)
    assert "y.backward(Variant.STEP_14.work_list())" in text
    assert float(ran(text)["x"].grad) == 96.0


def test_every_backward_is_written() -> None:
    text = engine_text(SEED, sweeps=(("z", 0), ("z", 0)))
    assert text.count("z.backward()") == 2
    assert float(ran(text)["x"].grad) == 8.0
    assert ".backward()" not in engine_text(SEED, sweeps=())


def test_each_line_names_its_node() -> None:
    lines = {line.text: line.node for line in book_script(SEED, evaluate(SEED))}
    assert lines["a = square(x)"] == "a"
    assert lines["z.backward()"] == "z"
    assert lines["x = Variable(np.array(2.0))"] == "x"
    assert lines["import numpy as np"] is None
