"""What is said of a graph beside its drawing: always the formula and the faults, and what the open panel shows.

A panel that is closed sends nothing, so that an edit stays small.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from components.border import or_none, or_none_in_pieces
from components.panels.panel import Panel, View, tabs
from components.text import explain_fault, output_name, short_array
from engine.autograd import Variant
from engine.document import Graph, Node, OutputPort, Quantity, Wiring, shown
from engine.evaluation import Trace
from engine.explain import Checked, Fault, faults_in_pieces
from engine.formula import formula_of
from engine.limits import PANEL_CHARACTERS
from engine.messages import say
from engine.pieces import Pieces, between

_FORMULAS: WeakKeyDictionary[Wiring, tuple[list[Node], str]] = WeakKeyDictionary()
"""By graphs that are wired alike: the nodes of which the formula was written, and the formula."""


def always_told(
    graph: Graph, trace: Trace, picks: tuple[str, ...] | None, hidden: frozenset[Quantity] = frozenset()
) -> Pieces[dict[str, Any]]:
    """Return the tabs, the formula, the outputs, and why numbers are wrong if there are any.

    `trace` is whole, or faults could not be found; of hidden gradients none is told.
    """
    formula = or_none(lambda: _formula(graph)) or ""
    found: dict[str, Any] = {"panels": tabs(), "formula": formula, "outputs": _outputs(graph, trace)}
    may_err = trace.variant is not Variant.STEP_16 or picks is not None
    faults = None
    if may_err and not trace.stale:
        faults = yield from or_none_in_pieces(lambda: faults_in_pieces(graph, trace))
    if faults:
        faults = without_hidden(faults, hidden)
        found["faults"] = or_none(lambda: _faults(graph, trace, faults, shown(graph))) or {}
    return found


def without_hidden(faults: dict[OutputPort, Fault], hidden: frozenset[Quantity]) -> dict[OutputPort, Fault]:
    """Return the faults in whose sentences no hidden gradient stands."""
    ports = {each.port for each in hidden if each.kind == "grad"}
    return {
        port: fault
        for port, fault in faults.items()
        if port not in ports and not ports.intersection(receiver for receiver, _, _ in fault.slip.sent)
    }


def _outputs(graph: Graph, trace: Trace) -> list[dict[str, Any]]:
    """Return the outputs that Backward may start from: the ends of the graph, and the one that was chosen."""
    chosen = trace.output
    ends = [(node.id, index) for node in graph.sinks() if not node.is_input for index in range(node.n_outputs)]
    if chosen is not None and chosen not in ends:
        ends.append(chosen)
    return [
        {"node": node, "output": index, "name": output_name(graph.node(node), index), "chosen": (node, index) == chosen}
        for node, index in ends
    ]


def panels_in_pieces(
    graph: Graph,
    trace: Trace,
    picks: tuple[str, ...] | None,
    panels: Sequence[Panel],
    selected: str,
    checked: Sequence[Checked] | None,
    hidden: frozenset[Quantity] = frozenset(),
) -> Pieces[dict[str, Any]]:
    """Return the told panels' parts of the picture; where there is none, why, in a sentence under `panelTrouble`."""
    formula = or_none(lambda: _formula(graph)) or ""
    view = View(graph, trace, formula, shown(graph), selected, picks, checked, hidden)
    found: dict[str, Any] = {}
    for place, panel in enumerate(panels):
        part = yield from between(place / len(panels), (place + 1) / len(panels), _panel_in_pieces(panel, view))
        found = part | found
    return found


def _panel_in_pieces(panel: Panel, view: View) -> Pieces[dict[str, Any]]:
    told = yield from or_none_in_pieces(lambda: panel.tell_in_pieces(view))
    if told is None:
        return {"panelTrouble": say("This panel could not be drawn. The rest of the page goes on.")}
    # Each panel shortens what it shows long before; a new one may have forgotten to.
    if len(json.dumps(told, ensure_ascii=False)) > PANEL_CHARACTERS:
        return {"panelTrouble": say("This panel would show more of this graph than a page can take.")}
    return told


def _formula(graph: Graph) -> str:
    """Return the graph's formula, written once for all graphs that differ only in values and places."""
    nodes, known = graph.nodes(), _FORMULAS.get(graph.wiring)
    if known is None or not all(a is b or _is_written_alike(a, b) for a, b in zip(known[0], nodes, strict=True)):
        known = _FORMULAS[graph.wiring] = (nodes, formula_of(graph))
    return known[1]


def _is_written_alike(one: Node, other: Node) -> bool:
    same = (one.id, one.op, one.name, one.parameters) == (other.id, other.op, other.name, other.parameters)
    # An input named as a constant is written with its value.
    return same and one.is_named == other.is_named and (one.name not in ("pi", "e") or one.value == other.value)


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
