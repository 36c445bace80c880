"""What the browser hands over: what is malformed takes nothing good with it, and a large event comes in parts."""

from __future__ import annotations

import base64
import json
import random
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from components.exchange import EVENTS_AT_ONCE, MAX_EVENT_BYTES
from components.state import Playground, Session, begin
from components.state.commands import BrowserEvent
from engine.document import to_document, to_json
from engine.lessons import LESSONS
from tests.components.state.host import Host, outbox, set_x, x_of

PART = 200_000


@pytest.fixture
def session() -> Session:
    return begin()


def parts_of(event: Any, *, deflated: bool = True, size: int = PART) -> list[dict[str, Any]]:
    data = json.dumps(event).encode()
    text = base64.b64encode(zlib.compress(data) if deflated else data).decode()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return [
        {"number": number, "count": len(pieces), "deflated": deflated, "text": piece}
        for number, piece in enumerate(pieces)
    ]


def with_part(session: Session, seq: int, part: dict[str, Any], post: int = 1) -> dict[str, Any]:
    return {**outbox(session, post=post), "events": [{"seq": seq, "part": part}]}


@pytest.mark.parametrize(
    "look", [5, "steps", {"panel": "nobody"}, {"panel": 5}, {"colour": "red"}, {"panel": "check", "exponent": "x"}, []]
)
def test_a_look_that_is_not_understood_takes_no_event_with_it(session: Session, look: Any) -> None:
    session.receive({**outbox(session), "look": {"panel": "code"}})
    session.receive({**outbox(session, (1, set_x(7)), post=2), "look": look})
    message = session.message()
    assert (x_of(session), message["ack"], message["post"]) == (7.0, 1, 2)
    assert "code" in session.browser.pictures.latest  # what was looked at before
    assert "was not understood" in message["notice"]
    session.receive({**outbox(session, post=3), "look": {}})
    assert session.message()["notice"] == ""


@pytest.mark.parametrize(
    "viewport", [5, "wide", [900], [0, 600], [-1, 600], [1e9, 600], [float("nan"), 600], ["a", "b"]]
)
def test_a_viewport_that_is_none_leaves_the_one_before(session: Session, viewport: Any) -> None:
    session.receive({**outbox(session), "viewport": [885, 604]})
    assert session.playground.viewport == (885, 604)
    session.receive({**outbox(session, (1, set_x(7)), post=2), "viewport": viewport})
    assert (x_of(session), session.playground.viewport) == (7.0, (885, 604))


def test_what_is_opened_is_laid_out_for_the_room_that_the_browser_has_told(session: Session) -> None:
    session.receive({**outbox(session), "viewport": [308, 474]})
    session.playground.open_lesson(1)  # a chain, drawn as a strip of 4 columns
    nodes = session.playground.graph.nodes()
    assert len({node.x for node in nodes}) == 2 < len({node.x for node in LESSONS[1].graph.nodes()})


def columns(session: Session) -> int:
    return len({node.x for node in session.playground.graph.nodes()})


def test_what_the_page_begins_with_is_laid_out_once_its_room_is_told_unless_something_was_done(
    session: Session,
) -> None:
    assert columns(session) == 3
    session.receive({**outbox(session), "viewport": [308, 474]})
    assert (columns(session), session.message()["undo"]) == (2, "")
    assert list(session.playground.graph.edges()) == list(LESSONS[0].graph.edges())
    wide, handled = begin(), begin()
    wide.receive({**outbox(wide), "viewport": [900, 600]})
    handled.receive({**outbox(handled, (1, set_x(7))), "viewport": [308, 474]})
    handled.receive({**outbox(handled, post=2), "viewport": [309, 474]})
    assert [columns(each) for each in (wide, handled)] == [3, 3]


