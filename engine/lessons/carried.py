"""A lesson that travels with its graph: in a link, in a saved document and in a browser.

A link writes its fields as JSON; elsewhere they are packed into characters, so that nobody who looks at what a browser
keeps reads the answer. It is no secret: who wants to can unpack them.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError

from engine.document import Graph, describe, holds_broken_text
from engine.errors import DocumentError
from engine.lessons.lesson import Lesson
from engine.lessons.lesson_fields import LessonFields, lesson_on
from engine.messages import say

CARRIED: Final = "carried"
"""The name of a lesson that came with its graph, and not from a file."""
_LARGEST: Final = 100_000
"""In bytes; what a lesson may say is less."""


def fields_of(lesson: Lesson, graph: Graph) -> dict[str, Any]:
    """Return what a lesson says beside its graph, as JSON can carry it, by the names that nodes have in `graph` now."""
    names = {node.name: graph.node(node.id).name for node in lesson.graph.nodes() if node.id in graph}
    right = names.get(lesson.right, lesson.right) if lesson.answer == "function" else lesson.right
    fields = LessonFields(
        title=lesson.title,
        level=lesson.level,
        minutes=lesson.minutes,
        question=lesson.question,
        answer=lesson.answer,
        choices=lesson.choices,
        right=right,
        hint=lesson.hint,
        insight=lesson.insight,
        panel=lesson.panel,
        engine=lesson.engine.value,
        automatic=lesson.automatic,
        fixed=tuple(names[each] for each in lesson.fixed if each in names),
    )
    return fields.model_dump(mode="json", exclude_defaults=True)


def spoken(lesson: Lesson) -> Lesson:
    """Return a lesson of the course with its texts in the language that is spoken, to be changed by somebody."""
    if lesson.is_carried:
        return lesson
    return replace(
        lesson,
        title=say(lesson.title),
        question=say(lesson.question),
        insight=say(lesson.insight),
        hint=say(lesson.hint) if lesson.hint else "",
        choices=tuple(map(say, lesson.choices)),
        right=say(lesson.right) if lesson.choices else lesson.right,
    )


def lesson_from(fields: object, graph: Graph) -> Lesson:
    """Return the lesson about a graph that parsed JSON describes; raises DocumentError, whose place is the field."""
    try:
        if holds_broken_text(fields):
            raise DocumentError(say("The lesson is damaged."))
        lesson = lesson_on(graph, LessonFields.model_validate(fields), CARRIED)
    except ValidationError as error:
        place, sentence = describe(error)
        raise DocumentError(sentence, place) from None
    except RecursionError:
        raise DocumentError(say("The lesson is damaged.")) from None
    return replace(lesson, is_carried=True)


def packed_lesson(lesson: Lesson, graph: Graph) -> str:
    """Return a lesson's fields as characters that `unpacked_lesson` reads."""
    text = json.dumps(fields_of(lesson, graph), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpacked_lesson(characters: str, graph: Graph) -> Lesson:
    """Return the lesson about a graph that `packed_lesson` has written; raises DocumentError."""
    return lesson_from(_unpacked(characters), graph)


def _unpacked(characters: str) -> Mapping[str, Any]:
    try:
        packed = base64.b64decode(characters + "=" * (-len(characters) % 4), altchars=b"-_", validate=True)
        fields = json.loads(zlib.decompressobj().decompress(packed, _LARGEST))
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise DocumentError(say("The lesson is damaged.")) from None
    if not isinstance(fields, dict):
        raise DocumentError(say("The lesson is damaged."))
    return fields
