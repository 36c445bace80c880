"""Keep what page and browser tell each other: outboxes with events, their refusals, and pictures as merge patches."""

from __future__ import annotations

from components.exchange.browser import EVENTS_AT_ONCE, Browser
from components.exchange.event_parts import MAX_EVENT_BYTES, EventPart
from components.exchange.merge_patch import merge_patch
from components.exchange.outbox import OutboxEntry, read_outbox
from components.exchange.picture_revisions import PictureRevisions
from components.exchange.refusals import refusal_of, remark_of

__all__ = [
    "EVENTS_AT_ONCE",
    "MAX_EVENT_BYTES",
    "Browser",
    "EventPart",
    "OutboxEntry",
    "PictureRevisions",
    "merge_patch",
    "read_outbox",
    "refusal_of",
    "remark_of",
]