@pytest.mark.parametrize(
    "bad",
    [
        5,
        None,
        [],
        {},
        {"seq": 0, "event": set_x(1)},
        {"seq": "one", "event": set_x(1)},
        {"seq": 2**60, "event": set_x(1)},
        {"event": set_x(1)},
    ],
)
def test_an_event_without_a_number_is_left_out_and_the_others_are_applied(session: Session, bad: Any) -> None:
    handed = outbox(session, (1, set_x(7)), (2, {"type": "delete", "nodes": ["n5"]}))
    session.receive({**handed, "events": [handed["events"][0], bad, handed["events"][1]]})
    assert (x_of(session), len(session.playground.graph), session.message()["ack"]) == (7.0, 4, 2)


@pytest.mark.parametrize("more", [{"gesture": -1}, {"gesture": "a"}, {"colour": "red"}, {"part": 5}])
def test_a_malformed_event_with_a_number_is_refused_in_its_turn(session: Session, more: dict[str, Any]) -> None:
    handed = outbox(session, (1, set_x(7)), (2, set_x(8)), (3, set_x(9)))
    handed["events"][1] |= more
    session.receive(handed)
    message = session.message()
    assert (x_of(session), message["ack"]) == (9.0, 3)
    assert [refusal["seq"] for refusal in message["refusals"]] == [2]


@pytest.mark.parametrize(
    "more", [{"selected": 5}, {"selected": "x" * 100}, {"have": -1}, {"have": None}, {"colour": "red"}]
)
def test_nothing_else_that_is_malformed_keeps_events_from_being_applied(session: Session, more: dict[str, Any]) -> None:
    session.receive({**outbox(session, (1, set_x(7))), **more})
    assert (x_of(session), session.message()["base"]) == (7.0, 0)


def test_of_very_many_events_the_first_are_applied_and_the_others_stay_to_be_sent_again(session: Session) -> None:
    moves = [(seq, {"type": "move", "positions": {"n1": [seq, 0]}}) for seq in range(1, EVENTS_AT_ONCE + 11)]
    session.receive(outbox(session, *moves))
    assert session.message()["ack"] == EVENTS_AT_ONCE
    session.receive(outbox(session, *moves, post=2))
    assert session.message()["ack"] == len(moves)
    assert session.playground.graph.node("n1").x == len(moves)


def test_a_command_that_comes_again_at_once_is_carried_out_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def carry_out_in_pieces(_: Playground, event: BrowserEvent, _gesture: int | None) -> Iterator[float]:
        made.append(event.type)
        yield 1.0

    monkeypatch.setattr("components.state.work.carry_out_in_pieces", carry_out_in_pieces)
    events = ["tidy"] * 300 + ["undo", "undo", "check", "check", "backward", "backward", "tidy"]
    session.receive(outbox(session, *((seq, {"type": name}) for seq, name in enumerate(events, start=1))))
    session.message()
    assert made == ["tidy", "undo", "undo", "check", "backward", "backward", "tidy"]
    assert session.message()["ack"] == len(events)


def packed(data: bytes, end: int | None = None) -> str:
    return base64.b64encode(zlib.compress(data, 9)[:end]).decode()


# Large events ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deflated", [True, False])
def test_a_large_event_is_applied_once_its_last_part_has_come(session: Session, deflated: bool) -> None:
    drawn = random.Random(0)
    value = [[drawn.gauss(0, 1) for _ in range(100)] for _ in range(100)]
    parts = parts_of(set_x(value), deflated=deflated, size=20_000)
    assert len(parts) > 2
    for number, part in enumerate(parts):
        assert x_of(session) == 2.0
        session.receive(with_part(session, 1, part, post=number + 1))
        message = session.message()
        assert (message["ack"], message.get("parts", 0)) == ((1, 0) if part is parts[-1] else (0, number + 1))
    assert json.loads(json.dumps(x_of(session))) == value
    assert not session.message()["refusals"]


def test_parts_that_come_twice_late_or_out_of_turn_change_nothing(session: Session) -> None:
    opened = {"type": "open", "text": to_json(LESSONS[2].graph)}
    parts = parts_of(opened, size=100)
    session.receive(with_part(session, 1, parts[1]))
    assert session.message().get("parts", 0) == 0
    for part in (parts[0], parts[0], parts[2], parts[1], parts[0], parts[1]):
        session.receive(with_part(session, 1, part))
    assert session.message()["parts"] == 2
    for part in parts[2:]:
        session.receive(with_part(session, 1, part))
    session.receive(with_part(session, 1, parts[-1]))
    assert (session.message()["ack"], session.playground.graph) == (1, LESSONS[2].graph)


