"""An event that is too large for one outbox: it comes in parts, compressed, and is put together here, within bounds."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, NoReturn

from pydantic import Field

from engine.document import Strict
from engine.errors import EditError, LimitError
from engine.limits import MAX_DOCUMENT_BYTES
from engine.messages import say

MAX_PARTS: Final = 48
MAX_EVENT_BYTES: Final = 2 * MAX_DOCUMENT_BYTES + 100_000
"""Of an event as JSON: the text of the largest file, each character of it escaped."""


class EventPart(Strict):
    """Hold one of the parts of an event, which is JSON in UTF-8, compressed by zlib or not, in base64."""

    number: Annotated[int, Field(ge=0, lt=MAX_PARTS)]
    count: Annotated[int, Field(ge=1, le=MAX_PARTS)]
    deflated: bool
    text: Annotated[str, Field(max_length=256_000)]


@dataclass
class EventParts:
    """Hold the parts that have come of the event that comes next."""

    seq: int = 0
    texts: list[str] = field(default_factory=list)

    def came(self, seq: int) -> int:
        """Return how many parts of the event with this number have come, from the first on."""
        return len(self.texts) if seq == self.seq else 0

    def take(self, seq: int, part: EventPart) -> bool:
        """Take a part in, if it is the next; return whether that was the last."""
        if seq != self.seq:
            self.seq, self.texts = seq, []
        if part.number == len(self.texts):
            self.texts.append(part.text)
        return len(self.texts) == part.count

    def joined(self, deflated: bool) -> Any:
        """Return the event, as parsed JSON, and forget its parts.

        Raises LimitError where it is too large, EditError where it is not what it says.
        """
        texts, self.texts = self.texts, []
        try:
            packed = base64.b64decode("".join(texts), validate=True)
            return json.loads(_inflated(packed) if deflated else packed, parse_constant=_refuse)
        except (ValueError, zlib.error, RecursionError):
            raise EditError(say("That was not understood.")) from None


def _inflated(packed: bytes) -> bytes:
    stream = zlib.decompressobj()
    data = stream.decompress(packed, MAX_EVENT_BYTES)
    if stream.unconsumed_tail:
        raise LimitError(say("That is larger than {limit} bytes, the limit for an edit.", limit=MAX_EVENT_BYTES))
    if not stream.eof:
        raise EditError(say("That was not understood."))
    return data


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
