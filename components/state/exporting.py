"""Export the graph as files: what somebody asks for, and what of it is refused."""

from __future__ import annotations

import base64
import zlib
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from components.exports import Blanks, Exported, Paper, Worksheet, derivation_in_pieces, web_page, worksheet_in_pieces
from components.panels import Panel, always_told, panels_in_pieces
from components.state.playground import Playground
from engine.document import Strict
from engine.errors import EditError, LimitError
from engine.formula import formula_of
from engine.limits import FILE_CHARACTERS
from engine.messages import abridged, say
from engine.picture import svg_in_pieces
from engine.pieces import Pieces

MOST_NAMES: Final = 200
_LONGEST_QUESTION: Final = 2_000
_LONGEST_NAME: Final = 100
_NAMED: Final = 3
"""How many hidden numbers are named in a refusal."""


class Export(Strict):
    """Hand out what is shown: the picture, a web page of it, its derivation, or its script."""

    type: Literal["export"] = "export"
    kind: Literal["svg", "page", "latex", "script"]


class MakeWorksheet(Strict):
    """Hand out a worksheet of the graph, with its key if that is wanted."""

    type: Literal["worksheet"] = "worksheet"
    paper: Paper = "A4"
    blanks: Blanks = "hidden"
    question: Annotated[str, Field(max_length=_LONGEST_QUESTION)] = ""
    names: Annotated[tuple[Annotated[str, Field(max_length=_LONGEST_NAME)], ...], Field(max_length=MOST_NAMES)] = ()
    key: Annotated[bool, Field(strict=True)] = False


def export_in_pieces(playground: Playground, kind: Literal["svg", "page", "latex", "script"]) -> Pieces[Exported]:
    """Return the file of a kind; hidden numbers are blank in it. Raises EditError where there is no graph."""
    _refuse_empty(playground)
    yield from playground.computation.in_pieces()
    graph, trace, title = playground.graph, playground.computation.shown_trace, _title(playground)
    match kind:
        case "svg":
            marks = yield from _marks_in_pieces(playground)
            svg = yield from svg_in_pieces(graph, trace, marks, title=title)
            return Exported("graph.svg", "image/svg+xml", svg)
        case "page":
            marks = yield from _marks_in_pieces(playground)
            page = web_page(
                graph, trace, marks, title=title, question=question_of(playground), formula=formula_of(graph)
            )
            return Exported("graph.html", "text/html", page)
        case "latex":
            if trace.stale:
                raise EditError(say("The graph has changed since Forward: press Forward to have its derivation."))
            return Exported("graph.tex", "application/x-tex", (yield from derivation_in_pieces(graph, trace, title)))
    panel: tuple[Any, ...] = (Panel.registry["code"](),)
    told = yield from panels_in_pieces(graph, trace, playground.computation.picks, panel, "", None, playground.hidden)
    return Exported("graph.ipynb", "text/x-python", told["code"]["engine"]["text"])


def worksheet_of(playground: Playground, wanted: MakeWorksheet) -> Pieces[Exported]:
    """Return the worksheet's pages. The key is refused as long as a number is hidden: who has not answered shall not
    find the answers in it. Raises EditError and TaskError.
    """
    _refuse_empty(playground)
    graph = playground.graph
    if wanted.key and playground.hidden:
        hidden = sorted(each.name_in(graph) for each in playground.hidden)
        raise EditError(
            say(
                "The key would show what is hidden here: {names}. Find or reveal it first.",
                names=abridged(hidden, _NAMED),
            )
        )
    names = tuple(dict.fromkeys(name for each in wanted.names if (name := " ".join(each.split()))))
    sheet = Worksheet(
        title=_title(playground),
        question=wanted.question,
        paper=wanted.paper,
        blanks=wanted.blanks,
        names=names,
        with_key=wanted.key,
        variant=playground.computation.variant,
    )
    return Exported("worksheet.html", "text/html", (yield from worksheet_in_pieces(graph, sheet)))


def question_of(playground: Playground) -> str:
    """Return what the open lesson asks; nothing where none is open."""
    return "" if playground.lesson is None else say(playground.lesson.question)


def packed(file: Exported) -> dict[str, str]:
    """Return a file as a message carries it, compressed; raises LimitError where that is more than one takes."""
    text = base64.b64encode(zlib.compress(file.text.encode("utf-8", "replace"), 9)).decode()
    if len(text) > FILE_CHARACTERS:
        raise LimitError(
            say("That is more than the page can hand out at once. Take fewer names, or a part of the graph.")
        )
    return {"name": file.name, "type": file.media_type, "deflated": text}


def _title(playground: Playground) -> str:
    return say("Computational graph") if playground.lesson is None else say(playground.lesson.title)


def _refuse_empty(playground: Playground) -> None:
    if not len(playground.graph):
        raise EditError(say("There is nothing to hand out yet: the graph is empty."))


def _marks_in_pieces(playground: Playground) -> Pieces[dict[str, str]]:
    """Return the right gradient of each node that shows a wrong one."""
    told = yield from always_told(playground.graph, playground.trace, playground.computation.picks, playground.hidden)
    return {node_id: fault["right"] for node_id, fault in told.get("faults", {}).items()}
