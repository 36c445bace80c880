"""The edits of the whole graph: tidy, replace, set the formula."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from weakref import WeakKeyDictionary

from pydantic import AliasChoices, BeforeValidator, Field, InstanceOf

from engine import limits
from engine.document import (
    Graph,
    Strict,
    Viewport,
    Wiring,
    by_size,
    extent_of,
    from_document,
    layout_in_pieces,
    legible_scale,
    scale_in,
)
from engine.edits.blocks import clear_of_others, with_free_block_names
from engine.edits.nodes import with_positions
from engine.evaluation import fold
from engine.formula import formula_in_pieces
from engine.messages import say
from engine.pieces import Pieces, finish

_Pixels = Annotated[float, Field(gt=0, le=100_000)]
# A tab of an earlier version may still have to hand over an event that says "room".
ViewportSize = Annotated[tuple[_Pixels, _Pixels] | None, Field(validation_alias=AliasChoices("viewport", "room"))]
"""The width and the height, in pixels, that the drawing may take on the screen; None where nobody knows."""

# Tidy -------------------------------------------------------------------------------------------------------------


class Tidy(Strict):
    """Lay the graph out anew, left to right by depth; what would be too small in the viewport is wrapped into lines."""

    type: Literal["tidy"] = "tidy"
    viewport: ViewportSize = None


def apply_tidy(graph: Graph, event: Tidy) -> Graph:
    """Return the graph with every node, and every closed block, where the layout puts it."""
    return finish(tidy_in_pieces(graph, event.viewport))


_LAID_OUT: WeakKeyDictionary[Wiring, tuple[object, dict[str, tuple[float, float]]]] = WeakKeyDictionary()
"""Where the layout has put the nodes, and for which viewport and sizes: it looks at nothing else but the wiring."""


def tidy_in_pieces(graph: Graph, viewport: ViewportSize = None) -> Pieces[Graph]:
    """Do the same as `apply_tidy` in pieces."""
    folded = fold(graph)
    seen_by_layout = viewport, tuple(node.size for node in folded.nodes())
    known = _LAID_OUT.get(folded.wiring)
    if known is None or known[0] != seen_by_layout:
        positions = yield from layout_in_pieces(folded, None if viewport is None else Viewport(*viewport))
        known = _LAID_OUT[folded.wiring] = seen_by_layout, positions
    graph = with_positions(graph, known[1])
    for block in by_size(graph.blocks):
        # The layout knows no frames: what it put into one that it does not belong to moves aside.
        graph = clear_of_others(graph, block.id) if block.is_open else graph
        yield 1.0
    return graph


def legible_in_pieces(graph: Graph, viewport: ViewportSize, least: float = 1.0) -> Pieces[Graph]:
    """Return the graph as it is where it can be read in a viewport, and else laid out for the viewport.

    `least` is the share of the legible scale that is enough for it to stay.
    Where that makes it little larger, and where it is so large that nobody can read all of it at once, it stays.
    """
    if viewport is None or not 0 < len(graph) <= _LARGEST_TO_LAY_OUT:
        return graph
    here = _scale(graph, viewport)
    if here >= least * legible_scale(Viewport(*viewport)):
        return graph
    tidied = yield from tidy_in_pieces(graph, viewport)
    return tidied if _scale(tidied, viewport) > here * _MUCH_LARGER else graph


_LARGEST_TO_LAY_OUT = 60
_MUCH_LARGER = 1.15


def _scale(graph: Graph, viewport: tuple[float, float]) -> float:
    """Return the scale at which all of a graph fits into a viewport."""
    shown = fold(graph)
    return scale_in(Viewport(*viewport), *extent_of(shown, {node.id: (node.x, node.y) for node in shown.nodes()}))


def label_tidy(graph: Graph, event: Tidy) -> str:
    """Return the label: "tidy"."""
    return say("tidy")


# Replace ----------------------------------------------------------------------------------------------------------


def _graph(value: Any) -> Graph:
    return value if isinstance(value, Graph) else from_document(value)


class Replace(Strict):
    """Put another graph in place of the whole; laid out for a viewport in which it could not be read."""

    type: Literal["replace"] = "replace"
    document: Annotated[InstanceOf[Graph], BeforeValidator(_graph)]
    viewport: ViewportSize = None


def apply_replace(graph: Graph, event: Replace) -> Graph:
    """Return the other graph."""
    return finish(replace_in_pieces(event))


def replace_in_pieces(event: Replace) -> Pieces[Graph]:
    """Do the same as `apply_replace` in pieces."""
    return (yield from legible_in_pieces(event.document, event.viewport))


def label_replace(graph: Graph, event: Replace) -> str:
    """Return the label: "open another graph", "begin a new graph"."""
    return say("open another graph") if len(event.document) else say("begin a new graph")


# Set the formula --------------------------------------------------------------------------------------------------


class SetFormula(Strict):
    """Make the graph the one that a formula describes; what the formula leaves unchanged stays as it is.

    Where a viewport is given in which the graph could not be read, it is laid out for it.
    """

    type: Literal["formula"] = "formula"
    text: Annotated[str, Field(max_length=limits.MAX_FORMULA_LENGTH)]
    viewport: ViewportSize = None


def apply_set_formula(graph: Graph, event: SetFormula) -> Graph:
    """Return the graph of a formula; raises FormulaError, which says where in the text."""
    return finish(set_formula_in_pieces(graph, event))


def set_formula_in_pieces(graph: Graph, event: SetFormula) -> Pieces[Graph]:
    """Do the same as `apply_set_formula` in pieces."""
    after = yield from formula_in_pieces(event.text, graph)
    if after.blocks:  # a script that calls functions of its own
        return (yield from tidy_in_pieces(after, event.viewport))
    after = after.with_blocks(with_free_block_names(after.with_blocks(graph.blocks)))
    return (yield from legible_in_pieces(after, event.viewport))


def label_set_formula(graph: Graph, event: SetFormula) -> str:
    """Return the label: "change the formula"."""
    return say("change the formula")
