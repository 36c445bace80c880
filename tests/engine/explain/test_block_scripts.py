"""Blocks in scripts: functions that run as they stand and give every number of the graph, those inside too."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autograd import Variant
from engine.document import Graph
from engine.edits import Choose, Connect, Disconnect, MakeBlock, apply
from engine.evaluation import Trace, evaluate
from engine.explain import book_script, text_of, torch_script
from tests.engine.built import built
from tests.engine.explain.scripts_run import (
    BLOCK,
    BLOCK_GRAPHS,
    GOLDEN,
    assert_same_numbers,
    ran_with_inner,
    smooth_graphs_with_own_names,
)
from tests.strategies import graphs, grouped


@pytest.mark.parametrize("name", BLOCK_GRAPHS)
def test_the_golden_scripts_are_what_is_written(name: str) -> None:
    trace = evaluate(BLOCK_GRAPHS[name])
    assert text_of(book_script(BLOCK_GRAPHS[name], trace)) == (GOLDEN / f"{name}.py").read_text("utf-8")
    assert text_of(torch_script(BLOCK_GRAPHS[name], trace)) == (GOLDEN / f"{name}_torch.py").read_text("utf-8")


@pytest.mark.parametrize("name", BLOCK_GRAPHS)
def test_the_golden_scripts_give_all_numbers(name: str) -> None:
    assert_same_numbers(
        ran_with_inner((GOLDEN / f"{name}.py").read_text("utf-8")), BLOCK_GRAPHS[name], evaluate(BLOCK_GRAPHS[name])
    )


def test_a_line_speaks_of_its_node() -> None:
    lines = {line.text.strip(): line.node for line in book_script(BLOCK, evaluate(BLOCK))}
    assert lines["b = exp(a)"] == "b"
    assert lines["def sigmoid(x, one):"] == lines["return y"] == lines["y = sigmoid(x, one)"] == "y"


def test_what_is_asked_for_is_returned() -> None:
    graph = apply(BLOCK, Choose(node="b"))
    text = text_of(book_script(graph, evaluate(graph)))
    assert "y, b = sigmoid(x, one)" in text
    assert "b.backward()" in text
    assert_same_numbers(ran_with_inner(text), graph, evaluate(graph))


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
    assert_same_numbers(ran_with_inner(text), graph, evaluate(graph))


@settings(max_examples=80)
@given(grouped(smooth_graphs_with_own_names("LeakyReLU")), st.sampled_from(Variant))
def test_any_script_reproduces_data_and_grad_inside_and_out(graph: Graph, variant: Variant) -> None:
    trace: Trace = evaluate(graph, variant=variant)
    if any(found.state != "ok" for found in trace.nodes.values()):
        return
    assert_same_numbers(ran_with_inner(text_of(book_script(graph, trace))), graph, trace)


@settings(max_examples=60)
@given(grouped(graphs()))
def test_any_graph_at_all_gives_scripts_that_parse(graph: Graph) -> None:
    trace = evaluate(graph)
    for write in (book_script, torch_script):
        compile(text_of(write(graph, trace)), "script", "exec")
