"""The panel of one node, as any host is told it: nodes, blocks, wrong numbers, and what can be done with them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.components.state.host import FORK, Host

HALF = {"type": "block", "id": "k1", "nodes": ["n3", "n4"], "name": "squares"}
VARIANT_14 = {"type": "variant", "variant": "step 14"}


@pytest.fixture
def host() -> Host:
    return Host(look={"panel": "inspect"})


def inspected(host: Host, node: str, *events: dict[str, Any]) -> dict[str, Any]:
    host.selected = node
    found: dict[str, Any] = host.do(*events)["inspector"]
    return found


def labels(inspector: dict[str, Any]) -> list[str]:
    return [offer["label"] for offer in inspector["offers"]]


def press(host: Host, label: str) -> dict[str, Any]:
    """Do what a button of the panel does: its event is an edit like any other."""
    (event,) = [offer["event"] for offer in host.picture["inspector"]["offers"] if offer["label"] == label]
    return host.do(event)


def test_a_computed_node_shows_its_rule_its_products_and_its_numbers(host: Host) -> None:
    inspector = inspected(host, "n3")
    assert inspector["about"] == "Square: Square a value elementwise."
    assert [rule["spoken"] for rule in inspector["rules"]] == ["a = x²", "∂a / ∂x = 2x"]
    (product,) = inspector["products"]
    assert product["spoken"].endswith("= 4")  # 1 × 2x at x = 2
    assert product["lines"][0][0] == "math"
    assert inspector["numbers"] == {"data": "4", "grad": "1", "shape": "()"}
    assert inspector["message"] == ""


def test_an_input_shows_its_value_to_be_edited(host: Host) -> None:
    inspector = inspected(host, "n1")
    assert [(field["edits"], field["text"]) for field in inspector["fields"]] == [("name", "x"), ("value", "2")]
    assert (inspector["rules"], inspector["products"]) == ([], [])
    inspector = inspected(host, "n1", {"type": "set value", "node": "n1", "value": "−1.5"})
    assert inspector["fields"][1]["text"] == "-1.5"
    assert inspector["numbers"]["grad"] == "−3" or inspector["numbers"]["grad"] == "-3"


def test_with_nothing_selected_there_is_nothing_to_tell(host: Host) -> None:
    inspected(host, "n1")
    for selected in ("", "gone"):
        host.selected = selected
        assert "inspector" not in host.do()


def test_a_block_says_what_is_in_it_and_can_be_opened_and_ungrouped(host: Host) -> None:
    inspector = inspected(host, "k1", HALF)
    assert inspector["about"] == "Block of 2 nodes: a, b. It computes what they compute."
    press(host, "Open the block")
    assert host.session.playground.graph.block("k1").is_open  # type: ignore[union-attr]
    press(host, "Close the block")
    press(host, "Ungroup")
    assert host.session.playground.graph.block("k1") is None
    assert host.refusals == []


def test_of_a_large_block_the_first_twelve_nodes_are_named(host: Host) -> None:
    nodes = [{"type": "add", "id": f"m{number}", "op": "Square", "name": f"v{number}"} for number in range(14)]
    block = {"type": "block", "id": "k1", "nodes": [node["id"] for node in nodes], "name": "many"}
    about = inspected(host, "k1", *nodes, block)["about"]
    assert about.startswith("Block of 14 nodes: v0, v1,")
    assert "v11" in about
    assert "v12" not in about


def test_each_output_of_a_block_can_be_differentiated(host: Host) -> None:
    assert labels(inspected(host, "k1", HALF))[:2] == ["Differentiate a", "Differentiate b"]
    press(host, "Differentiate b")
    assert host.session.playground.trace.output == ("n4", 0)
    assert labels(host.picture["inspector"])[0] == "Differentiate a"


def test_the_graph_of_a_gradient_is_offered_and_drawn(host: Host) -> None:
    inspected(host, "n1")
    before = len(host.picture["nodes"])
    picture = press(host, "Show the graph of x.grad")
    assert len(picture["nodes"]) > before
    assert picture["drawn"] == 1


def test_a_gradient_that_cannot_be_drawn_is_refused_by_name(host: Host) -> None:
    inspected(host, "n9", {"type": "add", "id": "n9", "op": "Input", "name": "apart"})
    press(host, "Show the graph of apart.grad")
    (refusal,) = host.refusals
    assert "apart" in refusal


def test_numerical_trouble_is_a_whole_sentence(host: Host) -> None:
    events = [
        {"type": "add", "id": "n9", "op": "Log", "name": "l"},
        {"type": "connect", "source": "n1", "output": 0, "target": "n9", "port": 0},
        {"type": "set value", "node": "n1", "value": -1},
    ]
    assert inspected(host, "n9", *events)["message"] == "Log of −1 is not a real number."


def test_a_parameter_is_called_as_in_code_and_edited(host: Host) -> None:
    events = [
        {"type": "add", "id": "n9", "op": "Pow", "name": "cube"},
        {"type": "connect", "source": "n1", "output": 0, "target": "n9", "port": 0},
    ]
    (_, field) = inspected(host, "n9", *events)["fields"]
    assert (field["edits"], field["parameter"], field["label"]) == ("parameter", "exponent", "exponent")
    inspector = inspected(host, "n9", {"type": "set parameter", "node": "n9", "name": "exponent", "value": "3"})
    assert inspector["numbers"]["data"] == "8"


def test_the_ends_of_the_graph_are_told_and_the_one_that_is_differentiated(host: Host) -> None:
    events = [
        {"type": "add", "id": "n9", "op": "Square", "name": "w"},
        {"type": "connect", "source": "n1", "output": 0, "target": "n9", "port": 0},
    ]
    outputs = host.do(*events, {"type": "choose", "node": "n9", "output": 0})["outputs"]
    assert [(each["name"], each["chosen"]) for each in outputs] == [("z", False), ("w", True)]
    assert host.number("x", "grad") == "4"
    outputs = host.do({"type": "choose", "node": "n3", "output": 0})["outputs"]
    assert [(each["name"], each["chosen"]) for each in outputs] == [("z", False), ("w", False), ("a", True)]


def test_by_hand_every_node_of_a_graph_that_was_edited_can_be_inspected(host: Host) -> None:
    host.do(
        {"type": "automatic", "automatic": False},
        {"type": "delete", "nodes": ["n1"]},
        {"type": "add", "id": "k1", "op": "Split"},
    )
    for node in [node.id for node in host.session.playground.graph.nodes()]:
        assert inspected(host, node)["id"] == node
        assert "panelTrouble" not in host.picture
    host.do({"type": "backward"})
    assert "run Forward first" in host.message["notice"]


def test_the_open_lesson_asks_its_question_until_it_is_left(host: Host) -> None:
    lesson = host.do(*FORK)["lesson"]
    assert (lesson["number"], lesson["title"]) == (8, "Generations")
    assert lesson["question"].endswith("?")
    assert "lesson" not in host.do({"type": "new"})
    assert host.do({"type": "undo"})["lesson"] == lesson


def test_while_somebody_steps_steps_are_told_beside_any_panel(host: Host) -> None:
    picture = host.show("inspect", stepping=True)
    assert picture["steps"]["count"] == 7  # three forward, the seed, three backward
    assert "steps" not in host.show("inspect")
