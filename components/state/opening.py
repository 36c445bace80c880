"""What is opened from outside: the graph of a file or a link, and the lesson that comes with it."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace

from components.state.lessons.references import carried_lesson
from engine.document import Graph, Link, LinkFields, document_in_pieces, parsed_json
from engine.edits import Tidy, apply_in_pieces
from engine.errors import DocumentError, PlaygroundError
from engine.formula import script_in, script_in_pieces
from engine.lessons import Lesson, fields_of, lesson_from, lesson_keyed, lesson_of_text
from engine.messages import say
from engine.pieces import Pieces, between


def opened_file_in_pieces(
    text: bytes | str, name: str, viewport: tuple[float, float] | None
) -> Pieces[tuple[Graph, Lesson | None]]:
    """Return in pieces the graph of a file, and its lesson: of one that was saved, a lesson's, a script, or a notebook.

    Raises DocumentError or LessonError where it is malformed.
    """
    if name.lower().endswith(".toml"):
        lesson = replace(lesson_of_text(text, name), is_carried=True)
        return lesson.graph, lesson
    script = script_in(text, name)
    if script is not None:
        graph = yield from between(0.0, 0.7, script_in_pieces(script))
        yield 0.7
        if graph.blocks:
            graph = yield from between(0.7, 0.9, apply_in_pieces(graph, Tidy(viewport=viewport)))
        return graph, None
    document = parsed_json(text)
    yield 0.3
    graph = yield from between(0.3, 1.0, document_in_pieces(document))
    return graph, carried_lesson(document.get("lesson", ""), graph)


def is_table(name: str) -> bool:
    """Return whether a file of this name holds a table of data, and no graph."""
    return name.lower().endswith((".csv", ".tsv"))


def table_in(text: bytes | str) -> str:
    """Return the text of a file with a table of data; raises DocumentError where there is none in it."""
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-16" if text[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8-sig")
        except UnicodeDecodeError:
            raise DocumentError(say("The table is not text in UTF-8: save it as “CSV UTF-8”.")) from None
    if not text.strip():
        raise DocumentError(say("The file is empty."))
    return text


def lesson_of_link(link: Link) -> Lesson | None:
    """Return the lesson that a link asks about its graph; None where it asks none, and where that is malformed."""
    asked = link.fields.lesson
    try:
        if isinstance(asked, str):
            known = lesson_keyed(asked)
            return None if known is None else replace(known, graph=link.graph)
        return lesson_from(asked, link.graph)
    except PlaygroundError:  # without its question the graph still opens
        return None


def asking(fields: LinkFields, lesson: Lesson | None, graph: Graph) -> LinkFields:
    """Return what a link says, with the lesson that it asks: one that every playground has, by its key."""
    if lesson is None:
        return fields
    known = lesson.key if not lesson.is_carried and not lesson.is_added else fields_of(lesson, graph)
    return fields.model_copy(update={"lesson": known})
