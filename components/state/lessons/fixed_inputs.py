"""Inputs whose value an open lesson keeps as it is."""

from __future__ import annotations

from engine.document import Graph
from engine.errors import EditError
from engine.lessons import Lesson
from engine.messages import say


def refuse_change(lesson: Lesson, before: Graph, after: Graph) -> None:
    """Raise EditError where an edit has given an input that a lesson fixes another value, or taken it away."""
    for node in lesson.graph.nodes():
        if node.name not in lesson.fixed or node.id not in before:
            continue
        present = before.node(node.id)
        if node.id not in after or after.node(node.id).value != present.value:
            sentence = say("{name} is fixed in this lesson: change another input.", name=present.name)
            raise EditError(sentence, present.name)
