"""The lessons in their order: the playground's own, then those of a folder that a teacher names."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import LessonError
from engine.lessons.lesson import Lesson
from engine.lessons.reader import lesson_of_text, read_lesson
from engine.messages import say

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refused:
    """Hold a teacher's file or folder that gives no lesson, and say why in whatever language is spoken."""

    name: str
    contents: bytes | None = None
    """What a file holds; None of a folder, and of a file that could not be read."""
    trouble: str = ""
    """Why the operating system did not read it."""
    is_empty: bool = False
    """Whether it is a folder without a lesson."""

    def __str__(self) -> str:
        """Return the sentence."""
        if self.contents is not None:
            try:
                lesson_of_text(self.contents, self.name)
            except LessonError as error:
                return say("A lesson was left out. {reason}", reason=error)
        if self.trouble:
            return say("A lesson was left out. {reason}", reason=f"{self.name}: {self.trouble}")
        if self.is_empty:
            return say("The folder “{folder}” holds no lesson: no file ends in .toml.", folder=self.name)
        return say("There is no folder “{folder}” with lessons.", folder=self.name)


@dataclass(frozen=True)
class LessonFiles:
    """Hold the lessons in their order, and what of a teacher's gives none."""

    lessons: tuple[Lesson, ...]
    refused: tuple[Refused, ...] = ()


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
    lessons = list(read_lessons(folder))
    refused: list[Refused] = []
    if added:
        more = Path(added).expanduser()
        paths = _files(more) if more.is_dir() else []
        if not paths:
            refused.append(Refused(added, is_empty=more.is_dir()))
        for path in paths:
            try:
                contents = path.read_bytes()
            except OSError as error:
                refused.append(Refused(path.name, trouble=error.strerror or ""))
                continue
            try:
                lessons.append(replace(lesson_of_text(contents, path.name), is_added=True))
            except LessonError:
                refused.append(Refused(path.name, contents))
    for each in refused:
        _LOG.warning("%s", each)
    return LessonFiles(tuple(lessons), tuple(refused))


def _files(folder: Path) -> list[Path]:
    """Return the lessons' files by the numbers in front of their names, 2 before 10; those without one come last."""
    return sorted(folder.glob("*.toml"), key=_order)


def _order(path: Path) -> tuple[float, str]:
    number = re.match(r"\d+", path.name)
    return (int(number[0]) if number else float("inf"), path.name)
