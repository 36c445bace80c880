"""Set sentences and the items of a list one after another; how they are joined depends on the language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from engine.messages.say import say


def joined_sentences(parts: Sequence[str]) -> str:
    """Return whole sentences one after another; nothing if there are none."""
    return reduce(lambda before, after: say("{before} {after}", before=before, after=after), parts) if parts else ""


def enumerated(items: Sequence[str]) -> str:
    """Return the items of a list that ends without "and", such as one in a table or on a node."""
    return say(", ").join(items) if len(items) > 1 else "".join(items)


def abridged(items: Sequence[str], at_most: int) -> str:
    """Return the first items of a list, and "…" where there are more."""
    first = enumerated(items[:at_most])
    return say("{items}, …", items=first) if len(items) > at_most else first
