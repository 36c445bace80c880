"""What the browser hands over, checked at the border: numbered events and the commands among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from components.panels import Counter, Look
from engine.autograd import Variant
from engine.document import Id
from engine.limits import MAX_DOCUMENT_BYTES, MAX_NODES

EVENTS_AT_ONCE = 2_000


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
    look: Look = Look()
    events: Annotated[list[OutboxEntry], Field(max_length=EVENTS_AT_ONCE)]


class Restore(_Strict):
    """Take up what a tab remembers after a reload, a lost session, or a restart of the server."""

    document: Any
    automatic: bool = True
    variant: Variant = Variant.STEP_16


class SetVariant(_Strict):
    """Let another of the book's variants run backward."""

    variant: Variant


class Pick(_Strict):
    """Visit Functions in this order; None leaves it to the engine again."""

    order: Annotated[tuple[Id, ...], Field(max_length=MAX_NODES)] | None


class OpenText(_Strict):
    """Open a document that was dropped on the page."""

    text: Annotated[str, Field(max_length=MAX_DOCUMENT_BYTES)]
    name: Annotated[str, Field(max_length=200)] = ""


@dataclass(frozen=True)
class FieldRefusal:
    """What a panel's field was refused, to be said below that field."""

    node: str
    field: str
    text: str


@dataclass(frozen=True)
class Refusal:
    """An edit that was not made: its number, the sentence, and the id of the node where it should be shown."""

    seq: int
    text: str
    node: str
    line: int = 1
    column: int = 1
    """Where in a formula, counted from 1."""
