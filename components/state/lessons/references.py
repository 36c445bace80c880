"""How the lesson of a graph is written where it is kept: by its key, or whole, where it came with the graph."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.document import Graph
from engine.errors import PlaygroundError
from engine.lessons import LESSONS, Lesson, lesson_keyed, packed_lesson, unpacked_lesson

_WHOLE: Final = "="
"""Before the characters of a lesson that came with its graph."""
_OF_COURSE: Final = "course:"
"""Before the key of a lesson of the course, in a document of My graphs."""


def reference_to(lesson: Lesson | None, graph: Graph) -> str | None:
    """Return the key of a lesson of the course, or the whole of another; None for none."""
    if lesson is None or not lesson.is_carried:
        return None if lesson is None else lesson.key
    return _WHOLE + packed_lesson(lesson, graph)


def lesson_referred_to(reference: int | str | None, graph: Graph) -> Lesson | None:
    """Return the lesson that is meant, about this graph; None where there is none any more.

    A number is the place in the course, as earlier versions of the page kept it.
    """
    if isinstance(reference, int):
        return LESSONS[reference] if 0 <= reference < len(LESSONS) else None
    if reference is None or not reference.startswith(_WHOLE):
        return None if reference is None else lesson_keyed(reference)
    return carried_lesson(reference.removeprefix(_WHOLE), graph)


def carried_lesson(packed: str, graph: Graph) -> Lesson | None:
    """Return the lesson that travels with a graph; None where there is none, and where it is damaged."""
    if packed.startswith(_OF_COURSE):
        known = lesson_keyed(packed.removeprefix(_OF_COURSE))
        return None if known is None else replace(known, graph=graph)
    try:
        return unpacked_lesson(packed, graph) if packed else None
    except PlaygroundError:  # without its question the graph still opens
        return None
