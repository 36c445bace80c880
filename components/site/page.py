"""One page of a browser in which Python runs: texts come in, texts go out, one outbox for each answer."""

from __future__ import annotations

import gc
import json
from typing import Any

from components.border import log_fault
from components.state import FILE_NAME, begin, encoded, language_choices, lesson_groups
from engine.messages import using_language


class Page:
    """Hold the session of one page, and speak to its browser in JSON."""

    def __init__(self, asked: str) -> None:
        """Begin with what the browser asks for: `link`, the `language` that was chosen, and those `preferred`."""
        told: dict[str, Any] = json.loads(asked)
        self._session = begin(told["link"], chosen=told["language"], preferred=told["preferred"])

    def beside(self) -> str:
        """Return what stands beside the graph: the lessons, the languages, and the name of a saved file."""
        with using_language(self._session.language):
            groups = lesson_groups()
        return json.dumps({"groups": groups, "languages": language_choices(), "fileName": FILE_NAME})

    def message(self) -> str:
        """Return what the canvas is to be told."""
        return encoded(self._session.message()).decode()

    def receive(self, outbox: str) -> str:
        """Take in what the canvas hands over, and return the answer."""
        try:
            self._session.receive(json.loads(outbox))
        except Exception:
            log_fault("An outbox could not be taken in.")
        return self.message()

    def document(self) -> str:
        """Return the graph as a file holds it."""
        return self._session.playground.document


def prepare() -> None:
    """Do once what every page needs and keeps, for a browser that keeps Python's memory and begins others with it."""
    page = Page(json.dumps({"link": "", "language": "", "preferred": []}))
    page.beside()
    page.message()
    del page
    gc.collect()
