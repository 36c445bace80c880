"""The page by Streamlit's own test driver: what is beside the canvas."""

from __future__ import annotations

from typing import NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from engine.edits import Rename
from engine.lessons import LESSONS
from tests.browser.server import ROOT
from tests.components.state.host import outbox


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()


def playground(app: AppTest):
    return app.session_state["playground"].playground


def test_it_opens_on_the_seed_example_computed(app: AppTest) -> None:
    assert not app.exception
    assert float(playground(app).trace.nodes["n5"].data[0]) == 13.0


@pytest.mark.parametrize("index", range(len(LESSONS)))
def test_each_lesson_opens_with_its_question(app: AppTest, index: int) -> None:
    app.button(key=f"lesson-{index}").click().run()
    assert not app.exception
    assert playground(app).graph == LESSONS[index].graph
    assert app.session_state["playground"].message()["picture"]["lesson"]["question"] == LESSONS[index].question


def test_new_is_empty(app: AppTest) -> None:
    app.button(key="new").click().run()
    assert not app.exception
    assert len(playground(app).graph) == 0


def fail(*_: object, **__: object) -> NoReturn:
    raise ValueError("max() arg is an empty sequence")


def errors(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in app.error]  # as it is read: Markdown's escapes are not shown


PART = "This part of the page could not be drawn. The rest goes on."


@pytest.mark.parametrize(
    ("layer", "name", "sentences"),
    [
        ("components.page.lessons", "_show_upload", [PART]),
        ("components.page.workspace", "mount_canvas", [PART]),
        ("components.page.page", "mount_library", [PART]),
        ("components.state.work", "make_picture", []),
    ],
)
def test_a_part_of_the_page_that_fails_says_so_and_the_rest_goes_on(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, layer: str, name: str, sentences: list[str]
) -> None:
    playground(app).edit(Rename(node="n3", name="other"))  # so that there is something new to draw
    monkeypatch.setattr(f"{layer}.{name}", fail)
    if name == "make_picture":
        monkeypatch.setattr("components.state.work.make_picture_in_pieces", fail)
    app.run()
    assert not app.exception
    assert [any(sentence in error.value for error in app.error) for sentence in sentences] == [True] * len(app.error)
    assert any(button.label == "New" for button in app.button) or name == "_show_upload"


def test_a_button_that_fails_is_refused_in_a_sentence(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("components.state.computation.evaluate_in_pieces", fail)
        app.button(key="lesson-3").click().run()
    assert not app.exception
    said = app.session_state["playground"].message()["notice"]  # which the canvas shows beside what runs
    assert said == "The playground itself failed at this, so nothing was changed."
    assert playground(app).graph == LESSONS[0].graph
    app.button(key="lesson-3").click().run()
    assert app.session_state["playground"].message()["notice"] == ""
    assert playground(app).graph == LESSONS[3].graph


def test_a_panel_that_fails_says_so(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    session = app.session_state["playground"]
    monkeypatch.setattr("components.panels.code.book_script", fail)
    session.receive({**outbox(session), "look": {"panel": "code"}})
    app.run()
    assert not app.exception
    told = session.browser.pictures.latest["panelTrouble"]  # which the canvas shows in the panel's place
    assert (errors(app), told) == ([], "This panel could not be drawn. The rest of the page goes on.")
