"""Find heights at which the nodes of a layered drawing stand clear of the wires that pass them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from engine.document.geometry import COLUMN_DISTANCE, FUNCTION_SIZE, INPUT_SIZE, ROW_DISTANCE
from engine.document.graph import Edge, Graph
from engine.pieces import Pieces

Slot = str | tuple[str, int, int]
"""What stands in a layer: a node, by its id, or a wire that passes the layer, by its target, port and layer."""

PORTS_HEIGHT: Final = FUNCTION_SIZE[1]
"""Along which a node's ports stand."""
_HALF_WIDTH: Final = (FUNCTION_SIZE[0] + INPUT_SIZE[0]) / 4
"""From the middle of a node to where a wire leaves it: of an op's box and an input's ellipse, the mean."""
_CLEARANCE: Final = 8.0
"""Between a node and a wire that passes it."""
_CURVE_STEPS: Final = 24
_STEPS_A_LAYER: Final = 6
_CURVE: Final = 0.45
"""How far across a wire's control points lie, as a fraction."""
_SWEEPS: Final = 12


def port_height(index: int, count: int) -> float:
    """Return where a port stands along a node's side, as a fraction from −½, the top, to ½."""
    return (index + 1) / (count + 1) - 0.5


def clear(graph: Graph, layers: Sequence[Sequence[Slot]], y: dict[Slot, float]) -> Pieces[dict[Slot, float]]:
    """Return heights at which nodes stand clear of the wires that pass them.

    A wire has a place in each layer that it passes, but is drawn as one curve, which may miss it. What stands above
    that place is pushed up from the curve, what stands below is pushed down. Ends move with it, so it takes rounds; of
    graphs that no round clears, such as one where two long wires each pass the other's end, the best one is kept.
    """
    depth = {slot: number for number, layer in enumerate(layers) for slot in layer}
    passing: list[tuple[_Wire, list[str], int]] = []
    for number, layer in enumerate(layers):
        yield 0.0
        nodes = [slot for slot in layer if isinstance(slot, str)]
        above = 0  # how many of them stand above the place that is looked at
        for slot in layer:
            if isinstance(slot, str):
                above += 1
            else:
                passing.append((_Wire(graph, graph.wires_into(slot[0])[slot[1]], number, depth), nodes, above))
    half = {node.id: (INPUT_SIZE if node.is_input else FUNCTION_SIZE)[1] / 2 + _CLEARANCE for node in graph.nodes()}
    best, fewest = y, 2 * len(passing) + 1
    for sweep in range(_SWEEPS):
        moved, hidden = dict(y), 0
        for wire, nodes, above in passing:
            highest, lowest = wire.reach(moved)
            hidden += _push(nodes, range(above, len(nodes)), half, lowest, 1, moved)
            hidden += _push(nodes, range(above - 1, -1, -1), half, highest, -1, moved)
        if hidden < fewest:
            best, fewest = y, hidden
        if not hidden:
            break
        y = moved
        yield (sweep + 1) / _SWEEPS
    return best


def _push(
    nodes: Sequence[str], places: range, half: dict[str, float], wire: float, way: int, y: dict[Slot, float]
) -> bool:
    """Push nodes of a layer beyond a wire, downwards or, where `way` is −1, upwards.

    The nearest one comes first; return whether the wire ran under it. `half` is how far a wire passes from a node.
    """
    if not places:
        return False
    nearest = nodes[places[0]]
    limit = wire + way * half[nearest]
    is_hidden = way * (y[nearest] - limit) < -1.0
    for place in places:
        if way * (y[nodes[place]] - limit) >= 0:
            break
        y[nodes[place]] = limit
        limit += way * ROW_DISTANCE
    return is_hidden


class _Wire:
    """A wire's curve where it passes the nodes of one layer."""

    def __init__(self, graph: Graph, edge: Edge, layer: int, depth: dict[Slot, int]) -> None:
        self.source, self.target = edge.source, edge.target
        self.leaves = PORTS_HEIGHT * port_height(edge.output, graph.node(edge.source).n_outputs)
        self.enters = PORTS_HEIGHT * port_height(edge.port, len(graph.node(edge.target).ports))
        self.first, self.last = _parts(depth[edge.target] - depth[edge.source])[layer - depth[edge.source]]

    def reach(self, y: dict[Slot, float]) -> tuple[float, float]:
        """Return the least and the largest y of the curve in the layer, for these heights of the nodes."""
        start, end = y[self.source] + self.leaves, y[self.target] + self.enters
        first, last = start + (end - start) * self.first, start + (end - start) * self.last
        return (first, last) if first < last else (last, first)


@lru_cache(maxsize=1024)
def _parts(span: int) -> list[tuple[float, float]]:
    """Return, of a wire across `span` layers, which part of its way up or down is behind it in each layer.

    For each layer the part where it comes to the nodes there, and the part where it leaves them.
    """
    left, right = _HALF_WIDTH, span * COLUMN_DISTANCE - _HALF_WIDTH
    # So many that at least one point lies in each layer that the wire passes, however many these are.
    steps = max(_CURVE_STEPS, _STEPS_A_LAYER * span)
    parts = [(1.0, 0.0)] * (span + 1)
    for step in range(steps + 1):
        t = step / steps
        bend = 3 * t * (1 - t)
        x = left + (right - left) * (bend * ((1 - t) * _CURVE + t * (1 - _CURVE)) + t**3)
        layer = round(x / COLUMN_DISTANCE)
        if abs(x - layer * COLUMN_DISTANCE) <= _HALF_WIDTH + _CLEARANCE:
            part = 3 * t**2 * (1 - t) + t**3
            first, last = parts[layer]
            parts[layer] = min(first, part), max(last, part)
    return parts
