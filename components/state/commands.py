"""All that a browser may send: the commands, each with what it does, and the edits of `engine.edits`.

To add a command, write its model, put it into `Command`, and say what it does in `carry_out_in_pieces`; mypy fails
there where a command is forgotten.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, assert_never, get_args

from pydantic import Field, TypeAdapter, ValidationError

from components.panels import Counter
from components.picture import qr_code_of
from components.state.arrangement import Arrange, arrange_in_pieces
from components.state.exporting import Export, MakeWorksheet, export_in_pieces, packed, worksheet_of
from components.state.lessons.building import check_built
from components.state.lessons.commands import CheckBuilt, DropLesson, EndTry, Explain, SetLesson, TryLesson, WriteLesson
from components.state.lessons.writing import drop_lesson, end_try, set_lesson, try_lesson, write_lesson
from components.state.playground import Playground
from components.state.restoring import Restore
from components.state.taking_up import take_up
from engine.autograd import Variant
from engine.document import (
    BROKEN_TEXT,
    Id,
    Port,
    Quantity,
    QuantityKind,
    Strict,
    document_in_pieces,
    holds_broken_text,
    read_link_fields,
)
from engine.edits import Event, parse_event
from engine.errors import EditError
from engine.limits import MAX_EDGES, MAX_NODES
from engine.messages import say
from engine.pieces import Pieces, finish
from engine.tasks import LONGEST_ANSWER

_LONGEST_QR_TEXT: Final = 10_000
"""Longer than a link with its address; what no code holds is answered by none."""


class Undo(Strict):
    """Take the last gesture back."""

    type: Literal["undo"] = "undo"


class Redo(Strict):
    """Do again what was taken back last."""

    type: Literal["redo"] = "redo"


class OpenLesson(Strict):
    """Open a lesson, by its place in the list, counted from 0."""

    type: Literal["lesson"] = "lesson"
    lesson: Annotated[int, Field(strict=True, ge=0)]


class OpenNew(Strict):
    """Open an empty graph."""

    type: Literal["new"] = "new"


class OpenText(Strict):
    """Open the text of a file that was dropped on the page."""

    type: Literal["open"] = "open"
    text: str
    name: Annotated[str, Field(max_length=200)] = ""


class OpenLink(Strict):
    """Open the graph of a link, given by its characters; undo brings the present graph back."""

    type: Literal["open link"] = "open link"
    link: str


class TakeBack(Strict):
    """Take a gesture back that was given up on the way: nothing of it is left to be undone."""

    type: Literal["take back"] = "take back"
    gesture: Counter


class Answer(Strict):
    """Lock an answer to a hidden number, as it was typed."""

    type: Literal["answer"] = "answer"
    node: Id
    kind: QuantityKind
    output: Port = 0
    text: Annotated[str, Field(max_length=LONGEST_ANSWER)]


class Reveal(Strict):
    """Show hidden numbers that were not found."""

    type: Literal["reveal"] = "reveal"
    numbers: Annotated[tuple[tuple[Id, QuantityKind, Port], ...], Field(min_length=1, max_length=2 * MAX_EDGES)]


class ChooseAnswer(Strict):
    """Lock a choice of those that the lesson offers, by its place counted from 0."""

    type: Literal["choose answer"] = "choose answer"
    place: Port


class TakeOwnNumbers(Strict):
    """Give the inputs the numbers that belong to a name."""

    type: Literal["own numbers"] = "own numbers"
    name: Annotated[str, Field(max_length=100)]


class Share(Strict):
    """Make a link that holds the graph, and what is looked at: the open panel, and the step of somebody who steps."""

    type: Literal["share"] = "share"
    fields: dict[str, Any] = Field(default_factory=dict)
    """By the names of `LinkFields`; what is not understood is left out."""


class DrawQrCode(Strict):
    """Draw a text, such as the address of a link, as a QR code."""

    type: Literal["qr code"] = "qr code"
    text: Annotated[str, Field(max_length=_LONGEST_QR_TEXT)]


class Forward(Strict):
    """Run Forward."""

    type: Literal["forward"] = "forward"


class Backward(Strict):
    """Run Backward; a second time it adds to what is there."""

    type: Literal["backward"] = "backward"


class ClearGrads(Strict):
    """Set every grad to None."""

    type: Literal["cleargrad"] = "cleargrad"


class SetAutomatic(Strict):
    """Compute after every edit, or leave it to Forward and Backward."""

    type: Literal["automatic"] = "automatic"
    automatic: Annotated[bool, Field(strict=True)]


class SetVariant(Strict):
    """Let another of the book's variants run backward."""

    type: Literal["variant"] = "variant"
    variant: Variant


class Pick(Strict):
    """Visit Functions in this order; None leaves it to the variant again."""

    type: Literal["pick"] = "pick"
    order: Annotated[tuple[Id, ...], Field(max_length=MAX_NODES)] | None


class Check(Strict):
    """Compare every gradient with central differences."""

    type: Literal["check"] = "check"


class Stop(Strict):
    """End what is in work; who hands it over has seen to that, and nothing else is left to do."""

    type: Literal["stop"] = "stop"


