"""The picture that the canvas shows, as JSON: the nodes and wires as pyvis draws them, the palette and the blocks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from components.picture.blocks import blocks_of, is_sealed, sent_value, write_derivatives
from components.picture.drawing import NODES_A_PIECE, draw_new_block, nodes_in_pieces, options, wires_in_pieces
from components.picture.palette import catalogue
from components.picture.settings import settings
from components.picture.widths import widen
from components.text import (
    entries_in_full,
    full_array,
    parameters_beside_symbol,
    parameters_to_edit,
    short,
    sliding_parameter,
)
from engine.autograd import find_op, to_json_parameters
from engine.document import Graph, Node, to_json_range, to_training_document
from engine.evaluation import NodeTrace, Trace, fold, fold_trace
from engine.messages import browser_messages, current_language
from engine.pieces import Pieces, finish

Picture = dict[str, Any]
_FULL_CHARACTERS = 250_000
"""Of all arrays in full precision together."""


def make_picture(
    graph: Graph,
    trace: Trace,
    marks: Mapping[str, str] | None = None,
    *,
    local: bool = False,
    bars: bool = False,
    widths: bool = False,
) -> Picture:
    """Return what the canvas needs, keyed so that a merge patch between two pictures stays small.

    `marks` holds the right gradient of each node that shows a wrong one; `local` writes the local derivatives on the
    wires, `bars` gives each node the magnitude of its gradient on a log scale, and `widths` makes each wire as wide as
    the gradient that came back over it.
    A closed block is one node of the picture; `inside` holds what it hides, so that the browser knows the document.
    Holds no None and no float that JSON cannot carry: numbers to be read are text, formatted here.
    """
    return finish(make_picture_in_pieces(graph, trace, marks, local=local, bars=bars, widths=widths))


def make_picture_in_pieces(
    graph: Graph,
    trace: Trace,
    marks: Mapping[str, str] | None = None,
    *,
    local: bool = False,
    bars: bool = False,
    widths: bool = False,
) -> Pieces[Picture]:
    """Do the same as `make_picture` in pieces, each some nodes or a wire."""
    whole, full_trace = graph, trace
    graph, trace = fold(graph), fold_trace(graph, trace)
    nodes = {drawn["id"]: drawn for drawn in (yield from nodes_in_pieces(graph, trace, marks or {}))}
    wires = yield from wires_in_pieces(graph, trace, local=local)
    at_most = entries_shown(trace)
    for place, (node_id, drawn) in enumerate(nodes.items()):
        drawn |= _told_of(graph.node(node_id), trace.nodes[node_id], at_most)
        if place % NODES_A_PIECE == 0:
            yield 0.9
    picture: Picture = {
        **constant_part(),
        "order": list(nodes),
        "nodes": nodes,
        "edges": {drawn["id"]: drawn for drawn in wires},
    }
    if bars:
        _add_bars(picture, trace)
    if whole.output is not None:
        picture["chosen"] = list(whole.output)
    if local:
        yield from write_derivatives(picture["edges"], whole, full_trace)
    if widths:
        picture["widths"] = widen(picture["edges"], whole, full_trace)
    if whole.ranges:
        picture["ranges"] = [to_json_range(*each) for each in whole.ranges.items()]
    if whole.blocks:
        picture |= blocks_of(whole, full_trace)
    if whole.training is not None:
        picture["training"] = to_training_document(whole.training)
    return picture


def _told_of(node: Node, result: NodeTrace, at_most: int) -> dict[str, Any]:
    """Return what a picture tells of a node beside its drawing; what does not concern it is left out."""
    told: dict[str, Any] = {"fullData": _full(result.data, at_most), "fullGrad": _full(result.grad, at_most)}
    if node.value is not None:
        told["value"] = sent_value(node.value, result)
    if node.written and not is_sealed(result):
        told["written"] = node.written
    if node.is_named:
        told["named"] = True
    if node.role is not None:
        told["role"] = node.role
    return told | _parameters(node) if node.parameters else told


def constant_part() -> Picture:
    """Return what every picture in the language that is spoken holds, whatever the graph."""
    return {
        "language": current_language(),
        "messages": browser_messages(current_language()),  # what the canvas itself says
        "options": {"light": options("light"), "dark": options("dark")},
        "catalogue": catalogue(),
        "settings": settings(),
        "newBlock": draw_new_block(),
    }


def entries_shown(trace: Trace) -> int:
    """Return how many entries of each array are shown in full: fewer where there are very many long arrays."""
    arrays = [array for found in trace.nodes.values() for array in (*(found.data or ()), *found.grad)]
    return entries_in_full([array.size for array in arrays if array is not None], _FULL_CHARACTERS)


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


def _parameters(node: Node) -> dict[str, Any]:
    """Return the parameters as pairs, since some are None, the text to edit them in, and the node's own ports."""
    described: dict[str, Any] = {
        "parameters": list(to_json_parameters(node.parameters).items()),
        "typed": parameters_to_edit(node),
        # Where the number stands that is edited: beside the name, or on a line below it.
        "typedAt": "line" if parameters_beside_symbol(node) else "heading",
    }
    if name := sliding_parameter(node):
        described["slides"] = [name, node.parameters[name]]
    op = find_op(node.op or "")
    if (node.ports, node.output_names) != (op.ports_with({}), op.outputs_with({})):
        described |= {"ports": list(node.ports), "outputs": list(node.output_names)}
    return described


def _full(arrays: tuple[Any, ...] | None, at_most: int) -> str:
    if arrays is not None and len(arrays) == 1:
        return full_array(arrays[0], at_most)
    return "; ".join(full_array(array, at_most) for array in arrays) if arrays else ""
