"""The panel of the check: what the output does when an input is moved, and whether every gradient is right."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from components.panels.panel import Panel, View
from components.text import NONE, differentiated_name, first_entries, short
from engine.document import to_array
from engine.explain import Checked, nudge_in_pieces
from engine.messages import HIDDEN_SIGN, mark, say
from engine.pieces import Pieces, finish

_HIDDEN_NUDGE = {**dict.fromkeys(("quotient", "grad", "apart"), HIDDEN_SIGN), "remarks": []}
"""What is said of a nudge that would give a hidden gradient."""
_QUOTIENT_DIGITS = 6
"""More than beside it: as h shrinks, one sees the quotient close in on the gradient."""


class CheckPanel(Panel):
    """Show what a small change of each input does, beside its gradient, and the last gradient check."""

    name = "check"
    order = 4
    title = mark("Check")
    hint = mark("Nudge the inputs, and check every gradient")

    exponent: Annotated[float, Field(ge=-12, le=1)] = -1.0
    """Inputs are moved by ten to this power."""

    def tell(self, view: View) -> dict[str, Any]:
        """Return what the nudges found, and the gradient check if there was one since the last edit."""
        return finish(self.tell_in_pieces(view))

    def tell_in_pieces(self, view: View) -> Pieces[dict[str, Any]]:
        """Do the same as `tell` in pieces, each a nudge."""
        found: dict[str, Any] = {"nudge": (yield from _nudges(view, 10.0**self.exponent))}
        if view.checked is not None:
            found["check"] = [_result(view, each) for each in view.checked]
        return found


def _nudges(view: View, h: float) -> Pieces[dict[str, Any]]:
    graph = view.graph
    rows: list[dict[str, Any]] = []
    hidden = {each.node for each in view.hidden if each.kind == "grad"}
    quotients = [] if view.trace.stale else (yield from nudge_in_pieces(graph, view.trace, h))
    for found in quotients:
        index = f"[{', '.join(map(str, found.index))}]" if found.index else ""
        if found.node in hidden:
            rows.append(
                {"id": view.places[found.node], "name": f"{graph.node(found.node).name}{index}", **_HIDDEN_NUDGE}
            )
            continue
        apart = NONE
        if found.quotient is not None and found.grad is not None:
            apart = short(abs(found.quotient - found.grad))
        rows.append(
            {
                "id": view.places[found.node],
                "name": f"{graph.node(found.node).name}{index}",
                "quotient": NONE if found.quotient is None else short(found.quotient, _QUOTIENT_DIGITS),
                "grad": NONE if found.grad is None else short(found.grad),
                "apart": apart,
                "remarks": [say("{remark}.", remark=remark) for remark in found.remarks],
            }
        )
    entries = sum(to_array(node.value).size for node in graph.nodes() if node.value is not None)
    return {
        "h": short(h),
        "rows": rows,
        "left": entries - len(rows) if rows else 0,
        "output": differentiated_name(graph, view.trace),
    }


def _result(view: View, checked: Checked) -> dict[str, Any]:
    if any(each.node == checked.node and each.kind == "grad" for each in view.hidden):
        hidden = dict.fromkeys(("analytical", "numerical", "error"), HIDDEN_SIGN)
        known = {"agrees": bool(checked), "answered": checked.is_answered, "remarks": [], "left": checked.left_out}
        return {"id": view.places[checked.node], "name": view.graph.node(checked.node).name, **hidden, **known}
    return {
        "id": view.places[checked.node],
        "name": view.graph.node(checked.node).name,
        "analytical": first_entries(checked.analytical.tolist()),
        "numerical": first_entries(checked.numerical.tolist()),
        "error": short(checked.relative_error),
        "agrees": bool(checked),
        "answered": checked.is_answered,
        "remarks": [say("{remark}.", remark=remark) for remark in checked.remarks],
        "left": checked.left_out,
    }
