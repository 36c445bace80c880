"""Write a lesson on the page: about the graph that is open, tried as a student meets it, and handed on."""

from __future__ import annotations

from collections import deque
from typing import Any

from components.state.lessons.tried import TriedLesson
from components.state.playground import Playground
from engine.errors import DocumentError, EditError
from engine.lessons import fields_of, lesson_from
from engine.messages import say
from engine.tasks import graph_of_formula


def write_lesson(playground: Playground) -> None:
    """Show all of the open lesson to somebody who goes on writing it."""
    playground.writes = True


def set_lesson(playground: Playground, fields: dict[str, Any]) -> None:
    """Let the graph ask what somebody has written, which is one step of undo; raises EditError."""
    try:
        lesson = lesson_from(fields, playground.graph)
    except DocumentError as error:
        raise EditError(error.sentence) from None
    if lesson.answer == "build":
        graph_of_formula(lesson.right)  # a FormulaError says what is wrong with it
    playground.writes = True
    before = playground.lesson
    is_same = before is not None and fields_of(before, playground.graph) == fields_of(lesson, playground.graph)
    if not (is_same and before is not None and before.is_carried):
        playground.change_lesson(lesson, say("write the lesson"))


def drop_lesson(playground: Playground) -> None:
    """Let the graph ask nothing any more, which is one step of undo."""
    if playground.lesson is not None:
        playground.change_lesson(None, say("take the lesson away"))


def try_lesson(playground: Playground, fields: dict[str, Any]) -> None:
    """Set a lesson and open it as it opens for a student: nothing is answered, and what is hidden is hidden."""
    set_lesson(playground, fields)
    history, computation = playground.history, playground.computation
    before, past, future = playground.present, tuple(history.past), tuple(history.future)
    automatic, variant = computation.automatic, computation.variant
    playground.open_about(playground.graph, lesson_from(fields, playground.graph))
    playground.tried = TriedLesson(before, past, future, automatic, variant, playground.opening)


def end_try(playground: Playground) -> None:
    """Go back to where the lesson is written, as if nothing had been tried; raises EditError where nothing is."""
    tried = playground.tried
    if tried is None:
        raise EditError(say("No lesson is being tried."))
    playground.tried = None
    playground.computation.automatic, playground.computation.variant = tried.automatic, tried.variant
    playground.show(tried.snapshot)
    playground.history.past = deque(tried.past, maxlen=playground.history.past.maxlen)
    playground.history.future = list(tried.future)
    playground.writes = True


def is_tried(playground: Playground) -> bool:
    """Return whether what is open is a lesson that is being tried by who writes it."""
    return playground.tried is not None and playground.tried.opening == playground.opening
