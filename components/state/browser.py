"""What the browser has said so far, and which picture it has."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from components.panels import Look
from components.state.outbox import Outbox, OutboxEntry
from components.state.picture_revisions import PictureRevisions
from components.state.refusals import Refusal

_REFUSALS_KEPT = 20
_REFUSAL_BYTES = 4_000
"""Of all that are kept: they are part of every answer."""


@dataclass
class Browser:
    """How far the exchange with one browser page has come."""

    post: int = 0
    """The highest number of an outbox that has come."""
    taken: int = 0
    """The number of the last event that was taken in."""
    applied: int = 0
    """The number of the last event that was applied, or refused."""
    shown: int = 0
    """The number of the last event that the picture shows: up to here they are acknowledged."""
    have: int = 0
    """The revision of the picture that it has."""
    look: Look = field(default_factory=Look)
    """What it looks at beside the graph."""
    refusals: deque[Refusal] = field(default_factory=lambda: deque(maxlen=_REFUSALS_KEPT))
    pictures: PictureRevisions = field(default_factory=PictureRevisions)

    def refuse(self, refusal: Refusal) -> None:
        """Keep what is said of a refused event; the oldest is forgotten where all of them are long."""
        self.refusals.append(refusal)
        while len(json.dumps([vars(each) for each in self.refusals], ensure_ascii=False).encode()) > _REFUSAL_BYTES:
            self.refusals.popleft()

    def take(self, outbox: Outbox) -> None:
        """Note what an outbox says beside its events."""
        self.post = max(self.post, outbox.post)
        self.have = outbox.have
        self.look = outbox.look

    def new_events(self, outbox: Outbox) -> Iterator[OutboxEntry]:
        """Yield the events of an outbox that came for the first time, in the order of their numbers."""
        for entry in sorted(outbox.events, key=lambda entry: entry.seq):
            if entry.seq > self.taken:
                # Counted before anything can fail: an event that cannot be applied is refused once, not tried again.
                self.taken = entry.seq
                yield entry
