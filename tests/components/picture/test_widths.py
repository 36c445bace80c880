"""Wires as wide as the gradient that came back over them."""

from __future__ import annotations

from typing import Any

from components.picture import make_picture
from engine.document import Graph
from engine.edits import Choose, MakeBlock, SetValue, apply
from engine.evaluation import evaluate
from engine.lessons import LESSONS

SEED = LESSONS[0].graph


def widened(graph: Graph) -> tuple[dict[str, dict[str, Any]], dict[str, int]]:
    picture = make_picture(graph, evaluate(graph), widths=True)
    return picture["edges"], picture["widths"]


def test_a_hundred_times_the_gradient_is_a_step_wider_on_the_log_scale() -> None:
    graph = apply(apply(SEED, SetValue(node="n1", value=50)), SetValue(node="n2", value=0.5))
    edges, span = widened(graph)
    assert span == {"low": 0, "high": 2}  # x.grad is 100, y.grad 1, those of a and b 1
    assert [edges[wire]["gradient"] for wire in ("n3:0", "n4:0", "n5:0")] == ["100", "1", "1"]
    assert edges["n3:0"]["width"] == 9.0
    assert edges["n4:0"]["width"] == edges["n5:0"]["width"] == 2.0
    middle, _ = widened(apply(graph, SetValue(node="n2", value=5)))  # 10 lies halfway between 1 and 100
    assert middle["n4:0"]["width"] == 5.5


def test_no_gradient_and_none_of_size_are_told_by_dashes() -> None:
    edges, _ = widened(apply(SEED, SetValue(node="n1", value=0)))
    assert edges["n3:0"]["dashes"]
    assert edges["n3:0"]["gradient"] == "0"
    assert edges["n4:0"]["dashes"] is False
    edges, _ = widened(apply(SEED, Choose(node="n3")))
    assert edges["n5:1"]["dashes"]
    assert "gradient" not in edges["n5:1"]


def test_into_a_closed_block_goes_what_goes_to_its_ports() -> None:
    edges, _ = widened(apply(SEED, MakeBlock(id="k1", nodes=["n3", "n4"], name="squares")))
    assert [edges[f"k1:{port}"]["gradient"] for port in (0, 1)] == ["4", "6"]


def test_unless_asked_for_wires_are_as_they_were() -> None:
    picture = make_picture(SEED, evaluate(SEED))
    assert "widths" not in picture
    assert not any("width" in edge for edge in picture["edges"].values())
