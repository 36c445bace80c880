"""What a page shows of its playground beside the open panel: the picture, and what the lesson asks."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from components.border import or_none, or_none_in_pieces
from components.panels import Look, always_told
from components.picture import Picture, make_picture, make_picture_in_pieces
from components.state.lessons.writing import is_tried
from components.state.playground import Playground
from engine.errors import DocumentError
from engine.lessons import LESSONS, LEVELS, Lesson, fields_of, lesson_from, lesson_text, spoken
from engine.messages import say
from engine.pieces import Pieces
from engine.tasks import ChoiceAnswers

WRITING_PANEL: Final = "lesson"
"""The panel in which somebody writes a lesson."""


def made_from(playground: Playground, look: Look) -> tuple[Any, ...]:
    """Return what a picture is made from; each of the first four is another object where it has changed."""
    computation = playground.computation
    selected = playground.selected if look.told_panels else ""  # alone, the graph looks alike for all
    return (
        *(playground.graph, computation.shown_trace, computation.picks, computation.checked),
        *(look, selected, playground.opening, playground.drawn, playground.lesson),
        *(
            playground.own_name,
            playground.choice,
            playground.is_built,
            playground.is_explained,
            playground.writes,
            playground.tried,
        ),
        *playground.answers.items(),
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


def lesson_told(playground: Playground, look: Look) -> dict[str, Any]:
    """Return what the open lesson asks, what was chosen, and what there is to see in it; nothing where none is open.

    The insight, and what the next lesson is called, are told once all is answered, or somebody asks for it. To who
    writes a lesson all of it is told.
    """
    writing = {"lessonForm": lesson_form(playground)} if look.panel == WRITING_PANEL else {}
    lesson = playground.lesson
    if lesson is None:
        return writing
    place = next((place for place, each in enumerate(LESSONS, start=1) if each.key == lesson.key), 0)
    answered = {"answered": playground.is_answered} if lesson.asks else {}
    choice = {"choice": _choice_told(lesson, playground.choice)} if lesson.offered else {}
    if lesson.answer == "build":
        choice = {"build": _build_told(lesson, playground.is_built)}
    texts = {"title": say(lesson.title), "question": say(lesson.question)}
    if playground.is_explained or playground.is_answered:
        texts["insight"] = say(lesson.insight)
        if 0 < place < len(LESSONS) and not is_tried(playground):
            texts["next"] = say(LESSONS[place].title)
    more = {
        **({"panel": lesson.panel} if lesson.panel else {}),
        **({"carried": carried} if (carried := playground.carried) else {}),
        **({"tried": True} if is_tried(playground) else {}),
    }
    number = {"number": place} if place else {}
    return {"lesson": {**number, "key": lesson.key, **texts, **more, **answered, **choice}, **writing}


def lesson_form(playground: Playground) -> dict[str, Any]:
    """Return what who writes a lesson works on: its fields, its file, and what they may be."""
    lesson, computation = playground.lesson, playground.computation
    told: dict[str, Any] = {"levels": [say(each) for each in LEVELS], "isOpen": lesson is not None}
    if lesson is None:
        told["fields"] = {"engine": computation.variant.value, "automatic": computation.automatic}
    elif playground.writes:
        told["fields"] = fields_of(spoken(lesson), playground.graph)
        with suppress(DocumentError):  # it asks for numbers, and none is hidden at the moment
            told["file"] = lesson_text(lesson_from(told["fields"], playground.graph), playground.graph)
    return told


def _build_told(lesson: Lesson, is_built: bool | None) -> dict[str, Any]:
    """Return whether what was built is right, and after a wrong one the hint."""
    told: dict[str, Any] = {"state": "open" if is_built is None else "right" if is_built else "wrong"}
    if is_built is False and lesson.hint:
        told["hint"] = say(lesson.hint)
    return told


def _choice_told(lesson: Lesson, given: ChoiceAnswers) -> dict[str, Any]:
    """Return what there is to choose from; which one is right only once it was found, or there is no more try."""
    state = given.state(lesson.right_place)
    told: dict[str, Any] = {
        "choices": [say(each) for each in lesson.offered],
        "state": state,
        "tries": list(given.tries),
    }
    if given.has_ended(lesson.right_place):
        told["right"] = lesson.right_place
    if state == "again" and lesson.hint:
        told["hint"] = say(lesson.hint)
    return told
