"""The picture of the graph behind a Variable, as a notebook shows it."""

from __future__ import annotations

from typing import Final

from engine.autograd import Variable
from engine.display.recorded import recorded
from engine.errors import LimitError
from engine.picture import COLOURS, to_svg

MOST_NODES: Final = 60
"""Of a larger graph no picture is drawn: nobody could read it."""


def picture_of_variable(y: Variable) -> str | None:
    """Return the graph behind a Variable as SVG, with data and grad at every node; None where it is too large."""
    try:
        graph, trace = recorded(y)
    except LimitError:
        return None
    return to_svg(graph, trace) if len(graph) <= MOST_NODES else None


def markup_of_variable(y: Variable) -> str | None:
    """Return the picture as HTML, on a ground of its own, also in a dark notebook; None where there is none."""
    svg = picture_of_variable(y)
    if svg is None:
        return None
    return f'<div style="overflow-x: auto; background: {COLOURS["light"]["ground"]}">{svg}</div>'
