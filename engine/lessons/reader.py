"""Read lessons from their files, and refuse a malformed one in a sentence that names the file and the field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from engine.document import (
    COLUMN_DISTANCE,
    FORMAT,
    INPUT,
    ROW_DISTANCE,
    VERSION,
    Graph,
    OutputPort,
    Parameters,
    Position,
    Strict,
    describe,
    from_document,
    tidy,
)
from engine.errors import DocumentError, LessonError
from engine.messages import say


@dataclass(frozen=True)
class Lesson:
    """Name a graph, ask a question about it, and hold the insight behind the question.

    `title`, `question` and `insight` are messages as `engine.messages.mark` returns them, so a page writes
    `say(lesson.question)`; a catalogue collects them from the files.
    """

    name: str
    """The file's name without number and ending, such as "sum_of_squares"."""
    title: str
    question: str
    insight: str
    graph: Graph
    by_hand: bool = False
    """Whether Forward and Backward are to be pressed."""


_Text = Annotated[str, Field(min_length=1, strict=True)]


class _NodeModel(Strict):
    """One node as it is written: an input has a value, and an op has inputs and parameters."""

    op: _Text = INPUT
    value: Any = None
    parameters: Parameters = Field(default_factory=dict)
    inputs: tuple[_Text, ...] = ()
    at: Position | None = None


class _LessonModel(Strict):
    """A whole lesson as it is written."""

    title: _Text
    question: _Text
    insight: _Text
    by_hand: Annotated[bool, Field(strict=True)] = False
    output: _Text | None = None
    graph: Annotated[dict[str, _NodeModel], Field(min_length=1)]


def read_lessons(folder: Path) -> tuple[Lesson, ...]:
    """Return the lessons of a folder, one from each file that ends in .toml, in the order of the files' names.

    Raises LessonError, which names the file and the field, for the first malformed one, and where there is none.
    """
    lessons = tuple(read_lesson(path) for path in sorted(folder.glob("*.toml")))
    if not lessons:
        raise LessonError(say("there is no lesson: a lesson is a file that ends in .toml."), folder.name)
    return lessons


def read_lesson(path: Path) -> Lesson:
    """Return the lesson of one file; raises LessonError, which names the file and the field."""
    try:
        model = _LessonModel.model_validate(_read(path))
        graph = _graph(model)
    except UnicodeDecodeError:
        raise LessonError(say("the file is not text in UTF-8."), path.name) from None
    except ValidationError as error:
        place, sentence = describe(error)
        raise LessonError(sentence, path.name, place) from None
    except DocumentError as error:
        place = _place_in_lesson(error.place, list(model.graph))
        raise LessonError(error.sentence, path.name, place) from None
    name = re.sub(r"^\d+_", "", path.stem)
    return Lesson(name, model.title, model.question, model.insight, graph, model.by_hand)


def _read(path: Path) -> dict[str, Any]:
    """Return what a file says; raises LessonError with the place where it is not TOML, in no words of the parser's."""
    text = path.read_text("utf-8")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise LessonError(say("the file is nested too deeply."), path.name) from None
    except ValueError as error:  # TOMLDecodeError, and what Python says of a number of 5000 digits
        found, end = _PLACE.search(str(error)), text.rstrip().split("\n")
        line, column = map(int, found.groups()) if found else (len(end), len(end[-1]) + 1)
        is_placed = found is not None or isinstance(error, tomllib.TOMLDecodeError)
        sentence = say("the file is not TOML: line {line}, column {column}.", line=line, column=column)
        raise LessonError(sentence if is_placed else say("a number is too long to be read."), path.name) from None


_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
"""Where tomllib's message says the place; before Python 3.14 the exception holds it nowhere else."""


def _graph(model: _LessonModel) -> Graph:
    """Return the graph; it is written as a document, so that one place checks whatever a graph must be."""
    ids = {name: f"n{number}" for number, name in enumerate(model.graph, start=1)}
    document = {"format": FORMAT, "version": VERSION, "nodes": _nodes(model, ids), "edges": [], "output": None}
    nodes = from_document(document)
    edges = []
    for name, node in model.graph.items():
        for port, written in enumerate(node.inputs):
            source, output = _output_named(written, nodes, f"graph.{name}.inputs")
            edges.append({"from": source, "output": output, "to": ids[name], "port": port})
    chosen = None
    if model.output is not None:
        node_id, output = _output_named(model.output, nodes, "output")
        chosen = {"node": node_id, "output": output}
    graph = from_document({**document, "edges": edges, "output": chosen})
    if all(node.at is not None for node in model.graph.values()):
        return graph
    positions = tidy(graph)
    laid_out = [replace(node, x=positions[node.id][0], y=positions[node.id][1]) for node in graph.nodes()]
    return Graph.of(laid_out, graph.edges(), graph.output)


def _nodes(model: _LessonModel, ids: Mapping[str, str]) -> list[dict[str, Any]]:
    placed = {name: node.at for name, node in model.graph.items() if node.at is not None}
    if placed and len(placed) < len(ids):
        bare = next(name for name in ids if name not in placed)
        raise DocumentError(say("either all nodes say where they stand, or none does."), f"graph.{bare}.at")
    middle = max((column for column, _ in placed.values()), default=0.0) / 2
    return [
        {
            "id": ids[name],
            "op": node.op,
            "name": name,
            "value": node.value,
            "parameters": node.parameters,
            "position": [(column - middle) * COLUMN_DISTANCE, row * ROW_DISTANCE],
        }
        for name, node in model.graph.items()
        for column, row in [placed.get(name, (0.0, 0.0))]
    ]


def _output_named(written: str, nodes: Graph, place: str) -> OutputPort:
    """Return the output that is written as "a", or as "m.low" where a node has several."""
    name, _, output_name = written.partition(".")
    node = nodes.node_named(name)
    if node is None:
        raise DocumentError(say("there is no node named “{name}”.", name=name), place)
    if not output_name:
        return node.id, 0
    if output_name not in node.output_names:
        raise DocumentError(say("{name} has no output {output}.", name=name, output=output_name), place)
    return node.id, node.output_names.index(output_name)


def _place_in_lesson(place: str, names: list[str]) -> str:
    """Return where in a lesson's file stands what is at a place of the document: nodes[2].op is graph.a.op."""
    found = re.fullmatch(r"nodes\[(\d+)\](.*)", place)
    if found is None:
        return "graph" if place.startswith("edges") else place
    return f"graph.{names[int(found[1])]}{found[2].replace('.position', '.at')}"