def test_what_is_behind_a_large_event_waits_for_it(session: Session) -> None:
    first, *others = parts_of(set_x(7), size=20)
    handed = with_part(session, 1, first)
    handed["events"].append({"seq": 2, "event": {"type": "delete", "nodes": ["n1"]}})
    session.receive(handed)
    assert (session.message()["ack"], len(session.playground.graph)) == (0, 5)
    for part in others:
        session.receive(with_part(session, 1, part))
    assert (x_of(session), session.message()["ack"]) == (7.0, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (packed(b" " * (20 * MAX_EVENT_BYTES)), "larger than 8100000 bytes"),
        ("!!!!", "not understood"),
        ("abcd", "not understood"),
        (packed(b'{"type": "undo"}', -6), "not understood"),
        (packed(b"{"), "not understood"),
        (packed(b"\xff"), "not understood"),
        (packed(b'{"type": "set value", "node": "n1", "value": NaN}'), "not understood"),
        (packed(b"[" * 200_000), "not understood"),
        (packed(b"1" * 5_000), "not understood"),
    ],
)
def test_parts_that_are_no_event_are_refused_in_a_sentence(session: Session, text: str, sentence: str) -> None:
    session.receive(with_part(session, 1, {"number": 0, "count": 1, "deflated": True, "text": text}))
    message = session.message()
    (refusal,) = message["refusals"]
    assert sentence in refusal["text"]
    assert (message["ack"], session.playground.graph) == (1, LESSONS[0].graph)
    session.receive(outbox(session, (2, set_x(7)), post=2))
    assert x_of(session) == 7.0


@pytest.mark.parametrize("more", [{"number": 48}, {"count": 0}, {"count": 1_000}, {"text": "A" * 300_000}, {"text": 5}])
def test_a_part_that_is_out_of_bounds_is_refused(session: Session, more: dict[str, Any]) -> None:
    part = {"number": 0, "count": 2, "deflated": True, "text": "AAAA", **more}
    session.receive(with_part(session, 1, part))
    assert len(session.message()["refusals"]) == session.message()["ack"] == 1


def test_eleven_inputs_of_ten_thousand_random_numbers_come_back_after_a_reload() -> None:
    drawn = random.Random(0)
    nodes = [
        {
            "id": f"n{number}",
            "op": "Input",
            "name": f"x{number}",
            "position": [0, number],
            "value": [[drawn.gauss(0, 1) for _ in range(100)] for _ in range(100)],
        }
        for number in range(11)
    ]
    kept = {"format": "backprop-playground", "version": 2, "nodes": nodes, "edges": [], "output": None, "blocks": []}
    host = Host()
    parts = parts_of({"type": "restore", "document": kept})
    assert 4 < len(parts) <= 48
    for post, part in enumerate(parts, start=1):
        host.session.receive(with_part(host.session, 1, part, post=post))
    message = host.session.message()
    while message.get("progress"):
        post += 1
        host.session.receive(outbox(host.session, post=post))
        message = host.session.message()
    assert message["ack"] == 1
    assert to_document(host.session.playground.graph)["nodes"][10]["value"] == nodes[10]["value"]


def test_while_a_large_event_comes_the_picture_is_not_made_anew(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.message()
    made: list[str] = []

    def always_told(*_: object) -> Iterator[float]:
        made.append("made")
        yield 1.0
        return {}

    monkeypatch.setattr("components.state.page_picture.always_told", always_told)
    parts = parts_of(set_x(7), size=20)
    for part in parts[:-1]:
        session.receive(with_part(session, 1, part))
        assert session.message()["picture"] != {}  # of a browser that has none yet
    assert made == []
    session.receive(with_part(session, 1, parts[-1]))
    session.message()
    assert made == ["made"]
