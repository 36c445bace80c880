"""`MARKED=1`: the browser's tests in marked English; every word that people read without a mark is told at the end.

Such a word has not come from the catalogues. The tests find what they expect, for the mark takes no room and is left
out where texts are compared; so each of them goes as far as ever, and what it comes by is looked at.
"""

from __future__ import annotations

import os
import re
import tempfile
from functools import wraps
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, ElementHandle, Frame, Locator, LocatorAssertions, Page, expect

from engine.autograd import Function, function_name
from engine.messages import ENGLISH
from engine.messages.catalogues import FOLDER, FOLDER_SETTING
from tests.pseudo import MARK, marked, write_pseudo

SETTING: Final = "MARKED"
_OBSERVER: Final = Path(__file__).with_name("unmarked_words.js")
_PATIENCE_MS: Final = 15_000
_READING: Final = (
    *("inner_text", "text_content", "get_attribute", "all_inner_texts", "all_text_contents"),
    *("evaluate", "evaluate_all", "title", "input_value"),
)
KNOWN: Final = {
    *("Backprop", "Playground", "English", "data", "grad", "None", "shape", "cleargrad", "NumPy", "PyTorch"),
    *("all", "none", "repeat"),  # what parameters may be, as formulas write them
    *("nan", "inf", "tanh", "sin", "cos", "tan", "exp", "log", "max", "min", "Input", "True", "False"),
    *("Streamlit", "funcs"),  # the host's title, and the book's list, which is code
    *("SGD", "Momentum", "Adam", "JSON", "TOML", "CSV", "TSV", "https", "http", "localhost"),
    *(name for op in Function.registry for name in (op, function_name(op))),
    *(word for op in Function.registry.values() for word in re.findall("[a-zA-Z]+", op.symbol)),
    *(parameter.name for op in Function.registry.values() for parameter in op.parameters),
    *(name for op in Function.registry.values() for name in op.output_names),
}
"""Names, signs and what is spelled so in every language."""
_OF_HOST: Final = re.compile(
    r"Skip to main content|Sidebar|(Collapse|Expand) sidebar|file upload|Upload|\d+MB per file| • [A-Z, ]+"
    r"|(Cancel upload of|Remove) \S+|Add files|add icon"
    r"|Dismiss|Close|Connection error|Is Streamlit still running\? .*|Copy to clipboard"  # in its dialog
)
"""What Streamlit says by itself, until `host_messages.js` says it in the page's language."""
_DATA: Final = re.compile(
    r"https?:\S+|\w+\.(json|toml|py|ipynb|csv|tsv|txt|jpg)|backprop-playground\b|\w+\[\d+\][\w.\[\]]*|\w+\.(data|grad)\b"
    r"|\b[A-Z]{6}\b|^\w+(?=: )"
)
"""Addresses, names of files, places in them, numbers' names, and the words of rooms."""
_UNMARKED: Final = re.compile(rf"(?<![{MARK}\w])[A-Za-z]{{3,}}")


class Found:
    """Keep the words without a mark, with the test in which each text was first read."""

    def __init__(self) -> None:
        self.texts: dict[str, tuple[str, str]] = {}
        self.names: set[str] = set()
        self.test = ""

    def take(self, told: dict[str, Any]) -> None:
        self.names |= {*told["names"], *(f"g{name}" for name in told["names"])}  # gx is the gradient of x
        for text, place in told["found"]:
            words = set(_UNMARKED.findall(_DATA.sub("", text)))
            if words - KNOWN - self.names and not _OF_HOST.fullmatch(text):
                self.texts.setdefault(text, (place, self.test))


FOUND: Final = Found()


def is_asked_for() -> bool:
    return bool(os.environ.get(SETTING))


def begin(patch: pytest.MonkeyPatch) -> None:
    """Let every server that the tests start speak marked English, and look at every page."""
    folder = Path(tempfile.mkdtemp(prefix="marked-english-"))
    for language in FOLDER.iterdir():
        if language.is_dir():
            (folder / language.name).symlink_to(language)
    write_pseudo(folder, ENGLISH, marked)
    patch.setenv(FOLDER_SETTING, str(folder))
    expect.set_options(timeout=_PATIENCE_MS)
    _look_at_pages(patch)
    for kind in (Locator, Page, Frame, ElementHandle):
        for name in _READING:
            if hasattr(kind, name):
                patch.setattr(kind, name, _without_marks(getattr(kind, name)))
    for name in dir(LocatorAssertions):
        if "to_" in name and not name.startswith("_"):
            patch.setattr(LocatorAssertions, name, _expecting_marks(getattr(LocatorAssertions, name)))


def _look_at_pages(patch: pytest.MonkeyPatch) -> None:
    new_context = Browser.new_context

    @wraps(new_context)
    def looked_at(*given: Any, **options: Any) -> Any:
        context = new_context(*given, **options)
        context.expose_binding("tellUnmarked", lambda source, told: FOUND.take(told))
        context.add_init_script(path=_OBSERVER)
        return context

    patch.setattr(Browser, "new_context", looked_at)


def _without_marks(read: Any) -> Any:
    @wraps(read)
    def plain(*given: Any, **options: Any) -> Any:
        return _stripped(read(*given, **options))

    return plain


def _stripped(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(MARK, "")
    if isinstance(value, list):
        return [_stripped(item) for item in value]
    if isinstance(value, dict):
        return {key: _stripped(item) for key, item in value.items()}
    return value


def _expecting_marks(holds: Any) -> Any:
    """Let an expectation hold with marks where Playwright leaves none out: in patterns, attributes and values."""
    exact = holds.__name__.endswith(("_attribute", "_value"))

    @wraps(holds)
    def expected(self: Any, *given: Any, **options: Any) -> Any:
        last = given[-1] if given else None
        if isinstance(last, list):
            last = [_with_marks(each) if isinstance(each, re.Pattern) else each for each in last]
        elif isinstance(last, re.Pattern):
            last = _with_marks(last)
        elif exact and isinstance(last, str) and re.search("[A-Za-z]", last):
            last = re.compile(f"^{''.join(f'{MARK}?{re.escape(letter)}' for letter in last)}$")
        return holds(self, *given[:-1], last, **options) if given else holds(self, **options)

    return expected


def _with_marks(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(re.sub(r"(?<![\\\w])(?=[A-Za-z])", f"{MARK}?", pattern.pattern), pattern.flags)
