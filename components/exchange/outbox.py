"""The outbox that the browser hands over, checked part by part: what is malformed takes nothing good with it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from components.exchange.event_parts import EventPart
from components.panels import Counter, Look, nothing_beside
from engine.document import Strict, holds_broken_text

_LOG = logging.getLogger(__name__)


class OutboxEntry(Strict):
    """Hold one event as the browser numbered it, and its gesture; the event is checked when its turn has come."""

    seq: Annotated[int, Field(ge=1, le=2**53)]
    gesture: Counter | None = None
    event: Any = None
    part: EventPart | None = None
    """Of an event that is too large for one outbox, the part that is in this one."""


@dataclass(frozen=True)
class Outbox:
    """Hold what the browser hands over: events that have not been acknowledged, and what it shows."""

    session: str
    post: int
    """The number of this outbox: the browser counts those that it hands over."""
    have: int
    """The revision of the picture that the browser has; 0 for none."""
    selected: str
    look: Look | None
    """None where it was not understood: what was looked at before stays."""
    viewport: tuple[float, float] | None
    """The width and the height, in pixels, that the graph may take on the stage; None where they were not told."""
    events: tuple[OutboxEntry, ...]
    """In the order of their numbers."""


_SESSIONS: TypeAdapter[str] = TypeAdapter(Annotated[str, Field(strict=True, max_length=64)])
_POSTS: TypeAdapter[int] = TypeAdapter(Annotated[int, Field(strict=True, ge=1, le=2**53)])
_REVISIONS: TypeAdapter[int] = TypeAdapter(Annotated[Counter, Field(strict=True)])
_Length = Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)]
_VIEWPORTS: TypeAdapter[tuple[float, float]] = TypeAdapter(tuple[_Length, _Length])
_NUMBERS: TypeAdapter[int] = TypeAdapter(Annotated[int, Field(ge=1, le=2**53)])


def read_outbox(data: object) -> Outbox | None:
    """Return the outbox that parsed JSON holds; None where it does not say from which session and which outbox it is.

    An event that is malformed but numbered is kept without its content, to be refused in its turn.
    """
    if not isinstance(data, Mapping):
        return None
    session, post = _read(_SESSIONS, data.get("session")), _read(_POSTS, data.get("post"))
    if session is None or post is None:
        return None
    selected = _read(_SESSIONS, data.get("selected")) or ""
    events = data.get("events")
    entries = map(_entry, events if isinstance(events, list | tuple) else ())
    found = sorted(filter(None, entries), key=lambda entry: entry.seq)
    return Outbox(
        session=session,
        post=post,
        have=_read(_REVISIONS, data.get("have")) or 0,
        selected="" if holds_broken_text(selected) else selected,
        look=_look(data.get("look")),
        viewport=_read(_VIEWPORTS, data.get("viewport")),
        events=tuple(found),
    )


def _look(data: object) -> Look | None:
    if data is None:
        return nothing_beside()
    try:
        return None if holds_broken_text(data) else Look.model_validate(data)
    except (ValidationError, RecursionError):
        _LOG.warning("What the browser looks at is not in the agreed form.")
        return None


def _entry(data: object) -> OutboxEntry | None:
    try:
        return OutboxEntry.model_validate(data)
    except (ValidationError, RecursionError):
        seq = _read(_NUMBERS, data.get("seq")) if isinstance(data, Mapping) else None
        _LOG.warning("An event that the browser handed over is not in the agreed form.")
        return None if seq is None else OutboxEntry(seq=seq)


def _read(adapter: TypeAdapter[Any], data: object) -> Any:
    try:
        return adapter.validate_python(data)
    except (ValidationError, RecursionError):
        return None
