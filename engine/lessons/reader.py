"""Read a lesson from its file, and refuse a malformed one in a sentence that names the file and the field.

The graph is a table of nodes, or for what that cannot say the document that Save writes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from engine.document import (
    COLUMN_DISTANCE,
    FORMAT,
    INPUT,
    MAX_ROWS,
    ROW_DISTANCE,
    VERSION,
    Graph,
    Momentum,
    Optimizer,
    OutputPort,
    Parameters,
    Position,
    Range,
    Role,
    Strict,
    TrainingRate,
    describe,
    from_document,
    from_json,
    parse_range,
    quantities_named,
    tidy,
)
from engine.errors import DocumentError, LessonError, TaskError
from engine.lessons.lesson import ALL_GRADS, Lesson
from engine.lessons.lesson_fields import LessonFields, Text, lesson_on
from engine.limits import MAX_DOCUMENT_BYTES, MAX_EDGES
from engine.messages import say


class _NodeModel(Strict):
    """One node as it is written: an input has a value, and an op has inputs and parameters."""

    op: Text = INPUT
    value: Any = None
    parameters: Parameters = Field(default_factory=dict)
    inputs: tuple[Text, ...] = ()
    at: Position | None = None
    written: Annotated[str, Field(strict=True)] = ""
    """How the value was written, such as "1/3"; `value` is what it comes to."""
    named: Annotated[bool, Field(strict=True)] = False
    """Whether the formula has a line of its own for this op."""


class _TrainingModel(Strict):
    """How the weights are trained, as it is written."""

    optimizer: Optimizer = "SGD"
    rate: TrainingRate = 0.1
    momentum: Momentum = 0.9
    rows: Annotated[int, Field(strict=True, ge=1, le=MAX_ROWS)] = 1
    """How many rows of the table stand on the nodes at a time."""


class _LessonModel(LessonFields):
    """A whole lesson as it is written."""

    hidden: Annotated[tuple[Text, ...], Field(max_length=2 * MAX_EDGES)] = ()
    roles: dict[str, Role] = Field(default_factory=dict)
    ranges: dict[str, Annotated[str, Field(strict=True)]] = Field(default_factory=dict)
    """From where to where each student's own numbers are drawn, such as "-5 … 5"."""
    data: dict[str, Annotated[tuple[Any, ...], Field(min_length=1, max_length=MAX_ROWS)]] = Field(default_factory=dict)
    training: _TrainingModel = _TrainingModel()
    output: Text | None = None
    document: Annotated[str, Field(strict=True, max_length=MAX_DOCUMENT_BYTES)] = ""
    """The graph as Save writes it, for what no table of nodes can say, such as blocks."""
    graph: Annotated[dict[str, _NodeModel], Field(min_length=1)] | None = None

    @property
    def written_graph(self) -> dict[str, _NodeModel]:
        """Return the nodes by their names; none where the graph is a document."""
        return self.graph or {}


def read_lesson(path: Path) -> Lesson:
    """Return the lesson of one file; raises LessonError, which names the file and the field."""
    return lesson_of_text(path.read_bytes(), path.name)


def lesson_of_text(text: str | bytes, file: str) -> Lesson:
    """Return the lesson that a file's text holds; raises LessonError, which names the file and the field."""
    try:
        model = _LessonModel.model_validate(_parsed(text, file))
        _check_inputs(model)
        graph = _graph(model)
        if not model.document:
            for index, written in enumerate(model.hidden):
                _check_hidden(written, graph, f"hidden[{index}]")
            graph = graph.with_hidden(quantities_named(graph, model.hidden)).with_ranges(_ranges(model, graph))
        name = re.sub(r"^\d+_", "", Path(file).stem)
        hidden = model.hidden or tuple(each.name_in(graph) for each in sorted(graph.hidden))
        return replace(lesson_on(graph, model, name, model.roles), hidden=hidden)
    except UnicodeDecodeError:
        raise LessonError(say("the file is not text in UTF-8."), file) from None
    except ValidationError as error:
        place, sentence = describe(error)
        raise LessonError(sentence, file, place) from None
    except DocumentError as error:
        place = _place_in_lesson(error.place, list(model.written_graph))
        if model.document and error.place.startswith(_OF_A_DOCUMENT):
            place = f"document.{error.place}"
        raise LessonError(error.sentence, file, place) from None


def _check_inputs(model: _LessonModel) -> None:
    """Refuse roles and data of what is no input: DocumentError."""
    named = [(name, f"roles.{name}") for name in model.roles]
    named += [(name, f"ranges.{name}") for name in model.ranges]
    named += [(name, f"data.{name}") for name in model.data]
    for name, place in named:
        op = _op_of(model, name)
        if op is None:
            raise DocumentError(say("there is no node named “{name}”.", name=name), place)
        if op != INPUT:
            raise DocumentError(say("{name} is computed; this is for inputs.", name=name), place)


def _ranges(model: _LessonModel, graph: Graph) -> dict[str, Range]:
    found = {}
    for name, written in model.ranges.items():
        node = graph.node_named(name)
        assert node is not None
        try:
            between = parse_range(written)
        except TaskError as error:
            raise DocumentError(str(error), f"ranges.{name}") from None
        if between is not None:
            found[node.id] = between
    return found


_OF_A_DOCUMENT = ("nodes", "edges", "blocks", "training", "ranges", "format", "version")
"""The fields of a document in which a mistake is told by its place in the document."""


