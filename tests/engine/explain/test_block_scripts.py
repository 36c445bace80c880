"""Blocks in scripts: functions that run as they stand and give every number of the graph, those inside too."""

from __future__ import annotations

import dataclasses
import importlib.util
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autograd import Variant
from engine.document import Graph
from engine.edits import Choose, Connect, Disconnect, MakeBlock, apply
from engine.evaluation import Trace, evaluate
from engine.explain import book_script, text_of, torch_script
from tests.engine.built import built
from tests.engine.explain.test_scripts import same_numbers
from tests.strategies import graphs, grouped, smooth_graphs

GOLDEN = Path(__file__).parents[1] / "golden"
HAS_TORCH = importlib.util.find_spec("torch") is not None

SIGMOID = built("x=0.5 one=1 a=Neg(x) b=Exp(a) c=Add(one,b) y=Div(one,c) z=Square(y)")
BLOCK = apply(SIGMOID, MakeBlock(id="s", nodes=["a", "b", "c", "y"], name="sigmoid"))
NESTED = apply(
    apply(BLOCK, MakeBlock(id="t", nodes=["b", "c"], name="denominator")),
    MakeBlock(id="u", nodes=["s", "z", "one"], name="squared_sigmoid"),
)
GRAPHS = {"block": BLOCK, "nested_blocks": NESTED}


def ran(text: str) -> dict[str, Any]:
    """Run a script and return its names, and those inside the functions that it defines and calls."""
    names: dict[str, Any] = {}
    inner: dict[str, Any] = {}

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "return" and frame.f_code.co_filename == "script":
            inner.update(frame.f_locals)

    sys.setprofile(look)
    try:
        exec(compile(text, "script", "exec"), names)  # what the engine has just written, no text from outside
    finally:
        sys.setprofile(None)
    return inner | names


@pytest.mark.parametrize("name", GRAPHS)
def test_the_golden_scripts_are_what_is_written(name: str) -> None:
    trace = evaluate(GRAPHS[name])
    assert text_of(book_script(GRAPHS[name], trace)) == (GOLDEN / f"{name}.py").read_text("utf-8")
    assert text_of(torch_script(GRAPHS[name], trace)) == (GOLDEN / f"{name}_torch.py").read_text("utf-8")


@pytest.mark.parametrize("name", GRAPHS)
def test_the_golden_scripts_give_all_numbers(name: str) -> None:
    same_numbers(ran((GOLDEN / f"{name}.py").read_text("utf-8")), GRAPHS[name], evaluate(GRAPHS[name]))


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
@pytest.mark.parametrize("name", GRAPHS)
def test_pytorch_gives_the_same(name: str) -> None:
    names = ran((GOLDEN / f"{name}_torch.py").read_text("utf-8"))
    trace = evaluate(SIGMOID)
    for node_id in ("x", "one", "z"):
        found = trace.nodes[node_id]
        assert names[node_id].item() == pytest.approx(float(found.data[0]))  # type: ignore[index, arg-type]
        assert names[node_id].grad.item() == pytest.approx(float(found.grad[0]))  # type: ignore[arg-type]


def test_a_line_speaks_of_its_node() -> None:
    lines = {line.text.strip(): line.node for line in book_script(BLOCK, evaluate(BLOCK))}
    assert lines["b = exp(a)"] == "b"
    assert lines["def sigmoid(x, one):"] == lines["return y"] == lines["y = sigmoid(x, one)"] == "y"


def test_what_is_asked_for_is_returned() -> None:
    graph = apply(BLOCK, Choose(node="b"))
    text = text_of(book_script(graph, evaluate(graph)))
    assert "y, b = sigmoid(x, one)" in text
    assert "b.backward()" in text
    same_numbers(ran(text), graph, evaluate(graph))


def test_a_block_that_waits_is_written_out() -> None:
    graph = apply(BLOCK, Disconnect(target="s", port=0))
    text = text_of(book_script(graph, evaluate(graph)))
    assert "def " not in text
    assert "# a = neg(…)" in text


def test_two_ports_that_one_value_feeds_are_given_it_once() -> None:
    graph = apply(built("x=2 w=3 a=Mul(x,w) b=Exp(a)"), MakeBlock(id="s", nodes=["a", "b"], name="f"))
    graph = apply(graph, Connect(source="x", target="s", port=1))
    text = text_of(book_script(graph, evaluate(graph)))
    assert "def f(x):\n    a = mul(x, x)\n" in text


def test_a_constant_needs_no_name_to_be_given_by() -> None:
    graph = apply(built("x=2 c=Constant() a=Add(c,x) b=Exp(a)"), MakeBlock(id="s", nodes=["a", "b"], name="f"))
    text = text_of(book_script(graph, evaluate(graph)))
    assert "def f(x):" in text
    alone = apply(built("x=2 c=Constant() a=Add(c,x)"), MakeBlock(id="s", nodes=["c"], name="f"))
    assert "def " not in text_of(book_script(alone, evaluate(alone)))


def test_names_that_are_taken_are_not_those_of_functions() -> None:
    graph = apply(built("x=2 a=Square(x) b=Exp(a)"), MakeBlock(id="s", nodes=["a", "b"], name="square"))
    text = text_of(book_script(graph, evaluate(graph)))
    assert "def square_(x):\n    a = square(x)\n" in text
    same_numbers(ran(text), graph, evaluate(graph))


PLAIN = smooth_graphs("MinMax", "Max", "Square", "Exp", "Constant", "LeakyReLU", "Concat", "Split", "Sum").map(
    lambda graph: Graph.of(
        [dataclasses.replace(node, name=f"v{node.id}") for node in graph.nodes()], graph.edges(), graph.output
    )
)


@settings(deadline=None, max_examples=80)
@given(grouped(PLAIN), st.sampled_from(Variant))
def test_any_script_reproduces_data_and_grad_inside_and_out(graph: Graph, variant: Variant) -> None:
    trace: Trace = evaluate(graph, variant=variant)
    if any(found.state != "ok" for found in trace.nodes.values()):
        return
    same_numbers(ran(text_of(book_script(graph, trace))), graph, trace)


@settings(deadline=None, max_examples=60)
@given(grouped(graphs()))
def test_any_graph_at_all_gives_scripts_that_parse(graph: Graph) -> None:
    trace = evaluate(graph)
    for write in (book_script, torch_script):
        compile(text_of(write(graph, trace)), "script", "exec")


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
@settings(deadline=None, max_examples=30)
@given(grouped(PLAIN))
def test_pytorch_runs_any(graph: Graph) -> None:
    trace = evaluate(graph)
    names = ran(text_of(torch_script(graph, trace)))
    for node in graph.nodes():
        data, grad = trace.nodes[node.id].data, trace.nodes[node.id].grad[0]
        if data is not None and node.n_outputs == 1:
            np.testing.assert_allclose(names[node.name].detach().numpy(), data[0], rtol=1e-12, atol=1e-12)
        if node.is_input and trace.sweeps:
            assert (names[node.name].grad is None) == (grad is None)
            if grad is not None:
                np.testing.assert_allclose(names[node.name].grad.numpy(), grad, rtol=1e-9, atol=1e-9)
