"""Say a message: look it up in the language that is spoken, and fill its named places.

A message is a whole sentence, or a whole label, written in English where it is used: `say("{name} is computed.",
name=…)`. Nothing is glued together from parts, since in another language the parts stand in another order.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.messages.catalogues import catalogue_of, current_language


def say(message: str, /, **places: object) -> str:
    """Return a message in the language that is spoken, with its places filled: "{x} → {y}" by `x=…, y=…`.

    A message without places may hold braces as they are. Raises KeyError for a place that is not filled.
    """
    text = catalogue_of(current_language()).gettext(message)
    return text.format(**places) if places else text


def say_count(one: str, many: str, count: int, /, **places: object) -> str:
    """Return the message for a count, in the right plural form: the place `{count}` is filled by itself."""
    text = catalogue_of(current_language()).ngettext(one, many, count)
    return text.format(count=count, **places)


def mark(message: str) -> str:
    """Return a message as it is, to be said later; the catalogue then knows of it."""
    return message


def listed(items: Sequence[object]) -> str:
    """Return a list in words: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return str(items[0]) if items else ""
    return say("{most} and {last}", most=say(", ").join(map(str, items[:-1])), last=items[-1])


def said_pairs(pairs: Sequence[tuple[object, object]]) -> str:
    """Return names with their values in words: "x = 2 and y = 3"."""
    return listed([say("{name} = {value}", name=name, value=value) for name, value in pairs])
