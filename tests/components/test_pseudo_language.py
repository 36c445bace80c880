"""In a made-up language nothing is read in plain letters but names, code and formulas."""

from __future__ import annotations

import ast
import io
import random
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
from tools.fuzz.by_hand import random_event

NOT_READ = {
    *("id", "key", "type", "kind", "op", "shape", "group", "panel", "session", "event", "edits", "role", "drawn"),
    *("state", "value", "own", "typedAt", "slides", "parameters", "variant", "format", "smooth", "optimizer"),
    *("aliases", "options", "carried", "fields", "file"),
}
"""Keys whose values the browser reads, not people."""
CODE_OR_FORMULA = {
    *("lines", "methods", "sources", "formula", "formulas", "math", "history", "typed", "symbol", "ports", "outputs"),
    *("name", "names", "settings", "messages"),
}
SCRIPTS = {"engine", "program", "torch"}
TYPED = {"nobody", "nonsense", "foo", "connect", "source", "version", "backprop", "playground"}
TYPED |= {"set", "training", "optimizer"}
"""What those who are refused had typed, or the fields of it."""
WORDS = {
    *("all", "none", "repeat", "data", "grad", "None", "nan", "inf", "cleargrad", "NumPy", "PyTorch"),
    *("Input", "SGD", "Momentum", "Adam"),
    *("sin", "cos", "tan", "tanh", "exp", "log", "max", "min", "mean", "sum", "abs", "sqrt"),
}


@pytest.fixture(autouse=True)
def _spoken(tmp_path: Path) -> Iterator[None]:
    with spoken_pseudo(tmp_path):
        yield


def plain_words(shown: Any, names: set[str]) -> set[tuple[str, str]]:
    """Return each word in plain letters that people read, with the place where it stands."""
    known = WORDS | TYPED | names | {word for op in Function.registry.values() for word in _words_of(op)}
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


def _words_of(op: type[Function]) -> list[str]:
    letters = re.findall("[a-z]{3,}", op.symbol)
    return [op.__name__, *letters, *op.output_names, *(parameter.name for parameter in op.parameters)]


def _untagged(text: str) -> str:
    return re.sub(r"</?[a-z]+>|\w+\.grad|\w+\.data|https?:\S+", "", text)


def plain_comments(script: str) -> Iterator[str]:
    """Yield each comment of a script that is neither a message nor code that was left out."""
    for token in tokenize.generate_tokens(io.StringIO(script).readline):
        comment = token.string.lstrip("# ")
        if token.type == tokenize.COMMENT and "⟦" not in comment:
            try:
                ast.parse(comment.replace("…", "_"))
            except SyntaxError:
                yield comment


def shown_to(host: Host) -> set[tuple[str, str]]:
    message = {
        key: value for key, value in host.message.items() if key not in ("picture", "link", "openedByLink", "lesson")
    }
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
    assert sorted(found) == []


def _told(name: str) -> tuple[tuple[str, str, int], ...]:
    return ((name, "data", 0), (name, "grad", 0))


_OF_TOMORROW = '{"format": "backprop-playground", "version": 99}'


def asked_and_answered() -> list[dict[str, Any]]:
    """Return what is done with hidden numbers, own numbers and a table, rightly and wrongly."""
    answer = {"type": "answer", "node": "n1", "kind": "grad"}
    return [
        {"type": "lesson", "lesson": 0},
        {"type": "hide", "numbers": _told("n1")},
        *({**answer, "text": text} for text in ("1/0", "2", "2", "[1, 2]")),
        {"type": "answer", "node": "n1", "kind": "data", "text": "3"},
        {"type": "set value", "node": "n1", "value": 5},
        {"type": "reveal", "numbers": _told("n1")},
        {"type": "hide", "numbers": _told("n1"), "hidden": False},
        *({"type": "set range", "node": "n1", "text": text} for text in ("2 to 1", "1 to 9", "x")),
        {"type": "own numbers", "name": "Ada"},
        {"type": "own numbers", "name": ""},
        *({"type": "set role", "nodes": [node], "role": role} for node, role in (("n1", "weight"), ("n2", "data"))),
        *({"type": "set table", "text": text} for text in ("y\n1\n2\n3", "y,q\n1,a\n2", "")),
        *(
            {"type": "train"},
            {"type": "reset training"},
            {"type": "open", "text": "for i in x:\n  y = 2", "name": "a.py"},
        ),
        *(
            {"type": "open", "text": text}
            for text in ("{}", "", "[1", '{"format": "backprop-playground", "version": 99}')
        ),
        *({"type": kind} for kind in ("open link", "nothing", "restore", "stop", "connect")),
        {"type": "open link", "link": "AAAA"},
    ]


def test_what_is_done_and_refused_speaks_the_language() -> None:
    host, chance = Host(begin("AAAA", chosen=CODE)), random.Random(1)
    found = shown_to(host)
    for number, given in enumerate(asked_and_answered() + [None] * 150):
        ids = [node.id for node in host.session.playground.graph.nodes()] + ["nobody"]
        host.selected = chance.choice(ids)
        host.look = {"panel": chance.choice(["", *Panel.registry]), "number": chance.choice(["data", "grad"])}
        host.do(given or random_event(chance, ids, f"k{number}"))
        found |= shown_to(host)
    assert sorted(found) == []
