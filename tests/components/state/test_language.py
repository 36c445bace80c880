"""A session speaks one language: the chosen one, the link's, or the browser's; two sessions speak two."""

from __future__ import annotations

import json

import pytest

from components.state import begin
from engine.document import LinkFields, to_link
from engine.lessons import LESSONS
from engine.messages import browser_messages, current_language, say, using_language
from tests.components.state.host import Host
from tools.messages.extract import is_of_canvas, template


def in_language(code: str, message: str) -> str:
    with using_language(code):
        return say(message)


@pytest.mark.parametrize(
    ("chosen", "linked", "preferred", "code"),
    [
        ("", "", ["ja-JP", "en"], "ja"),
        ("", "", ["zh-Hans-CN"], "zh"),
        ("", "", ["fr", "en-GB"], "en"),
        ("", "ja", ["zh"], "ja"),
        ("", "en", ["zh"], "en"),
        ("zh", "ja", ["en"], "zh"),
        ("xx", "yy", ["ja"], "ja"),
    ],
)
def test_what_is_chosen_counts_before_the_link_and_this_before_the_browser(
    chosen: str, linked: str, preferred: list[str], code: str
) -> None:
    link = to_link(LESSONS[1].graph, fields=LinkFields(language=linked))
    session = begin(link, chosen=chosen, preferred=preferred)
    assert (session.language, session.greeting) == (code, "")
    assert session.message()["picture"]["language"] == code
    if not linked:
        assert begin("", chosen=chosen, preferred=preferred).language == code
        assert begin("AAAA", chosen=chosen, preferred=preferred).language == code


def test_all_that_a_session_says_is_in_its_language_and_the_link_names_it() -> None:
    host, other = Host(begin(preferred=["ja"])), Host(begin(preferred=["zh-CN"]))
    for each, code in ((host, "ja"), (other, "zh"), (host, "ja")):
        each.do({"type": "lesson", "lesson": 3}, {"type": "nothing"})
        assert each.message["undo"] == in_language(code, "open another graph")
        assert each.picture["lesson"]["question"] == in_language(code, LESSONS[3].question)
        assert not each.refusals[-1].isascii()
    assert current_language() == "en"
    host.do({"type": "share", "fields": {"language": "ja", "panel": "code"}})
    assert begin(host.message["link"], preferred=["en"]).language == "ja"
    assert not begin("AAAA", preferred=["ja"]).greeting.isascii()


def test_only_what_the_canvas_says_travels_once_and_english_needs_none() -> None:
    english, host = Host(), Host(begin(preferred=["ja"]))
    assert english.picture["messages"] == {}
    messages = host.picture["messages"]
    ids = [each.id[0] if isinstance(each.id, tuple) else each.id for each in template() if is_of_canvas(each)]
    assert {*messages} == {*ids} == {*browser_messages("ja")}
    assert messages["Share"] == in_language("ja", "Share")
    assert LESSONS[0].question not in messages
    assert len(json.dumps(messages, ensure_ascii=False).encode()) < 50_000
    host.do({"type": "set value", "node": "n1", "value": 3})
    assert "messages" not in host.message["picture"]
