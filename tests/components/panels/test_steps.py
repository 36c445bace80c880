"""The steps that the browser plays: what they say is what the trace says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.panels import steps_of
from components.picture import look_of
from components.text import short_array
from engine.autograd import Variant
from engine.document import Graph, Node
from engine.evaluation import Trace, evaluate
from engine.formula import graph_of_formula
from engine.lessons import LESSONS
from tests.components.panels.shown import shown
from tests.engine.built import FORK, SEED, built
from tests.strategies import graphs


def steps(graph: Graph, **options: object) -> dict:
    return steps_of(graph, evaluate(graph, watched=True, **options))  # type: ignore[arg-type]


def captions(graph: Graph, **options: object) -> list[str]:
    return [step["caption"].partition(": ")[2] for step in steps(graph, **options)["steps"].values()]


def test_the_first_lesson_in_sentences() -> None:
    assert captions(LESSONS[0].graph) == [
        "Square computes a = 4 from x = 2.",
        "Square computes b = 9 from y = 3.",
        "Add computes z = 13 from a = 4 and b = 9.",
        "Backward starts at z with z.grad = 1: z changes as much as itself.",
        "Add sends a.grad = 1 × 1 = 1 and b.grad = 1 × 1 = 1.",
        "Square sends x.grad = 1 × 4 = 4.",
        "Square sends y.grad = 1 × 6 = 6.",
    ]


def test_the_rule_with_the_numbers_plugged_in() -> None:
    played = steps(LESSONS[0].graph)["steps"]
    assert played["3"]["spoken"] == ["z = a + b = 4 + 9 = 13"]
    # called by whose gradient it is: lesson 1 has a y of its own
    assert played["6"]["spoken"] == ["x.grad = a.grad · 2x = 1 × 2 × 2 = 4"]


def test_a_negative_factor_keeps_its_brackets() -> None:
    played = steps(built("x=3 y=-4 z=Mul(x,y)"))["steps"]
    assert played["3"]["spoken"][0].endswith("= 1 × (−4) = −4")
    assert played["3"]["caption"].endswith("Mul sends x.grad = 1 × (−4) = −4 and y.grad = 1 × 3 = 3.")


def test_a_fork_is_told_as_a_sum() -> None:
    assert captions(built("x=3 y=Add(x,x)"))[-1] == (
        "Add sends 1 × 1 = 1 to x.grad and once more 1 × 1 = 1 to x.grad. With what had arrived, x.grad = 1 + 1 = 2."
    )


def test_arrays_are_told_by_shape_and_first_entries() -> None:
    graph = Graph.of([Node("x", None, "x", (1.0, 2.0)), Node("b", None, "b", 3.0), Node("y", "Mul", "y")],
                     built("x=1 b=3 y=Mul(x,b)").edges())  # fmt: skip
    told = captions(graph)[-1]
    assert "x.grad of shape (2,), first entry 1 × 3 = 3" in told
    # b stands for both entries: its gradient is 1·1 + 1·2.
    assert "b.grad = 1 × 1 + 1 × 2 = 3. b was repeated 2 times, so its contributions are added." in told


def test_the_work_list_of_the_first_lesson() -> None:
    found = steps(SEED)
    waiting = [step["waiting"] for step in found["steps"].values() if step["kind"] != "forward"]
    assert waiting == [["z"], ["b", "a"], ["b"], []]
    assert found["generations"] == {"a": 0, "b": 0, "z": 1}


def test_the_lines_that_ran_are_lines_of_the_source_that_is_sent() -> None:
    found = steps(SEED)
    for step in found["steps"].values():
        source = found["sources"]["forward" if step["kind"] == "forward" else "backward"]
        ran = [source["lines"][line - source["first"]].strip() for line in step["lines"]]
        if step["kind"] == "seed":
            assert any("send(output" in line for line in ran)
        elif step["kind"] == "backward":
            assert any(line.startswith("gxs = function.gradients(gys)") for line in ran)
    assert found["methods"]["Square"]["backward"].startswith("def backward(self, gy)")


@pytest.mark.parametrize("variant", list(Variant))
def test_the_telling_line_is_the_one_that_does_what_the_step_is_about(variant: Variant) -> None:
    telling = {"forward": "ys = self.forward(", "seed": "send(output, gy)", "backward": "x._grad = "}
    found = steps(FORK, variant=variant)
    for step in found["steps"].values():
        source = found["sources"]["forward" if step["kind"] == "forward" else "backward"]
        assert step["telling"] in step["lines"]
        assert source["lines"][step["telling"] - source["first"]].strip().startswith(telling[step["kind"]])


def test_who_sends_nothing_rests_on_the_last_line_that_ran() -> None:
    graph = Graph.of([Node("c", "Constant", "c")], [])
    (*_, last) = steps(graph)["steps"].values()
    assert (last["kind"], last["flow"]) == ("backward", [])
    assert last["telling"] == last["lines"][-1]


def test_what_has_arrived_is_counted() -> None:
    arrivals = [
        (step["node"], given.get("arrived"))
        for step in steps(FORK)["steps"].values()
        for node, given in step["gives"].items()
        if node == "a" and step["kind"] == "backward"
    ]
    assert arrivals == [("b", "1 of 2 arrived"), ("c", "2 of 2 arrived")]


@pytest.mark.parametrize(
    ("graph", "options", "badge"),
    [
        (built("x=3 y=Add(x,x)"), {"sweeps": (("y", 0), ("y", 0))}, "2 of 2 arrived"),
        (FORK, {"variant": Variant.STEP_14}, "2 arrived, 1 due"),
    ],
    ids=["each Backward by itself", "a second visit"],
)
def test_arrivals_are_counted_within_one_backward(graph: Graph, options: dict, badge: str) -> None:
    found = steps(graph, **options)
    assert found["steps"][str(found["count"])]["gives"]["x"]["arrived"] == badge


def test_what_overwrites_is_booked_as_such() -> None:
    (ledger,) = steps(built("x=3 y=Add(x,x)"), variant=Variant.STEP_13)["ledgers"]["x"]
    assert [(entry["text"], entry["replaces"], entry["total"]) for entry in ledger["entries"]] == [
        ("1", "—", "1"),
        ("1", "1", "1"),
    ]


@pytest.mark.parametrize(
    ("variant", "slips"),
    [
        (Variant.STEP_16, []),
        (Variant.STEP_14, ["too early: 1 of 2 contributions had arrived at a.grad", "a second time"]),
        (
            Variant.STEP_13,
            ["too early: 1 of 2 contributions had arrived at a.grad", "overwrites a.grad", "overwrites x"],
        ),
    ],
)
def test_a_wrong_engine_is_caught_in_the_step(variant: Variant, slips: list[str]) -> None:
    found = [slip for step in steps(FORK, variant=variant)["steps"].values() for slip in step["slips"]]
    assert len(found) == len(slips)
    for told, expected in zip(found, slips, strict=True):
        assert expected in told


def test_the_ledger_names_senders_and_running_sums() -> None:
    ledger = steps(FORK)["ledgers"]["a"][0]
    # Steps 1 to 4 are forward, 5 the seed, 6 Add, and b and c send 2·4 each.
    assert [(entry["step"], entry["from"], entry["text"], entry["total"]) for entry in ledger["entries"]] == [
        (7, "the Square that computes b", "8", "8"),
        (8, "the Square that computes c", "8", "16"),
    ]
    assert ledger["due"] == [2]


@settings(deadline=None, max_examples=60)
@given(graphs(max_nodes=8), st.sampled_from(list(Variant)))
def test_after_the_last_step_every_node_shows_what_the_trace_holds(graph: Graph, variant: Variant) -> None:
    trace = evaluate(graph, variant=variant, watched=True)
    found = steps_of(graph, trace)
    shown = dict(found["base"])
    for number in range(1, found["count"] + 1):
        shown.update(found["steps"][str(number)]["gives"])
    for node in graph.nodes():
        wanted = look_of(node, trace.nodes[node.id])
        assert {key: shown[node.id][key] for key in wanted} == wanted


@settings(deadline=None, max_examples=60)
@given(graphs(max_nodes=8))
def test_before_the_first_step_nothing_is_computed_and_nothing_has_a_gradient(graph: Graph) -> None:
    base = steps(graph)["base"]
    for node in graph.nodes():
        assert base[node.id]["grad"] == ", ".join("—" for _ in range(node.n_outputs))
        if node.is_input:
            assert base[node.id]["data"] != "—"


@settings(deadline=None, max_examples=60)
@given(graphs(max_nodes=8), st.sampled_from(list(Variant)))
def test_what_flows_and_what_the_ledger_books_agree(graph: Graph, variant: Variant) -> None:
    found = steps(graph, variant=variant)
    booked: dict[int, list[str]] = {}
    for entries in found["ledgers"].values():
        for ledger in entries:
            for entry in ledger["entries"]:
                if entry["from"] != "seed":
                    booked.setdefault(entry["step"], []).append(entry["text"])
    # A Constant sends nothing to anybody.
    backward = {int(n): step["flow"] for n, step in found["steps"].items() if step["kind"] == "backward"}
    sent = {number: [text for _, text in flow] for number, flow in backward.items() if flow}
    assert {number: sorted(texts) for number, texts in booked.items()} == {
        number: sorted(texts) for number, texts in sent.items()
    }


def test_a_failing_function_ends_the_forward_steps() -> None:
    graph = Graph.of([Node("x", None, "x", (1.0, 2.0)), Node("b", None, "b", (1.0, 2.0, 3.0)), Node("y", "Add", "y")],
                     built("x=1 b=3 y=Add(x,b)").edges())  # fmt: skip
    trace: Trace = evaluate(graph, watched=True)
    found = steps_of(graph, trace)
    assert found["count"] == 0
    assert found["base"]["y"]["data"] == look_of(graph.node("y"), trace.nodes["y"])["data"]


def test_flowing_numbers_are_written_as_on_the_nodes() -> None:
    assert steps(built("x=0.1 y=Neg(x)"))["steps"]["1"]["flow"] == [["y:0", short_array(np.array(0.1))]]


def test_a_third_turn_is_told_as_that_and_nothing_is_told_twice() -> None:
    graph = graph_of_formula("x = 3; y = 2; m = min_max(x, y); z = m.low * m.high + m.low * x", Graph())
    told = [step["slips"] for step in shown(graph, "steps", variant=Variant.STEP_14)["steps"]["steps"].values()]
    assert all(len(set(slips)) == len(slips) for slips in told)
    *_, second, third = [" ".join(slips) for slips in told if slips]
    assert "a second time. It had sent 0 to x.grad and now sends 2: the first stays in the sum." in second
    assert "its turn once more. It had last sent 2 to x.grad and now sends 2: all stays in the sum." in third
