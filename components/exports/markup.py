"""Write HTML out of elements: text goes in as text, whatever stands in it, and only elements are markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

_EMPTY: Final = frozenset({"meta", "br"})
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no HTML may hold."""


class Markup(str):
    """Mark a text as HTML that was made here, or by the writer of SVG."""

    __slots__ = ()


def tag(name: str, attributes: Mapping[str, str] | None = None, *children: str) -> Markup:
    """Return an element; a child that is no Markup is text. But for HTML's empty ones it is one of XML too."""
    written = "".join(f' {key}="{_escaped(value)}"' for key, value in (attributes or {}).items())
    if name in _EMPTY:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(children)}</{name}>")


def joined(children: Iterable[str]) -> Markup:
    """Return children one after another."""
    return Markup("".join(child if isinstance(child, Markup) else _escaped(child) for child in children))


def document(language: str, head: Iterable[Markup], body: Iterable[Markup]) -> str:
    """Return a whole page; every policy for what it may load is the caller's."""
    inside = joined([tag("head", None, tag("meta", {"charset": "utf-8"}), *head), tag("body", None, *body)])
    return f"<!DOCTYPE html>\n{tag('html', {'lang': language}, inside)}\n"


def _escaped(text: str) -> str:
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
