"""One gradient, told in five ways: by steps, ledger, paths, generated code and central differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from components.panels import steps_of
from components.picture import numbers_of
from engine.document import Graph, Node
from engine.edits import SetValue, apply
from engine.evaluation import evaluate
from engine.explain import PathFinder, book_script, ledgers, text_of
from engine.formula import formula_of, graph_of_formula
from tests.engine.explain.scripts_run import ran, smooth_graphs_with_own_names

H = 1e-5


def output_at(graph: Graph, node: Node, value: float) -> float:
    trace = evaluate(apply(graph, SetValue(node=node.id, value=value)), sweeps=())
    assert trace.output is not None
    data = trace.nodes[trace.output[0]].data
    assert data is not None
    return float(data[trace.output[1]])


@settings(max_examples=150)
@given(smooth_graphs_with_own_names())
def test_steps_ledger_paths_code_and_differences_agree(graph: Graph) -> None:
    trace = evaluate(graph, watched=True)
    if trace.output is None or any(found.state != "ok" for found in trace.nodes.values()):
        return
    played = steps_of(graph, trace)
    shown = {node_id: given["grad"] for node_id, given in played["base"].items()}
    for number in range(1, played["count"] + 1):
        shown |= {node_id: given["grad"] for node_id, given in played["steps"][str(number)]["gives"].items()}
    booked, finder = ledgers(graph, trace), PathFinder(graph, trace)
    script = ran(text_of(book_script(graph, trace)))
    read = graph_of_formula(formula_of(graph), graph)
    for node in graph.nodes():
        if not node.is_input:
            continue
        grad = trace.nodes[node.id].grad[0]
        contributions, paths = booked[node.id, 0].contributions, finder.from_variable((node.id, 0))
        written = script[node.name].grad
        if grad is None:
            assert (shown[node.id], contributions, paths.count, written) == ("—", (), 0, None)
            continue
        assert shown[node.id] == numbers_of((grad,))
        assert float(contributions[-1].total) == float(written) == float(grad)
        assert float(sum(each.gradient for each in contributions)) == pytest.approx(float(grad), rel=1e-9, abs=1e-9)
        if paths.is_complete:
            assert float(np.sum([path.product for path in paths.listed])) == pytest.approx(
                float(grad), rel=1e-9, abs=1e-9
            )
        assert isinstance(node.value, float)
        high, low = (output_at(graph, node, node.value + move) for move in (H, -H))
        scale = max(abs(high), abs(low), abs(float(grad)), 1.0)
        assert (high - low) / (2 * H) == pytest.approx(float(grad), rel=1e-4, abs=1e-4 * scale)
    assert evaluate(read, sweeps=(trace.output,)).nodes[trace.output[0]].data == trace.nodes[trace.output[0]].data
