"""A worksheet of a graph, for one or for a class with own numbers, and its key: pages to be printed by a browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from components.exports.exported import Paper
from components.exports.sheets import Sheet, key_page, overview_page, pages, worksheet_page
from components.exports.told_steps import tell_steps_in_pieces
from engine.autograd import Variant
from engine.document import Graph, Quantity, Viewport, all_quantities, extent_of, scale_in
from engine.edits import Tidy, apply_in_pieces
from engine.evaluation import Trace, evaluate_in_pieces, fold, masked_trace
from engine.picture import PRINT_COLOURS, svg_in_pieces
from engine.pieces import Pieces, between
from engine.tasks import with_own_numbers

Blanks = Literal["hidden", "grads", "all"]
"""What is left blank: the graph's hidden numbers, every grad with them, or all that is computed with those."""

_VIEWPORT: Final = Viewport(690.0, 440.0)
"""What the picture may take of a sheet, in pixels of a browser: all of its width, and less than half of its height."""
_READ_ON_PAPER: Final = 0.5
"""The scale from which on a drawing is left as it is: there 22 pixels are 8 points."""
_BLANK: Final = "______"


@dataclass(frozen=True)
class Worksheet:
    """Say what a worksheet shall be: of which paper, with which blanks, for whom, and whether its key is with it."""

    title: str
    question: str = ""
    paper: Paper = "A4"
    blanks: Blanks = "hidden"
    names: Sequence[str] = ()
    """For whom; each gets a sheet with the numbers of that name, where inputs have ranges."""
    with_key: bool = False
    variant: Variant = Variant.STEP_16


def blanks_of(graph: Graph, blanks: Blanks) -> frozenset[Quantity]:
    """Return the numbers that are left blank on a worksheet; those that the graph hides always are."""
    found = set(graph.hidden)
    if blanks != "hidden":
        found.update(all_quantities(graph, "grad"))
    if blanks == "all":
        found.update(each for each in all_quantities(graph, "data") if not graph.node(each.node).is_input)
    return frozenset(found)


def worksheet_in_pieces(graph: Graph, wanted: Worksheet) -> Pieces[str]:
    """Return the pages as HTML, in pieces: a sheet for each name, or one; then the keys, if they are wanted.

    Raises TaskError where there are no own numbers for a name.
    """
    laid = yield from between(0.0, 0.1, _laid_out_in_pieces(graph))
    blanks = blanks_of(graph, wanted.blanks)
    sheets, keys = [], []
    names = wanted.names or ("",)
    for place, name in enumerate(names):
        start, share = 0.1 + 0.9 * place / len(names), 0.9 / len(names)
        own = laid
        if graph.ranges and name:
            own = yield from between(start, start + 0.5 * share, with_own_numbers(laid, name))
        trace = yield from evaluate_in_pieces(own, variant=wanted.variant)
        shown = masked_trace(own, trace, blanks)
        sheets.append(Sheet(name, own, shown, (yield from _drawn_in_pieces(own, shown, wanted.title))))
        is_another = place == 0 or bool(graph.ranges)  # without own numbers one key is everybody's
        if wanted.with_key and is_another:
            steps = yield from between(start + 0.6 * share, start + share, tell_steps_in_pieces(own, trace))
            drawn = yield from _drawn_in_pieces(own, trace, wanted.title)
            keys.append((Sheet(name if graph.ranges else "", own, trace, drawn), steps))
    found = [worksheet_page(sheet, wanted.title, wanted.question) for sheet in sheets]
    if len(keys) > 1:
        found.append(overview_page([sheet for sheet, _ in keys], blanks, wanted.title))
    found += [key_page(sheet, blanks, steps, wanted.title, wanted.question) for sheet, steps in keys]
    return pages(found, wanted.title, wanted.paper)


def _drawn_in_pieces(graph: Graph, trace: Trace, title: str) -> Pieces[str]:
    return (yield from svg_in_pieces(graph, trace, colours=PRINT_COLOURS, blank=_BLANK, title=title))


def _laid_out_in_pieces(graph: Graph) -> Pieces[Graph]:
    """Return the graph as it can be read on a sheet: as it stands, or wrapped where that would be too small."""
    before = _scale(graph)
    if before >= _READ_ON_PAPER:
        return graph
    laid = yield from apply_in_pieces(graph, Tidy(viewport=(_VIEWPORT.width, _VIEWPORT.height)))
    return laid if _scale(laid) > before else graph


def _scale(graph: Graph) -> float:
    folded = fold(graph)
    width, height = extent_of(folded, {node.id: (node.x, node.y) for node in folded.nodes()})
    return scale_in(_VIEWPORT, width, height)
