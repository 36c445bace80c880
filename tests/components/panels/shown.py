"""What a panel shows of a graph, as the page would be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.panels import Look, always_told, panels_in_pieces
from components.state import Computation
from engine.autograd import Variant
from engine.document import Graph
from engine.evaluation import Trace
from engine.explain import Checked, check_graph
from engine.pieces import finish


def shown(
    graph: Graph,
    panel: str,
    *,
    selected: str = "",
    variant: Variant = Variant.STEP_16,
    checked: bool = False,
    **look: Any,
) -> dict[str, Any]:
    settings = Look(panel=panel, **look)
    run = Computation(graph, variant=variant, watched=settings.watched)
    results = check_graph(graph, variant) if checked else None
    return explanations(graph, run.trace, run.picks, settings, selected, results)


def explanations(
    graph: Graph,
    trace: Trace,
    picks: tuple[str, ...] | None,
    look: Look,
    selected: str,
    checked: Sequence[Checked] | None,
) -> dict[str, Any]:
    """Tell what is always told, and what panels tell."""
    found = finish(always_told(graph, trace, picks))
    return finish(panels_in_pieces(graph, trace, picks, look.told_panels, selected, checked)) | found
