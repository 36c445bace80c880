"""Which gradients plain arrays lose: to these the 0 of a branch that was not taken is any 0, and 0 · ∞ is nan."""

from __future__ import annotations

import numpy as np

from engine.autograd import Array, Variant
from engine.document import Graph, Node, to_array
from engine.errors import SymbolError
from engine.evaluation import Trace, evaluate
from engine.messages import listed, say
from engine.replay import Line, compile_graph


def told_lost_gradients(graph: Graph, trace: Trace) -> list[Line]:
    """Return a comment that names the gradients of which PyTorch makes nan; nothing where there are none."""
    names = [f"{graph.node(node_id).name}.grad" for node_id in lost_gradients(graph, trace)]
    if not names:
        return []
    told = say(
        "PyTorch multiplies the 0 of a branch not taken by ∞, which makes nan of {names}; here it stays 0.",
        names=listed(names),
    )
    return [Line(f"# {told}")]


def _value(node: Node) -> Array:
    assert node.value is not None
    return to_array(node.value)


def lost_gradients(graph: Graph, trace: Trace) -> list[str]:
    """Return the ids of the nodes whose gradient is not finite in the program, and is finite in the engine."""
    if trace.stale or trace.variant is not Variant.STEP_16 or trace.sweeps != (trace.output,):
        trace = evaluate(graph)
    try:
        program = compile_graph(graph, trace, columns=True)
        with np.errstate(all="ignore"):
            numbers = program.function(*[_value(graph.node(each)) for each in program.inputs])
    except (SymbolError, ArithmeticError, ValueError):
        return []
    lost = []
    for (node_id, output), (_, place) in program.places.items():
        grad = trace.nodes[node_id].grad[output]
        if place is not None and grad is not None and np.any(np.isfinite(grad) & ~np.isfinite(numbers[place])):
            lost.append(node_id)
    return list(dict.fromkeys(lost))
