"""Keep the numbers of the last Forward while the graph is edited, and mark those that are no longer right."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.document import Graph, to_array
from engine.evaluation.refusals import waiting_for
from engine.evaluation.trace import NodeTrace, Trace
from engine.messages import mark, say

OUT_OF_DATE: Final = mark("out of date: press Forward")


def carry_over(trace: Trace, before: Graph, after: Graph) -> Trace:
    """Return the trace of `before` with every number that is still right for `after`.

    A node whose op, value, parameters or wires have changed is stale, and so is every node after it; stale nodes keep
    their old data. After any such change all grads are None, because each of them may depend on it. To choose another
    output to differentiate changes no grad.
    """
    kept: set[str] = set()
    for node_id in after.topological_order():
        if _computes_the_same(before, after, node_id, kept):
            kept.add(node_id)
    untouched = len(kept) == len(after) == len(before)
    nodes = {}
    for node_id in after.topological_order():
        old = trace.nodes.get(node_id)
        if node_id in kept and old is not None:
            nodes[node_id] = old if untouched else replace(old, grad=tuple(None for _ in old.grad))
        else:
            nodes[node_id] = _stale(after, node_id, old)
    output = trace.output
    if output is not None and (output[0] not in after or output[1] >= after.node(output[0]).n_outputs):
        output = None
    # The Function of a node that has changed says nothing of it any more: it has other inputs, or none.
    functions = {node_id: function for node_id, function in trace.functions.items() if node_id in kept}
    return replace(trace, nodes=nodes, output=after.output or output, functions=functions, stale=not untouched)


def _computes_the_same(before: Graph, after: Graph, node_id: str, kept: set[str]) -> bool:
    if node_id not in before:
        return False
    old, new = before.node(node_id), after.node(node_id)
    wires = after.wires_into(node_id)
    return (
        (old.op, old.value, old.parameters) == (new.op, new.value, new.parameters)
        and before.wires_into(node_id) == wires
        and all(wire.source in kept for wire in wires.values())
    )


def _stale(graph: Graph, node_id: str, old: NodeTrace | None) -> NodeTrace:
    node = graph.node(node_id)
    nothing = (None,) * node.n_outputs
    if node.value is not None:  # an input's data is its value, whether Forward has run or not
        return NodeTrace((to_array(node.value),), nothing)
    missing = [name for port, name in enumerate(node.ports) if port not in graph.wires_into(node_id)]
    if missing:
        return NodeTrace(None, nothing, "waiting", waiting_for(missing))
    known = old is not None and old.data is not None and len(old.data) == node.n_outputs
    return NodeTrace(old.data if old is not None and known else None, nothing, "stale", say(OUT_OF_DATE))
