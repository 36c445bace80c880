"""What a page shows of its playground beside the open panel: the picture, and what the lesson asks."""

from __future__ import annotations

from typing import Any

from components.border import or_none, or_none_in_pieces
from components.panels import Look, always_told
from components.picture import Picture, make_picture, make_picture_in_pieces
from components.state.playground import Playground
from engine.lessons import LESSONS, Lesson
from engine.messages import say
from engine.pieces import Pieces
from engine.tasks import ChoiceAnswers


def made_from(playground: Playground, look: Look) -> tuple[Any, ...]:
    """Return what a picture is made from; each of the first four is another object where it has changed."""
    computation = playground.computation
    selected = playground.selected if look.told_panels else ""  # alone, the graph looks alike for all
    return (
        *(playground.graph, computation.shown_trace, computation.picks, computation.checked),
        *(look, selected, playground.opening, playground.drawn, playground.lesson),
        *(playground.own_name, playground.choice, *playground.answers.items()),
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


def lesson_told(playground: Playground) -> dict[str, Any]:
    """Return what the open lesson asks, what was chosen, and what there is to see in it; nothing where none is open."""
    index = playground.lesson
    if index is None:
        return {}
    lesson = LESSONS[index]
    answered = {"answered": playground.is_answered} if lesson.asks else {}
    choice = {"choice": _choice_told(lesson, playground.choice)} if lesson.choices else {}
    texts = {"title": say(lesson.title), "question": say(lesson.question), "insight": say(lesson.insight)}
    panel = {"panel": lesson.panel} if lesson.panel else {}
    return {"lesson": {"number": index + 1, "key": lesson.key, **texts, **panel, **answered, **choice}}


def _choice_told(lesson: Lesson, given: ChoiceAnswers) -> dict[str, Any]:
    """Return what there is to choose from; which one is right only once it was found, or there is no more try."""
    state = given.state(lesson.right_place)
    told: dict[str, Any] = {
        "choices": [say(each) for each in lesson.choices],
        "state": state,
        "tries": list(given.tries),
    }
    if given.has_ended(lesson.right_place):
        told["right"] = lesson.right_place
    if state == "again" and lesson.hint:
        told["hint"] = say(lesson.hint)
    return told
