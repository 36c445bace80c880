"""A fault that nobody has foreseen, injected at each layer: the page goes on, and its graph is as it was."""

from __future__ import annotations

import logging
import sys
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

import pytest

from components.state import begin
from engine.document import to_link
from engine.lessons import LESSONS
from tests.components.state.host import FORK, Host, outbox, set_x

FAILED = "The playground itself failed at this, so nothing was changed."


@pytest.fixture
def host() -> Host:
    return Host()


def fail(*_: object, **__: object) -> NoReturn:
    raise ValueError("max() arg is an empty sequence")


def state_of(host: Host) -> tuple[Any, ...]:
    playground = host.session.playground
    computation = playground.computation
    return (
        playground.graph,
        playground.lesson,
        playground.selected,
        playground.opening,
        playground.history.undo_label,
        playground.history.redo_label,
        computation.automatic,
        computation.variant,
        computation.sweeps,
    )


def traces(caplog: pytest.LogCaptureFixture) -> int:
    return sum(record.exc_info is not None for record in caplog.records)


@pytest.mark.parametrize(
    ("layer", "event"),
    [
        ("engine.edits.values.apply_set_value", set_x(7)),
        ("engine.edits.whole_graph.with_positions", {"type": "tidy"}),
        ("engine.edits.blocks.blocks_after", {"type": "block", "id": "k1", "nodes": ["n3"], "name": "half"}),
        ("components.state.computation.evaluate_again_in_pieces", set_x(7)),
        ("components.state.computation.evaluate_again_in_pieces", {"type": "undo"}),
        ("components.state.computation.evaluate_again_in_pieces", {"type": "redo"}),
        ("components.state.computation.evaluate_in_pieces", {"type": "variant", "variant": "step 13"}),
        ("components.state.computation.evaluate_in_pieces", {"type": "lesson", "lesson": 8}),
        ("components.state.computation.evaluate_in_pieces", {"type": "new"}),
        ("components.state.computation.evaluate_in_pieces", {"type": "backward"}),
        ("components.state.computation.check_in_pieces", {"type": "check"}),
        ("components.state.opening.parsed_json", {"type": "open", "text": "{}"}),
        ("components.state.playground.to_link_in_pieces", {"type": "share"}),
        ("components.state.commands.parse_event", {"type": "move"}),
    ],
)
def test_an_edit_or_a_command_that_fails_is_refused_in_one_sentence_and_changes_nothing(
    host: Host, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, layer: str, event: dict[str, Any]
) -> None:
    host.do(set_x(5), set_x(6), {"type": "undo"})
    host.selected = "n3"
    before, picture = host.do(), state_of(host)
    with monkeypatch.context() as patch:
        patch.setattr(layer, fail)
        if layer.endswith("blocks_after"):  # asked only where there are blocks
            patch.setattr("engine.edits.blocks.apply_make_block", fail)
        assert host.do(event) == before
    assert host.refusals == [FAILED]
    assert state_of(host) == picture
    assert traces(caplog) == 1
    assert host.do(set_x(8)) != before  # and the page goes on


def test_an_error_on_the_way_of_a_lesson_leaves_no_half_of_it(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state_of(host)
    monkeypatch.setattr("components.state.computation.Computation.forward", fail)
    by_hand = next(place for place, lesson in enumerate(LESSONS) if not lesson.automatic)
    host.do({"type": "lesson", "lesson": by_hand})
    assert state_of(host) == before


def test_lines_that_cannot_be_recorded_leave_the_steps_without_them(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.evaluation.evaluator.watching", fail)
    steps = host.show("steps")["steps"]
    assert steps["count"] > 0
    assert all(step["lines"] == [] for step in steps["steps"].values())


@pytest.mark.parametrize("panel", ["steps", "paths", "check", "descent", "code"])
def test_a_panel_that_fails_says_so_and_the_rest_of_the_page_goes_on(
    host: Host, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, panel: str
) -> None:
    made = {
        "steps": "steps_in_pieces",
        "paths": "PathFinder",
        "check": "nudge_in_pieces",
        "descent": "objective_in_pieces",
        "code": "book_script",
    }
    monkeypatch.setattr(f"components.panels.{panel}.{made[panel]}", fail)
    picture = host.show(panel)
    assert picture["panelTrouble"] == "This panel could not be drawn. The rest of the page goes on."
    assert (picture["formula"], traces(caplog)) == ("z = x ** 2 + y ** 2", 1)
    assert "panelTrouble" not in host.show("")


@pytest.mark.parametrize("failing", ["formula_of", "faults_in_pieces", "explain_fault"])
def test_what_cannot_be_explained_is_left_out(host: Host, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    module = sys.modules["components.panels.explanations"]
    monkeypatch.setattr(module, failing, fail)
    monkeypatch.setattr(module, "_FORMULAS", WeakKeyDictionary())
    host.do(*FORK, {"type": "variant", "variant": "step 14"})
    assert host.number("x", "grad") == "96"


def test_a_decoration_that_fails_is_left_out(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.picture.drawing.with_local_derivative", fail)
    monkeypatch.setattr("components.picture.picture._add_bars", fail)
    host.show("", local=True, bars=True)
    host.do(set_x(3))
    assert host.number("z", "data") == "18"


def test_a_picture_that_fails_leaves_the_one_before_and_says_so(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    before = host.picture
    with monkeypatch.context() as patch:
        patch.setattr("components.state.page_picture.make_picture", fail)
        patch.setattr("components.state.page_picture.make_picture_in_pieces", fail)
        assert host.do(set_x(3)) == before
        assert "could not be drawn" in host.message["notice"]
    host.do()
    assert (host.number("z", "data"), host.message["notice"]) == ("18", "")


def test_a_label_that_fails_names_no_edit(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.state.history.undo_label", fail)
    host.do(set_x(3))
    assert host.message["undo"] == "the last edit"


def test_a_link_that_fails_opens_the_first_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    link = to_link(LESSONS[1].graph)
    monkeypatch.setattr("components.state.session.read_link", fail)
    host = Host(begin(link))
    assert host.message["greeting"].startswith("The playground failed at this link's graph.")
    assert host.number("z", "data") == "13"


def test_the_trace_is_logged_once_for_each_event(caplog: pytest.LogCaptureFixture) -> None:
    session = begin()
    with pytest.MonkeyPatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr("components.state.work.carry_out_in_pieces", fail)
        for _ in range(3):
            session.receive(outbox(session, (1, set_x(10))))
            session.message()
    assert traces(caplog) == 1
