"""Differences between JSON objects as JSON merge patches (RFC 7396)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def merge_patch(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the smallest merge patch that turns `before` into `after`.

    A key that is gone maps to None, an object is patched in depth, everything else is replaced. Neither side may
    hold None as a value: a merge patch cannot say it.
    """
    gone = () if before.keys() <= after.keys() else before.keys() - after.keys()
    patch: dict[str, Any] = dict.fromkeys(gone)
    for key, new in after.items():
        old = before.get(key)
        if old is not new and old != new:
            patch[key] = merge_patch(old, new) if isinstance(old, dict) and isinstance(new, dict) else new
    return patch
