"""Give inputs their values: what somebody typed, with how it was written, or the next free whole number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from engine.document.graph import Node
from engine.document.values import Value, check_value, is_plain, parse_value
from engine.errors import PlaygroundError, ValueRefusedError
from engine.limits import MAX_WRITTEN_LENGTH


def typed_value(value: Any) -> tuple[Value, str]:
    """Return a value that was typed, or read from JSON, and how it was written where its digits do not say so.

    Raises ValueRefusedError.
    """
    if not isinstance(value, str):
        return check_value(value), ""
    written = value.strip()
    is_kept = len(written) <= MAX_WRITTEN_LENGTH and not is_plain(written)
    return parse_value(value), written if is_kept else ""


def valued(node: Node, value: Value, written: str = "") -> Node:
    """Return an input with another value; how the old one was written goes with it."""
    return replace(node, value=value, written=written)


def with_written(node: Node, written: str) -> Node:
    """Return an input with how its value was written, unless that means another value."""
    if not written:
        return node
    try:
        value, kept = typed_value(written)
    except (PlaygroundError, ValueRefusedError):
        return node
    return valued(node, value, kept) if value == node.value else node


def fresh_value(held: Iterable[Value | None]) -> float:
    """Return the first of 1, 2, 3 … that no other input holds: equal inputs have equal gradients, and hide mistakes."""
    taken = set(held)
    number = 1.0
    while number in taken:
        number += 1.0
    return number
