"""The scripts run as they stand and give the numbers that are shown; the golden ones are what people read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autograd import Variant
from engine.document import Graph
from engine.evaluation import evaluate
from engine.explain import book_script, text_of, torch_script
from engine.formula import graph_of_formula
from engine.lessons import LESSONS, Lesson
from tests.engine.built import FORK, SEED, built
from tests.engine.explain.scripts_run import (
    GOLDEN,
    SAMPLED,
    assert_same_numbers,
    ran,
    sampled_graph,
    smooth_graphs_with_own_names,
)
from tests.engine.lessons.test_lessons import NUMBERS
from tests.strategies import graphs


def engine_text(graph: Graph, **options: Any) -> str:
    return text_of(book_script(graph, evaluate(graph, **options)))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_golden_scripts_are_what_is_written(lesson: Lesson) -> None:
    """With WRITE_GOLDEN=1 they are written anew; a lesson without one is executed below, and not compared."""
    trace = evaluate(lesson.graph)
    for write, path in ((book_script, f"{lesson.name}.py"), (torch_script, f"{lesson.name}_torch.py")):
        written, golden = text_of(write(lesson.graph, trace)), GOLDEN / path
        if os.environ.get("WRITE_GOLDEN"):
            golden.write_text(written, "utf-8")
        assert not golden.exists() or written == golden.read_text("utf-8")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_scripts_give_the_lessons_numbers(lesson: Lesson) -> None:
    names = ran(engine_text(lesson.graph))
    assert_same_numbers(names, lesson.graph, evaluate(lesson.graph))
    for name, (data, grad) in NUMBERS.get(lesson.name, {}).items():
        assert float(names[name].data) == pytest.approx(data)
        assert (None if names[name].grad is None else float(names[name].grad)) == pytest.approx(grad)


def test_it_runs_as_it_stands_and_prints_the_results() -> None:
    script = GOLDEN / "sum_of_squares.py"
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, cwd=root, env={"PYTHONPATH": str(root)}
    )
    assert done.stdout == "z = 13.0\nx.grad = 4.0\ny.grad = 6.0\n"


@settings(max_examples=60)
@given(smooth_graphs_with_own_names(), st.sampled_from(Variant))
def test_any_graphs_script_reproduces_data_and_grad(graph: Graph, variant: Variant) -> None:
    trace = evaluate(graph, variant=variant)
    if any(found.state != "ok" for found in trace.nodes.values()):
        return
    assert_same_numbers(ran(text_of(book_script(graph, trace))), graph, trace)


@settings(max_examples=60)
@given(graphs())
def test_any_graph_at_all_gives_scripts_that_parse(graph: Graph) -> None:
    trace = evaluate(graph)
    for write in (book_script, torch_script):
        compile(text_of(write(graph, trace)), "script", "exec")


@pytest.mark.parametrize(("op", "parameters", "shapes"), SAMPLED)
def test_each_ops_script_reproduces_data_and_grad(op: str, parameters: Any, shapes: Any) -> None:
    graph = sampled_graph(op, parameters, shapes)
    trace = evaluate(graph)
    assert {found.message for found in trace.nodes.values()} == {""}
    assert_same_numbers(ran(text_of(book_script(graph, trace))), graph, trace)


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


def test_nothing_is_imported_that_is_not_called() -> None:
    graph = graph_of_formula("x = 3; y = exp(x) ** 3", Graph())
    text = text_of(book_script(graph, evaluate(graph)))
    assert "from engine import Variable, exp\n" in text
    assert "** 3.0" in text


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


def test_the_variant_that_is_switched_to_is_written() -> None:
    text = engine_text(FORK, variant=Variant.STEP_14)
    assert "y.backward(work_list=Variant.STEP_14.work_list())" in text
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
