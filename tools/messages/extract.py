"""Find every message that people read: in Python, in JavaScript, in the ops and in the lessons."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.extract import extract_from_file

from engine.autograd import Function
from engine.lessons import LESSONS
from engine.messages.catalogues import DOMAIN, OWN_NAME

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = ("engine", "components")
_METHODS: Final = {".py": "python", ".js": "javascript"}
# Which arguments of which function are messages.
_KEYWORDS: Final = {"say": None, "mark": None, "say_count": (1, 2), "sayCount": (1, 2)}

CATALOGUES_PLACE: Final = "engine/messages/catalogues.py"

Message = str | tuple[str, ...]
"""A message, or its singular and plural."""


def messages_of_sources() -> Iterator[tuple[str, Message]]:
    """Yield each message that stands in Python or JavaScript, with its file's path in the project."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if (method := _METHODS.get(path.suffix)) is not None:
                place = path.relative_to(ROOT).as_posix()
                yield from ((place, message) for _, message, _, _ in extract_from_file(method, path, _KEYWORDS))


def messages_of_data() -> Iterator[tuple[str, Message]]:
    """Yield what ops and lessons say, which is marked by where it stands."""
    for op in Function.registry.values():
        place = op.__module__.replace(".", "/") + ".py"
        yield from ((place, text) for text in (op.group, op.description))
    for lesson in LESSONS:
        texts = (lesson.title, lesson.question, lesson.insight, lesson.hint, *lesson.choices)
        yield from (("engine/lessons", text) for text in texts if text and not lesson.is_added)


@cache
def template() -> Catalog:
    """Return the catalogue of all messages, without translations, sorted."""
    catalogue = Catalog(domain=DOMAIN, fuzzy=False)
    named = (CATALOGUES_PLACE, OWN_NAME)
    for place, message in sorted({named, *messages_of_sources(), *messages_of_data()}, key=repr):
        catalogue.add(message, locations=[(place, 0)])
    return catalogue


def is_of_canvas(message: BabelMessage) -> bool:
    """Return whether the browser says a message by itself."""
    return any(place.endswith(".js") for place, _ in message.locations)
