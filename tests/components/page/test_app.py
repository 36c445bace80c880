"""The page by Streamlit's own test driver: what is beside the canvas."""

from __future__ import annotations

from typing import NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from components.panels import tabs
from components.state import lesson_groups
from engine.edits import Rename
from engine.lessons import LESSONS, LEVELS, LessonFiles, Refused
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


def test_nothing_on_the_page_is_asked_whether_it_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """To know it Streamlit imports pandas: a quarter of a second for who comes first, and 60 MB."""
    asked: list[object] = []
    monkeypatch.setattr("streamlit.dataframe_util.determine_data_format", asked.append)
    AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    assert asked == []


def open_lesson(app: AppTest, index: int) -> None:
    session = app.session_state["playground"]
    event, browser = {"type": "lesson", "lesson": index}, session.browser
    session.receive(outbox(session, (browser.applied + 1, event), post=browser.post + 1))
    app.run()


def test_each_lesson_opens_with_its_question(app: AppTest) -> None:
    for index in (3, len(LESSONS) - 1):
        open_lesson(app, index)
        assert not app.exception
        assert playground(app).graph == LESSONS[index].graph
        assert app.session_state["playground"].message()["picture"]["lesson"]["question"] == LESSONS[index].question


def test_the_list_names_every_lesson_in_its_order_by_level_with_its_time() -> None:
    groups = lesson_groups()
    assert [group["title"] for group in groups] == list(LEVELS)
    listed = [lesson for group in groups for lesson in group["lessons"]]
    assert [(told["number"], told["key"], told["title"], told["minutes"]) for told in listed] == [
        (number, lesson.key, lesson.title, lesson.minutes) for number, lesson in enumerate(LESSONS, start=1)
    ]


def test_every_panel_that_a_lesson_opens_is_there() -> None:
    assert {lesson.panel for lesson in LESSONS} - {""} <= {tab["name"] for tab in tabs()}


def test_a_teachers_file_that_is_no_lesson_is_named_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "A lesson was left out. 2_bad.toml: title: this field is required."
    monkeypatch.setattr(
        "components.page.lessons.LESSON_FILES", LessonFiles(LESSONS, (Refused("2_bad.toml", b"level = 1"),))
    )
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    assert [warning.value.replace("\\", "") for warning in app.warning] == [sentence]


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
        ("components.page.page", "bring_canvas", [PART]),
        ("components.state.page_picture", "make_picture", []),
    ],
)
def test_a_part_of_the_page_that_fails_says_so_and_the_rest_goes_on(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, layer: str, name: str, sentences: list[str]
) -> None:
    playground(app).edit(Rename(node="n3", name="other"))  # so that there is something new to draw
    monkeypatch.setattr(f"{layer}.{name}", fail)
    if name == "make_picture":
        monkeypatch.setattr("components.state.page_picture.make_picture_in_pieces", fail)
    app.run()
    assert not app.exception
    assert [any(sentence in error.value for error in app.error) for sentence in sentences] == [True] * len(app.error)
    assert any(button.label == "New" for button in app.button) or name == "_show_upload"


def test_a_button_that_fails_is_refused_in_a_sentence(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("components.state.computation.evaluate_in_pieces", fail)
        app.button(key="new").click().run()
    assert not app.exception
    said = app.session_state["playground"].message()["notice"]  # which the canvas shows beside what runs
    assert said == "The playground itself failed at this, so nothing was changed."
    assert playground(app).graph == LESSONS[0].graph
    app.button(key="new").click().run()
    assert app.session_state["playground"].message()["notice"] == ""
    assert len(playground(app).graph) == 0


def test_a_panel_that_fails_says_so(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    session = app.session_state["playground"]
    monkeypatch.setattr("components.panels.code.book_script", fail)
    session.receive({**outbox(session), "look": {"panel": "code"}})
    app.run()
    assert not app.exception
    told = session.browser.pictures.latest["panelTrouble"]  # which the canvas shows in the panel's place
    assert (errors(app), told) == ([], "This panel could not be drawn. The rest of the page goes on.")
