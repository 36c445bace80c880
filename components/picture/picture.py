"""The picture that the canvas shows: the pyvis network as plain JSON, with all that the page says beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from components.picture.blocks import tell_blocks, write_derivatives
from components.picture.drawing import draw, draw_new, draw_new_block, options
from components.picture.settings import settings
from components.text import fill_symbol, full_array, short, sliding_parameter, told_parameters, typed_parameters
from engine.autograd import Function, find_op, to_json_parameters
from engine.document import VALUE_HINT, Graph, Node
from engine.evaluation import Trace, fold, fold_trace
from engine.messages import browser_messages, current_language

Picture = dict[str, Any]

_FIRST_OPS = ("Square", "Add")
_FIRST_GROUPS = (
    *("Arithmetic", "Powers", "Constants", "Exponential", "Trigonometric", "Activations", "Comparison"),
    *("Linear", "Reductions", "Losses", "Shapes"),
)
"""The order in which a class meets the families; one that is new comes behind them."""


def make_picture(
    graph: Graph, trace: Trace, marks: Mapping[str, str] | None = None, *, local: bool = False, bars: bool = False
) -> Picture:
    """Return what the canvas needs, keyed so that a merge patch between two pictures stays small.

    `marks` holds the right gradient of each node that shows a wrong one; `local` writes the local derivatives on the
    wires, and `bars` gives each node the magnitude of its gradient on a log scale.
    A closed block is a node of the picture; what it hides is told in `inside`, so that the browser knows the document.
    Holds no None and no float that JSON cannot carry: numbers to be read are text, formatted here.
    """
    whole, full_trace = graph, trace
    graph, trace = fold(graph), fold_trace(graph, trace)
    network = draw(graph, trace, marks or {}, local=local)
    nodes: dict[str, dict[str, Any]] = {}
    for drawn in network.nodes:
        node = graph.node(drawn["id"])
        result = trace.nodes[node.id]
        nodes[node.id] = {**drawn, "fullData": _full(result.data), "fullGrad": _full(result.grad)}
        if node.value is not None:
            nodes[node.id]["value"] = node.value
        if node.parameters:
            nodes[node.id] |= _parameters(node)
    picture: Picture = {
        "language": current_language(),
        "messages": browser_messages(current_language()),  # what the canvas itself says
        "options": {"light": options("light"), "dark": options("dark")},
        "catalogue": catalogue(),
        "settings": settings(),
        "newBlock": draw_new_block(),
        "order": list(nodes),
        "nodes": nodes,
        "edges": {drawn["id"]: drawn for drawn in network.edges},
    }
    if bars:
        _add_bars(picture, trace)
    if whole.output is not None:
        picture["chosen"] = list(whole.output)
    if local:
        write_derivatives(picture["edges"], whole, full_trace)
    if whole.blocks:
        picture |= tell_blocks(whole)
    return picture


def _add_bars(picture: Picture, trace: Trace) -> None:
    """Give each node log₁₀ of its largest |grad|, and the picture the range that they span."""
    heights = {}
    for node_id, found in trace.nodes.items():
        largest = max(
            (float(np.max(np.abs(grad), initial=0.0)) for grad in found.grad if grad is not None), default=0.0
        )
        if 0 < largest < np.inf:
            heights[node_id] = round(float(np.log10(largest)), 3)
            picture["nodes"][node_id] |= {"bar": heights[node_id], "size": short(largest)}
    low, high = math.floor(min(heights.values(), default=0)), math.ceil(max(heights.values(), default=0))
    picture["bars"] = {"low": low if low < high else low - 1, "high": high}


@cache
def catalogue() -> list[dict[str, Any]]:
    """Return the palette: groups of ops with their ports, symbols and words, straight from the registry."""
    groups: dict[str, list[dict[str, Any]]] = {}
    first: list[dict[str, Any]] = [
        {
            "op": "Input",
            "symbol": "",
            "ports": [],
            "outputs": ["y"],
            "description": "A Variable whose value you choose.",
            "aliases": ["variable", "number", "x"],
            "hint": VALUE_HINT,
            "drawn": draw_new(None),
        }
    ]
    first += [_entry(Function.registry[name]) for name in _FIRST_OPS]
    for name, op in Function.registry.items():
        if name not in _FIRST_OPS:
            groups.setdefault(op.group, []).append(_entry(op))
    titles = [*(title for title in _FIRST_GROUPS if title in groups), *(t for t in groups if t not in _FIRST_GROUPS)]
    return [{"group": "", "ops": first}, *({"group": title, "ops": groups[title]} for title in titles)]


def _parameters(node: Node) -> dict[str, Any]:
    """Return the parameters as pairs, since some are None, the text to edit them in, and the node's own ports."""
    told: dict[str, Any] = {
        "parameters": list(to_json_parameters(node.parameters).items()),
        "typed": typed_parameters(node),
        # Where the number stands that is edited: beside the name, or on a line below it.
        "typedAt": "line" if told_parameters(node) else "heading",
    }
    if name := sliding_parameter(node):
        told["slides"] = [name, node.parameters[name]]
    op = find_op(node.op or "")
    if (node.ports, node.output_names) != (op.ports_with({}), op.outputs_with({})):
        told |= {"ports": list(node.ports), "outputs": list(node.output_names)}
    return told


def _entry(op: type[Function]) -> dict[str, Any]:
    return {
        "op": op.__name__,
        "symbol": fill_symbol(op.symbol, op.defaults()),
        "ports": list(op.ports_with({})),
        "outputs": list(op.outputs_with({})),
        "description": op.description,
        "aliases": list(op.aliases),
        "drawn": draw_new(op.__name__),
    }


def _full(arrays: tuple[Any, ...] | None) -> str:
    return "; ".join(full_array(array) for array in arrays) if arrays else ""
