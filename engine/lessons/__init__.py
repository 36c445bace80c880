"""Hold the lessons: a graph, a question, and what there is to see."""

from __future__ import annotations

from engine.lessons.lessons import LESSONS

__all__ = ["LESSONS"]
