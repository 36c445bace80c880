"""The PyTorch scripts that students copy run as they are, and give the numbers that the graph shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine.document import Graph
from engine.evaluation import evaluate
from engine.explain import text_of, torch_script
from engine.lessons import LESSONS
from tests.engine.explain.scripts_run import (
    BLOCK_GRAPHS,
    GOLDEN,
    SAMPLED,
    SIGMOID,
    ran,
    ran_with_inner,
    sampled_graph,
    smooth_graphs_with_own_names,
)
from tests.strategies import grouped


@pytest.mark.parametrize("graph", [pytest.param(lesson.graph, id=lesson.title) for lesson in LESSONS])
def test_pytorch_gives_the_lessons_numbers(graph: Graph) -> None:
    trace = evaluate(graph)
    names = ran(text_of(torch_script(graph, trace)))
    for node in graph.nodes():
        found = trace.nodes[node.id]
        assert found.data is not None
        np.testing.assert_allclose(names[node.name].detach(), found.data[0], rtol=1e-12)
        if node.op == "Constant":  # no gradient is asked of PyTorch for it
            continue
        if found.grad[0] is None:
            assert names[node.name].grad is None
        else:
            np.testing.assert_allclose(names[node.name].grad, found.grad[0], rtol=1e-12)


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


@pytest.mark.parametrize("name", BLOCK_GRAPHS)
def test_pytorch_gives_the_numbers_of_graphs_with_blocks(name: str) -> None:
    names = ran((GOLDEN / f"{name}_torch.py").read_text("utf-8"))
    trace = evaluate(SIGMOID)
    for node_id in ("x", "one", "z"):
        found = trace.nodes[node_id]
        assert names[node_id].item() == pytest.approx(float(found.data[0]))  # type: ignore[index, arg-type]
        assert names[node_id].grad.item() == pytest.approx(float(found.grad[0]))  # type: ignore[arg-type]


@settings(max_examples=30)
@given(grouped(smooth_graphs_with_own_names("LeakyReLU")))
def test_pytorch_runs_any_graph_with_blocks(graph: Graph) -> None:
    trace = evaluate(graph)
    names = ran_with_inner(text_of(torch_script(graph, trace)))
    for node in graph.nodes():
        data, grad = trace.nodes[node.id].data, trace.nodes[node.id].grad[0]
        if data is not None and node.n_outputs == 1:
            np.testing.assert_allclose(names[node.name].detach().numpy(), data[0], rtol=1e-12, atol=1e-12)
        if node.is_input and trace.sweeps:
            assert (names[node.name].grad is None) == (grad is None)
            if grad is not None:
                np.testing.assert_allclose(names[node.name].grad.numpy(), grad, rtol=1e-9, atol=1e-9)
