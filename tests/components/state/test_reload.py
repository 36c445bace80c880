"""What a browser keeps over a reload by hand: the graph, and what Forward and Backward have done with it."""

from __future__ import annotations

from typing import Any

import pytest

from components.state import begin
from components.state.computation import MOST_SWEEPS
from engine.lessons import LESSONS
from tests.components.state.host import Host, set_x

BY_HAND = next(index for index, lesson in enumerate(LESSONS) if lesson.by_hand)


def reloaded(host: Host) -> Host:
    """Return a page that took up what the message says a browser shall keep."""
    told = host.message
    kept = {key: told[key] for key in ("automatic", "variant", "forward", "sweeps") if key in told}
    again = Host()
    again.do({"type": "restore", "document": host.document(), **kept})
    assert again.refusals == []
    return again


def grads(host: Host) -> dict[str, Any]:
    return {node["name"]: (node["data"], node["grad"]) for node in host.picture["nodes"].values()}


@pytest.mark.parametrize(
    "events",
    [
        [],
        [{"type": "backward"}],
        [{"type": "backward"}, {"type": "backward"}],
        [{"type": "backward"}, {"type": "cleargrad"}],
        [{"type": "backward"}, {"type": "forward"}],
        [{"type": "variant", "variant": "step 13"}, {"type": "backward"}],
    ],
)
def test_by_hand_a_reload_shows_the_same_numbers(events: list[dict[str, Any]]) -> None:
    host = Host()
    host.do({"type": "lesson", "lesson": BY_HAND}, *events)
    assert grads(reloaded(host)) == grads(host)
    assert reloaded(host).message["sweeps"] == host.message["sweeps"]


def test_backward_that_ran_from_two_outputs_is_kept_in_its_order() -> None:
    host = Host()
    host.do({"type": "automatic", "automatic": False}, {"type": "forward"}, {"type": "backward"})
    host.do({"type": "choose", "node": "n3"}, {"type": "backward"})
    assert host.message["sweeps"] == [["n5", 0], ["n3", 0]]
    assert host.number("x", "grad") == "8"  # 4 of z, and 4 of a
    again = reloaded(host)
    again.do()
    assert again.number("x", "grad") == "8"


def test_a_graph_that_was_edited_since_forward_waits_for_it_after_a_reload() -> None:
    host = Host()
    host.do({"type": "automatic", "automatic": False}, {"type": "backward"}, set_x(5))
    assert (host.message["forward"], host.message["sweeps"]) == (False, [])
    again = reloaded(host)
    assert again.message["forward"] is False
    assert [again.number("x", "data"), again.number("z", "data"), again.number("x", "grad")] == ["5", "—", "—"]
    again.do({"type": "backward"})
    assert "run Forward first" in again.message["notice"]
    again.do({"type": "forward"}, {"type": "backward"})
    assert (again.number("z", "data"), again.number("x", "grad")) == ("34", "10")


def test_a_tab_that_tells_nothing_of_backward_invents_no_gradient() -> None:
    host = Host()
    host.do({"type": "restore", "document": host.document(), "automatic": False})
    assert host.number("x", "grad") == "—"


def test_what_is_computed_automatically_costs_no_answer_anything() -> None:
    host = Host()
    assert not {"forward", "sweeps"} & host.message.keys()
    assert grads(reloaded(host)) == grads(host)


def test_an_output_that_there_is_not_is_left_out() -> None:
    host = Host()
    told = {"forward": True, "sweeps": [["gone", 0], ["n5", 7], ["n5", 0]]}
    host.do({"type": "restore", "document": host.document(), "automatic": False, **told})
    assert (host.refusals, host.message["sweeps"], host.number("x", "grad")) == ([], [["n5", 0]], "4")


def test_backward_runs_so_often_and_no_more() -> None:
    host = Host()
    host.do({"type": "automatic", "automatic": False}, {"type": "forward"})
    host.do(*[{"type": "backward"}] * (MOST_SWEEPS + 3))
    assert host.number("x", "grad") == str(4 * MOST_SWEEPS)
    assert host.message["notice"].startswith(f"Backward has run {MOST_SWEEPS} times since Forward: run Forward")
    assert grads(reloaded(host)) == grads(host)


def test_a_link_by_hand_opens_without_gradients() -> None:
    host = Host()
    host.do({"type": "automatic", "automatic": False}, {"type": "backward"}, {"type": "share"})
    other = Host(begin(host.message["link"]))
    assert (other.number("z", "data"), other.number("x", "grad"), other.message["sweeps"]) == ("13", "—", [])