Command = (
    Undo
    | Redo
    | OpenLesson
    | OpenNew
    | OpenText
    | OpenLink
    | Restore
    | Arrange
    | TakeBack
    | Answer
    | Reveal
    | ChooseAnswer
    | CheckBuilt
    | Explain
    | WriteLesson
    | SetLesson
    | DropLesson
    | TryLesson
    | EndTry
    | TakeOwnNumbers
    | Share
    | DrawQrCode
    | Export
    | MakeWorksheet
    | Forward
    | Backward
    | ClearGrads
    | SetAutomatic
    | SetVariant
    | Pick
    | Check
    | Stop
)
BrowserEvent = Command | Event

_BROWSER_EVENTS: TypeAdapter[BrowserEvent] = TypeAdapter(Annotated[BrowserEvent, Field(discriminator="type")])
_COMMAND_TYPES = tuple(command.model_fields["type"].default for command in get_args(Command))


def carry_out(playground: Playground, event: BrowserEvent, gesture: int | None = None) -> None:
    """Do what a browser asks for: an edit that is part of a gesture, or a command; raises what refuses it."""
    finish(carry_out_in_pieces(playground, event, gesture))


def carry_out_in_pieces(playground: Playground, event: BrowserEvent, gesture: int | None = None) -> Pieces[None]:  # noqa: C901 -- a case a command
    """Do the same as `carry_out` in pieces."""
    if isinstance(event, Event):
        yield from playground.edit_in_pieces(event, gesture)
        return
    match event:
        case Undo():
            playground.undo()
        case Redo():
            playground.redo()
        case OpenLesson(lesson=index):
            playground.open_lesson(index)
        case OpenNew():
            playground.open_new()
        case OpenText(text=text, name=name):
            yield from playground.open_document_in_pieces(text, name)
        case Restore():
            graph = yield from document_in_pieces(event.document)
            yield 0.5
            take_up(playground, event, graph)
        case OpenLink(link=link):
            playground.open_link(link)
        case Arrange(viewport=viewport):
            yield from arrange_in_pieces(playground, viewport)
        case TakeBack(gesture=number):
            playground.take_back(number)
        case Share(fields=fields):
            yield from playground.share_in_pieces(read_link_fields(fields))
        case DrawQrCode(text=text):
            playground.qr_code = qr_code_of(text)
        case Export(kind=kind):
            playground.exported = packed((yield from export_in_pieces(playground, kind)))
        case MakeWorksheet():
            playground.exported = packed((yield from worksheet_of(playground, event)))
        case Answer(node=node, kind=kind, output=output, text=text):
            yield from playground.computation.in_pieces()
            yield from playground.answer(Quantity(node, kind, output), text)
        case TakeOwnNumbers(name=name):
            yield from playground.take_own_numbers(name)
        case Reveal(numbers=numbers):
            playground.reveal([Quantity(*number) for number in numbers])
        case ChooseAnswer(place=place):
            playground.choose(place)
        case CheckBuilt():
            check_built(playground)
        case Explain():
            playground.explain()
        case WriteLesson():
            write_lesson(playground)
        case SetLesson(fields=fields):
            set_lesson(playground, fields)
        case DropLesson():
            drop_lesson(playground)
        case TryLesson(fields=fields):
            try_lesson(playground, fields)
        case EndTry():
            end_try(playground)
        case Forward():
            playground.computation.forward()
        case Backward():
            yield from playground.computation.forward_in_pieces()
            playground.computation.backward()
        case ClearGrads():
            playground.computation.clear_grads()
        case SetAutomatic(automatic=automatic):
            playground.computation.set_automatic(automatic)
        case SetVariant(variant=variant):
            playground.computation.set_variant(variant)
        case Pick(order=order):
            yield from playground.computation.forward_in_pieces()
            playground.computation.pick(order)
        case Check():
            yield from playground.computation.check_in_pieces()
        case Stop():
            pass
        case _:
            assert_never(event)


_TAKEN_IN_BY_ITS_REPETITION: Final = frozenset(
    {"tidy", "share", "qr code", "export", "worksheet", "check", "forward", "cleargrad", "automatic", "variant", "pick"}
)


def is_taken_in(event: object, after: object) -> bool:
    """Return whether an event, as parsed JSON, need not be carried out because the one after it does all the same."""
    return isinstance(event, dict) and event == after and event.get("type") in _TAKEN_IN_BY_ITS_REPETITION


def is_stop(event: object) -> bool:
    """Return whether an event, as parsed JSON, asks to end what is in work."""
    return isinstance(event, dict) and event.get("type") == "stop"


def parse_browser_event(data: object) -> BrowserEvent:
    """Read an event from parsed JSON; raises EditError, or DocumentError for a document in it."""
    if holds_broken_text(data):
        raise EditError(say(BROKEN_TEXT))
    try:
        return _BROWSER_EVENTS.validate_python(data)
    except (ValidationError, RecursionError):
        if isinstance(data, dict) and data.get("type") in _COMMAND_TYPES:
            raise EditError(say("That was not understood.")) from None
        return parse_event(data)  # which says what is wrong with an edit
