"""Keep the numbers of the last Forward while the graph is edited, and mark those that are no longer right."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.document import Graph, Node, to_array
from engine.evaluation.refusals import waiting_for_wires
from engine.evaluation.trace import NodeTrace, Trace
from engine.messages import mark, say

OUT_OF_DATE: Final = mark("out of date: press Forward")
IN_WORK: Final = mark("out of date: being computed")


def is_computed_alike(one: Graph, other: Graph) -> bool:
    """Return whether two graphs differ in places and blocks at most, which change no number and no message."""
    if one is other:
        return True
    if one.wiring is not other.wiring or one.output != other.output or len(one) != len(other):
        return False
    return all(a is b or _is_alike(a, b) for a, b in zip(one.nodes(), other.nodes(), strict=True))


def _is_alike(one: Node, other: Node) -> bool:
    return _is_same_value(one, other) and replace(one, x=other.x, y=other.y) == other


def _is_same_value(one: Node, other: Node) -> bool:
    """Return whether two nodes have the same value, be it none; 0 and −0 are not: 1 / 0 tells them apart."""
    if one.value is other.value:
        return True
    if one.value is None or other.value is None or one.value != other.value:
        return False
    return to_array(one.value).tobytes() == to_array(other.value).tobytes()


def in_work(trace: Trace, before: Graph, after: Graph) -> Trace:
    """Return the trace of `before` as long as that of `after` is being computed: no grad is known, and no step."""
    carried = carry_over(trace, before, after, say(IN_WORK))
    nodes = {node_id: replace(found, grad=tuple(None for _ in found.grad)) for node_id, found in carried.nodes.items()}
    return replace(carried, nodes=nodes, steps=(), sweeps=(), stale=True, stopped="")


def carry_over(trace: Trace, before: Graph, after: Graph, message: str | None = None) -> Trace:
    """Return the trace of `before` with every number that is still right for `after`, and a message at each other one.

    A node whose op, value, parameters or wires have changed is stale, and so is every node after it; stale nodes keep
    their old data. After any such change all grads are None, because each of them may depend on it. To choose another
    output to differentiate changes no grad.
    """
    message = say(OUT_OF_DATE) if message is None else message
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
            nodes[node_id] = _stale(after, node_id, old, message)
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
        (old.op, old.parameters) == (new.op, new.parameters)
        and _is_same_value(old, new)
        and before.wires_into(node_id) == wires
        and all(wire.source in kept for wire in wires.values())
    )


def _stale(graph: Graph, node_id: str, old: NodeTrace | None, message: str) -> NodeTrace:
    node = graph.node(node_id)
    nothing = (None,) * node.n_outputs
    if node.value is not None:  # an input's data is its value, whether Forward has run or not
        return NodeTrace((to_array(node.value),), nothing)
    if free := [port for port in range(len(node.ports)) if port not in graph.wires_into(node_id)]:
        return NodeTrace(None, nothing, "waiting", waiting_for_wires(node.ports, free))
    known = old is not None and old.data is not None and len(old.data) == node.n_outputs
    return NodeTrace(old.data if old is not None and known else None, nothing, "stale", message)
