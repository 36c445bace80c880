"""Work in slices of counted pieces: the same picture bit for bit as all at once, whatever comes in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.state import Session, begin
from engine.lessons import LESSONS
from tests.components.state.host import FORK, Host, set_x


def pieces(count: int) -> Callable[[], Callable[[], bool]]:
    """Begin a slice that is over after so many pieces."""

    def start() -> Callable[[], bool]:
        left = [count]

        def is_over() -> bool:
            left[0] -= 1
            return left[0] <= 0

        return is_over

    return start


def sliced(count: int) -> Host:
    host = Host(begin())
    host.session.begin_slice = pieces(count)
    return host


def entries(host: Host, *events: dict[str, Any]) -> list[dict[str, Any]]:
    host.seq += len(events)
    return [{"seq": host.seq - len(events) + place, "event": event} for place, event in enumerate(events, start=1)]


def said(host: Host) -> dict[str, Any]:
    """Return all that an answer says; its numbers are texts, and so compared bit for bit."""
    of_the_exchange = ("session", "post", "revision", "base", "history")
    message = {key: value for key, value in host.message.items() if key not in of_the_exchange}
    playground = host.session.playground
    history = playground.history.told(playground.present)  # by numbers of the process's own
    told = {side: list(gestures.values()) for side, gestures in history.items()}
    return {**message, "picture": host.picture, "history": told}


def chain(count: int) -> dict[str, Any]:
    return {"type": "formula", "text": "\n".join(["v0 = x * x", *(f"v{i} = sin(v{i - 1})" for i in range(1, count))])}


EVENTS = [
    set_x(7),
    set_x("[1, 2, 3]"),
    {"type": "tidy"},
    {"type": "check"},
    {"type": "descend", "rate": 0.01, "steps": 3},
    {"type": "undo"},
    {"type": "redo"},
    *FORK,
    {"type": "variant", "variant": "step 14"},
    {"type": "automatic", "automatic": False},
    {"type": "forward"},
    {"type": "backward"},
    {"type": "cleargrad"},
    {"type": "pick", "order": []},
    {"type": "delete", "nodes": ["n3"]},
    {"type": "lesson", "lesson": len(LESSONS) - 1},
    {"type": "differentiate", "node": "n1"},
    {"type": "move", "positions": {"n1": [5, 5]}},
    chain(12),
]
PANELS = ["", "steps", "check", "descent", "paths", "code"]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.lists(st.sampled_from(EVENTS), max_size=3), st.sampled_from(PANELS)), max_size=5),
    st.integers(1, 40),
)
def test_sliced_and_unsliced_work_say_the_same(steps: list[tuple[list[dict[str, Any]], str]], count: int) -> None:
    whole, parts = sliced(10**9), sliced(count)
    for events, panel in steps:
        for host in (whole, parts):
            host.look = {"panel": panel}
            host.do(*events)
        assert said(parts) == said(whole)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=6), st.integers(1, 30), st.sampled_from(PANELS))
def test_edits_in_the_middle_of_the_work_give_the_same_as_edits_after_it(
    events: list[dict[str, Any]], count: int, panel: str
) -> None:
    after, between = sliced(10**9), sliced(count)
    for host in (after, between):
        host.show(panel)
    # Of a command that comes again at once, one is left out, and so is one step of undo, if both wait together.
    for event in [event for event, before in zip(events, [None, *events], strict=False) if event != before]:
        after.do(event)
        between.hand_over(entries(between, event))
    between.do()
    assert said(between) == said(after)


def test_until_all_is_done_the_picture_before_stays_and_nothing_is_acknowledged() -> None:
    host = sliced(1)
    host.do(chain(60))
    before, ack = host.picture, host.message["ack"]
    first = host.hand_over(entries(host, set_x(3)))
    assert first["progress"]["text"]
    shares = []
    while "progress" in host.message:
        assert (host.picture, host.message["ack"]) == (before, ack)
        shares.append(host.message["progress"]["percent"])
        host.hand_over([])
    assert len(shares) >= 2 * (60 // 16)  # drawn and told, sixteen nodes a piece
    assert all(0 <= share <= 100 for share in shares)
    assert (host.picture != before, host.message["ack"]) == (True, host.seq)


def test_between_two_slices_the_numbers_are_out_of_date_and_none_is_wrong() -> None:
    host = sliced(5)
    host.do(chain(60))
    host.hand_over(entries(host, set_x(3)))
    trace = host.session.playground.trace
    assert trace.stale
    assert {found.state for found in trace.nodes.values()} == {"ok", "stale"}
    assert all(grad is None for found in trace.nodes.values() for grad in found.grad)


def test_events_that_come_meanwhile_are_computed_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    host = sliced(1)
    host.do(chain(300))  # more pieces than what comes meanwhile
    runs = counted(monkeypatch, "components.state.computation.evaluate_again_in_pieces")  # only values change
    host.hand_over(entries(host, set_x(3)))
    for value in range(30):
        host.hand_over(entries(host, set_x(value)))
    host.do()
    assert host.number("v0", "data") == str(29**2)
    assert len(runs) <= 3  # for the first of them, for those that came meanwhile, and for the last


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[Any]:
    """Count the calls of a function."""
    module, _, function = name.rpartition(".")
    original = getattr(__import__(module, fromlist=[function]), function)
    calls: list[Any] = []

    def call(*given: Any, **named: Any) -> Any:
        calls.append(given)
        return original(*given, **named)

    monkeypatch.setattr(name, call)
    return calls


@pytest.mark.parametrize(
    ("event", "function"),
    [
        ({"type": "tidy"}, "engine.edits.whole_graph.with_positions"),
        ({"type": "check"}, "components.state.computation.check_in_pieces"),
        ({"type": "share"}, "components.state.playground.to_link_in_pieces"),
        ({"type": "forward"}, "components.state.computation.evaluate_in_pieces"),
        ({"type": "variant", "variant": "step 13"}, "components.state.computation.evaluate_in_pieces"),
        (set_x(5), "components.state.computation.evaluate_again_in_pieces"),
    ],
)
def test_what_an_outbox_repeats_is_done_once(
    monkeypatch: pytest.MonkeyPatch, event: dict[str, Any], function: str
) -> None:
    once, often = sliced(10**9), sliced(10**9)
    once.do(event)
    calls = counted(monkeypatch, function)
    picture = often.do(*[event] * 300)
    assert len(calls) == 1
    assert picture == once.picture
    assert often.message["ack"] == 300


def test_backward_twenty_times_runs_forward_once(monkeypatch: pytest.MonkeyPatch) -> None:
    host = sliced(10**9)
    host.do({"type": "automatic", "automatic": False})
    calls = counted(monkeypatch, "components.state.computation.evaluate_in_pieces")
    host.do({"type": "forward"}, *[{"type": "backward"}] * 25)
    assert host.number("x", "grad") == str(20 * 4)
    assert "20 times" in host.message["notice"]
    assert len(calls) == 1  # what there is to differentiate is known from before


def test_an_edit_that_changes_no_number_computes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    host = sliced(10**9)
    calls = counted(monkeypatch, "components.state.computation.evaluate_in_pieces")
    again = counted(monkeypatch, "components.state.computation.evaluate_again_in_pieces")
    host.do({"type": "move", "positions": {"n1": [7, 7]}}, {"type": "tidy"})
    host.do({"type": "block", "id": "b", "nodes": ["n3", "n4"]}, {"type": "set open", "block": "b", "open": True})
    host.selected = "n3"
    host.do()
    assert calls == again == []
    host.do(set_x(4))
    assert calls == []
    assert len(again) == 1


# Stop -------------------------------------------------------------------------------------------------------------

STOP = {"type": "stop"}


def until(host: Host, text: str) -> None:
    """Go on until this is in work."""
    while host.message.get("progress", {}).get("text") != text:
        assert "progress" in host.message, text
        host.hand_over([])


@pytest.mark.parametrize(
    ("event", "text"),
    [
        ({"type": "tidy"}, "Tidying the graph"),
        ({"type": "descend", "rate": 0.001, "steps": 100}, "Going down the gradient"),
        ({"type": "check"}, "Checking the gradients"),
    ],
)
def test_an_event_that_is_stopped_has_changed_nothing_and_the_next_follow(event: dict[str, Any], text: str) -> None:
    host = sliced(3)
    host.do(chain(40))
    before, graph = host.picture, host.session.playground.graph
    host.hand_over(entries(host, event))
    until(host, text)
    host.do(STOP)
    assert host.refusals == ["Stopped: nothing was changed."]
    assert (host.picture, host.session.playground.graph) == (before, graph)
    host.do(set_x(3))
    assert host.number("v0", "data") == "9"


def test_numbers_that_are_stopped_are_marked_and_wait_for_forward() -> None:
    host = sliced(3)
    host.do(chain(40))
    host.hand_over(entries(host, set_x(3)))
    until(host, "Computing")
    host.do(STOP)
    assert not host.message["automatic"]
    assert host.message["notice"].startswith("Stopped, and Automatic is off")
    states = {node["name"]: node["state"] for node in host.picture["nodes"].values()}
    assert states == {"x": "ok", **{f"v{i}": "stale" for i in range(40)}}
    host.do({"type": "forward"}, {"type": "backward"})
    assert (host.number("v0", "data"), host.number("v0", "grad") != "—") == ("9", True)


def test_a_panel_that_is_stopped_says_so_until_the_next_event() -> None:
    host = sliced(3)
    host.do(chain(40))
    host.look = {"panel": "steps"}
    host.hand_over([])
    until(host, "Preparing the panel")
    picture = host.do(STOP)
    assert picture["panelTrouble"].startswith("Stopped.")
    assert "steps" not in picture
    assert "steps" in host.do(set_x(5))


def test_an_edit_ends_a_check_whose_result_would_be_of_another_graph() -> None:
    host = sliced(3)
    host.do(chain(40))
    host.look = {"panel": "check"}
    host.hand_over(entries(host, {"type": "check"}))
    until(host, "Checking the gradients")
    picture = host.do(set_x(5))
    assert host.refusals == []
    assert "check" not in picture
    assert host.number("v0", "data") == "25"


def test_to_stop_where_nothing_is_in_work_does_nothing() -> None:
    host = sliced(10**9)
    before = host.picture
    assert host.do(STOP) == before
    assert host.refusals == []


def failing_at_8(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    original = getattr(__import__("components.state.computation", fromlist=[name]), name)

    def fails_at_8(graph: Any, *given: Any, **named: Any) -> Any:
        if graph.node("n1").value == 8:
            raise ZeroDivisionError
        return original(graph, *given, **named)

    monkeypatch.setattr(f"components.state.computation.{name}", fails_at_8)


def test_a_fault_in_numbers_takes_back_the_one_edit_that_leads_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of five edits that are computed together, the third makes evaluation fail: the others stay."""
    host = sliced(10**9)
    for name in ("evaluate_in_pieces", "evaluate_again_in_pieces"):
        failing_at_8(monkeypatch, name)
    move = {"type": "move", "positions": {"n3": [77, 7]}}
    host.do(move, set_x(8), {"type": "rename", "node": "n3", "name": "w"})
    assert host.refusals == ["The playground itself failed at this, so nothing was changed."]
    assert host.number("w", "data") == "4"
    assert host.session.playground.graph.node("n3").x == 77


