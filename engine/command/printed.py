"""What is printed of a graph that has run: a table, the steps, or JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any, Final
from unicodedata import east_asian_width

import numpy as np

from engine.autograd import Array
from engine.document import Edge, Graph, Node
from engine.evaluation import NodeTrace, Step, Trace
from engine.formula import formula_of
from engine.messages import HIDDEN_SIGN, is_hidden, is_hidden_array, listed, say, short_number
from engine.picture import NONE

_MOST_ENTRIES: Final = 12


def table(graph: Graph, trace: Trace) -> str:
    """Return a line for each output of each node: its name, op, inputs, data and grad, in topological order.

    Below it stands what is to be said of nodes that wait, or whose numbers are not finite.
    """
    heading = (say("name"), say("op"), say("inputs"), "data", "grad")
    rows = [row for node_id, found in trace.nodes.items() for row in _rows(graph, graph.node(node_id), found)]
    remarks = [found.message for found in trace.nodes.values() if found.message] + [trace.stopped] * bool(trace.stopped)
    return "\n".join([*_columns([heading, *rows]), *remarks])


def steps(graph: Graph, trace: Trace) -> str:
    """Return a sentence for each step: Forward, the gradient that Backward starts with, Backward."""
    told = [_step(graph, step) for step in trace.steps]
    lines = [say("{number}. {sentence}", number=number, sentence=each) for number, each in enumerate(told, start=1)]
    return "\n".join(lines + [trace.stopped] * bool(trace.stopped))


def as_json(graph: Graph, trace: Trace) -> str:
    """Return everything as JSON: numbers with all their digits, inf and nan as text, a hidden number as "?"."""
    output = None if trace.output is None else graph.node(trace.output[0]).output_name(trace.output[1])
    nodes = [
        {
            "name": node.output_name(place),
            "op": node.op,
            "inputs": _inputs(graph, node),
            "data": None if found.data is None else _entries(found.data[place]),
            "grad": None if grad is None else _entries(grad),
            **({} if found.state == "ok" else {"state": found.state, "message": found.message}),
        }
        for node_id, found in trace.nodes.items()
        for node in [graph.node(node_id)]
        for place, grad in enumerate(found.grad)
    ]
    told = {"formula": formula_of(graph), "output": output, "engine": trace.variant.value, "nodes": nodes}
    return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False)


def _rows(graph: Graph, node: Node, found: NodeTrace) -> Iterable[tuple[str, ...]]:
    for place, grad in enumerate(found.grad):
        data = None if found.data is None else found.data[place]
        yield (
            node.output_name(place),
            node.op or say("Input"),
            ", ".join(_inputs(graph, node)),
            _written(data),
            _written(grad),
        )


def _step(graph: Graph, step: Step) -> str:
    node = graph.node(step.node)
    if step.kind == "seed":
        return say(
            "Backward starts: {name}.grad = {value}.", name=node.output_name(step.output), value=_written(step.sent[0])
        )
    if step.kind == "forward":
        results = [
            say("{name} = {value}", name=node.output_name(place), value=_written(y))
            for place, y in enumerate(step.sent)
        ]
        return say("Forward: {op} gives {results}.", op=node.op, results=listed(results))
    if not step.sent:
        return say("Backward: {op} has no inputs.", op=node.op)
    wires = graph.wires_into(node.id).values()
    sent = [
        say("{value} to {name}", value=_written(gx), name=_source(graph, wire))
        for wire, gx in zip(wires, step.sent, strict=True)
    ]
    return say("Backward: {op} sends {gradients}.", op=node.op, gradients=listed(sent))


def _source(graph: Graph, wire: Edge) -> str:
    return graph.node(wire.source).output_name(wire.output)


def _inputs(graph: Graph, node: Node) -> list[str]:
    return [_source(graph, wire) for wire in graph.wires_into(node.id).values()]


def _written(array: Array | None) -> str:
    """Write a number, or an array as nested lists; of a long one the first entries and the shape."""
    if array is None:
        return NONE
    if is_hidden_array(array):
        return HIDDEN_SIGN
    if not np.ndim(array):
        return short_number(float(array))
    if np.size(array) > _MOST_ENTRIES:
        first = ", ".join(short_number(float(each)) for each in np.ravel(array)[:_MOST_ENTRIES])
        return f"[{first}, …] {np.shape(array)}"
    return _nested(np.asarray(array).tolist())


def _nested(entries: Any) -> str:
    return f"[{', '.join(map(_nested, entries))}]" if isinstance(entries, list) else short_number(entries)


def _entries(array: Array) -> Any:
    if is_hidden_array(array):
        return HIDDEN_SIGN
    return _finite(np.asarray(array).tolist())


def _finite(entry: Any) -> Any:
    """Return nested lists in which what JSON cannot hold is a text."""
    if isinstance(entry, list):
        return [_finite(each) for each in entry]
    if math.isfinite(entry):
        return entry
    return HIDDEN_SIGN if is_hidden(entry) else str(entry)


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines in which columns stand below each other; the last needs no filling."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Return how many places a text takes in a terminal: Chinese and Japanese signs take two."""
    return sum(2 if east_asian_width(each) in "FW" else 1 for each in text)
