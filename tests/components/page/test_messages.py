"""Every word of Streamlit's part of the page passes the door to the messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.browser.server import ROOT
from tests.components.spoken import said_loud

NOT_SAID: set[str] = set()
"""Words that are no language's."""


@pytest.fixture
def app() -> Iterator[AppTest]:
    with said_loud():
        yield AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()


def quiet(app: AppTest) -> set[str]:
    """Return the words in small letters that people read beside the canvas."""
    texts = [
        *(button.label for button in app.button),
        *(button.help or "" for button in app.button),
        *(each.value for each in (*app.markdown, *app.info, *app.warning, *app.error)),
    ]
    assert not app.exception
    # A formula between $ is LaTeX.
    return {word for text in texts for word in re.findall(r"\w*[a-z]\w*", re.sub(r"\$[^$]*\$", "", text))}


def test_the_lessons_and_the_files(app: AppTest) -> None:
    assert app.button
    assert quiet(app) <= NOT_SAID
