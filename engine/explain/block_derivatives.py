"""The local derivatives of a block, of its outputs by its inputs: a backward pass through the block alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.autograd import Array, as_array
from engine.document import Block, Edge, Graph, Node, Value, output_feeding
from engine.evaluation import Trace, evaluate_in_pieces
from engine.pieces import Pieces, finish


def block_derivatives(graph: Graph, block: Block, trace: Trace) -> list[list[Array]] | None:
    """Return, for each input port, the gradient of the sum of each output; None if a node of the block is not computed.

    Each gradient has the shape of the input.
    """
    return finish(block_derivatives_in_pieces(graph, block, trace))


def block_derivatives_in_pieces(graph: Graph, block: Block, trace: Trace) -> Pieces[list[list[Array]] | None]:
    """Do the same as `block_derivatives` in pieces."""
    members = set(block.members)
    if trace.stale or any(trace.nodes[member].data is None for member in members):
        return None
    nodes = [graph.node(member) for member in block.members]
    edges = [edge for edge in graph.edges() if edge.source in members and edge.target in members]
    given = [f"port {index}" for index in range(len(block.inputs))]  # an id that no node can have
    for port, group in zip(given, block.inputs, strict=True):
        source = output_feeding(graph, group[0])
        data = None if source is None else trace.nodes[source[0]].data
        if source is None or data is None:
            return None
        nodes.append(Node(port, None, port, _value(data[source[1]].tolist())))
        edges += [Edge(port, 0, target, place) for target, place in group]
    alone = Graph.of(nodes, edges)
    by_output = []
    for output in block.outputs:
        by_output.append((yield from evaluate_in_pieces(alone, sweeps=[output])))
    return [[_grad(found, port) for found in by_output] for port in given]


def _grad(trace: Trace, node_id: str) -> Array:
    found = trace.nodes[node_id]
    assert found.data is not None
    grad = found.grad[0]
    return as_array(np.zeros_like(found.data[0])) if grad is None else grad


def _value(entries: Any) -> Value:
    return tuple(_value(entry) for entry in entries) if isinstance(entries, list) else float(entries)
