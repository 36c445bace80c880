"""Decide whether a browser's request comes from the page's own address."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit


def is_allowed_origin(origin: str, host: str, allowed: Collection[str]) -> bool:
    """Return whether a page stands on this very server, or on one that is named; "*" names all."""
    if not origin:
        return False
    try:
        own = urlsplit(origin).netloc == host
    except ValueError:
        return False
    return own or origin in allowed or "*" in allowed
