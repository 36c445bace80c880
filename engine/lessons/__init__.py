"""Hold the lessons: a graph, a question, and what there is to see. A lesson is one file of data in this folder.

Files are found by themselves, in the order of their numbers; after them come those of the folder that the environment
names in PLAYGROUND_LESSONS. CONTRIBUTING.md says how one is written.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from engine.lessons.carried import fields_of, lesson_from, packed_lesson, spoken, unpacked_lesson
from engine.lessons.lesson import ALL_GRADS, LEVELS, Answer, Lesson
from engine.lessons.lesson_fields import LessonFields
from engine.lessons.lesson_files import LessonFiles, Refused, read_lesson_files, read_lessons
from engine.lessons.reader import lesson_of_text, read_lesson
from engine.lessons.writer import lesson_text

ADDED: Final = "PLAYGROUND_LESSONS"
"""The name of the environment's variable that holds a folder with lessons of a teacher's own."""

LESSON_FILES: Final[LessonFiles] = read_lesson_files(Path(__file__).parent, os.environ.get(ADDED, ""))
LESSONS: Final[tuple[Lesson, ...]] = LESSON_FILES.lessons


def lesson_keyed(key: str) -> Lesson | None:
    """Return the lesson of the course that has this key; None where there is none."""
    return next((lesson for lesson in LESSONS if lesson.key == key), None)


__all__ = [
    "ADDED",
    "ALL_GRADS",
    "LESSONS",
    "LESSON_FILES",
    "LEVELS",
    "Answer",
    "Lesson",
    "LessonFields",
    "LessonFiles",
    "Refused",
    "fields_of",
    "lesson_from",
    "lesson_keyed",
    "lesson_of_text",
    "lesson_text",
    "packed_lesson",
    "read_lesson",
    "read_lesson_files",
    "read_lessons",
    "spoken",
    "unpacked_lesson",
]
