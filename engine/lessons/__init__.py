"""Hold the lessons: a graph, a question, and what there is to see. A lesson is one file of data in this folder.

To add a lesson, write `10_its_title.toml` beside the others; files are taken in the order of their names:

    title = "A line"
    question = "Why is w.grad equal to x?"
    insight = "The local derivative of Mul by w is x, and the gradient that comes in is 1."
    # by_hand = true    Forward and Backward wait to be pressed.
    # output = "p"      What is differentiated, where it is not the last node: "m.low" is one of several outputs.

    [graph]  # Each node by its name; `at` is where it stands, in columns and rows, or is left out for all of them.
    x = { value = 3, at = [0, -0.5] }
    w = { value = [1, 2], at = [0, 0.5] }
    p = { op = "Mul", inputs = ["x", "w"], at = [1, 0] }
    y = { op = "Pow", parameters = { exponent = 3 }, inputs = ["p"], at = [2, 0] }
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from engine.lessons.reader import Lesson, read_lesson, read_lessons

LESSONS: Final[tuple[Lesson, ...]] = read_lessons(Path(__file__).parent)

__all__ = ["LESSONS", "Lesson", "read_lesson", "read_lessons"]
