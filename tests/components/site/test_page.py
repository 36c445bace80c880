"""The page without a server, by its Python alone: texts go in, texts come out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.site import Page
from engine.document import from_json
from engine.lessons import LESSONS
from tests.components.state.host import applied

LESSON_6 = 5


def opened(link: str = "", language: str = "", preferred: tuple[str, ...] = ()) -> Page:
    return Page(json.dumps({"link": link, "language": language, "preferred": preferred}))


def told(page: Page, message: dict[str, Any], *events: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Hand events over in one outbox; return the answer, and the picture that it makes of the message's."""
    entries = [{"seq": seq, "event": event} for seq, event in enumerate(events, start=message["ack"] + 1)]
    outbox = {"session": message["session"], "post": 1, "have": message["revision"], "selected": "", "events": entries}
    answer = json.loads(page.receive(json.dumps(outbox)))
    return answer, applied(message["picture"], answer["picture"])


def numbers(picture: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {node["name"]: (node["data"], node["grad"]) for node in picture["nodes"].values()}


def test_lesson_6_opens_and_an_edit_gives_the_right_gradients() -> None:
    page, graph = opened(), LESSONS[LESSON_6].graph
    b = graph.node_named("b")
    assert b is not None
    asked = [[each.node, each.kind, each.output] for each in sorted(graph.hidden)]
    _, picture = told(
        page,
        json.loads(page.message()),
        {"type": "lesson", "lesson": LESSON_6},
        {"type": "reveal", "numbers": asked},
        {"type": "set value", "node": b.id, "value": 4},
    )
    assert picture["lesson"]["number"] == LESSON_6 + 1
    # e = (a + b)·(b + 1) with a = 2: by a it is b + 1, by b it is a + 2b + 1
    assert numbers(picture)["e"][0] == "30"
    assert numbers(picture)["a"] == ("2", "5")
    assert numbers(picture)["b"] == ("4", "11")


def test_a_link_opens_its_graph_and_a_damaged_one_says_so() -> None:
    page = opened()
    answer, _ = told(
        page, json.loads(page.message()), {"type": "set value", "node": "n1", "value": 7}, {"type": "share"}
    )
    message = json.loads(opened(answer["link"]).message())
    assert numbers(message["picture"])["z"][0] == "58"
    assert message["openedByLink"] == answer["link"]
    assert "link" in json.loads(opened("nonsense").message())["greeting"].lower()


@pytest.mark.parametrize(("language", "preferred", "spoken"), [("ja", ("zh-CN",), "ja"), ("", ("fr", "zh-CN"), "zh")])
def test_it_speaks_the_language_that_was_chosen_or_that_the_browser_prefers(
    language: str, preferred: tuple[str, ...], spoken: str
) -> None:
    page = opened(language=language, preferred=preferred)
    beside = json.loads(page.beside())
    assert json.loads(page.message())["picture"]["language"] == spoken
    assert beside["groups"][0]["lessons"][0]["title"] != LESSONS[0].title
    assert {each["code"] for each in beside["languages"]} >= {"en", "ja", "zh"}


def test_what_is_saved_can_be_opened() -> None:
    page = opened()
    told(page, json.loads(page.message()), {"type": "set value", "node": "n1", "value": 7})
    document = page.document()
    assert from_json(document).node("n1").value == 7


def test_an_outbox_in_no_agreed_form_is_left_unread_and_the_page_goes_on() -> None:
    page = opened()
    message = json.loads(page.message())
    for nonsense in ("[]", "null", '{"events": 3}', "no JSON"):
        assert json.loads(page.receive(nonsense))["session"] == message["session"]
    answer, _ = told(page, message, {"type": "set value", "node": "n1", "value": 7})
    assert answer["ack"] == 1
