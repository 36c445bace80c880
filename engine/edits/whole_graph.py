"""The edits of the whole graph: tidy, replace, set the formula."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from weakref import WeakKeyDictionary

from pydantic import BeforeValidator, Field, InstanceOf

from engine import limits
from engine.document import Graph, Strict, Wiring, by_size, from_document, layout_in_pieces
from engine.edits.blocks import clear_of_others, with_free_block_names
from engine.edits.nodes import with_positions
from engine.evaluation import fold
from engine.formula import formula_in_pieces
from engine.messages import say
from engine.pieces import Pieces, finish

# Tidy -------------------------------------------------------------------------------------------------------------


class Tidy(Strict):
    """Lay the graph out anew, left to right by depth."""

    type: Literal["tidy"] = "tidy"


def apply_tidy(graph: Graph, event: Tidy) -> Graph:
    """Return the graph with every node, and every closed block, where the layout puts it."""
    return finish(tidy_in_pieces(graph))


_LAID_OUT: WeakKeyDictionary[Wiring, dict[str, tuple[float, float]]] = WeakKeyDictionary()
"""Where the layout puts the nodes: it looks at nothing but what is wired to what."""


def tidy_in_pieces(graph: Graph) -> Pieces[Graph]:
    """Do the same as `apply_tidy` in pieces."""
    folded = fold(graph)
    positions = _LAID_OUT.get(folded.wiring)
    if positions is None:
        positions = _LAID_OUT[folded.wiring] = yield from layout_in_pieces(folded)
    graph = with_positions(graph, positions)
    for block in by_size(graph.blocks):
        # The layout knows no frames: what it put into one that it does not belong to moves aside.
        graph = clear_of_others(graph, block.id) if block.is_open else graph
        yield 1.0
    return graph


def label_tidy(graph: Graph, event: Tidy) -> str:
    """Return the label: "tidy"."""
    return say("tidy")


# Replace ----------------------------------------------------------------------------------------------------------


def _graph(value: Any) -> Graph:
    return value if isinstance(value, Graph) else from_document(value)


class Replace(Strict):
    """Put another graph in place of the whole."""

    type: Literal["replace"] = "replace"
    document: Annotated[InstanceOf[Graph], BeforeValidator(_graph)]


def apply_replace(graph: Graph, event: Replace) -> Graph:
    """Return the other graph."""
    return event.document


def label_replace(graph: Graph, event: Replace) -> str:
    """Return the label: "open another graph", "begin a new graph"."""
    return say("open another graph") if len(event.document) else say("begin a new graph")


# Set the formula --------------------------------------------------------------------------------------------------


class SetFormula(Strict):
    """Make the graph the one that a formula describes; what the formula leaves unchanged stays as it is."""

    type: Literal["formula"] = "formula"
    text: Annotated[str, Field(max_length=limits.MAX_FORMULA_LENGTH)]


def apply_set_formula(graph: Graph, event: SetFormula) -> Graph:
    """Return the graph of a formula; raises FormulaError, which says where in the text."""
    return finish(set_formula_in_pieces(graph, event))


def set_formula_in_pieces(graph: Graph, event: SetFormula) -> Pieces[Graph]:
    """Do the same as `apply_set_formula` in pieces."""
    after = yield from formula_in_pieces(event.text, graph)
    if after.blocks:  # a script that calls functions of its own
        return (yield from tidy_in_pieces(after))
    return after.with_blocks(with_free_block_names(after.with_blocks(graph.blocks)))


def label_set_formula(graph: Graph, event: SetFormula) -> str:
    """Return the label: "change the formula"."""
    return say("change the formula")
