"""Numbers that are hidden are in no message: not in the picture, not in any panel, whatever is looked at."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest

from components.panels import Panel
from components.state import Session, begin
from components.state.playground import Playground
from engine.autograd import Variant
from engine.document import Graph, Quantity, all_quantities, from_document, from_link, quantity_named, to_document
from engine.evaluation import evaluate
from engine.lessons import LESSONS
from engine.messages import full_number, short_number
from tests.components.state.host import Host, outbox
from tests.engine.built import built

# Numbers that share no digits with each other, with a step's number or with a place on the screen.
GRAPH = built("x=1.3719 y=0.7243 a=Square(x) b=Exp(a) c=Mul(b,y) s=Sin(c) z=Add(s,a)")


def spellings(array: Any) -> set[str]:
    """How a number may stand in a message: in full, in four digits and fewer, with either minus."""
    found: set[str] = set()
    for number in np.ravel(array).tolist():
        for text in (
            full_number(number),
            short_number(number),
            short_number(number, 6),
            short_number(number, 3),
            f"{number:.4f}",
            f"{number:.3f}",
        ):
            found |= {text, text.replace("−", "-")}
    return {text for text in found if len(text) > 3}


def hides(graph: Graph, names: tuple[str, ...]) -> Graph:
    return graph.with_hidden([each for name in names if (each := quantity_named(graph, name)) is not None])


def looks() -> list[dict[str, Any]]:
    each = [{"panel": name} for name in sorted(Panel.registry)]
    return [{}, *each, {"local": True, "bars": True, "stepping": True}]


HIDDEN_SETS = [
    ("x.grad",),
    ("a.grad", "b.grad"),
    ("b.data",),
    ("z.data", "c.data"),
    ("a.data", "x.grad", "y.grad"),
    ("x.data",),
]


CASES = [(names, Variant.STEP_16) for names in HIDDEN_SETS] + [(HIDDEN_SETS[1], Variant.STEP_14)]


@pytest.mark.parametrize(("names", "variant"), CASES)
def test_no_message_holds_a_hidden_number(names: tuple[str, ...], variant: Variant) -> None:
    graph, trace = hides(GRAPH, names), evaluate(GRAPH, variant=variant)
    assert len(graph.hidden) == len(names)
    shown = {
        text
        for kind in ("data", "grad")
        for each in all_quantities(GRAPH, kind)  # type: ignore[arg-type]
        if each not in graph.hidden
        for text in spellings(number(trace, each))
    }
    secret = {text for each in graph.hidden for text in spellings(number(trace, each))} - shown
    assert secret
    host = Host(Session(Playground.of(graph, variant=variant)))
    host.do({"type": "check"}, {"type": "share"})
    assert all(each not in json.dumps(host.picture) for each in secret)
    for look in looks():
        host.look = look
        for selected in ("x", "b"):
            host.selected = selected
            host.do()
            message = {**host.message, "link": ""}  # it holds the inputs, from which all can be computed
            text = json.dumps(message, ensure_ascii=False)
            found = [each for each in secret if re.search(rf"(?<![\d.]){re.escape(each)}(?!\d)", text)]
            assert not found, (look, selected, found, text[max(0, text.index(found[0]) - 200) :][:300])


def number(trace: Any, asked: Quantity) -> Any:
    found = trace.nodes[asked.node]
    return found.data[asked.output] if asked.kind == "data" else found.grad[asked.output]


def asked(host: Host, name: str) -> dict[str, Any]:
    (found,) = [each for each in host.picture["asked"] if each["name"] == name]
    return dict(found)


def answer(host: Host, node: str, kind: str, text: str) -> None:
    host.do({"type": "answer", "node": node, "kind": kind, "output": 0, "text": text})


# The book's fork at 2: x.grad is 64, 32 where gradients overwrite, and 96 where a Function goes too early.
FORK = hides(built("x=2 a=Square(x) b=Square(a) c=Square(a) y=Add(b,c)"), ("x.grad", "y.data"))


def test_a_wrong_answer_is_diagnosed_a_second_try_is_taken_and_a_third_is_not() -> None:
    host = Host(Session(Playground.of(FORK)))
    assert (host.number("x", "grad"), host.number("a", "grad")) == ("?", "16")
    assert asked(host, "x.grad")["state"] == "open"
    answer(host, "x", "grad", "96")
    assert asked(host, "x.grad")["state"] == "again"
    assert "too early" in asked(host, "x.grad")["sentences"][0]
    assert host.number("x", "grad") == "?"
    answer(host, "x", "grad", "5")
    assert asked(host, "x.grad")["state"] == "wrong"
    assert asked(host, "x.grad")["sentences"] == ["Not yet. Go through the step that gives x.grad."]
    answer(host, "x", "grad", "64")
    assert host.refusals == ["x.grad has been answered twice. Reveal it."]
    host.do({"type": "reveal", "numbers": [["x", "grad", 0]]})
    assert (asked(host, "x.grad")["state"], host.number("x", "grad")) == ("revealed", "64")
    assert host.picture["score"] == "0 of 2 right at once, 0 at the second try, 1 missed"


def test_an_expression_is_an_answer_what_is_none_uses_no_try_and_what_is_found_is_shown() -> None:
    host = Host(Session(Playground.of(FORK)))
    answer(host, "x", "grad", "64 +")
    assert host.refusals
    assert asked(host, "x.grad")["tries"] == []
    answer(host, "x", "grad", "2*(2*4)*(2*2)")
    assert (asked(host, "x.grad")["state"], host.number("x", "grad")) == ("right", "64")
    assert host.number("y", "data") == "?"
    answer(host, "a", "grad", "16")
    assert host.refusals[-1:] == ["This number is not hidden."]


def test_undo_takes_no_answer_back_and_a_reload_brings_it() -> None:
    host = Host(Session(Playground.of(FORK)))
    host.do({"type": "move", "positions": {"x": [5, 5]}})
    answer(host, "x", "grad", "32")
    host.do({"type": "undo"})
    assert asked(host, "x.grad")["tries"] == ["32"]
    document = to_document(host.session.playground.graph)
    later = Host()
    later.do({"type": "restore", "document": document, "answers": host.message["answers"]})
    assert (asked(later, "x.grad")["state"], later.number("x", "grad")) == ("again", "?")
    answer(later, "x", "grad", "64")
    assert asked(later, "x.grad")["state"] == "late"
    # A new session may be told before it has computed anything.
    session = begin()
    session.receive(outbox(session, (1, {"type": "restore", "document": document, "answers": host.message["answers"]})))
    assert [given.state for given in session.playground.answers.values()] == ["again"]


def test_to_hide_is_an_edit_that_documents_links_and_undo_know() -> None:
    host = Host(Session(Playground.of(built("x=2 a=Square(x) y=Square(a)"))))
    assert "asked" not in host.picture
    host.do({"type": "hide", "numbers": [["x", "grad", 0], ["a", "grad", 0]]})
    assert host.message["undo"] == "hide 2 numbers"
    assert (host.number("x", "grad"), host.number("a", "grad"), host.number("a", "data")) == ("?", "?", "4")
    graph = host.session.playground.graph
    assert from_document(to_document(graph)).hidden == graph.hidden
    host.do({"type": "share"})
    shared, _, _ = from_link(host.message["link"])
    assert {each.name_in(shared) for each in shared.hidden} == {"x.grad", "a.grad"}
    host.do({"type": "delete", "nodes": ["y"]}, {"type": "hide", "numbers": [["x", "grad", 0]], "hidden": False})
    assert {each.name_in(graph) for each in host.session.playground.graph.hidden} == {"a.grad"}
    host.do({"type": "undo"}, {"type": "undo"}, {"type": "undo"})
    assert host.number("x", "grad") == "32"
    host.do({"type": "hide", "numbers": [["nobody", "grad", 0]]})
    assert host.refusals


def test_the_graph_of_a_gradient_is_not_drawn_while_numbers_are_hidden() -> None:
    host = Host(Session(Playground.of(FORK)))
    host.do({"type": "differentiate", "node": "x", "output": 0})
    assert host.refusals == ["The graph of a gradient would show its number, and numbers are hidden here."]


def test_every_lesson_is_drawn_with_its_gradients_hidden() -> None:
    for lesson in LESSONS:  # every lesson can be drawn with all its gradients hidden, under every panel
        graph = lesson.graph.with_hidden(all_quantities(lesson.graph, "grad"))
        host = Host(Session(Playground.of(graph)))
        for look in looks():
            host.look = look
            host.do()
            assert "panelTrouble" not in host.picture, (lesson.name, look)


def test_each_name_has_its_own_numbers_and_its_own_answers() -> None:
    host = Host(Session(Playground.of(hides(built("x=3 w=2 b=1 p=Mul(x,w) s=Add(p,b) y=Square(s)"), ("w.grad",)))))
    assert "own" not in host.picture
    host.do(
        {"type": "set range", "node": "x", "text": "−5 … 5"},
        {"type": "set range", "node": "w", "text": "-2.0 to 2.0"},
        {"type": "set range", "node": "p", "text": "1 … 2"},
        {"type": "set range", "node": "b", "text": "1 bis 2"},
    )
    assert host.refusals == [
        "p is computed; numbers are drawn for inputs only.",
        "A range is written as -5 … 5, or as -2.0 … 2.0 for numbers with one decimal.",
    ]
    graph = host.session.playground.graph
    assert from_document(to_document(graph)).ranges == graph.ranges
    host.do({"type": "share"})
    assert [str(each) for each in from_link(host.message["link"])[0].ranges.values()] == ["-5 … 5", "-2.0 … 2.0"]
    before = host.number("x", "data"), host.number("w", "data")
    host.do({"type": "own numbers", "name": "Ada"})
    ada = host.number("x", "data"), host.number("w", "data")
    assert (host.number("b", "data"), host.number("w", "grad"), host.picture["own"]) == ("1", "?", {"name": "ada"})
    answer(host, "w", "grad", "0.123")
    host.do({"type": "own numbers", "name": "Bob"})
    assert (host.number("x", "data"), host.number("w", "data")) not in (ada, before)
    assert asked(host, "w.grad")["tries"] == []
    host.do({"type": "own numbers", "name": " ADA"})
    assert (host.number("x", "data"), host.number("w", "data")) == ada
    assert asked(host, "w.grad")["tries"] == ["0.123"]
    host.do({"type": "undo"}, {"type": "undo"}, {"type": "undo"})
    assert (host.number("x", "data"), host.number("w", "data")) == before
    host.do({"type": "own numbers", "name": "  "})
    assert host.refusals[-1] == "Type your name first: your numbers come of it."
