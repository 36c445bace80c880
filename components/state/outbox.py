"""The outbox that the browser hands over, checked in form: numbered events, and what the browser looks at."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from components.panels import Counter, Look
from engine.document import Strict

EVENTS_AT_ONCE = 2_000


class OutboxEntry(Strict):
    """One event as the browser numbered it, and its gesture; the event is checked when its turn has come."""

    seq: Annotated[int, Field(ge=1, le=2**53)]
    gesture: Counter | None = None
    event: Any


class Outbox(Strict):
    """What the browser hands over: every event that has not been acknowledged, and what it shows."""

    session: Annotated[str, Field(max_length=64)]
    post: Annotated[int, Field(ge=1, le=2**53)]
    """The number of this outbox: the browser counts those that it hands over."""
    have: Counter
    """The revision of the picture that the browser has; 0 for none."""
    selected: Annotated[str, Field(max_length=64)]
    look: Look = Look()
    events: Annotated[list[OutboxEntry], Field(max_length=EVENTS_AT_ONCE)]
