"""Write a lesson as a file that `reader` reads: a table of nodes that people can read, and else the whole document."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final

import tomlkit
from tomlkit.items import InlineTable

from engine.autograd import to_json_parameters
from engine.document import (
    COLUMN_DISTANCE,
    ROW_DISTANCE,
    Graph,
    Node,
    Training,
    to_array,
    to_document,
    to_json,
    to_json_value,
)
from engine.errors import LessonError
from engine.lessons.carried import fields_of
from engine.lessons.lesson import Lesson
from engine.lessons.reader import lesson_of_text

_FIRST: Final[tuple[str, ...]] = ("title", "level", "minutes", "question", "answer", "choices", "right")
_EXACT: Final = 2**53
_FILE: Final = "lesson.toml"


def lesson_text(lesson: Lesson, graph: Graph) -> str:
    """Return a lesson about a graph as the text of a file; with the graph's table of data, but untrained."""
    if graph.training is not None:
        graph = graph.with_training(graph.training.before_the_first())
    fields = fields_of(lesson, graph)
    named = {name: fields[name] for name in _FIRST if name in fields}
    named |= {name: value for name, value in fields.items() if name not in named}
    text = _with_nodes(named, graph)
    try:
        if text and _says(lesson_of_text(text, _FILE).graph) == _says(graph):
            return text
    except LessonError:  # such as a value that no table of nodes can say
        pass
    return _dumped({**named, "document": to_json(graph)})


def _says(graph: Graph) -> Any:
    """Return what a graph says wherever its nodes stand and whatever their ids are."""
    document = to_document(graph)
    names = {node["id"]: node["name"] for node in document["nodes"]}
    nodes = sorted(
        ({**node, "id": "", "position": None} for node in document["nodes"]), key=lambda node: str(node["name"])
    )
    for node in nodes:
        if node["value"] is not None:
            node["value"] = to_array(node["value"]).tolist()
    edges = sorted((names[e["from"]], e["output"], names[e["to"]], e["port"]) for e in document["edges"])
    output = document["output"] and (names[document["output"]["node"]], document["output"]["output"])
    hidden = sorted((names[node_id], kind, output) for node_id, kind, output in document.get("hidden", ()))
    ranges = sorted((names[node_id], *between) for node_id, *between in document.get("ranges", ()))
    training = graph.training or Training()
    columns = {
        names[node_id]: [to_array(cell).tolist() for cell in cells] for node_id, cells in training.columns.items()
    }
    settings = replace(training, columns={})
    return nodes, edges, output, hidden, ranges, columns, settings, document.get("blocks", [])


def _with_nodes(fields: dict[str, Any], graph: Graph) -> str:
    """Return the file with a table of nodes; the empty text where an op lacks a wire: no list of inputs says that."""
    left = min((node.x for node in graph.nodes()), default=0.0)
    written = {}
    for node in graph.nodes():
        wires = graph.wires_into(node.id)
        if sorted(wires) != list(range(len(node.ports))):
            return ""
        inputs = [_output_name(graph, wires[port].source, wires[port].output) for port in range(len(node.ports))]
        written[node.name] = _node(node, inputs, left, is_fed=_is_fed(graph, node))
    whole: dict[str, Any] = dict(fields)
    if graph.hidden:
        whole["hidden"] = [each.name_in(graph) for each in sorted(graph.hidden)]
    if graph.ranges:
        whole["ranges"] = _inline({graph.node(node_id).name: str(each) for node_id, each in graph.ranges.items()})
    if roles := {node.name: node.role for node in graph.nodes() if node.role is not None}:
        whole["roles"] = _inline(roles)
    if graph.output is not None:
        whole["output"] = _output_name(graph, *graph.output)
    if graph.training is not None:
        whole |= _training(graph, graph.training)
    return _dumped({**whole, "graph": written})


def _is_fed(graph: Graph, node: Node) -> bool:
    return graph.training is not None and node.id in graph.training.columns


def _output_name(graph: Graph, node_id: str, output: int) -> str:
    return graph.node(node_id).output_name(output)


def _node(node: Node, inputs: list[str], left: float, *, is_fed: bool) -> InlineTable:
    found: dict[str, Any] = {}
    if node.function is not None:
        found["op"] = node.op
        given, usual = to_json_parameters(node.parameters), to_json_parameters(node.function.defaults())
        if changed := {name: value for name, value in given.items() if value != usual[name]}:
            found["parameters"] = _inline(_whole(changed))
        if inputs:
            found["inputs"] = inputs
        if node.is_named:
            found["named"] = True
    elif not is_fed:
        found["value"] = None if node.value is None else _whole(to_json_value(node.value))
        if node.written:
            found["written"] = node.written
    found["at"] = [_short((node.x - left) / COLUMN_DISTANCE), _short(node.y / ROW_DISTANCE)]
    return _inline(found)


def _training(graph: Graph, training: Training) -> dict[str, Any]:
    columns = {
        graph.node(node_id).name: [_whole(to_json_value(cell)) for cell in cells]
        for node_id, cells in training.columns.items()
    }
    settings = {"optimizer": training.optimizer, "rate": training.rate, "rows": training.count}
    if training.momentum != Training().momentum:
        settings["momentum"] = training.momentum
    return {"training": _inline(settings), **({"data": columns} if columns else {})}


def _inline(values: dict[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    table.update(values)
    return table


def _dumped(fields: dict[str, Any]) -> str:
    whole = tomlkit.document()
    for name, value in fields.items():
        if isinstance(value, dict) and not isinstance(value, InlineTable):
            table = tomlkit.table()
            for key, each in value.items():
                table.add(key, each)
            whole.add(name, table)
        elif name == "document":
            whole.add(name, tomlkit.string(value, literal="'''" not in value, multiline=True))
        else:
            whole.add(name, value)
    return tomlkit.dumps(whole)


def _whole(value: Any) -> Any:
    """Return a value with whole numbers as they are written by hand, without their ".0"."""
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value == int(value) and abs(value) < _EXACT else value
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return {name: _whole(each) for name, each in value.items()} if isinstance(value, dict) else value


def _short(number: float) -> float | int:
    rounded = round(number, 2)
    return int(rounded) if math.isfinite(rounded) and rounded == int(rounded) else rounded
