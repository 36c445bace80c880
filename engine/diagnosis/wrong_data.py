"""What wrong rules give for data: the op at a node computed wrongly from what is right, or another node's number."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.autograd import Array, Div, Pow, Power, Square, Sub
from engine.document import Graph, Quantity
from engine.evaluation import Trace


def wrong_forward(trace: Trace, asked: Quantity, rule: str) -> Iterator[Array]:
    """Yield what a node's op gives with its inputs swapped, the sign wrong, or an exponent taken for a factor."""
    found, function = trace.nodes[asked.node], trace.functions.get(asked.node)
    if found.data is None:
        return
    data = found.data[asked.output]
    if rule == "sign":
        yield -data
    if rule == "grad for data" and found.grad[asked.output] is not None:
        grad = found.grad[asked.output]
        assert grad is not None
        yield grad
    if function is None:
        return
    xs = [np.asarray(x.data, dtype=float) for x in function.inputs]
    match rule, function:
        case "exponent", Square():
            yield 2.0 * xs[0]
        case "exponent", Pow():
            yield function.exponent * xs[0]
        case "exponent", Power():
            yield xs[0] * xs[1]
        case "swapped", Div():
            yield xs[1] / xs[0]
        case "swapped", Sub():
            yield xs[1] - xs[0]
        case "swapped", Power():
            yield xs[1] ** xs[0]


def numbers_of_others(graph: Graph, trace: Trace, asked: Quantity) -> list[tuple[str, Array]]:
    """Return the same kind of number of each other output, neighbours of the node first."""
    near = [*graph.network.successors(asked.node), *graph.network.predecessors(asked.node)]
    found = []
    for node_id in dict.fromkeys([*near, *graph.topological_order(), asked.node]):
        result = trace.nodes[node_id]
        numbers = result.grad if asked.kind == "grad" else result.data or ()
        for output, number in enumerate(numbers):
            if (node_id, output) != asked.port and number is not None:
                found.append((node_id, number))
    return found
