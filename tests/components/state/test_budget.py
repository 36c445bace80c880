"""An answer stays within a megabyte beside the document, whatever is built, computed and looked at."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from components.panels import Panel
from engine.limits import ANSWER_CHARACTERS, MAX_EDGES, MAX_NODES
from tests.components.state.host import Host

PANELS = ["", *sorted(Panel.registry)]
STEP_13 = {"type": "variant", "variant": "step 13"}
STEP_14 = {"type": "variant", "variant": "step 14"}


def formula(*lines: str) -> dict[str, Any]:
    return {"type": "formula", "text": "\n".join(lines)}


def doubling(count: int) -> dict[str, Any]:
    """Return x and `count` Adds of what came before to itself: 2 ** count paths."""
    return formula("a0 = x + x", *(f"a{i} = a{i - 1} + a{i - 1}" for i in range(1, count)))


def fibonacci(count: int) -> dict[str, Any]:
    return formula("f0 = x + x", "f1 = f0 + x", *(f"f{i} = f{i - 1} + f{i - 2}" for i in range(2, count)))


def document(nodes: list[dict[str, Any]], edges: list[tuple[str, str, int]]) -> dict[str, Any]:
    wires = [{"from": source, "to": target, "port": port} for source, target, port in edges]
    return {
        "type": "replace",
        "document": {"format": "backprop-playground", "version": 2, "nodes": nodes, "edges": wires},
    }


def chain(count: int, *shape: int) -> dict[str, Any]:
    """Return an array and `count` times its Tanh."""
    value = np.random.default_rng(0).standard_normal(shape).tolist()
    nodes = [{"id": "n0", "op": "Input", "name": "x", "value": value, "position": [0, 0]}]
    nodes += [{"id": f"n{i}", "op": "Tanh", "name": f"t{i}", "position": [i, 0]} for i in range(1, count + 1)]
    return document(nodes, [(f"n{i}", f"n{i + 1}", 0) for i in range(count)])


def crowd() -> dict[str, Any]:
    """Return as many nodes and wires as there may be, with the longest names."""

    def node(i: int, op: str, more: dict[str, Any]) -> dict[str, Any]:
        return {"id": f"n{i}", "op": op, "name": f"{'変' * 37}{i:03}", "position": [i, i], **more}

    nodes = [node(i, "Input", {"value": 1e-100 / 3}) for i in range(8)]
    nodes += [node(i, "Where" if i % 2 else "Mul", {}) for i in range(8, MAX_NODES)]
    ports = {"Where": 3, "Mul": 2}
    edges = [(f"n{i - port - 1}", f"n{i}", port) for i in range(8, MAX_NODES) for port in range(ports[nodes[i]["op"]])]
    return document(nodes, edges[:MAX_EDGES])


def four_arrays() -> dict[str, Any]:
    """Return four arrays as `random(100, 100)` gives them, multiplied."""
    nodes = [
        {"id": f"n{i}", "op": "Input", "name": f"x{i}", "position": [0, i], "value": value.tolist()}
        for i, value in enumerate(np.random.default_rng(0).standard_normal((4, 100, 100)))
    ]
    nodes += [{"id": f"m{i}", "op": "Mul", "name": f"m{i}", "position": [1, i]} for i in range(3)]
    return document(
        nodes,
        [
            ("n0", "m0", 0),
            ("n1", "m0", 1),
            *[(f"m{i}", f"m{i + 1}", 0) for i in range(2)],
            ("n2", "m1", 1),
            ("n3", "m2", 1),
        ],
    )


def many_arrays() -> dict[str, Any]:
    value = np.random.default_rng(0).standard_normal((14, 15)).tolist()
    return document(
        [{"id": f"n{i}", "op": "Input", "name": f"x{i}", "value": value, "position": [i, 0]} for i in range(MAX_NODES)],
        [],
    )


def long_paths() -> dict[str, Any]:
    """Return a chain of 240 ops with seven forks in it: 128 paths, each of 240 hops."""
    lines = [f"{'a' * 36}0 = x + x"]
    for i in range(1, 240):
        before = f"{'a' * 36}{i - 1}"
        lines.append(f"{'a' * 36}{i} = " + (f"{before} + {before}" if i < 7 else f"sin({before})"))
    return formula(*lines)


def beside_values(answer: dict[str, Any]) -> int:
    """Return the characters of an answer without the values of inputs, which are the document's."""
    message = json.loads(json.dumps(answer))
    for nodes in (message["picture"].get("nodes") or {}, (message["picture"].get("inside") or {}).get("nodes", {})):
        for node in nodes.values():
            (node or {}).pop("value", None)
    return len(json.dumps(message, ensure_ascii=False))


