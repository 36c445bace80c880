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


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [button for button in app.button if button.label == label]
    return button.click().run()


def test_it_opens_on_the_seed_example_computed(app: AppTest) -> None:
    assert not app.exception
    assert float(playground(app).trace.nodes["n5"].data[0]) == 13.0


@pytest.mark.parametrize("index", range(len(LESSONS)))
def test_each_lesson_opens_with_its_question(app: AppTest, index: int) -> None:
    app.button(key=f"lesson-{index}").click().run()
    assert not app.exception
    assert playground(app).graph == LESSONS[index].graph
    assert any(LESSONS[index].question in text.value for text in app.markdown)


def test_new_is_empty(app: AppTest) -> None:
    app.button(key="new").click().run()
    assert not app.exception
    assert len(playground(app).graph) == 0


def test_by_hand(app: AppTest) -> None:
    assert app.button(key="forward").disabled
    app.toggle(key="automatic-1").set_value(False).run()
    app.button(key="forward").click().run()
    assert playground(app).trace.nodes["n1"].grad == (None,)
    app.button(key="backward").click().run()
    app.button(key="backward").click().run()
    assert playground(app).trace.nodes["n1"].grad == (8.0,)
    assert any("8" in note.value for note in app.info)
    assert not app.exception


def test_the_inspector_shows_the_selected_node_and_renames_it(app: AppTest) -> None:
    playground(app).selected = "n3"
    app.run()
    assert any("2x" in text.value for text in app.markdown)
    (name,) = [field for field in app.text_input if field.label == "Name"]
    name.set_value("square_of_x").run()
    assert playground(app).graph.node("n3").name == "square_of_x"
    (name,) = [field for field in app.text_input if field.label == "Name"]
    name.set_value("b").run()
    assert playground(app).graph.node("n3").name == "square_of_x"
    assert any("Another node is named b already" in error.value for error in app.error)
    assert not app.exception


def test_a_refused_value_is_explained_below_its_field(app: AppTest) -> None:
    playground(app).selected = "n1"
    app.run()
    (value,) = [field for field in app.text_input if field.label == "Value"]
    value.set_value("1,5").run()
    assert any("decimal point" in error.value for error in app.error)
    (value,) = [field for field in app.text_input if field.label == "Value"]
    assert value.value == "2"
    value.set_value("−1.5").run()
    assert not app.error
    assert float(playground(app).trace.nodes["n5"].data[0]) == 11.25


def test_another_output_can_be_differentiated(app: AppTest) -> None:
    playground(app).selected = "n3"
    app.run()
    press(app, "Differentiate a")
    assert playground(app).trace.output == ("n3", 0)
    assert playground(app).trace.nodes["n2"].grad == (None,)
    assert not app.exception


def fail(*_: object, **__: object) -> NoReturn:
    raise ValueError("max() arg is an empty sequence")


def errors(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in app.error]  # as it is read: Markdown's escapes are not shown


PART = "This part of the page could not be drawn. The rest goes on."


@pytest.mark.parametrize(
    ("layer", "name", "sentences"),
    [
        ("components.page.inspector", "_show_node", [PART]),
        ("components.page.controls", "_show_outputs", [PART]),
        ("components.page.lessons", "_show_upload", [PART]),
        ("components.page.workspace", "mount_canvas", [PART]),
        ("components.page.page", "mount_library", [PART]),
        ("components.state.work", "make_picture", ["the picture before it is shown"]),
    ],
)
def test_a_part_of_the_page_that_fails_says_so_and_the_rest_goes_on(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, layer: str, name: str, sentences: list[str]
) -> None:
    playground(app).selected = "n3"
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
    assert errors(app) == ["The playground itself failed at this, so nothing was changed."]
    assert playground(app).graph == LESSONS[0].graph
    app.button(key="lesson-3").click().run()
    assert not app.error
    assert playground(app).graph == LESSONS[3].graph


def test_a_panel_that_fails_says_so(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    session = app.session_state["playground"]
    monkeypatch.setattr("components.panels.code.book_script", fail)
    session.receive({**outbox(session), "look": {"panel": "code"}})
    app.run()
    assert not app.exception
    told = session.browser.pictures.latest["panelTrouble"]  # which the canvas shows in the panel's place
    assert (errors(app), told) == ([], "This panel could not be drawn. The rest of the page goes on.")


def test_by_hand_the_inspector_shows_every_node_of_a_graph_that_was_edited(app: AppTest) -> None:
    app.toggle(key="automatic-1").set_value(False).run()
    session = app.session_state["playground"]
    events = [{"type": "delete", "nodes": ["n1"]}, {"type": "add", "id": "k1", "op": "Split"}]
    session.receive(outbox(session, *enumerate(events, start=1)))
    for node in session.playground.graph.nodes():
        session.playground.selected = node.id
        app.run()
        assert not app.exception
        assert not app.error
        press(app, "Backward")
        assert any("run Forward first" in note.value for note in app.info)
