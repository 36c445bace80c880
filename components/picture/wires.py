"""How the wires of a graph are drawn, and the local derivatives on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from pyvis.edge import Edge as PyvisEdge

from components.text import multiplies, on_wire, short_array
from engine.autograd import Array
from engine.document import Edge, Graph, Wiring
from engine.evaluation import Trace
from engine.picture import PARALLEL_BOW

_DRAWN: WeakKeyDictionary[Wiring, list[dict[str, Any]]] = WeakKeyDictionary()


def draw_wires(graph: Graph) -> list[dict[str, Any]]:
    """Return all wires as pyvis draws them, drawn once for all graphs that are wired alike; to be read only.

    `Network.add_edge` would look both ends up in a list, edge by edge, at every change of a value.
    """
    if graph.wiring not in _DRAWN:
        uses = Counter((edge.source, edge.target) for edge in graph.edges())
        _DRAWN[graph.wiring] = [
            PyvisEdge(edge.source, edge.target, directed=True, **_options(graph, edge, uses)).options
            for edge in graph.edges()
        ]
    return _DRAWN[graph.wiring]


def _options(graph: Graph, edge: Edge, uses: Counter[tuple[str, str]]) -> dict[str, Any]:
    drawn: dict[str, Any] = {"id": f"{edge.target}:{edge.port}", "output": edge.output, "port": edge.port}
    if uses[edge.source, edge.target] > 1:
        # vis-network draws parallel edges on top of each other, which hides that a Variable is used twice.
        drawn["label"] = graph.node(edge.target).ports[edge.port]
        bends_up = edge.port % 2 == 0
        drawn["smooth"] = {
            "enabled": True,
            "type": "curvedCW" if bends_up else "curvedCCW",
            "roundness": PARALLEL_BOW,
        }
    return drawn


def with_local_derivative(wire: dict[str, Any], trace: Trace) -> dict[str, Any]:
    """Return a wire with the local derivative of its Function by this input; of several outputs, one each."""
    function, result = trace.functions.get(wire["to"]), trace.nodes[wire["to"]]
    if function is None or result.state == "stale" or not multiplies(function, result):
        return wire
    with np.errstate(all="ignore"):
        by_output = [function.local_derivatives(output)[wire["port"]] for output in range(len(result.grad))]
    return label_local(wire, by_output)


def label_local(wire: dict[str, Any], by_output: Sequence[Array]) -> dict[str, Any]:
    """Return a wire with the local derivative of each output by what it brings."""
    drawn, factors = ("×" + " | ×".join(written(factor) for factor in by_output) for written in (on_wire, short_array))
    return {**wire, "label": f"{wire['label']}: {drawn}" if wire.get("label") else drawn, "local": factors}
