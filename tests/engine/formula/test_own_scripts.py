"""The page's own scripts open again as the graphs that they were written for, and so do files and notebooks."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autograd import Variant
from engine.document import Graph
from engine.errors import DocumentError
from engine.evaluation import evaluate
from engine.explain import book_script, program_script, text_of, torch_script
from engine.formula import graph_of_script, script_in
from engine.lessons import LESSONS
from tests.engine.explain.scripts_run import BLOCK_GRAPHS, SAMPLED, sampled_graph, smooth_graphs_with_own_names
from tests.engine.formula.opened import MICROGRAD, data, grad, opened
from tests.strategies import graphs, grouped


def assert_same(graph: Graph, script: str) -> None:
    """The script opens as a graph with the same inputs, the same numbers, and the same output."""
    trace = evaluate(graph)
    again, numbers = opened(script)
    for node in graph.nodes():
        found = again.node_named(node.name)
        if not node.is_input:
            # A Constant stands in a script as its number, and another may get its name.
            is_named = found is not None and node.op != "Constant"
            if is_named and node.n_outputs == 1 and trace.nodes[node.id].data is not None:
                shown, expected = data(again, numbers, node.name), trace.nodes[node.id].data[0]  # type: ignore[index]
                np.testing.assert_allclose(shown, expected, rtol=1e-9, atol=1e-12)
            continue
        assert found is not None, node.name
        assert found.value == node.value
        here, there = grad(again, numbers, node.name), trace.nodes[node.id].grad[0]
        assert (here is None) == (there is None)
        if here is not None:
            np.testing.assert_allclose(here, there, rtol=1e-9, atol=1e-9)


WRITERS = pytest.mark.parametrize("write", [book_script, torch_script])


@WRITERS
@pytest.mark.parametrize("graph", [pytest.param(lesson.graph, id=lesson.title) for lesson in LESSONS])
def test_the_lessons_scripts_open_as_the_lessons(write: Any, graph: Graph) -> None:
    assert_same(graph, text_of(write(graph, evaluate(graph))))


@WRITERS
@pytest.mark.parametrize("name", BLOCK_GRAPHS)
def test_scripts_with_blocks_open_as_their_graph(write: Any, name: str) -> None:
    graph = BLOCK_GRAPHS[name]
    assert_same(graph, text_of(write(graph, evaluate(graph))))


@WRITERS
@pytest.mark.parametrize(("op", "parameters", "shapes"), SAMPLED)
def test_each_ops_script_opens_as_its_graph(write: Any, op: str, parameters: Any, shapes: Any) -> None:
    graph = sampled_graph(op, parameters, shapes)
    assert_same(graph, text_of(write(graph, evaluate(graph))))


@settings(max_examples=60)
@given(
    smooth_graphs_with_own_names() | grouped(smooth_graphs_with_own_names()),
    st.sampled_from([book_script, torch_script]),
)
def test_any_graphs_script_opens_as_the_graph(graph: Graph, write: Any) -> None:
    trace = evaluate(graph)
    if all(found.state == "ok" for found in trace.nodes.values()) and trace.sweeps:
        assert_same(graph, text_of(write(graph, trace)))


@settings(max_examples=60)
@given(graphs(), st.sampled_from([book_script, torch_script, program_script]), st.sampled_from(Variant))
def test_any_script_at_all_opens_or_is_refused_in_a_sentence(graph: Graph, write: Any, variant: Variant) -> None:
    script = text_of(write(graph, evaluate(graph, variant=variant)))
    try:
        graph_of_script(script)
    except DocumentError as error:
        assert str(error).startswith("Line ")


# Files --------------------------------------------------------------------------------------------------------


def test_a_file_is_known_by_what_stands_in_it() -> None:
    assert script_in(MICROGRAD.encode()) == MICROGRAD
    assert script_in(b"y = 2.0\n", "graph.py") == "y = 2.0\n"
    assert script_in(b"y = 2.0\n") is None
    assert script_in(b'{"format": "backprop-playground"}') is None
    assert script_in(b"\xff\xfe") is None
    assert script_in("[1, 2]") is None


def test_a_notebooks_code_opens_as_a_graph() -> None:
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "source": ["# A graph"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "x = Value(2.0)\n", "y = x * x"]},
        {"cell_type": "code", "source": "y.backward()"},
        {"cell_type": "code"},
        {"cell_type": "code", "source": [3, None]},
        7,
    ]
    script = script_in(json.dumps({"cells": cells, "nbformat": 4}))
    assert script is not None
    graph, trace = opened(script)
    assert float(grad(graph, trace, "x")) == 4.0
