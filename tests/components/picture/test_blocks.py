"""Closed blocks in the picture, in the steps and in what the panels tell."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from components.panels import Look, steps_of
from components.picture import make_picture
from components.state import Computation
from engine.autograd import Variant
from engine.document import Graph
from engine.edits import Connect, Disconnect, MakeBlock, SetOpen, apply
from engine.evaluation import evaluate, fold, fold_trace
from tests.components.panels.shown import explanations
from tests.engine.built import built
from tests.strategies import graphs, grouped

FLAT = built("x=0.5 one=1 a=Neg(x) b=Exp(a) c=Add(one,b) y=Div(one,c) z=Square(y)")
SIGMOID = apply(FLAT, MakeBlock(id="s", nodes=["a", "b", "c", "y"], name="sigmoid"))


def steps(graph: Graph, **options: Any) -> dict[str, Any]:
    return steps_of(graph, evaluate(graph, watched=True, **options))


def told(graph: Graph, panel: str, selected: str = "", variant: Variant = Variant.STEP_16) -> dict[str, Any]:
    computation = Computation(graph, True, variant, watched=True)
    return explanations(graph, computation.trace, None, Look(panel=panel), selected, None)


def test_a_closed_block_is_one_node_with_its_ports() -> None:
    picture = make_picture(SIGMOID, evaluate(SIGMOID))
    assert picture["order"] == ["x", "one", "s", "z"]
    node = picture["nodes"]["s"]
    assert (node["name"], node["op"], node["shape"], node["group"]) == ("sigmoid", "Block", "box", "block")
    assert (node["ports"], node["outputs"], node["members"]) == (["x", "one"], ["y"], 4)
    assert (node["data"], node["grad"]) == ("0.6225", "1.245")
    assert set(picture["edges"]) == {"s:0", "s:1", "z:0"}
    assert picture["blocks"]["s"]["frame"] == []
    assert set(picture["inside"]["nodes"]) == {"a", "b", "c", "y"}
    assert len(picture["inside"]["edges"]) == 7


def test_an_open_block_has_a_frame_around_what_is_seen_of_it() -> None:
    graph = apply(SIGMOID, MakeBlock(id="t", nodes=["b", "c"], name="inner"))
    graph = apply(graph, SetOpen(block="s", open=True))
    blocks = make_picture(graph, evaluate(graph))["blocks"]
    assert blocks["s"]["frame"] == ["a", "t", "y"]
    inner_open = apply(graph, SetOpen(block="t", open=True))
    assert make_picture(inner_open, evaluate(inner_open))["blocks"]["t"]["frame"] == ["b", "c"]
    outer_closed = apply(inner_open, SetOpen(block="s", open=False))
    assert make_picture(outer_closed, evaluate(outer_closed))["blocks"]["t"]["frame"] == []


def test_the_block_is_active_while_a_step_happens_inside() -> None:
    found = steps(SIGMOID)["steps"]
    assert [step["node"] for step in found.values()] == ["s"] * 4 + ["z"] * 3 + ["s"] * 4
    assert found["2"]["caption"] == "Step 2 of 11: Exp computes b ≈ 0.6065 from a = −0.5."
    assert (found["2"]["op"], found["2"]["name"]) == ("Exp", "b")


def test_numbers_flow_on_a_blocks_wires_only_across_its_border() -> None:
    found = steps(SIGMOID)["steps"]
    assert [step["flow"] for step in found.values()] == [
        [["s:0", "0.5"]],
        [],
        [["s:1", "1"]],
        [["s:1", "1"]],
        [["z:0", "0.6225"]],
        [],
        [["z:0", "1.245"]],
        [["s:1", "0.7749"]],
        [["s:1", "−0.4824"]],
        [],
        [["s:0", "0.2926"]],
    ]


def test_a_function_that_takes_one_wire_twice_sends_both_over_it() -> None:
    graph = apply(built("x=3 a=Mul(x,x) b=Neg(a)"), MakeBlock(id="s", nodes=["a", "b"]))
    found = steps(graph)["steps"]
    assert found["1"]["flow"] == [["s:0", "3"]]
    assert found["5"]["flow"] == [["s:0", "−3 + −3"]]


def test_a_block_shows_its_numbers_when_they_have_come() -> None:
    told_steps = steps(SIGMOID)
    assert (told_steps["base"]["s"]["data"], told_steps["base"]["s"]["grad"]) == ("—", "—")
    given_at = {number: step["gives"].get("s", {}) for number, step in told_steps["steps"].items()}
    assert [found.get("data") for found in given_at.values()][:5] == ["—", "—", "—", "0.6225", None]
    assert given_at["7"]["grad"] == "1.245"
    assert [entry["from"] for entry in told_steps["ledgers"]["s"][0]["entries"]] == ["the Square that computes z"]
    assert told_steps["hidden"]["b"] == "Exp b"


def test_paths_go_through_a_block_on_its_wires() -> None:
    (variable,) = told(SIGMOID, "paths", "one")["paths"]["variables"]
    assert [row["names"] for row in variable["rows"]] == ["one → y → z", "one → c → y → z"]
    assert [row["edges"] for row in variable["rows"]] == [["s:1", "z:0"]] * 2
    (of_block,) = told(SIGMOID, "paths", "s")["paths"]["variables"]
    assert (of_block["name"], of_block["count"]) == ("y", "1")


def test_a_wrong_number_stands_at_the_block_that_shows_it() -> None:
    start = built("x=2 a=Square(x) b=Neg(a) c=Exp(a) d=Add(b,c)")
    graph = apply(start, MakeBlock(id="s", nodes=["a"], name="f"))
    faults = told(graph, "steps", variant=Variant.STEP_13)["faults"]
    assert "a.grad is" in faults["s"]["why"]
    assert "a" not in faults


def test_local_derivatives_of_a_block_stand_on_its_wires() -> None:
    edges = make_picture(SIGMOID, evaluate(SIGMOID), local=True)["edges"]
    assert [edges[wire]["local"] for wire in ("s:0", "s:1", "z:0")] == ["×0.235", "×0.235", "×1.245"]


def test_a_block_that_waits_says_for_what() -> None:
    graph = apply(SIGMOID, Disconnect(target="s", port=0))
    node = make_picture(graph, evaluate(graph))["nodes"]["s"]
    assert (node["state"], node["message"], node["data"]) == ("waiting", "a: waiting for its input", "—")
    assert node["ports"] == ["a.x", "one"]


def has_null(value: Any) -> bool:
    """Return whether a merge patch would take something for deleted."""
    if isinstance(value, dict):
        return any(each is None or has_null(each) for each in value.values())
    return False


@settings(deadline=None, max_examples=60)
@given(grouped(graphs()), st.sampled_from(Variant), st.sampled_from(["steps", "paths", "code"]))
def test_whatever_is_built_is_told(graph: Graph, variant: Variant, panel: str) -> None:
    found = told(graph, panel, fold(graph).topological_order()[-1], variant)
    marks = {each: fault["right"] for each, fault in found.get("faults", {}).items()}
    computation = Computation(graph, True, variant)
    picture = make_picture(graph, computation.trace, marks, local=True, bars=True)
    json.dumps(picture | found, allow_nan=False)
    assert not has_null(picture | found)
    assert set(picture["nodes"]) == {node.id for node in fold(graph).nodes()}
    for edge in picture["edges"].values():
        assert edge["port"] < len(fold(graph).node(edge["to"]).ports)
    if panel == "steps":
        for step in found["steps"]["steps"].values():
            assert {step["node"], *step["gives"]} <= set(picture["nodes"])
            assert {wire for wire, _ in step["flow"]} <= set(picture["edges"])


@settings(deadline=None, max_examples=40)
@given(grouped(graphs()))
def test_after_the_last_step_stands_what_the_picture_shows(graph: Graph) -> None:
    trace = evaluate(graph, watched=True)
    told_steps, nodes = steps_of(graph, trace), make_picture(graph, trace)["nodes"]
    last = dict(told_steps["base"])
    for number in range(1, told_steps["count"] + 1):
        last |= told_steps["steps"][str(number)]["gives"]
    for each, looks in last.items():
        assert (looks["data"], looks["grad"]) == (nodes[each]["data"], nodes[each]["grad"])


def test_a_trace_by_hand_that_is_out_of_date_is_folded_too() -> None:
    computation = Computation(SIGMOID, automatic=False)
    changed = apply(SIGMOID, Connect(source="x", target="s", port=1))
    computation.follow(changed)
    found = fold_trace(changed, computation.trace)
    assert found.nodes["s"].state == "stale"
    make_picture(changed, computation.trace, local=True, bars=True)
