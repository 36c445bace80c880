"""What a browser keeps over a reload by hand: the graph, and what Forward and Backward have done with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.state import begin, history
from components.state.computation import MOST_SWEEPS
from components.state.kept_history import GESTURES_TOLD, HISTORY_CHARACTERS
from engine.lessons import LESSONS
from tests.components.state.host import Host, set_x

BY_HAND = next(index for index, lesson in enumerate(LESSONS) if not lesson.automatic)


def reloaded(host: Host) -> Host:
    """Return a page that took up what the message says a browser shall keep."""
    told = host.message
    names = ("automatic", "variant", "forward", "sweeps", "picks", "lesson")
    kept = {key: told[key] for key in names if key in told} | {"history": host.history}
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


def test_a_link_says_which_panel_is_open_and_how_far_somebody_has_stepped() -> None:
    host = Host()
    host.do(
        {"type": "variant", "variant": "step 13"}, {"type": "share", "fields": {"panel": "code", "step": 4, "x": 1}}
    )
    message = Host(begin(host.message["link"])).message
    assert (message["linked"], message["variant"]) == ({"panel": "code", "step": 4}, "step 13")
    host.do({"type": "share"})
    assert "linked" not in Host(begin(host.message["link"])).message


def test_a_link_opened_over_a_graph_leaves_it_one_undo_away() -> None:
    by_hand = Host()
    by_hand.do({"type": "lesson", "lesson": 2}, {"type": "automatic", "automatic": False}, {"type": "share"})
    host = Host(begin(by_hand.message["link"]))
    own = Host()
    own.do(set_x(7))
    kept = {"type": "restore", "document": own.document(), "history": own.history, "followers": 1}
    host.do(kept, {"type": "open link", "link": by_hand.message["link"]})
    assert (host.number("f", "data"), host.number("x", "grad"), host.message["automatic"]) == ("−12", "—", False)
    assert host.message["undo"] == "open another graph"
    host.do({"type": "undo"})
    assert (host.number("x", "data"), host.message["undo"]) == ("7", "set x to 7")
    host.do({"type": "open link", "link": "damaged"})
    assert (host.number("x", "data"), len(host.refusals)) == ("7", 1)


# Undo, the lesson, the order that was picked ------------------------------------------------------------------------


def steps_back(host: Host) -> list[tuple[str, Any]]:
    """Undo all there is, and return what each was called and what the graph was then."""
    found = []
    while host.message["undo"]:
        label = host.message["undo"]
        host.do({"type": "undo"})
        found.append((label, host.document()))
    return found


EDITS: list[dict[str, Any]] = [
    set_x([1.5, -2]),
    {"type": "add", "id": "k1", "op": "Pow", "parameters": {"exponent": 3}},
    {"type": "connect", "source": "n5", "target": "k1", "port": 0},
    {"type": "rename", "node": "n3", "name": "square"},
    {"type": "choose", "node": "n3"},
    {"type": "delete", "nodes": ["n4", "n1"]},
    {"type": "move", "positions": {"n2": [3, 4]}},
    {"type": "lesson", "lesson": 4},
    {"type": "formula", "text": "z = x * x"},
    {"type": "new"},
]


@pytest.mark.parametrize("undone", range(len(EDITS) + 1))
def test_what_could_be_undone_and_redone_can_be_after_a_reload(undone: int) -> None:
    host = Host()
    for event in EDITS:
        host.do(event)
    assert host.refusals == []
    host.do(*[{"type": "undo"}] * undone)
    again = reloaded(host)
    assert (again.message["undo"], again.message["redo"]) == (host.message["undo"], host.message["redo"])
    twice = reloaded(again)  # what was not undone in between is handed on
    forward, expected = [], []
    for page, found in ((twice, forward), (host, expected)):
        while page.message["redo"]:
            found.append(page.message["redo"])
            page.do({"type": "redo"})
            found.append(page.document())
            found.append(page.message.get("lesson"))
    assert forward == expected
    assert len(forward) == 3 * undone
    assert steps_back(twice) == steps_back(host)
    assert twice.refusals == []


def test_edits_after_a_reload_stand_behind_what_was_kept() -> None:
    host = Host()
    host.do(set_x(7))
    again = reloaded(host)
    again.do({"type": "rename", "node": "n1", "name": "w"})
    assert [label for label, _ in steps_back(reloaded(again))] == ["rename x to w", "set x to 7"]


def test_a_gesture_of_several_edits_is_one_step_after_a_reload_too() -> None:
    host = Host()
    host.do(*(set_x(value) for value in range(3, 9)), gesture=5)
    ((label, document),) = steps_back(reloaded(host))
    assert (label, document["nodes"][0]["value"]) == ("set x to 8", 2)


def test_a_gesture_that_goes_on_after_a_reload_stays_one_step() -> None:
    host = Host()
    host.do(set_x(1), set_x(10), gesture=5)  # 104 is typed, and a reload comes before its last digit is handed over
    again = reloaded(host)
    again.do(set_x(104), gesture=5)
    ((label, document),) = steps_back(again)
    assert (label, document["nodes"][0]["value"]) == ("set x to 104", 2)


def test_blocks_come_back_by_undo_after_a_reload() -> None:
    host = Host()
    host.do({"type": "block", "id": "k1", "nodes": ["n3", "n4", "n5"], "name": "norm"})
    before = host.session.playground.graph
    host.do({"type": "ungroup", "block": "k1"})
    again = reloaded(host)
    again.do({"type": "undo"})
    assert again.session.playground.graph == before


def test_what_is_kept_of_undo_is_bounded_and_an_edit_adds_little_to_it() -> None:
    host = Host()
    for number in range(200):
        told = host.message.get("history", {})
        host.do(set_x(number))
    assert len(json.dumps(told)) < 1_000
    assert len(host.history["past"]) == GESTURES_TOLD
    assert [label for label, _ in steps_back(reloaded(host))][::59] == ["set x to 199", "set x to 140"]
    for number in range(9):
        host.do(set_x([number] * 2_000))
    assert sum(map(len, host.history["past"])) <= HISTORY_CHARACTERS
    assert host.history["past"]


def test_what_is_too_long_to_be_kept_of_undo_is_not_even_written(monkeypatch: pytest.MonkeyPatch) -> None:
    host = Host()
    for node in ("n1", "n2", "k1", "k2"):
        added = {"type": "add", "id": node, "op": "Input", "x": 0, "y": 0}
        value = {"type": "set value", "node": node, "value": [[1.0] * 100] * 100}
        host.do(*[added] * node.startswith("k"), value)
    written = []
    monkeypatch.setattr(history, "written", lambda told: written.append(told) or json.dumps(vars(told)))
    host.do({"type": "new"})  # to undo that would take 40 000 numbers
    assert (written, host.message["undo"]) == ([], "begin a new graph")
    host.do({"type": "add", "id": "k9", "op": "Input", "x": 0, "y": 0})
    assert [len(told.difference["nodes"]) for told in written] == [1]
    host.do({"type": "undo"}, {"type": "undo"})
    assert len(host.session.playground.graph) > 2


@pytest.mark.parametrize(
    "history",
    [
        5,
        {"past": ["{"]},
        {"past": ["5"], "future": ["[]"]},
        {"past": ["x" * 70_000]},
        {"past": [json.dumps({"label": 5, "number": None, "lesson": None, "opening": 0, "difference": {}})]},
    ],
)
def test_a_damaged_history_keeps_no_graph_from_coming_back(history: Any) -> None:
    host = Host()
    host.do({"type": "restore", "document": host.document(), "history": history})
    assert (host.refusals, host.message["undo"], host.number("z", "data")) == ([], "", "13")


@pytest.mark.parametrize(
    "difference", [{"nodes": 5}, {"order": ["nobody"]}, {"nodes": {"n1": {"id": 5}}}, {"edges": 1}]
)
def test_an_undo_that_leads_nowhere_is_refused_in_a_sentence(difference: dict[str, Any]) -> None:
    told = {"label": "set x", "number": None, "lesson": None, "opening": 0, "difference": difference}
    host = Host()
    host.do({"type": "restore", "document": host.document(), "history": {"past": [json.dumps(told)]}})
    host.do({"type": "undo"})
    assert (len(host.refusals), host.number("z", "data"), host.message["undo"]) == (1, "13", "set x")


def test_the_lesson_is_part_of_what_is_kept() -> None:
    host = Host()
    assert host.message["lesson"] == LESSONS[0].key
    host.do({"type": "lesson", "lesson": BY_HAND})
    assert reloaded(host).message["lesson"] == LESSONS[BY_HAND].key
    host.do({"type": "new"})
    assert "lesson" not in host.message
    assert "lesson" not in reloaded(host).message


def test_the_order_that_was_picked_is_part_of_what_is_kept() -> None:
    host = Host()
    host.do({"type": "variant", "variant": "step 14"}, {"type": "pick", "order": ["n5"]})
    again = reloaded(host)
    assert (again.message["picks"], grads(again)) == (["n5"], grads(host))


@pytest.mark.parametrize(
    "more",
    [
        {"automatic": 5},
        {"variant": "step 99"},
        {"sweeps": [5]},
        {"forward": "x"},
        {"picks": ["nobody"]},
        {"picks": 5},
        {"lesson": 99},
        {"lesson": -1},
        {"lesson": "x"},
    ],
)
def test_nothing_beside_the_document_keeps_it_from_coming_back(more: dict[str, Any]) -> None:
    host = Host()
    host.do(set_x(7))
    again = Host()
    again.do({"type": "restore", "document": host.document(), **more})
    assert (again.refusals, again.number("z", "data"), again.number("x", "grad")) == ([], "58", "14")


# In the middle of the work ------------------------------------------------------------------------------------------

WORKED: list[dict[str, Any]] = [
    set_x(3),
    {"type": "rename", "node": "n1", "name": "w"},
    {"type": "undo"},
    set_x(4),
    {"type": "undo"},
    {"type": "undo"},
    {"type": "automatic", "automatic": False},
    {"type": "backward"},
    {"type": "backward"},
]


@pytest.mark.parametrize("slices", range(0, 40, 3))
def test_what_is_kept_in_the_middle_of_the_work_and_what_is_pending_make_one_whole(slices: int) -> None:
    host = Host()
    host.do(set_x(7))
    host.do(set_x(8))
    host.session.begin_slice = lambda: lambda: True
    numbered = [{"seq": host.seq + place, "event": event} for place, event in enumerate(WORKED, start=1)]
    host.hand_over(numbered)
    for _ in range(slices):
        host.hand_over([])
    pending = [each["event"] for each in numbered if each["seq"] > host.message["ack"]]
    again = reloaded(host)  # the server is killed now
    again.do(*pending)
    assert (again.number("x", "data"), again.number("x", "grad")) == ("8", "48")  # three times 2x
    assert again.message["undo"] == "set x to 8"
    again.do({"type": "undo"})
    assert (again.number("x", "data"), again.message["undo"]) == ("7", "set x to 7")
