"""Two made-up languages for tests; what is read in plain letters then has not come from the catalogues.

In the first each letter of a message is another one, and the whole stands in ⟦…⟧. The second is English in which each
word of a message begins with a mark that nobody sees and that takes no room, so that a page looks and is laid out as
ever, and tests that expect English words find them.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from engine.messages import catalogues
from engine.messages.catalogues import CANVAS_DOMAIN, DOMAIN, OWN_NAME
from tools.messages.extract import template
from tools.messages.files import compiled, of_canvas

CODE = "eo"
"""Babel knows no language that nobody speaks; this one has two plural forms, as English has."""
MARK = "\N{ZERO WIDTH SPACE}"
"""Playwright leaves it out where it compares what is read, as people do."""
_PLACE = re.compile(r"(\{\w*\})")
_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = {ord(letter): chr(ord(letter) + ord("Ａ") - ord("A")) for letter in string.ascii_letters}
"""Letters of the full width."""


def pseudo(message: str) -> str:
    """Return a message in the made-up language; its places stay."""
    parts = _PLACE.split(message)
    return f"⟦{''.join(part if _PLACE.fullmatch(part) else part.translate(_LETTERS) for part in parts)}⟧"


def marked(message: str) -> str:
    """Return a message in marked English; its places stay."""
    parts = _PLACE.split(message)
    return "".join(part if _PLACE.fullmatch(part) else _WORD.sub(rf"{MARK}\g<0>", part) for part in parts)


def write_pseudo(folder: Path, code: str = CODE, translated: Callable[[str], str] = pseudo) -> None:
    """Put a made-up language among the catalogues of a folder."""
    catalogue = Catalog(locale=code, fuzzy=False)
    for message in template():
        if isinstance(message.id, tuple):
            catalogue.add(message.id, tuple(map(translated, message.id)), message.locations)
        elif message.id and message.id != OWN_NAME:
            catalogue.add(message.id, translated(message.id), message.locations)
    home = folder / code / "LC_MESSAGES"
    home.mkdir(parents=True)
    (home / f"{DOMAIN}.mo").write_bytes(compiled(catalogue))
    (home / f"{CANVAS_DOMAIN}.mo").write_bytes(compiled(of_canvas(catalogue)))


@contextmanager
def spoken_pseudo(folder: Path) -> Iterator[None]:
    """Let the made-up language be the only one beside English."""
    write_pseudo(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "FOLDER", folder)
        forget()
        yield
    forget()


def forget() -> None:
    """Forget the catalogues that were read, and what was said by them once for all."""
    catalogues.catalogue_of.cache_clear()
    catalogues.browser_messages.cache_clear()


def texts_in(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text in parsed JSON, with the keys that lead to it; of a list all places are one."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(item, (*path, key))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_in(item, (*path, "*"))
