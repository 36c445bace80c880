"""The panel of paths: one gradient for each path from the selected Variable to the output, then the sum."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from components.equations import EXACT, GIVES, Equation, Product, Sum, equation, named_value
from components.panels.panel import Panel, View
from components.text import counted, differentiated_name, multiplies, output_name, short_array, shown_array
from engine.autograd import Array
from engine.document import OutputPort
from engine.evaluation import Trace, shown_port
from engine.explain import Hop, Path, PathFinder
from engine.messages import is_hidden_array, mark
from engine.pieces import Pieces, finish

_SUMMED = 4
"""Paths of which a sum is still written out."""
_ROWS_CHARACTERS = 300_000
"""Of all rows; past them the smallest products are left out."""


class PathsPanel(Panel):
    """Show every path from the selected Variable to the output."""

    name = "paths"
    order = 3
    title = mark("Paths")
    hint = mark("See every path from the selected Variable to the output")

    def tell(self, view: View) -> dict[str, Any]:
        """Return the paths of each output of the selected node or block, and what it costs to find gradients."""
        return finish(self.tell_in_pieces(view))

    def tell_in_pieces(self, view: View) -> Pieces[dict[str, Any]]:
        """Do the same as `tell` in pieces, each a part of the paths."""
        finder = PathFinder(view.graph, view.trace)
        costs = finder.costs()
        paths: dict[str, Any] = {
            "costs": {
                "paths": counted(costs.paths),
                "forward": counted(costs.forward),
                "reverse": counted(costs.reverse),
            },
            "output": differentiated_name(view.graph, view.trace),
        }
        starts = _starts(view)
        if starts and not view.trace.stale and all(view.trace.nodes[node].data is not None for node, _ in starts):
            room = _ROWS_CHARACTERS // len(starts)
            paths["variables"] = []
            for start in starts:
                paths["variables"].append((yield from _variable(view, finder, start, room)))
        return {"paths": paths}


def _starts(view: View) -> list[OutputPort]:
    """Return the outputs of the selected node or block."""
    if view.selected in view.graph:
        return [(view.selected, output) for output in range(view.graph.node(view.selected).n_outputs)]
    block = view.graph.block(view.selected)
    return [] if block is None else list(block.outputs)


def _variable(view: View, finder: PathFinder, start: OutputPort, room: int) -> Pieces[dict[str, Any]]:
    paths = yield from finder.from_variable_in_pieces(start)
    total = paths.total
    rows: list[dict[str, Any]] = []
    for path in paths.listed:  # the largest first
        row = _row(view, start[0], path)
        room -= len(json.dumps(row))
        if room < 0:
            break
        rows.append(row)
        yield 0.9
    return {
        "name": output_name(view.graph.node(start[0]), start[1]),
        "count": counted(paths.count),
        "complete": paths.is_complete and len(rows) == len(paths.listed),
        "total": short_array(total),
        **_sum([path.product for path in paths.listed[: len(rows)]], total),
        "grad": short_array(paths.grad),
        # Another variant, or a second Backward, may have left another gradient than the paths give.
        "agrees": total is not None and paths.grad is not None and _agrees(total, paths.grad),
        "rows": rows,
    }


def _agrees(total: Array, grad: Array) -> bool:
    """Return whether the paths give the gradient; of what is hidden nothing else is said."""
    return is_hidden_array(total) or is_hidden_array(grad) or bool(np.allclose(total, grad))


def _row(view: View, source: str, path: Path) -> dict[str, Any]:
    ids = [source, *(hop.wire.target for hop in path.hops)]
    ports = [shown_port(view.graph, (hop.wire.target, hop.wire.port), view.places) for hop in path.hops]
    product = _product(view.trace, path)
    return {
        "names": " → ".join(view.graph.node(node_id).name for node_id in ids),
        "factors": " × ".join(_factor(view.trace, *each) for each in zip(path.hops, path.factors, strict=True)),
        "sign": GIVES if product is None else product.signs[-1] if product.signs else "",
        "product": short_array(path.product),
        "nodes": list(dict.fromkeys(view.places[node_id] for node_id in ids)),
        "edges": [f"{place}:{port}" for place, port in ports if port >= 0],
    }


def _product(trace: Trace, path: Path) -> Equation | None:
    """Return the product along a path as an equation; None where it is no product of these numbers.

    A path through an op that mixes elements, or through an array that was repeated, has none.
    """
    if not all(multiplies(trace.functions[hop.wire.target], trace.nodes[hop.wire.target]) for hop in path.hops):
        return None
    factors = tuple(map(shown_array, path.factors))
    if not factors:
        return equation([shown_array(path.product)], {})
    found = equation([Product(factors), shown_array(path.product)], {})
    return found if found.signs or len(factors) == 1 else None


def _sum(products: list[Array], total: Array | None) -> dict[str, str]:
    """Return the sum of all products as text, if it is short, and the sign between it and the gradient."""
    if total is None:
        return {"sum": "", "sign": EXACT}
    shown = shown_array(total)
    sides = [Sum(tuple(map(shown_array, products)))] if 1 < len(products) <= _SUMMED else []
    sign = named_value("total", shown).signs[0]
    return {"sum": equation([*sides, shown], {}).plain(), "sign": sign}


def _factor(trace: Trace, hop: Hop, factor: Array) -> str:
    """Write a local derivative; of an op that mixes elements its name, since no number is multiplied there."""
    function = trace.functions[hop.wire.target]
    if multiplies(function, trace.nodes[hop.wire.target]):
        return short_array(factor)
    return f"({type(function).__name__})"
