"""What the browser has said so far, and which picture it has."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from components.exchange.event_parts import EventParts
from components.exchange.outbox import Outbox, OutboxEntry
from components.exchange.picture_revisions import PictureRevisions
from components.exchange.refusals import Refusal, Remark
from components.panels import Look

EVENTS_AT_ONCE: Final = 2_000
"""Of an outbox with more new ones, the others wait until these are acknowledged."""
_REFUSALS_KEPT = 20
_REFUSAL_BYTES = 4_000
"""Of all that are kept: they are part of every answer."""


class ExportedFile(NamedTuple):
    """Hold a file, the number of the event that asked for it, and that of the outbox that had brought it."""

    seq: int
    post: int
    file: dict[str, str]


@dataclass
class Browser:
    """Know how far the exchange with one browser page has come."""

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
    look_refused: bool = False
    """Whether what it said last of that was not understood."""
    parts: EventParts = field(default_factory=EventParts)
    refusals: deque[Refusal] = field(default_factory=lambda: deque(maxlen=_REFUSALS_KEPT))
    file: ExportedFile | None = None
    """The file that was asked for, until the browser has it."""
    remark: Remark | None = None
    """What is said of the last formula, until the browser sends something else."""
    pictures: PictureRevisions = field(default_factory=PictureRevisions)

    def refuse(self, refusal: Refusal) -> None:
        """Keep what is said of a refused event; the oldest is forgotten where all of them are long."""
        self.refusals.append(refusal)
        while len(json.dumps([vars(each) for each in self.refusals], ensure_ascii=False).encode()) > _REFUSAL_BYTES:
            self.refusals.popleft()

    def take(self, outbox: Outbox) -> None:
        """Note what an outbox says beside its events."""
        if self.file and outbox.post > self.file.post and all(each.seq != self.file.seq for each in outbox.events):
            self.file = None  # its answer has come: what was asked for is no longer pending
        self.post = max(self.post, outbox.post)
        self.have = outbox.have
        self.look_refused = outbox.look is None
        self.look = outbox.look or self.look

    def keep_file(self, seq: int, file: dict[str, str]) -> None:
        """Keep a file for the messages that follow, until the browser has it."""
        self.file = ExportedFile(seq, self.post, file)

    @property
    def file_told(self) -> dict[str, Any]:
        """Return what a message says of a file, once the event that asked for it is acknowledged."""
        if self.file is None or self.file.seq > self.shown:
            return {}
        return {"file": {"seq": self.file.seq, **self.file.file}}

    @property
    def parts_come(self) -> int:
        """Return how many parts have come of the event that is to be applied next."""
        return self.parts.came(self.shown + 1)

    def new_events(self, outbox: Outbox) -> Iterator[OutboxEntry]:
        """Yield the events of an outbox that came for the first time, in the order of their numbers.

        One of which only a part has come ends it: with its other parts comes what is behind it.
        """
        entries = [entry for entry in outbox.events if entry.seq > self.taken][:EVENTS_AT_ONCE]
        for entry in entries:
            if entry.seq <= self.taken:
                continue
            if entry.part is not None and not self.parts.take(entry.seq, entry.part):
                return
            # Counted before anything can fail: an event that cannot be applied is refused once, not tried again.
            self.taken = entry.seq
            yield entry
