"""Where it stands which use of a Variable a wire is: beside its wire, since a line through "x1" reads x−1."""

from __future__ import annotations

import math
from itertools import product
from typing import Final

from engine.picture.fitting import NODE_TEXT_PX
from engine.picture.ways import DrawnWire, Point, point_on_curve

_SHARES: Final = (0.5, 0.68, 0.32)
"""Of the wire: in its middle rather than near an end."""
_SIDES: Final = (1, -1)
"""Outside of its bow rather than inside."""
_AWAY: Final = Point(1.0, 0.8)
"""From a wire to the middle of a label that stands beside it, and above it, in heights of the text."""
_APART: Final = Point(1.7, 1.0)
"""Of two labels, side by side and one above the other."""


class PortLabels:
    """Find a place for each label, clear of those that were placed before."""

    def __init__(self) -> None:
        """Begin with a picture on which none stands yet."""
        self._placed: list[Point] = []

    def place(self, wire: DrawnWire) -> Point:
        """Return the middle of a wire's label."""
        places = [_beside(wire, share, side) for share, side in product(_SHARES, _SIDES)]
        found = next((place for place in places if self._is_free(place)), places[0])
        self._placed.append(found)
        return found

    def _is_free(self, place: Point) -> bool:
        return all(
            abs(place.x - other.x) >= _APART.x * NODE_TEXT_PX or abs(place.y - other.y) >= _APART.y * NODE_TEXT_PX
            for other in self._placed
        )


def _beside(wire: DrawnWire, share: float, side: int) -> Point:
    """Return a point beside a wire; `side` 1 is outside of its bow."""
    (x, y), (to_x, to_y) = wire.start, wire.end
    length = math.hypot(to_x - x, to_y - y) or 1.0
    across = Point(-(to_y - y) / length, (to_x - x) / length)
    middle = point_on_curve(wire, 0.5)
    bows = (middle.x - (x + to_x) / 2) * across.x + (middle.y - (y + to_y) / 2) * across.y
    toward = math.copysign(side, bows or -1)
    on = point_on_curve(wire, share)
    return Point(on.x + toward * across.x * _AWAY.x * NODE_TEXT_PX, on.y + toward * across.y * _AWAY.y * NODE_TEXT_PX)
