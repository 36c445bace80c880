"""What a page shows of its playground beside the open panel: the picture, and what the lesson asks."""

from __future__ import annotations

from typing import Any

from components.border import or_none, or_none_in_pieces
from components.panels import Look, always_told
from components.picture import Picture, make_picture, make_picture_in_pieces
from components.state.playground import Playground
from engine.lessons import LESSONS
from engine.messages import say
from engine.pieces import Pieces


def made_from(playground: Playground, look: Look) -> tuple[Any, ...]:
    """Return what a picture is made from; each of the first four is another object where it has changed."""
    computation = playground.computation
    selected = playground.selected if look.told_panels else ""  # alone, the graph looks alike for all
    return (
        *(playground.graph, computation.shown_trace, computation.picks, computation.checked),
        *(look, selected, playground.opening, playground.drawn, playground.lesson),
        *(playground.own_name, *playground.answers.items()),
    )


def picture_without_panel(playground: Playground, look: Look) -> Pieces[tuple[dict[str, Any], Picture | None]]:
    """Return what is always told, and the picture; None where it could not be drawn."""
    graph, trace = playground.graph, playground.computation.shown_trace
    told = yield from always_told(graph, playground.trace, playground.computation.picks, playground.hidden)
    marks = {node_id: fault["right"] for node_id, fault in told.get("faults", {}).items()}
    yield 0.0
    picture = yield from or_none_in_pieces(
        lambda: make_picture_in_pieces(graph, trace, marks, local=look.local, bars=look.bars, widths=look.widths)
    )
    return told, picture or or_none(lambda: make_picture(graph, trace))


def lesson_told(index: int | None) -> dict[str, Any]:
    """Return what the open lesson asks, and what there is to see in it; nothing where none is open."""
    if index is None:
        return {}
    lesson = LESSONS[index]
    texts = {"title": say(lesson.title), "question": say(lesson.question), "insight": say(lesson.insight)}
    panel = {"panel": lesson.panel} if lesson.panel else {}
    return {"lesson": {"number": index + 1, "key": lesson.key, **texts, **panel}}
