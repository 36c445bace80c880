"""The update of weights as the fourth phase: after forward and backward, in Steps, with the numbers plugged in."""

from __future__ import annotations

import pytest

from components.panels import steps_of
from engine.autograd import Variant
from engine.document import Graph
from engine.edits import SetTraining, apply
from engine.evaluation import evaluate
from tests.engine.edits.test_roles import id_of, regression, with_roles


@pytest.fixture
def graph() -> Graph:
    """Return the regression whose w.grad is −28/3 and whose b.grad is −4."""
    return with_roles(regression(), x="data", t="target", w="weight", b="weight")


def last_steps(graph: Graph, count: int) -> list[dict]:
    steps = steps_of(graph, evaluate(graph, watched=True))
    assert steps["count"] == len(steps["steps"])
    return [steps["steps"][str(steps["count"] - count + 1 + place)] for place in range(count)]


def test_each_weight_is_updated_after_backward(graph: Graph) -> None:
    graph = apply(graph, SetTraining(rate=0.03))
    before, w, b = last_steps(graph, 3)
    assert (before["kind"], w["kind"], b["kind"]) == ("backward", "update", "update")
    assert (w["node"], b["node"]) == (id_of(graph, "w"), id_of(graph, "b"))
    assert w["caption"].endswith("SGD updates w: w − rate × w.grad ≈ 1 − 0.03 × (−9.333) ≈ 1.28.")
    assert b["caption"].endswith("SGD updates b: b − rate × b.grad = 0 − 0.03 × (−4) = 0.12.")
    assert w["gives"][id_of(graph, "w")]["data"] == "1.28"
    assert b["gives"][id_of(graph, "b")] | {"data": "0.12", "grad": "−4"} == b["gives"][id_of(graph, "b")]


def test_without_a_weight_and_by_a_wrong_variant_there_is_no_update(graph: Graph) -> None:
    assert steps_of(regression(), evaluate(regression(), watched=True))["steps"]["1"]["kind"] == "forward"
    for trace in (evaluate(regression(), watched=True), evaluate(graph, variant=Variant.STEP_13, watched=True)):
        shown = regression() if trace.variant is Variant.STEP_16 else graph
        assert all(step["kind"] != "update" for step in steps_of(shown, trace)["steps"].values())
