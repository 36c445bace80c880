"""Lay a graph out for another viewport, as when a panel opens beside it, as long as no hand has placed a node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from components.state.history import Arrangement, Snapshot
from engine.document import Graph, Strict
from engine.edits import Event, Move, SetFormula, Tidy, ViewportSize, apply, legible_in_pieces
from engine.evaluation import fold
from engine.pieces import Pieces

if TYPE_CHECKING:
    from components.state.playground import Playground

_LEAST = 0.78
"""The share of the legible size from which on nodes stay where they are, though they could be larger elsewhere."""


class Arrange(Strict):
    """Lay out for another viewport what no hand has placed."""

    type: Literal["arrange"] = "arrange"
    viewport: ViewportSize


def arrange_in_pieces(playground: Playground, viewport: ViewportSize) -> Pieces[None]:
    """Lay the graph out for a viewport in which it could not be read, or as it came where it can; no step of undo.

    Where a hand has placed a node since the graph came, all stay where they are.
    """
    playground.viewport = viewport
    present = playground.present
    arranged = _arrangement_of(present)
    if arranged is None or not len(present.graph):
        return
    here = _places(present.graph)
    came = {node_id: place for node_id, place in _places(arranged.came).items() if node_id in here}
    graph = yield from legible_in_pieces(apply(present.graph, Move(positions=came)), viewport, _LEAST)
    if _places(graph) != here:
        playground.show(replace(present, graph=graph, arranged=Arrangement(arranged.came, graph)))


def arranged_after(event: Event, before: Snapshot, graph: Graph) -> Arrangement | None:
    """Return how a graph is arranged after an edit: anew, or as before, which its nodes may tell to be out of date."""
    is_laid_out = isinstance(event, Tidy) or (isinstance(event, SetFormula) and _arrangement_of(before) is not None)
    return Arrangement(graph, graph) if is_laid_out else before.arranged


def _arrangement_of(snapshot: Snapshot) -> Arrangement | None:
    """Return how the nodes were put where they stand; None where hands have placed some."""
    arranged = snapshot.arranged
    if arranged is None or _places(snapshot.graph).items() - _places(arranged.put).items():
        return None
    return arranged


def _places(graph: Graph) -> Mapping[str, tuple[float, float]]:
    """Return where the nodes and the closed blocks stand."""
    return {node.id: (node.x, node.y) for node in fold(graph).nodes()}
