"""The border around whatever nobody has foreseen: a fault in one part leaves that part out, and the page goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from engine.pieces import Pieces

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")


def log_fault(what: str) -> None:
    """Write the exception that is being handled into the log, with its trace: the one place that does so."""
    _LOG.exception("%s", what)


def or_none(make: Callable[[], _T]) -> _T | None:
    """Return what is made, or None if that fails for a reason that nobody has foreseen."""
    try:
        return make()
    except Exception:
        log_fault("A part of the page could not be made, and was left out.")
        return None


def or_none_in_pieces(pieces: Callable[[], Pieces[_T]]) -> Pieces[_T | None]:
    """Do the same as `or_none` for what is made in pieces."""
    try:
        return (yield from pieces())
    except Exception:
        log_fault("A part of the page could not be made, and was left out.")
        return None
