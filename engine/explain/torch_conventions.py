"""Where PyTorch decides otherwise than the engine: told in the script, beside the line that it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.document import Graph, Node
from engine.evaluation import Trace
from engine.messages import mark, say
from engine.replay import Line


@dataclass(frozen=True)
class Convention:
    """Name an op, the inputs at which PyTorch decides otherwise, and what it then does."""

    op: str
    applies: Callable[[Sequence[Any], Any], bool]
    sentence: str


def _loses_ties(xs: Sequence[Any], function: Any) -> bool:
    """Return whether the logarithm of how many elements are the largest is lost beside them in rounding."""
    (x,) = xs
    with np.errstate(all="ignore"):
        top = np.max(x, axis=function.axis, keepdims=True, initial=-np.inf)
        ties = np.sum(np.equal(x, top), axis=function.axis, keepdims=True)
        return bool(np.any((ties > 1) & np.isfinite(top) & (top + np.log(ties) == top)))


CONVENTIONS = (
    Convention(
        "Where",
        lambda xs, function: True,
        mark("PyTorch leaves the gradient of a condition at None; the playground shows 0."),
    ),
    Convention(
        "Power",
        lambda xs, function: bool(np.any(np.equal(xs[0], 0) & np.less(xs[1], 0))),
        mark("At a base of 0 and an exponent below 0, PyTorch's gradient of the exponent is −inf; here it is nan."),
    ),
    Convention(
        "Pow",
        lambda xs, function: abs(function.exponent) == 0.5 and bool(np.any(np.equal(xs[0], 0) & np.signbit(xs[0]))),
        mark("PyTorch's root of −0 keeps the sign; here, as in NumPy, it does not."),
    ),
    Convention(
        "LogSumExp",
        _loses_ties,
        mark("PyTorch's gradients of equal elements as large as these are 1 each; here they are shares of 1."),
    ),
)
"""All that is known; `make test-torch` holds every op against PyTorch, and finds any other."""


def told_conventions(graph: Graph, trace: Trace, node: Node) -> list[Line]:
    """Return a comment for each convention that matters for the numbers of a node."""
    function = trace.functions.get(node.id)
    if function is None:
        return []
    wires = graph.wires_into(node.id).values()
    data = [trace.nodes[wire.source].data for wire in wires]
    xs = [found[wire.output] for found, wire in zip(data, wires, strict=True) if found is not None]
    return [
        Line(f"# {say(each.sentence)}", node.id)
        for each in CONVENTIONS
        if each.op == node.op and each.applies(xs, function)
    ]
