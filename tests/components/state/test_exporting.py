"""Files are handed over once, beside a picture, with what is hidden left blank; the key waits until nothing is."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

import pytest

from engine.lessons import LESSONS
from engine.limits import FILE_CHARACTERS
from tests.components.state.host import Host, opening, outbox, set_x

BROADCASTING = next(place for place, lesson in enumerate(LESSONS) if lesson.title == "Broadcasting")
"""Its b.grad is 72, and hidden."""
NUMBER = re.compile(r"(?<![\w#.])72(?![\w.])")


def text_of(file: dict[str, Any]) -> str:
    return zlib.decompress(base64.b64decode(file["deflated"])).decode()


def asked(host: Host, **event: Any) -> str:
    host.do(event)
    return text_of(host.message["file"])


@pytest.mark.parametrize(
    ("kind", "name", "begins", "holds"),
    [
        ("svg", "graph.svg", "<svg", "grad\xa04"),
        ("page", "graph.html", "<!DOCTYPE html>", "z = x ** 2 + y ** 2"),
        ("latex", "graph.tex", "\\documentclass", r"\text{x.grad}=\text{a.grad}\cdot2x=1\times2\times2=4"),
        ("script", "graph.ipynb", "import numpy", "z.backward()"),
    ],
)
def test_each_kind_of_file_is_handed_over(kind: str, name: str, begins: str, holds: str) -> None:
    host = Host()
    text = asked(host, type="export", kind=kind)
    assert host.message["file"]["name"] == name
    assert text.startswith(begins)
    assert holds in text
    assert len(json.dumps(host.message)) < 1_000_000


def test_a_file_comes_until_the_browser_has_it_and_then_never_again() -> None:
    host = Host()
    session = host.session
    event = {"type": "export", "kind": "svg"}
    session.receive(outbox(session, (1, event), post=1))
    first = session.message()["file"]
    session.receive(outbox(session, (1, event), post=2))  # the answer was lost: it is handed over again
    assert session.message()["file"] == first
    session.receive(outbox(session, post=3))
    assert "file" not in session.message()


def test_what_is_hidden_is_blank_in_every_file() -> None:
    host = Host()
    host.do({"type": "lesson", "lesson": BROADCASTING})
    for kind in ("svg", "page", "latex", "script"):
        text = asked(host, type="export", kind=kind)
        # Before vis-network, whose code has any number; in colours two digits say nothing.
        assert not NUMBER.search(text.partition("!function")[0] if kind == "page" else text)
    sheet = asked(host, type="worksheet", paper="Letter", blanks="hidden", question="b.grad?")
    assert not NUMBER.search(sheet.partition("<body>")[2])
    assert "b.grad?" in sheet


def test_the_key_is_refused_until_nothing_is_hidden() -> None:
    host = Host()
    host.do({"type": "lesson", "lesson": BROADCASTING})
    host.do({"type": "worksheet", "key": True})
    assert "file" not in host.message
    assert host.message["refusals"][-1]["text"] == (
        "The key would show what is hidden here: b.grad. Find or reveal it first."
    )
    host.do(*opening(BROADCASTING))
    text = asked(host, type="worksheet", key=True)
    assert "[72] (1,)" in text
    assert text.count('class="blank"') == 1  # the sheet leaves blank what the lesson asks, found or not


def test_what_cannot_be_handed_out_is_refused_in_a_sentence() -> None:
    host = Host()
    host.do({"type": "automatic", "automatic": False}, set_x(5))
    host.do({"type": "export", "kind": "latex"})
    assert host.message["refusals"][-1]["text"].endswith("press Forward to have its derivation.")
    host.do({"type": "new"})
    for event in ({"type": "export", "kind": "svg"}, {"type": "worksheet"}):
        host.do(event)
        assert "file" not in host.message
        assert host.message["refusals"][-1]["text"] == "There is nothing to hand out yet: the graph is empty."


def test_a_whole_class_stays_within_a_message() -> None:
    host = Host()
    host.do({"type": "lesson", "lesson": LESSONS.index(next(each for each in LESSONS if "XOR" in each.title))})
    names = [f"Student {number}" for number in range(30)]
    text = asked(host, type="worksheet", blanks="grads", names=names, key=not host.session.playground.hidden)
    assert text.count('class="sheet"') >= 30
    assert len(host.message["file"]["deflated"]) < FILE_CHARACTERS
