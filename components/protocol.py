"""What the browser hands over, checked at the border: numbered events and the commands among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from engine.limits import MAX_DOCUMENT_BYTES

EVENTS_AT_ONCE = 2_000

Counter = Annotated[int, Field(ge=0, le=2**53)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OutboxEntry(_Strict):
    """One event as the browser numbered it, and its gesture; the event is checked when its turn has come."""

    seq: Annotated[int, Field(ge=1, le=2**53)]
    gesture: Counter | None = None
    event: Any


class Outbox(_Strict):
    """What the browser hands over: every event that it has not seen acknowledged."""

    session: Annotated[str, Field(max_length=64)]
    post: Annotated[int, Field(ge=1, le=2**53)]
    have: Counter
    selected: Annotated[str, Field(max_length=64)]
    events: Annotated[list[OutboxEntry], Field(max_length=EVENTS_AT_ONCE)]


class Restore(_Strict):
    """Take up what a tab remembers after a reload, a lost session, or a restart of the server."""

    document: Any
    automatic: bool = True


class OpenText(_Strict):
    """Open a document that was dropped on the page."""

    text: Annotated[str, Field(max_length=MAX_DOCUMENT_BYTES)]
    name: Annotated[str, Field(max_length=200)] = ""


@dataclass(frozen=True)
class Refusal:
    """An edit that was not made: its number, the sentence, and the id of the node where it should be shown."""

    seq: int
    text: str
    node: str
