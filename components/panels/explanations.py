"""What is said of a graph beside its drawing: always the formula and the faults, and what the open panel shows.

A panel that is closed sends nothing, so that an edit stays small.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from components.border import or_none, or_none_in_pieces
from components.panels.look import Look
from components.panels.panel import Panel, View, tabs
from components.text import explain_fault, output_name, short_array
from engine.autograd import Variant
from engine.document import Graph, OutputPort, Wiring, shown
from engine.evaluation import Trace
from engine.explain import Checked, Fault, faults_in_pieces
from engine.formula import formula_of
from engine.limits import PANEL_CHARACTERS
from engine.messages import say
from engine.pieces import Pieces, finish

_FORMULAS: WeakKeyDictionary[Wiring, tuple[list[str], str]] = WeakKeyDictionary()


def explanations(
    graph: Graph,
    trace: Trace,
    picks: tuple[str, ...] | None,
    look: Look,
    selected: str,
    checked: Sequence[Checked] | None,
) -> dict[str, Any]:
    """Return the tabs and the formula, why numbers are wrong if there are any, and the open panel's part."""
    found = finish(always_told(graph, trace, picks))
    if look.open_panel is not None:
        # What is always told cannot be replaced by a panel.
        found = finish(panel_in_pieces(graph, trace, picks, look.open_panel, selected, checked)) | found
    return found


def always_told(graph: Graph, trace: Trace, picks: tuple[str, ...] | None) -> Pieces[dict[str, Any]]:
    """Return the tabs, the formula, and why numbers are wrong if there are any."""
    formula = or_none(lambda: _formula(graph)) or ""
    found: dict[str, Any] = {"panels": tabs(), "formula": formula}
    may_err = trace.variant is not Variant.STEP_16 or picks is not None
    faults = None
    if may_err and not trace.stale:
        faults = yield from or_none_in_pieces(lambda: faults_in_pieces(graph, trace))
    if faults:
        found["faults"] = or_none(lambda: _faults(graph, trace, faults, shown(graph))) or {}
    return found


def panel_in_pieces(
    graph: Graph,
    trace: Trace,
    picks: tuple[str, ...] | None,
    panel: Panel,
    selected: str,
    checked: Sequence[Checked] | None,
) -> Pieces[dict[str, Any]]:
    """Return the open panel's part of the picture; where there is none, why, in a sentence under `panelTrouble`."""
    view = View(graph, trace, or_none(lambda: _formula(graph)) or "", shown(graph), selected, picks, checked)
    told = yield from or_none_in_pieces(lambda: panel.tell_in_pieces(view))
    if told is None:
        return {"panelTrouble": say("This panel could not be drawn. The rest of the page goes on.")}
    # Each panel shortens what it shows long before; a new one may have forgotten to.
    if len(json.dumps(told, ensure_ascii=False)) > PANEL_CHARACTERS:
        return {"panelTrouble": say("This panel would show more of this graph than a page can take.")}
    return told


def _formula(graph: Graph) -> str:
    """Return the graph's formula, written once for all graphs that differ only in values and places."""
    names = [f"{node.name} {dict(node.parameters)}" for node in graph.nodes()]
    known = _FORMULAS.get(graph.wiring)
    if known is None or known[0] != names:
        known = _FORMULAS[graph.wiring] = (names, formula_of(graph))
    return known[1]


def _faults(
    graph: Graph, trace: Trace, faults: dict[OutputPort, Fault], places: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Return, for each wrong number, the right one, and why it is wrong.

    A wrong output of a closed block stands at the block. What is wrong deeper inside is in the result too, by its own
    node, which the picture does not show.
    """
    found = {}
    for (node_id, output), fault in faults.items():
        name = output_name(graph.node(node_id), output)
        grad, right = short_array(trace.nodes[node_id].grad[output]), short_array(fault.right)
        block = graph.block(places[node_id])
        found[node_id if block is None or (node_id, output) not in block.outputs else block.id] = {
            "right": right,
            "why": explain_fault(graph, fault, name, grad, right),
            "step": fault.slip.step + 1,
            "rule": fault.reason,
        }
    return found
