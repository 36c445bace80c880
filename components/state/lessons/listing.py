"""What stands beside the graph: the lessons in groups, the languages to choose from, and the graph as a file."""

from __future__ import annotations

from typing import Any, Final

from engine.lessons import LESSONS, LEVELS
from engine.messages import languages, name_of_language, say

FILE_NAME: Final = "backprop-playground.json"
"""Of a graph that is saved."""


def lesson_groups() -> list[dict[str, Any]]:
    """Return the lessons in groups, as the list shows them: one of each level, and one of those that were added."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for number, lesson in enumerate(LESSONS, start=1):
        title = say("Your own lessons") if lesson.is_added else say(LEVELS[lesson.level - 1])
        told = {"number": number, "key": lesson.key, "title": say(lesson.title), "minutes": lesson.minutes}
        groups.setdefault(title, []).append(told)
    return [{"title": title, "lessons": lessons} for title, lessons in groups.items()]


def language_choices() -> list[dict[str, str]]:
    """Return the languages that there are, each with what it is called in itself."""
    return [{"code": code, "name": name_of_language(code)} for code in languages()]
