"""What a panel shows of a graph, as the page would be told."""

from __future__ import annotations

from typing import Any

from components.panels import Look, explanations
from components.state import Computation
from engine.autograd import Variant
from engine.document import Graph
from engine.explain import check_graph


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
