"""Where the frames of open blocks stand: around what is in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.document import Block, Graph, shown
from engine.picture.ways import Bounds, around

PADDING: Final = 26.0
BAR_HEIGHT: Final = 44.0
"""Of the frame's name, above what is in it."""


def frames_of(graph: Graph, boxes: Mapping[str, Bounds]) -> list[tuple[Block, Bounds]]:
    """Return the frames of the open blocks that show, the larger ones first; `boxes` are those of the shown nodes."""
    places = shown(graph)
    found: dict[str, tuple[Block, Bounds]] = {}
    # From the inside out, so that a frame stands around those in it.
    for block in sorted(graph.blocks, key=lambda each: len(each.members)):
        inside = dict.fromkeys(places[member] for member in block.members)
        closed = [other for place in inside if (other := graph.block(place)) is not None]
        if any(len(other.members) >= len(block.members) for other in closed):
            continue  # closed itself, or in one that is
        frames = [bounds for other, bounds in found.values() if set(other.members) <= set(block.members)]
        left, top, right, bottom = around([*(boxes[place] for place in inside), *frames])
        bounds = Bounds(left - PADDING, top - PADDING - BAR_HEIGHT, right + PADDING, bottom + PADDING)
        found[block.id] = block, bounds
    return list(reversed(found.values()))
