"""In a made-up language nothing is read in plain letters but names, code and formulas: all else comes from catalogues."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from components.panels import Panel
from components.state import begin
from engine.autograd import Function
from engine.lessons import LESSONS
from tests.components.state.host import Host
from tests.pseudo import CODE, spoken_pseudo, texts_in

NOT_READ = {
    *("id", "key", "type", "kind", "op", "shape", "group", "panel", "session", "panels/*/name", "event", "edits"),
    *("role", "drawn", "typedAt", "slides", "parameters", "variant", "format", "smooth", "optimizer", "aliases", "options"),
}
"""Keys and values that the browser reads, not people."""
CODE_OR_FORMULA = {
    *("lines", "methods", "sources", "formula", "formulas", "math", "history", "typed", "symbol", "ports", "outputs"),
    *("name", "names", "settings", "messages"),
}
SCRIPTS = {"engine", "program", "torch"}
WORDS = set("all yes no data grad None nan inf cleargrad NumPy PyTorch sin cos tan tanh exp log max min mean sum abs sqrt".split())


@pytest.fixture(autouse=True)
def _spoken(tmp_path: Path) -> Iterator[None]:
    with spoken_pseudo(tmp_path):
        yield


def plain_words(shown: Any, names: set[str]) -> set[tuple[str, str]]:
    """Return each word in plain letters that people read, with the place where it stands."""
    known = WORDS | names | set(Function.registry) | {part for op in Function.registry.values() for part in _of(op)}
    found = set()
    for path, text in texts_in(shown):
        if {*path} & (NOT_READ | CODE_OR_FORMULA):
            continue
        if {*path} & SCRIPTS:
            if path[-1] == "text":
                found |= {("comment", comment) for comment in plain_comments(text)}
            continue
        found |= {("/".join(path), word) for word in re.findall(r"[A-Za-z]{3,}", _untagged(text)) if word not in known}
    return found


def _of(op: type[Function]) -> list[str]:
    return [*re.findall("[a-z]{3,}", op.symbol), *(parameter.name for parameter in op.parameters)]


def _untagged(text: str) -> str:
    return re.sub(r"</?[a-z]+>|\w+\.grad|\w+\.data|https?:\S+", "", text)


def plain_comments(script: str) -> Iterator[str]:
    """Yield each comment of a script that is neither a message nor code that was left out."""
    for token in tokenize.generate_tokens(io.StringIO(script).readline):
        comment = token.string.lstrip("# ")
        if token.type == tokenize.COMMENT and "⟦" not in comment:
            try:
                ast.parse(comment)
            except SyntaxError:
                yield comment


def shown_to(host: Host) -> set[tuple[str, str]]:
    message = {key: value for key, value in host.message.items() if key not in ("picture", "link", "openedByLink")}
    names = {node["name"] for node in host.picture["nodes"].values()}
    names |= {name for node in host.session.playground.graph.nodes() for name in (node.name, *node.ports)}
    return plain_words(message, names) | plain_words(host.picture, names)


@pytest.mark.parametrize("lesson", range(len(LESSONS)), ids=lambda lesson: LESSONS[lesson].key)
def test_lessons_and_panels_speak_the_language(lesson: int) -> None:
    host = Host(begin(chosen=CODE))
    host.do({"type": "lesson", "lesson": lesson})
    found = shown_to(host)
    for selected in (host.picture["order"][0], host.picture["order"][-1]):
        host.selected = selected
        for panel in Panel.registry:
            host.show(panel, stepping=panel == "steps", number="grad", exponent=3)
            found |= shown_to(host)
    assert found == set()
