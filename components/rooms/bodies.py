"""What browsers send to a room, checked once, here."""

from __future__ import annotations

import json
from typing import Annotated, Final, Literal, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from components.rooms.codes import LONGEST_TOKEN
from components.rooms.errors import RoomError, TooLargeError
from components.rooms.question import Asked
from engine.document import BROKEN_TEXT, Strict, describe, holds_broken_text
from engine.limits import MAX_LINK_LENGTH
from engine.messages import say
from engine.tasks import LONGEST_ANSWER

LARGEST_BODY: Final = 20_000
"""Bytes of what anybody sends: a name, or an answer."""
LARGEST_QUESTION: Final = 300_000
"""Bytes of a question with its graph, and of whatever else a teacher sends."""
LONGEST_CODE: Final = 40
_T = TypeVar("_T", bound=Strict)

_Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,32}$", strict=True)]
_Round = Annotated[int, Field(strict=True, ge=1, le=100)]
_Text = Annotated[str, Field(strict=True, max_length=1_000)]


class Join(Strict):
    """Come in as a student, or return with a token."""

    name: _Text = ""
    token: Annotated[str, Field(strict=True, max_length=LONGEST_TOKEN)] = ""


class Answer(Strict):
    """Answer as a student, and lock the answer or leave it open to change."""

    question: _Key
    round: _Round
    text: Annotated[str, Field(strict=True, min_length=1, max_length=max(LONGEST_ANSWER, MAX_LINK_LENGTH))]
    locks: bool = False


class ShowGraph(Strict):
    """Let the teacher see a graph; with an empty link no longer."""

    link: Annotated[str, Field(strict=True, max_length=MAX_LINK_LENGTH)] = ""


class Ask(Strict):
    """Ask a question; `id` is made up by the page, so that asking twice asks once."""

    type: Literal["ask"]
    id: _Key
    question: Asked
    after: _Key | Literal[""] | None = None
    """The question behind which it is the next one, "" where it is the first."""


class Close(Strict):
    """Close a round."""

    type: Literal["close"]
    question: _Key
    round: _Round


class VoteAgain(Strict):
    """Open a round."""

    type: Literal["vote_again"]
    question: _Key
    round: _Round


class Reveal(Strict):
    """Show what is right."""

    type: Literal["reveal"]
    question: _Key


class ShowSpread(Strict):
    """Show the class the spread, or hide it."""

    type: Literal["show_spread"]
    shown: bool


class Rename(Strict):
    """Give a student another name."""

    type: Literal["rename"]
    student: _Key
    name: _Text


class Remove(Strict):
    """Take a student out of the room."""

    type: Literal["remove"]
    student: _Key


class End(Strict):
    """End the room."""

    type: Literal["end"]


Action = Ask | Close | VoteAgain | Reveal | ShowSpread | Rename | Remove | End


class Acting(Strict):
    """Say what a teacher does."""

    action: Annotated[Action, Field(discriminator="type")]


def read_body(body: bytes, model: type[_T]) -> _T:
    """Return what a body says; raises RoomError, which names the place."""
    try:
        data = json.loads(body or b"{}", parse_constant=_refuse)
        if holds_broken_text(data):
            raise RoomError(say(BROKEN_TEXT))
        return model.model_validate(data)
    except ValidationError as error:
        place, sentence = describe(error)
        raise RoomError(f"{place}: {sentence}" if place else sentence) from None
    except (ValueError, RecursionError):
        raise RoomError(say("What was sent is not JSON that can be read.")) from None


def refuse_size(size: int, limit: int) -> None:
    """Raise TooLargeError for more bytes than are read."""
    if size > limit:
        raise TooLargeError(say("What was sent is larger than {limit} bytes.", limit=limit))


def _refuse(name: str) -> None:
    raise ValueError(name)
