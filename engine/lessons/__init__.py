"""Hold the lessons: a graph, a question, and what there is to see. A lesson is one file of data in this folder.

Files are found by themselves, in the order of their names. CONTRIBUTING.md says how one is written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from engine.lessons.reader import Lesson, read_lesson, read_lessons

LESSONS: Final[tuple[Lesson, ...]] = read_lessons(Path(__file__).parent)

__all__ = ["LESSONS", "Lesson", "read_lesson", "read_lessons"]
