"""Hold the lessons: a graph, a question, and what there is to see. A lesson is one file of data in this folder.

Files are found by themselves, in the order of their numbers; after them come those of the folder that the environment
names in PLAYGROUND_LESSONS. CONTRIBUTING.md says how one is written.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from engine.lessons.lesson import ALL_GRADS, LEVELS, Answer, Lesson
from engine.lessons.lesson_files import LessonFiles, read_lesson_files, read_lessons
from engine.lessons.reader import read_lesson

ADDED: Final = "PLAYGROUND_LESSONS"
"""The name of the environment's variable that holds a folder with lessons of a teacher's own."""

LESSON_FILES: Final[LessonFiles] = read_lesson_files(Path(__file__).parent, os.environ.get(ADDED, ""))
LESSONS: Final[tuple[Lesson, ...]] = LESSON_FILES.lessons

__all__ = [
    "ADDED",
    "ALL_GRADS",
    "LESSONS",
    "LESSON_FILES",
    "LEVELS",
    "Answer",
    "Lesson",
    "LessonFiles",
    "read_lesson",
    "read_lesson_files",
    "read_lessons",
]
