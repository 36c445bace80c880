"""The message catalogues: one folder a language, read by gettext; English is the language of the code itself."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

DOMAIN: Final = "playground"
ENGLISH: Final = "en"
FOLDER_SETTING: Final = "PLAYGROUND_LANGUAGES"
FOLDER: Final = Path(os.environ.get(FOLDER_SETTING) or Path(__file__).parent / "locales")
"""A language is `locales/<code>/LC_MESSAGES/playground.po`; `playground.pot` beside them lists every message.

Beside it stand what is made of it: `playground.mo`, and `canvas.mo` with those that the browser says by itself.
"""
CANVAS_DOMAIN: Final = "canvas"
OWN_NAME: Final = "English"
"""What a language calls itself: its translation of this word."""

_LANGUAGE: ContextVar[str] = ContextVar("language", default=ENGLISH)

current_language = _LANGUAGE.get
"""Return the code of the language that is spoken now, such as "en"."""


@contextmanager
def using_language(code: str) -> Iterator[None]:
    """Speak a language inside a `with`; one without a catalogue is spoken in English."""
    before = _LANGUAGE.set(code)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there are, English first."""
    return _languages_in(FOLDER)


@cache
def _languages_in(folder: Path) -> tuple[str, ...]:
    found = (path.parts[-3] for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return (ENGLISH, *sorted(code for code in found if code != ENGLISH))


def name_of_language(code: str) -> str:
    """Return what a language is called in itself; its code where it does not say so."""
    name = catalogue_of(code).gettext(OWN_NAME)
    return code if name == OWN_NAME and code != ENGLISH else name


def best_language(tags: Iterable[str]) -> str:
    """Return the first language among these that there is, by tags such as "ja-JP"; English where there is none."""
    known = {_plain(code): code for code in languages()}
    for tag in tags:
        parts = _plain(tag).split("-")
        for end in range(len(parts), 0, -1):
            if code := known.get("-".join(parts[:end])):
                return code
    return ENGLISH


def _plain(tag: str) -> str:
    return tag.strip().replace("_", "-").lower()


@cache
def catalogue_of(code: str) -> gettext.NullTranslations:
    """Return a language's catalogue; where it lacks a message, that is said in English."""
    return gettext.translation(DOMAIN, str(FOLDER), [code], fallback=True)


@cache
def browser_messages(code: str) -> dict[str, str | list[str]]:
    """Return what the browser's own messages are in a language, by the English ones: one text, or its plural forms.

    Nothing for English. To be read only: everybody gets the same.
    """
    catalogue = gettext.translation(CANVAS_DOMAIN, str(FOLDER), [code], fallback=True)
    entries = getattr(catalogue, "_catalog", {})
    found: dict[str, str | list[str]] = {}
    for key, text in entries.items():
        if isinstance(key, tuple):
            message, form = key
            forms = found.setdefault(message, [])
            assert isinstance(forms, list)
            forms.extend([""] * (form + 1 - len(forms)))
            forms[form] = text
        elif key:
            found[key] = text
    return found
