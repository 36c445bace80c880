"""Look whether a graph is what the open lesson asks to build."""

from __future__ import annotations

from components.state.playground import Playground
from engine.errors import AnswerError
from engine.messages import say
from engine.tasks import computes


def check_built(playground: Playground) -> None:
    """Look whether the graph is what the lesson asks for; raises AnswerError where it asks for none."""
    lesson = playground.lesson
    if lesson is None or lesson.answer != "build":
        raise AnswerError(say("Nothing is to be built here."))
    playground.is_built = computes(playground.graph, lesson.right)
