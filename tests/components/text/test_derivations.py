"""How a number came about, against derivatives worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.components.state.host import FORK, Host

STEP_13 = {"type": "variant", "variant": "step 13"}
BY_HAND = [{"type": "automatic", "automatic": False}, {"type": "forward"}]


def id_of(host: Host, name: str) -> str:
    return next(each for each, node in host.picture["nodes"].items() if node["name"] == name)


def derived(host: Host, name: str, number: str = "grad") -> tuple[str, list[str]]:
    """Return the sentences and equations of a node's number."""
    host.look = {**host.look, "number": number}
    host.selected = id_of(host, name)
    (part,) = host.do()["derivation"]["parts"]
    return " ".join(part["sentences"]), [each["spoken"] for each in part["equations"]]


@pytest.fixture
def host() -> Host:
    return Host()


def test_a_gradient_is_told_of_what_it_is_and_as_upstream_times_local(host: Host) -> None:
    text, equations = derived(host, "x")
    assert text.startswith("x.grad is ∂z/∂x: how much z changes when x changes by a little.")
    assert "x goes into a: upstream a.grad = 1" in text
    assert equations == ["∂z / ∂x = (∂z / ∂a) (∂a / ∂x)", "x.grad = a.grad · 2x = 1 × 2 × 2 = 4"]
    assert derived(host, "y")[1][-1] == "y.grad = b.grad · 2y = 1 × 2 × 3 = 6"


def test_the_output_is_where_backward_starts(host: Host) -> None:
    text, equations = derived(host, "z")
    assert "z.grad is ∂z/∂z" in text
    assert "Backward starts at z with z.grad = 1" in text
    assert equations == []


def test_what_comes_from_several_functions_is_added(host: Host) -> None:
    host.do({"type": "formula", "text": "z = x * y + sin(x)"}, {"type": "set value", "node": "n1", "value": 0})
    host.do({"type": "set value", "node": id_of(host, "y"), "value": 3})
    text, equations = derived(host, "x")
    assert "the gradients from there are added" in text
    assert equations[-1] == "x.grad = 3 + 1 = 4"  # ∂(x y)/∂x = y = 3, ∂ sin x/∂x = cos 0 = 1
    assert equations[0].startswith("∂z / ∂x = (∂z / ∂")
    assert [each.startswith("through ") for each in equations[1:-1]] == [True, True]


def test_data_is_told_by_its_rule(host: Host) -> None:
    assert derived(host, "z", "data") == ("Add computes z = 13 from a = 4 and b = 9.", ["z = a + b = 4 + 9 = 13"])
    assert "x is an input" in derived(host, "x", "data")[0]


def test_where_nothing_came_it_says_why(host: Host) -> None:
    host.do({"type": "choose", "node": "n3", "output": 0})
    text, equations = derived(host, "y")
    assert text == "No wire leads from y to a, so Backward brings nothing: y.grad is None, which is not 0."
    assert equations == []
    host.do(*BY_HAND)
    assert derived(host, "x")[0] == "Backward has not run: x.grad is None, which is not 0."
    host.do({"type": "set value", "node": "n1", "value": 5})
    assert "out of date" in derived(host, "a")[0]
    assert "out of date" in derived(host, "a", "data")[0]


def test_two_passes_are_added_and_overwritten_ones_are_told(host: Host) -> None:
    host.do(*BY_HAND, {"type": "backward"}, {"type": "backward"})
    text, equations = derived(host, "x")
    assert "Backward ran 2 times" in text
    assert equations[-1] == "x.grad = 4 + 4 = 8"
    fork = Host()
    fork.do(*FORK, STEP_13)
    text, equations = derived(fork, "a")
    assert "has overwritten 1 that came before" in text
    assert len(equations) == 1


def test_a_block_is_derived_by_its_outputs_and_a_deselected_node_not_at_all(host: Host) -> None:
    host.do({"type": "block", "id": "k1", "nodes": ["n3", "n4"], "name": "squares"})
    host.look, host.selected = {"number": "grad"}, "k1"
    derivation: dict[str, Any] = host.do()["derivation"]
    assert [part["equations"][-1]["spoken"] for part in derivation["parts"]] == [
        "a.grad = z.grad · 1 = 1 × 1 = 1",
        "b.grad = z.grad · 1 = 1 × 1 = 1",
    ]
    assert derivation["shown"] == "1, 1"
    host.selected = ""
    assert "derivation" not in host.do()
    host.look, host.selected = {}, "k1"
    assert "derivation" not in host.do()