def _op_of(model: _LessonModel, name: str) -> str | None:
    return model.written_graph[name].op if name in model.written_graph else None


def _check_hidden(written: str, graph: Graph, place: str) -> None:
    """Refuse what is none of "x.data", "x.grad", "m.low.grad" and "grads": DocumentError."""
    if written == ALL_GRADS:
        return
    port, _, number = written.rpartition(".")
    if number not in ("data", "grad"):
        raise DocumentError(
            say("“{written}” is no number: write x.data, x.grad, or grads for all gradients.", written=written), place
        )
    _output_named(port, graph, place)


def _parsed(text: str | bytes, file: str) -> dict[str, Any]:
    """Return what a file says; raises LessonError with the place where it is not TOML, in no words of the parser's."""
    text = (text if isinstance(text, str) else text.decode("utf-8")).replace("\r\n", "\n")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise LessonError(say("the file is nested too deeply."), file) from None
    except ValueError as error:  # TOMLDecodeError, and what Python says of a number of 5000 digits
        found, end = _PLACE.search(str(error)), text.rstrip().split("\n")
        line, column = map(int, found.groups()) if found else (len(end), len(end[-1]) + 1)
        is_placed = found is not None or isinstance(error, tomllib.TOMLDecodeError)
        sentence = say("the file is not TOML: line {line}, column {column}.", line=line, column=column)
        raise LessonError(sentence if is_placed else say("a number is too long to be read."), file) from None


_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
"""Where tomllib's message says the place; before Python 3.14 the exception holds it nowhere else."""


def _graph(model: _LessonModel) -> Graph:
    """Return the graph; it is written as a document, so that one place checks whatever a graph must be."""
    if model.document or model.graph is None:
        if model.graph is not None or not model.document:
            raise DocumentError(say("a lesson has a graph, either as a table of nodes or as a document."), "graph")
        return from_json(model.document)
    ids = {name: f"n{number}" for number, name in enumerate(model.graph, start=1)}
    document = {"format": FORMAT, "version": VERSION, "nodes": _nodes(model, ids), "edges": [], "output": None}
    document |= _training(model, ids)
    nodes = from_document(document)
    edges = []
    for name, node in model.written_graph.items():
        for port, written in enumerate(node.inputs):
            source, output = _output_named(written, nodes, f"graph.{name}.inputs")
            edges.append({"from": source, "output": output, "to": ids[name], "port": port})
    chosen = None
    if model.output is not None:
        node_id, output = _output_named(model.output, nodes, "output")
        chosen = {"node": node_id, "output": output}
    graph = from_document({**document, "edges": edges, "output": chosen})
    if all(node.at is not None for node in model.written_graph.values()):
        return graph
    positions = tidy(graph)
    laid_out = [replace(node, x=positions[node.id][0], y=positions[node.id][1]) for node in graph.nodes()]
    return Graph.of(laid_out, graph.edges(), graph.output, training=graph.training)


def _training(model: _LessonModel, ids: Mapping[str, str]) -> dict[str, Any]:
    """Return the table of data and the optimizer as a document writes them; nothing where the lesson has neither."""
    if not model.data and "training" not in model.model_fields_set:
        return {}
    for name in model.data:
        if model.roles.get(name) not in ("data", "target"):
            raise DocumentError(say("{name} has no role: it is data or a target.", name=name), f"data.{name}")
    written = model.training
    rows = len(next(iter(model.data.values()), ()))
    return {
        "training": {
            "columns": {ids[name]: list(cells) for name, cells in model.data.items()},
            "count": min(written.rows, rows) or 1,
            "optimizer": written.optimizer,
            "rate": written.rate,
            "momentum": written.momentum,
        }
    }


def _value(model: _LessonModel, name: str) -> Any:
    """Return the value of a node: of one that the table feeds, its first rows."""
    if name not in model.data:
        return model.written_graph[name].value
    rows = model.training.rows
    return list(model.data[name][:rows]) if rows > 1 else model.data[name][0]


def _nodes(model: _LessonModel, ids: Mapping[str, str]) -> list[dict[str, Any]]:
    placed = {name: node.at for name, node in model.written_graph.items() if node.at is not None}
    if placed and len(placed) < len(ids):
        bare = next(name for name in ids if name not in placed)
        raise DocumentError(say("either all nodes say where they stand, or none does."), f"graph.{bare}.at")
    middle = max((column for column, _ in placed.values()), default=0.0) / 2
    return [
        {
            "id": ids[name],
            "op": node.op,
            "name": name,
            "value": _value(model, name),
            "parameters": node.parameters,
            **({"role": model.roles[name]} if name in model.roles else {}),
            **({"written": node.written} if node.written else {}),
            **({"named": True} if node.named else {}),
            "position": [(column - middle) * COLUMN_DISTANCE, row * ROW_DISTANCE],
        }
        for name, node in model.written_graph.items()
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
    column = re.fullmatch(r"training\.columns\.n(\d+)(.*)", place)
    if column is not None:
        return f"data.{names[int(column[1]) - 1]}{column[2]}"
    found = re.fullmatch(r"nodes\[(\d+)\](.*)", place)
    if found is None:
        return "graph" if place.startswith("edges") else place
    return f"graph.{names[int(found[1])]}{found[2].replace('.position', '.at')}"
