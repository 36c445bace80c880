"""What was received never stands unshortened in a sentence, and no half of a character comes in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.state import begin
from tests.components.state.host import Host, outbox, set_x

HALF = "\ud800"
LONG = "A" * 900_000


def document(**more: Any) -> dict[str, Any]:
    node = {"id": "n1", "op": "Input", "name": "x", "value": 2.0, "position": [0, 0], **more}
    return {"format": "backprop-playground", "version": 2, "nodes": [node], "edges": []}


@pytest.mark.parametrize(
    "event",
    [
        {"type": "rename", "node": "n1", "name": HALF},
        {"type": "rename", "node": "n1", "name": f"x{HALF}"},
        {"type": "add", "id": "k1", "op": HALF},
        {"type": "add", "id": HALF, "op": "Input"},
        {"type": HALF},
        {HALF: 1},
        set_x(HALF),
        {"type": "formula", "text": f"z = {HALF}"},
        {"type": "open", "text": HALF},
        {"type": "open", "text": "{}", "name": HALF},
        {"type": "open", "text": json.dumps(document(name=HALF))},  # as \ud800: the text itself is whole
        {"type": "restore", "document": document(name=HALF)},
        {"type": "replace", "document": document(parameters={HALF: 1})},
        {"type": "pick", "order": [HALF]},
        HALF,
        [[HALF]],
    ],
)
def test_half_of_a_character_is_refused_in_a_sentence(event: Any) -> None:
    session = begin()
    session.receive(outbox(session, (1, event)))
    message = session.message()
    assert len(message["refusals"]) == message["ack"] == 1
    json.dumps(message, ensure_ascii=False).encode()


@pytest.mark.parametrize("field", ["session", "selected"])
def test_an_outbox_with_half_of_a_character_breaks_nothing(field: str) -> None:
    session = begin()
    session.receive({**outbox(session), field: HALF})
    session.receive({**outbox(session), "look": {"panel": HALF}})
    json.dumps(session.message(), ensure_ascii=False).encode()


@pytest.mark.parametrize("link", [HALF, LONG, "A" + HALF])
def test_a_link_that_is_none_breaks_nothing(link: str) -> None:
    message = begin(link).message()
    assert message["greeting"].startswith("The link is damaged")
    assert len(json.dumps(message, ensure_ascii=False).encode()) < 200_000


@pytest.mark.parametrize(
    "event",
    [
        {"type": "add", "id": "k1", "op": LONG},
        {"type": "add", "id": LONG, "op": "Input"},
        {"type": LONG},
        {"type": "move", LONG: 1},
        {"type": "move", "positions": {LONG: [0, 0]}},
        {"type": "rename", "node": "n1", "name": LONG},
        {"type": "rename", "node": LONG, "name": "a"},
        {"type": "rename", "node": "n1", "name": f"1{LONG}"},
        {"type": "set parameter", "node": "n3", "name": LONG, "value": 1},
        {"type": "set parameter", "node": "n1", "value": LONG},
        {"type": "formula", "text": f"z = {LONG[:40_000]}(x)"},
        {"type": "formula", "text": f"z = x {LONG[:40_000]}"},
        {"type": "open", "text": LONG},
        {"type": "open", "text": json.dumps(document(op=LONG))},
        {"type": "open", "text": json.dumps({**document(), "version": LONG})},
        {"type": "restore", "document": document(parameters={LONG: 1})},
        {"type": "restore", "document": document(**{LONG: 1})},
        set_x(LONG[:200_000]),
        set_x([LONG]),
    ],
)
def test_what_is_very_long_is_refused_in_a_short_sentence(event: dict[str, Any]) -> None:
    host = Host()
    host.do(event)
    (sentence,) = host.refusals
    assert len(sentence) <= 401
    assert "A" * 80 not in sentence
    assert not any(
        word in sentence for word in ("validation error", "pydantic", "Value error", "nput should", "pattern")
    )


def test_the_last_refusals_together_stay_small() -> None:
    host = Host()
    for number in range(60):
        host.do({"type": "add", "id": f"k{number}", "op": "変" * 900})
    refusals = host.message["refusals"]
    assert refusals[-1]["seq"] == 60
    assert len(json.dumps(refusals, ensure_ascii=False).encode()) <= 4_000