@pytest.mark.parametrize(
    "events",
    [
        [doubling(12), STEP_13],
        [doubling(12), STEP_14],
        [fibonacci(18), STEP_13],
        [fibonacci(18), STEP_14],
        [four_arrays()],
        [chain(499, 100, 100)],
        [crowd()],
        [crowd(), STEP_13],
        [many_arrays()],
        [long_paths()],
    ],
    ids=[
        *("doubling 13", "doubling 14", "Fibonacci 13", "Fibonacci 14", "four arrays", "500 Tanh", "crowd", "crowd 13"),
        *("many arrays", "long paths"),
    ],
)
def test_every_answer_stays_within_its_budget(events: list[dict[str, Any]]) -> None:
    host = Host()
    for event in events:
        host.do(event)
    assert host.refusals == []
    host.selected = next(iter(host.picture["order"]))
    largest = {}
    for panel in PANELS:
        picture = host.show(panel, local=True, bars=True)
        assert "panelTrouble" not in picture, panel
        largest[panel] = beside_values(host.message)
        host.session.browser.have = 0  # as of a page that has no picture yet
        largest[f"{panel} whole"] = beside_values(host.session.message())
    assert max(largest.values()) <= ANSWER_CHARACTERS, largest


def test_a_wrong_variant_stops_where_a_class_can_no_longer_follow() -> None:
    host = Host()
    picture = host.do(doubling(12), STEP_14)
    steps = host.show("steps")["steps"]
    assert "paths double at each fork" in host.message["notice"]
    assert host.message["notice"].startswith("Step 14 goes along every path by itself")
    assert "stopped after 312 visits" in host.message["notice"]  # 300, and one for each of the 12 Adds
    assert "faults" not in picture
    assert steps["total"] == 12 + 1 + 312
    assert host.do({"type": "variant", "variant": "step 16"})["steps"]["count"] == 12 + 1 + 12
    assert (host.message["notice"], host.number("x", "grad")) == ("", "4096")


def test_a_wrong_variant_that_goes_few_paths_is_not_stopped() -> None:
    host = Host()
    host.do(doubling(6), STEP_14)
    assert host.message["notice"] == ""
    # 2 + 4 + … visits, each of which sends what has arrived there by then once more.
    assert "faults" in host.picture


def test_steps_come_in_pages_that_follow_one_on_another() -> None:
    host = Host()
    host.do(chain(499, 10, 10))
    first = host.show("steps")["steps"]
    assert first["count"] < first["total"] == 499 + 1 + 499
    assert first["forward"] == 499
    captions, after = [], 0
    while after < first["total"]:
        page = host.show("steps", steps_after=after)["steps"]
        captions += [step["caption"] for step in page["steps"].values()]
        assert (page.get("after", 0), page["forward"]) == (after, 499)
        shown = [node for node in page["base"].values() if node.get("grad", "—") != "—" or "data" in node]
        assert shown
        after += page["count"]
    assert [int(caption.split()[1]) for caption in captions] == list(range(1, first["total"] + 1))


def test_steps_of_an_ordinary_graph_come_at_once() -> None:
    steps = Host().show("steps")["steps"]
    assert set(steps).isdisjoint({"total", "after"})
    assert steps["count"] == 3 + 1 + 3


def test_a_long_script_is_shortened_with_a_count_and_never_computes_something_else() -> None:
    host = Host()
    host.do(formula("z = x * y"))
    for node in ("n1", "n2"):
        host.do({"type": "set value", "node": node, "value": "random(100, 100)"})
    for script in host.show("code")["code"].values():
        assert "9 997 of 10 000 numbers are left out" in script["text"].replace("\u202f", " ")
        assert len(script["text"]) < 10_000
        with pytest.raises((TypeError, ValueError, ImportError)):
            exec(script["text"], {"print": lambda *_: None})


def test_a_script_of_very_many_lines_says_how_many_are_left_out() -> None:
    host = Host()
    host.do(crowd())
    text = host.show("code")["code"]["program"]["text"]
    assert "more lines are left out here" in text
    with pytest.raises((TypeError, SyntaxError, NameError)):
        exec(text + "raise NameError", {"print": lambda *_: None})
