"""What a lesson says beside its graph, checked wherever it comes from: a file, a link, a document, or the page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from engine.autograd import Variant
from engine.document import Graph, Role, Strict
from engine.errors import DocumentError
from engine.lessons.lesson import LEVELS, Answer, Lesson
from engine.messages import say

LONGEST_TEXT: Final = 2_000
MOST_CHOICES: Final = 12
_LONGEST: Final = 90
"""In minutes."""
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, strict=True)]
_TextOrNone = Annotated[str, Field(max_length=LONGEST_TEXT, strict=True)]


class LessonFields(Strict):
    """Hold what a lesson says beside its graph, and what of that is hidden."""

    title: Text
    level: Annotated[int, Field(strict=True, ge=1, le=len(LEVELS))] = 1
    minutes: Annotated[int, Field(strict=True, ge=1, le=_LONGEST)] = 5
    question: Text
    answer: Answer = "text"
    choices: Annotated[tuple[Text, ...], Field(max_length=MOST_CHOICES)] = ()
    right: _TextOrNone = ""
    hint: _TextOrNone = ""
    insight: Text
    panel: Annotated[str, Field(max_length=64, strict=True)] = ""
    engine: Literal["step 13", "step 14", "step 16"] = "step 16"
    automatic: Annotated[bool, Field(strict=True)] = True
    fixed: Annotated[tuple[Text, ...], Field(max_length=1_000)] = ()


def lesson_on(graph: Graph, fields: LessonFields, name: str, roles: Mapping[str, Role] | None = None) -> Lesson:
    """Return the lesson about a graph, which hides what the lesson hides.

    Raises DocumentError, whose place is the field, where graph and fields do not fit together.
    """
    for place, each in enumerate(fields.fixed):
        _refuse_no_input(graph, each, f"fixed[{place}]")
    _check_answer(fields, graph)
    found = {node.name: node.role for node in graph.nodes() if node.role is not None} if roles is None else dict(roles)
    return Lesson(
        name=name,
        title=fields.title,
        question=fields.question,
        insight=fields.insight,
        graph=graph,
        level=fields.level,
        minutes=fields.minutes,
        answer=fields.answer,
        choices=fields.choices,
        right=fields.right,
        hidden=tuple(each.name_in(graph) for each in sorted(graph.hidden)),
        hint=fields.hint,
        panel=fields.panel,
        engine=Variant(fields.engine),
        automatic=fields.automatic,
        fixed=fields.fixed,
        roles=MappingProxyType(found),
    )


def _refuse_no_input(graph: Graph, name: str, place: str) -> None:
    node = graph.node_named(name)
    if node is None:
        raise DocumentError(say("there is no node named “{name}”.", name=name), place)
    if not node.is_input:
        raise DocumentError(say("{name} is computed; this is for inputs.", name=name), place)


def _check_answer(fields: LessonFields, graph: Graph) -> None:
    """Refuse a kind of answer whose right answer is not known: DocumentError."""
    if fields.answer == "choice" and len(fields.choices) < 2:
        raise DocumentError(say("a choice needs two choices or more."), "choices")
    if len(set(fields.choices)) < len(fields.choices):
        raise DocumentError(say("two choices are the same."), "choices")
    if fields.answer == "choice" and fields.right not in fields.choices:
        raise DocumentError(say("the right answer is not among the choices."), "right")
    if fields.answer != "choice" and fields.choices:
        raise DocumentError(say("only the answer “choice” has choices."), "choices")
    if fields.answer == "number" and not graph.hidden:
        raise DocumentError(say("an answer in numbers needs at least one number that is hidden."), "hidden")
    if fields.answer == "build" and not fields.right:
        raise DocumentError(say("what is to be built is missing: a formula."), "right")
    node = graph.node_named(fields.right)
    if fields.answer == "function" and (node is None or node.is_input):
        raise DocumentError(say("there is no Function that computes “{name}”.", name=fields.right), "right")
