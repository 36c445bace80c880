"""Wires as wide as the gradient that came back over them, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from components.text import short_array
from engine.autograd import Array
from engine.document import Graph, shown
from engine.evaluation import Trace, shown_port

_THINNEST: Final = 2.0
_WIDEST: Final = 9.0
_NOTHING: Final = [3, 7]
"""The dashes of a wire over which no gradient came, or 0: a form, since it has no width to tell it by."""
_ARROW: Final = 16.5
"""How long an arrow is: vis-network adds three widths to what is asked for."""
_LEAST_ARROW: Final = 1.5


def widen(edges: dict[str, dict[str, Any]], graph: Graph, trace: Trace) -> dict[str, int]:
    """Draw each wire as wide as the gradient that came back over it; return the powers of ten that the scale spans."""
    came = _came_back(graph, trace)
    heights = {edge: math.log10(size) for edge, (size, _) in came.items() if 0 < size < math.inf}
    low, high = _spanned(heights.values())
    for edge, wire in edges.items():
        size, text = came.get(edge, (0.0, ""))
        share = (heights[edge] - low) / (high - low) if edge in heights else float(size > 0)  # inf is wide, nan thin
        width = round(_THINNEST + share * (_WIDEST - _THINNEST), 1)
        arrow = {"enabled": True, "scaleFactor": round(max(_ARROW - 3 * width, _LEAST_ARROW) / 15, 2)}
        edges[edge] = {**wire, "width": width, "dashes": False if size > 0 else _NOTHING, "arrows": {"to": arrow}}
        if text:
            edges[edge]["gradient"] = text
    return {"low": low, "high": high}


def _came_back(graph: Graph, trace: Trace) -> dict[str, tuple[float, str]]:
    """Return, for each wire as it is shown, the largest |gradient| that came back over it, and that in words."""
    if trace.stale:
        return {}
    places = shown(graph)
    sums: dict[str, Array] = {}
    for step in trace.steps:
        if step.kind != "backward":
            continue
        for port, gradient in enumerate(step.sent):
            target, shown_at = shown_port(graph, (step.node, port), places)
            wire = f"{target}:{shown_at}"
            with np.errstate(all="ignore"):
                sums[wire] = gradient if wire not in sums else np.asarray(sums[wire] + gradient)
    with np.errstate(all="ignore"):
        return {
            wire: (float(np.max(np.abs(gradient), initial=0.0)), short_array(gradient))
            for wire, gradient in sums.items()
        }


def _spanned(heights: Iterable[float]) -> tuple[int, int]:
    """Return the powers of ten between which all heights lie."""
    low, high = math.floor(min(heights := list(heights), default=0)), math.ceil(max(heights, default=0))
    return (low if low < high else low - 1), high
