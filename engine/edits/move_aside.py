"""Find where nodes and blocks go that stand in the way of a block: of its box, or of its frame while it is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.document import BLOCK_SIZE, FUNCTION_SIZE, INPUT_SIZE, Block, Graph, Node, Size, centre, members_of, shown

FRAME_MARGINS: Final = (34.0, 82.0, 34.0, 34.0)
"""How far a frame reaches beyond its members: left, top, right, bottom."""
GAP_DOWN: Final = 24.0
"""Between what stands below each other."""
GAP_ACROSS: Final = 72.0
"""Between what stands side by side: its wires are to be visible."""
MOST_MOVED: Final = 50
"""Where more than this stand in the way, nothing is moved."""
_DIRECTIONS: Final = ((0, -1), (0, 1), (-1, 0), (1, 0))


@dataclass(frozen=True)
class Area:
    """Hold a rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, size: Size) -> Area:
        """Return the area of a size around a point."""
        return cls(x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)

    def meets(self, other: Area) -> bool:
        """Return whether two areas overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def shifted(self, dx: float, dy: float) -> Area:
        """Return the area elsewhere."""
        return Area(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def distance(self, direction: tuple[int, int]) -> float:
        """Return how far in a direction the area begins."""
        across, down = direction
        if across:
            return self.left if across > 0 else -self.right
        return self.top if down > 0 else -self.bottom

    def way_past(self, other: Area, direction: tuple[int, int]) -> tuple[float, float]:
        """Return how far to go in a direction so as to be clear of another area."""
        match direction:
            case (0, -1):
                return 0.0, other.top - GAP_DOWN - self.bottom
            case (0, 1):
                return 0.0, other.bottom + GAP_DOWN - self.top
            case (-1, 0):
                return other.left - GAP_ACROSS - self.right, 0.0
        return other.right + GAP_ACROSS - self.left, 0.0


def positions_aside(graph: Graph, block: Block) -> dict[str, tuple[float, float]]:
    """Return new positions for the nodes and blocks that stand in the way of a block, each as near as it can be.

    Where more than MOST_MOVED stand in its way, nothing is moved.
    """
    areas = dict(_others(graph, block))
    taken = _area(graph, block)
    positions: dict[str, tuple[float, float]] = {}
    in_the_way = [(each, area) for each, area in areas.items() if area.meets(taken)]
    if len(in_the_way) > MOST_MOVED:
        return {}
    for each, area in in_the_way:
        del areas[each]
        ways = [_way_out(area, [taken, *areas.values()], way) for way in _directions(graph, block, each)]
        dx, dy = min(ways, key=lambda way: abs(way[0]) + abs(way[1]))
        areas[each] = area.shifted(dx, dy)
        other = graph.block(each)
        x, y = (graph.node(each).x, graph.node(each).y) if other is None else centre(graph, other)
        positions[each] = (x + dx, y + dy)
    return positions


def _directions(graph: Graph, block: Block, each: str) -> Sequence[tuple[int, int]]:
    """Return where something may move: what feeds a closed block stays on its left, and what it feeds on its right."""
    nodes = set(members_of(graph, [each]))
    feeds = any(edge.source in nodes and edge.target in block.members for edge in graph.edges())
    is_fed = any(edge.target in nodes and edge.source in block.members for edge in graph.edges())
    if block.is_open or feeds == is_fed:
        return _DIRECTIONS
    return [(-1, 0)] if feeds else [(1, 0)]


def _others(graph: Graph, block: Block) -> Iterator[tuple[str, Area]]:
    """Yield what stands beside a block: nodes, closed blocks, and open ones with all that is in them."""
    members = set(block.members)
    grouped: set[str] = set()
    for other in sorted(graph.blocks, key=lambda each: -len(each.members)):
        if members.isdisjoint(other.members) and grouped.isdisjoint(other.members):
            grouped.update(other.members)
            yield other.id, _area(graph, other)
    for node in graph.nodes():
        if node.id not in members and node.id not in grouped:
            yield node.id, _node_area(node)


def _area(graph: Graph, block: Block) -> Area:
    if not block.is_open:
        return Area.around(*centre(graph, block), BLOCK_SIZE)
    shown_as = shown(graph)
    blocks = {each.id: each for each in graph.blocks}
    inner = [
        _area(graph, blocks[place]) if (place := shown_as[member]) in blocks else _node_area(graph.node(member))
        for member in block.members
    ]
    left, top, right, bottom = FRAME_MARGINS
    return Area(
        min(area.left for area in inner) - left,
        min(area.top for area in inner) - top,
        max(area.right for area in inner) + right,
        max(area.bottom for area in inner) + bottom,
    )


def _node_area(node: Node) -> Area:
    return Area.around(node.x, node.y, INPUT_SIZE if node.is_input else FUNCTION_SIZE)


def _way_out(area: Area, taken: Iterable[Area], direction: tuple[int, int]) -> tuple[float, float]:
    """Return how far an area has to go in a direction until it meets nothing."""
    dx = dy = 0.0
    # In the order in which they are met: what has been passed does not stand in the way again.
    for other in sorted(taken, key=lambda each: each.distance(direction)):
        here = area.shifted(dx, dy)
        if here.meets(other):
            step = here.way_past(other, direction)
            dx, dy = dx + step[0], dy + step[1]
    return dx, dy
