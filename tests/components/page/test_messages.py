"""Every word of Streamlit's part of the page passes the door to the messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from engine.edits import AddNode, Connect, MakeBlock
from tests.browser.server import ROOT
from tests.components.spoken import said_loud

NOT_SAID = {
    *("cleargrad", "upstream", "grad", "data", "shape", "text"),  # names in code
    *("a", "b", "x", "y", "z", "l", "n1", "squares", "exponent", "Square", "Log"),  # names in the graph, and of ops
}


@pytest.fixture
def app() -> Iterator[AppTest]:
    with said_loud():
        yield AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()


def quiet(app: AppTest) -> set[str]:
    """Return the words in small letters that people read beside the canvas."""
    texts = [
        *(button.label for button in app.button),
        *(button.help or "" for button in app.button),
        *(toggle.label for toggle in app.toggle),
        *(field.label for field in app.text_input),
        *(field.help or "" for field in app.text_input),
        *(each.label for each in app.expander),
        *(each.value for each in (*app.markdown, *app.info, *app.warning, *app.error)),
    ]
    assert not app.exception
    # A formula between $ is LaTeX.
    return {word for text in texts for word in re.findall(r"\w*[a-z]\w*", re.sub(r"\$[^$]*\$", "", text))}


def test_the_lessons_and_the_controls(app: AppTest) -> None:
    assert quiet(app) <= NOT_SAID
    app.toggle(key="automatic-1").set_value(False).run()
    app.button(key="forward").click().run()
    assert any(note.value for note in app.info)
    assert quiet(app) <= NOT_SAID
    app.button(key="backward").click().run()
    app.button(key="backward").click().run()
    assert any("8" in note.value for note in app.info)
    assert quiet(app) <= NOT_SAID


@pytest.mark.parametrize("selected", ["n1", "n3", "k1", "n9"])
def test_the_inspector(app: AppTest, selected: str) -> None:
    playground = app.session_state["playground"].playground
    playground.edit(AddNode(id="n9", op="Log", name="l"))
    playground.edit(Connect(source="n1", target="n9", port=0))
    playground.edit(MakeBlock(id="k1", nodes=["n3", "n4"], name="squares"))
    playground.selected = selected
    app.run()
    assert quiet(app) <= NOT_SAID
