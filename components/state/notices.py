"""What Backward has to say when it has run several times since Forward."""

from __future__ import annotations

from components.picture import numbers_of
from components.text import bracketed, short_array
from engine.autograd import Array
from engine.document import Graph
from engine.evaluation import Trace
from engine.explain import deliveries
from engine.messages import say_count


def repeated_backward(graph: Graph, trace: Trace) -> str:
    """Say what a repeated Backward did to the first input that it reached twice; nothing after the first Backward."""
    count = len(trace.sweeps)
    if count < 2:
        return ""
    sums = _sums_by_sweep(graph, trace)
    for node in graph.nodes():
        by_sweep = list(sums.get(node.id, {}).values())
        if len(by_sweep) < 2:
            continue
        total = numbers_of(trace.nodes[node.id].grad)
        if trace.variant.overwrites:
            return say_count(
                "Backward has run {count} time; Step 13 overwrites: {name}.grad = {total}.",
                "Backward has run {count} times; Step 13 overwrites: {name}.grad = {total}.",
                count,
                name=node.name,
                total=total,
            )
        return say_count(
            "Backward has run {count} time since Forward, and gradients accumulate: "
            "{name}.grad = {summands} = {total}. Forward or cleargrad starts afresh.",
            "Backward has run {count} times since Forward, and gradients accumulate: "
            "{name}.grad = {summands} = {total}. Forward or cleargrad starts afresh.",
            count,
            name=node.name,
            summands=" + ".join(bracketed(short_array(part)) for part in by_sweep),
            total=total,
        )
    return ""


def _sums_by_sweep(graph: Graph, trace: Trace) -> dict[str, dict[int, Array]]:
    """Return what each Backward brought to each input, in the order in which they ran."""
    inputs = {node.id for node in graph.nodes() if node.is_input}
    sums: dict[str, dict[int, Array]] = {}
    for step in trace.steps:
        for (node_id, _), _, gradient in deliveries(graph, step):
            if node_id in inputs:
                by_sweep = sums.setdefault(node_id, {})
                before = by_sweep.get(step.sweep)
                by_sweep[step.sweep] = gradient if before is None else before + gradient
    return sums