def test_a_session_begins_with_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.state.slices.SLICE_SECONDS", 0.0)
    session: Session = begin()
    assert session.message()["picture"]["nodes"]


def test_a_page_whose_first_graph_cannot_be_computed_begins_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("components.state.computation.evaluate_in_pieces", fails)
        host = Host(begin())
        assert {node["state"] for node in host.picture["nodes"].values()} == {"ok", "stale"}
    host.do(set_x(5))
    assert host.number("z", "data") == "34"


def test_what_was_refused_or_stopped_is_not_tried_again_where_a_later_edit_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    host = sliced(10**9)

    def fails(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("components.state.computation.evaluate_again_in_pieces", fails)
        host.do({"type": "delete", "nodes": ["nobody"]}, set_x(5), set_x(6))
    assert [refusal["seq"] for refusal in host.message["refusals"]] == [1, 2, 3]


def test_when_a_slice_is_over_not_a_piece_more_is_done_before_the_page_answers() -> None:
    host, asked = Host(begin()), list[bool]()
    host.session.begin_slice = lambda: lambda: bool(asked.append(True) or True)
    host.hand_over(entries(host, chain(30)))
    for count in range(1, 20):
        assert len(asked) == count  # each answer comes after one piece
        assert "progress" in host.message
        host.hand_over([])
