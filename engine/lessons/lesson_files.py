"""The lessons in their order: the playground's own, then those of a folder that a teacher names."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import LessonError
from engine.lessons.lesson import Lesson
from engine.lessons.reader import read_lesson
from engine.messages import say

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class LessonFiles:
    """Hold the lessons in their order, and of each file that is none a sentence that says why."""

    lessons: tuple[Lesson, ...]
    refused: tuple[str, ...] = ()


def read_lessons(folder: Path) -> tuple[Lesson, ...]:
    """Return the lessons of a folder, one from each file that ends in .toml, in the order of the files' numbers.

    Raises LessonError, which names the file and the field, for the first malformed one, and where there is none.
    """
    lessons = tuple(read_lesson(path) for path in _files(folder))
    if not lessons:
        raise LessonError(say("there is no lesson: a lesson is a file that ends in .toml."), folder.name)
    return lessons


def read_lesson_files(folder: Path, added: str = "") -> LessonFiles:
    """Return the lessons of a folder, then those of an added one, of which malformed files are named and left out.

    Raises LessonError for a malformed file of the first folder.
    """
    lessons, refused = list(read_lessons(folder)), []
    if added:
        more = Path(added).expanduser()
        paths = _files(more) if more.is_dir() else []
        if not more.is_dir():
            refused.append(say("There is no folder “{folder}” with lessons.", folder=added))
        elif not paths:
            refused.append(say("The folder “{folder}” holds no lesson: no file ends in .toml.", folder=added))
        for path in paths:
            try:
                lessons.append(replace(read_lesson(path), is_added=True))
            except (LessonError, OSError) as error:
                reason = error if isinstance(error, LessonError) else f"{path.name}: {error.strerror}"
                refused.append(say("A lesson was left out. {reason}", reason=reason))
    for sentence in refused:
        _LOG.warning("%s", sentence)
    return LessonFiles(tuple(lessons), tuple(refused))


def _files(folder: Path) -> list[Path]:
    """Return the lessons' files by the numbers in front of their names, 2 before 10; those without one come last."""
    return sorted(folder.glob("*.toml"), key=_order)


def _order(path: Path) -> tuple[float, str]:
    number = re.match(r"\d+", path.name)
    return (int(number[0]) if number else float("inf"), path.name)
