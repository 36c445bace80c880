"""The web page holds data and no more: nothing that is fetched, and nothing from outside that becomes markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from components.exports import web_page
from components.exports.markup import Markup, document, tag
from engine.document import Graph, Node, Quantity
from engine.evaluation import evaluate, masked_trace
from tests.components.exports.reading import Read
from tests.engine.built import SEED, built

HOSTILE = st.text() | st.sampled_from(
    [
        "</script><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "<!--",
        "]]>",
        "javascript:alert(1)",
        "<a href='https://example.org'>",
        "\x00<b>",
    ]
)


def page_of(title: str = "Sum", question: str = "") -> str:
    return web_page(SEED, evaluate(SEED), {}, title=title, question=question, formula="z = x")


def drawing_in(page: str) -> Any:
    return json.loads(re.findall(r'id="drawing">(.*?)</script>', page)[0])


TAGS = Read(page_of(question="?")).tags


@settings(max_examples=30)  # each page holds all of vis-network
@given(HOSTILE, HOSTILE)
def test_no_title_and_no_question_becomes_markup(title: str, question: str) -> None:
    read = Read(page_of(title, question or "?"))
    assert read.tags == TAGS
    assert not any(name.startswith("on") or name in ("href", "src") for name, _ in read.attributes)


def test_a_name_that_no_document_could_hold_stays_text_too() -> None:
    hostile = "</script><script>alert(1)</script>"
    graph = Graph.of([Node(hostile, None, hostile, 2.0)], [])
    page = web_page(graph, evaluate(graph), {}, title="Sum")
    assert Read(page).tags.count("script") == 3
    assert drawing_in(page)["nodes"][0]["id"] == hostile


def test_its_policy_allows_its_own_two_scripts_and_no_request() -> None:
    page = page_of()
    policy = next(value for _, value in Read(page).attributes if value.startswith("default-src"))
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    assert len(hashes) == 2
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes
    assert "connect-src" not in policy  # so 'none' holds for it


def test_hidden_numbers_are_not_in_it() -> None:
    graph = built("x=7 a=Square(x) z=Exp(a)").with_hidden([Quantity("a", "data", 0), Quantity("x", "grad", 0)])
    page = web_page(graph, masked_trace(graph, evaluate(graph), graph.hidden), {}, title="Sum")
    read = Read(page)
    assert "?" in read.texts["td"]
    assert "49" not in read.texts["td"]
    assert not any("49" in node["label"] for node in drawing_in(page)["nodes"])


@given(HOSTILE, HOSTILE)
def test_markup_escapes_what_is_no_markup(text: str, value: str) -> None:
    page = document("en", [tag("title", None, text)], [tag("p", {"title": value}, text, tag("b", None, text))])
    read = Read(page)
    assert read.tags == ["html", "head", "meta", "title", "body", "p", "b"]
    assert isinstance(tag("p", None, text), Markup)
