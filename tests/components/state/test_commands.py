"""All that a browser may send beside edits: variants, orders, formulas, checks, files, links and lessons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from components.picture import qr_code_of
from components.state import Command, begin, parse_browser_event
from engine.document import to_link
from engine.edits import Event, SetValue
from engine.errors import DocumentError, EditError
from engine.lessons import LESSONS
from tests.components.state.host import FORK, Host, set_x


@pytest.fixture
def host() -> Host:
    return Host()


def test_every_event_has_a_type_of_its_own() -> None:
    types = [each.model_fields["type"].default for each in (*get_args(Command), *get_args(Event))]
    assert len(types) == len(set(types))


def test_edits_and_commands_are_read_alike() -> None:
    assert parse_browser_event(set_x("5")) == SetValue(node="n1", value="5")
    for command in get_args(Command):
        kind = command.model_fields["type"].default
        assert command.__doc__
        assert command.model_config["extra"] == "forbid"
        with pytest.raises(EditError, match=r"^That was not understood\.$"):
            parse_browser_event({"type": kind, "more": 1})


def test_every_command_is_carried_out(host: Host) -> None:
    fields: dict[str, dict[str, Any]] = {
        "lesson": {"lesson": 1},
        "open": {"text": host.session.playground.document},
        "open link": {"link": to_link(LESSONS[1].graph)},
        "take back": {"gesture": 1},
        "restore": {"document": host.document()},
        "automatic": {"automatic": True},
        "variant": {"variant": "step 16"},
        "pick": {"order": None},
        "answer": {"node": "n1", "kind": "grad", "text": "1"},
        "reveal": {"numbers": [["n1", "grad", 0]]},
        "choose answer": {"place": 1},
        "own numbers": {"name": "Otter 12"},
        "set lesson": {"fields": {"title": "A", "question": "B?", "insight": "C."}},
        "try lesson": {"fields": {"title": "A", "question": "B?", "insight": "C."}},
        "qr code": {"text": "https://example.org/?graph=abc"},
        "export": {"kind": "svg"},
        "arrange": {"viewport": [600, 400]},
    }
    needs = {
        "choose answer": {"type": "lesson", "lesson": 0},
        "answer": {"type": "hide", "numbers": [["n1", "grad", 0]]},
        "check built": {
            "type": "set lesson",
            "fields": {"title": "A", "question": "B?", "insight": "C.", "answer": "build", "right": "z = x² + y²"},
        },
        "own numbers": {"type": "set range", "node": "n1", "text": "-5 to 5"},
    }
    for command in get_args(Command):
        kind = command.model_fields["type"].default
        if kind in needs:
            host.do(needs[kind])
        host.do({"type": kind, **fields.get(kind, {})})  # an AssertionError where `carry_out` has forgotten it
    assert host.refusals == []


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ({"type": "variant", "variant": "step 15"}, "That was not understood."),
        ({"type": "variant"}, "That was not understood."),
        ({"type": "pick", "order": [3]}, "That was not understood."),
        ({"type": "restore"}, "That was not understood."),
        ({"type": "automatic", "automatic": 1}, "That was not understood."),
        ({"type": "lesson", "lesson": "first"}, "That was not understood."),
        ({"type": "lesson", "lesson": -1}, "That was not understood."),
        ({"type": "lesson", "lesson": len(LESSONS)}, f"There is no lesson {len(LESSONS) + 1}."),
        ({"type": "no such thing"}, "That edit was not understood: there is no edit of this type."),
        (5, "That edit was not understood: this should be an object, but it is 5."),
        ({"type": []}, "no edit of this type"),
        ({}, ""),
        ([], "it is a list"),
        ({"type": "move"}, "That edit was not understood: move.positions"),
    ],
)
def test_what_is_malformed_is_refused_in_one_sentence(host: Host, event: Any, sentence: str) -> None:
    before = host.picture
    assert host.do(event) == before
    (refusal,) = host.refusals
    assert sentence in refusal
    assert host.message["ack"] == 1
    assert not host.message["undo"]


@pytest.mark.parametrize(("variant", "grad"), [("step 13", "32"), ("step 14", "96"), ("step 16", "64")])
def test_the_variant_decides(host: Host, variant: str, grad: str) -> None:
    picture = host.do(*FORK, {"type": "variant", "variant": variant})
    assert (host.number("x", "grad"), host.message["variant"]) == (grad, variant)
    assert ("faults" in picture) == (grad != "64")


def test_a_wrong_number_says_which_rule_went_wrong_and_where(host: Host) -> None:
    faults = host.do(*FORK, {"type": "variant", "variant": "step 14"})["faults"]
    (fault,) = faults.values()
    assert (fault["right"], fault["rule"]) == ("64", "early")
    assert "x.grad is 96, and 64 is right." in fault["why"]
    assert "1 of 2 contributions had arrived at a.grad" in fault["why"]


def test_a_wrong_number_is_marked_on_its_node(host: Host) -> None:
    right = host.do(*FORK)["nodes"]
    wrong = host.do({"type": "variant", "variant": "step 14"})["nodes"]
    assert [node for node in right if right[node]["label"].count("64")] == ["n1"]
    assert all(part in wrong["n1"]["label"] for part in ("96", "64"))


def test_a_formula_is_an_edit_that_can_be_undone(host: Host) -> None:
    picture = host.do({"type": "formula", "text": "z = x * y"})
    assert picture["formula"] == "z = x * y"
    assert host.number("x", "grad") == "3"
    assert host.do({"type": "undo"})["formula"] == "z = x ** 2 + y ** 2"


def test_a_formula_that_cannot_be_read_says_where(host: Host) -> None:
    picture = host.do({"type": "formula", "text": "z = x *\ny"}, {"type": "formula", "text": "a = 1\nz = foo(x)"})
    assert [(each["line"], each["column"]) for each in host.message["refusals"]] == [(1, 8), (2, 5)]
    assert picture["formula"] == "z = x ** 2 + y ** 2"


def test_forward_backward_and_cleargrad(host: Host) -> None:
    host.do({"type": "automatic", "automatic": False}, {"type": "forward"})
    assert (host.message["automatic"], host.number("x", "grad")) == (False, "—")
    assert "every grad is None until Backward" in host.message["notice"]
    host.do({"type": "backward"}, {"type": "backward"})
    assert host.number("x", "grad") == "8"
    host.do({"type": "cleargrad"})
    assert (host.number("x", "grad"), host.message["notice"]) == ("—", "cleargrad: every grad is None again.")
    host.do({"type": "automatic", "automatic": True})
    assert (host.message["automatic"], host.number("x", "grad")) == (True, "4")


def test_by_hand_an_edit_leaves_old_numbers_marked_and_backward_waits_for_forward(host: Host) -> None:
    picture = host.do({"type": "automatic", "automatic": False}, set_x(5))
    assert [node["state"] for node in picture["nodes"].values()] == ["ok", "ok", "stale", "ok", "stale"]
    assert host.number("z", "data") == "13"
    host.do({"type": "backward"})
    assert "run Forward first" in host.message["notice"]
    host.do({"type": "forward"}, {"type": "backward"})
    assert [host.number(name, "grad") for name in "xyz"] == ["10", "6", "1"]


def test_moving_a_node_keeps_the_accumulated_grads(host: Host) -> None:
    host.do({"type": "automatic", "automatic": False}, {"type": "backward"})
    host.do({"type": "move", "positions": {"n1": [0, 0]}})
    assert [host.number(name, "grad") for name in "xyabz"] == ["8", "12", "2", "2", "2"]


def test_a_tab_that_comes_back_brings_its_graph_and_how_it_was_computed(host: Host) -> None:
    document = host.document()
    again = Host()
    again.do(
        {"type": "lesson", "lesson": 2},
        {"type": "restore", "document": document, "automatic": False, "variant": "step 13"},
    )
    assert (again.message["variant"], again.message["automatic"]) == ("step 13", False)
    assert again.picture["formula"] == "z = x ** 2 + y ** 2"
    assert again.session.playground.lesson is None


def test_coming_back_is_nothing_to_undo(host: Host) -> None:
    host.do({"type": "restore", "document": host.document()})
    assert host.message["undo"] == ""


def test_a_tab_that_says_no_more_than_its_graph_gets_the_right_variant(host: Host) -> None:
    host.do({"type": "restore", "document": host.document()})
    assert (host.message["variant"], host.message["automatic"]) == ("step 16", True)


def test_what_comes_back_damaged_is_refused(host: Host) -> None:
    host.do({"type": "restore", "document": {}})
    assert host.refusals[0].startswith("This is not a graph of the playground")
    assert host.number("z", "data") == "13"


def test_a_link_brings_the_graph_and_how_it_is_computed(host: Host) -> None:
    host.do(*FORK, {"type": "variant", "variant": "step 14"}, {"type": "automatic", "automatic": False})
    assert host.message["link"] == ""
    host.do({"type": "share"})
    other = Host(begin(host.message["link"]))
    assert (other.message["variant"], other.message["automatic"]) == ("step 14", False)
    assert other.message["openedByLink"] == host.message["link"]
    assert (other.picture["formula"], other.session.playground.lesson) == (
        host.picture["formula"],
        replace(LESSONS[7], graph=other.session.playground.graph),
    )
    assert other.message["greeting"] == ""
    host.do({"type": "move", "positions": {"n1": [0, 0]}})
    assert host.message["link"] == ""  # what was shared is no longer what is shown


def test_a_qr_code_is_told_until_the_next_edit(host: Host) -> None:
    link = "https://example.org/?graph=" + to_link(LESSONS[0].graph)
    assert "qrCode" not in host.message
    host.do({"type": "qr code", "text": link})
    assert host.message["qrCode"] == {"text": link, "rows": list(qr_code_of(link).rows)}
    host.do({"type": "qr code", "text": link * 20})
    assert host.message["qrCode"] == {"text": link * 20, "rows": []}
    host.do({"type": "move", "positions": {"n1": [0, 0]}})
    assert "qrCode" not in host.message
    host.do({"type": "qr code", "text": "a" * 10_001})
    assert host.refusals == ["That was not understood."]


def test_a_damaged_link_is_told_and_the_first_lesson_opened() -> None:
    host = Host(begin("AAAA"))
    assert host.message["greeting"] == (
        "The link is damaged: it does not hold a whole graph. The first lesson is open instead."
    )
    assert (host.message["openedByLink"], host.session.playground.lesson) == ("AAAA", LESSONS[0])
    assert host.number("z", "data") == "13"


def test_a_file_that_was_dropped_is_opened(host: Host) -> None:
    text = host.session.playground.document
    host.do({"type": "new"})
    assert host.picture["order"] == []
    picture = host.do({"type": "open", "text": text, "name": "lesson.json"})
    assert picture["formula"] == "z = x ** 2 + y ** 2"
    host.do({"type": "open", "text": "{}"})
    assert host.refusals[0].startswith("This is not a graph of the playground")
    assert host.picture == picture


def test_redo_and_undo_say_what_they_would_do(host: Host) -> None:
    host.do(set_x(5), {"type": "undo"})
    assert (host.message["undo"], host.message["redo"]) == ("", "set x to 5")
    host.do({"type": "redo"})
    assert (host.message["undo"], host.message["redo"]) == ("set x to 5", "")


def test_a_document_inside_an_edit_is_refused_in_its_own_words() -> None:
    with pytest.raises(DocumentError):
        parse_browser_event({"type": "replace", "document": {}})


@pytest.mark.parametrize("index", range(len(LESSONS)))
def test_a_lesson_opens_by_its_place(host: Host, index: int) -> None:
    host.do({"type": "variant", "variant": "step 13"}, {"type": "lesson", "lesson": index})
    assert host.session.playground.graph == LESSONS[index].graph
    assert host.session.playground.lesson is LESSONS[index]
    lesson = LESSONS[index]
    assert (host.message["variant"], host.message["automatic"]) == (lesson.engine.value, lesson.automatic)
