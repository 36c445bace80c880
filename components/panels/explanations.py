"""What the open panel explains: added to the picture only while somebody looks, so that an edit stays small."""

from __future__ import annotations

from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from components.panels.descent import descent_of
from components.panels.look import Look
from components.panels.steps import steps_of
from components.text import NONE, multiplies, output_name, short, short_array, tell_slip
from engine.autograd import Array, Variant
from engine.document import Graph, OutputPort, Wiring, shown, to_array
from engine.evaluation import Trace, shown_port
from engine.explain import (
    Checked,
    Fault,
    Hop,
    Path,
    PathFinder,
    book_script,
    find_faults,
    nudge,
    program_script,
    text_of,
    torch_script,
)
from engine.formula import formula_of

_COUNTED_IN_FULL = 10**9
_LARGEST_FLOAT = 10**300
_FORMULAS: WeakKeyDictionary[Wiring, tuple[list[str], str]] = WeakKeyDictionary()


def explanations(
    graph: Graph,
    trace: Trace,
    picks: tuple[str, ...] | None,
    look: Look,
    selected: str,
    checked: list[Checked] | None,
) -> dict[str, Any]:
    """Return what the browser looks at now: the formula always, why numbers are wrong, and the open panel's part."""
    seen = shown(graph)
    found: dict[str, Any] = {"formula": _formula(graph)}
    may_err = trace.variant is not Variant.STEP_16 or picks is not None
    if may_err and not trace.stale and (faults := find_faults(graph, trace)):
        found["faults"] = _told_faults(graph, trace, faults, seen)
    match look.panel:
        case "steps":
            found["picking"] = picks is not None
            found["picks"] = list(picks or ())
            found["steps"] = {"stale": True} if trace.stale else steps_of(graph, trace)
        case "paths":
            found["paths"] = _told_paths(graph, trace, selected, seen)
        case "check":
            found["nudge"] = _told_nudge(graph, trace, look.exponent, seen)
            if checked is not None:
                found["check"] = [_told_check(graph, each, seen) for each in checked]
        case "descent":
            found["descent"] = descent_of(graph, trace, look.descent, found["formula"])
        case "code":
            scripts = {
                "engine": book_script(graph, trace),
                "torch": torch_script(graph, trace),
                "program": program_script(graph, trace),
            }
            found["code"] = {
                kind: {"text": text_of(lines), "lines": [[line.text, seen.get(line.node or "", "")] for line in lines]}
                for kind, lines in scripts.items()
            }
    return found


def _formula(graph: Graph) -> str:
    """Return the graph's formula, written once for all graphs that differ only in values and places."""
    names = [f"{node.name} {dict(node.parameters)}" for node in graph.nodes()]
    known = _FORMULAS.get(graph.wiring)
    if known is None or known[0] != names:
        known = _FORMULAS[graph.wiring] = (names, formula_of(graph))
    return known[1]


def _told_faults(graph: Graph, trace: Trace, faults: dict[OutputPort, Fault], seen: dict[str, str]) -> dict[str, Any]:
    """Return, for each wrong number, the right one, and why it is wrong.

    A closed block speaks for its outputs; what is wrong inside of it is told as well, but stands nowhere.
    """
    told: dict[str, Any] = {}
    for (node_id, output), fault in faults.items():
        name = output_name(graph.node(node_id), output)
        shown, right = short_array(trace.nodes[node_id].grad[output]), short_array(fault.right)
        slip = f"At step {fault.slip.step + 1}, {tell_slip(graph, fault.slip)}"
        via = "" if fault.via is None else f"It comes from {graph.node(fault.via).name}. "
        block = graph.block(seen[node_id])
        told[node_id if block is None or (node_id, output) not in block.outputs else block.id] = {
            "right": right,
            "why": f"{name}.grad is {shown}, and {right} is right. {via}{slip}",
            "step": fault.slip.step + 1,
            "rule": fault.reason,
        }
    return told


def _told_paths(graph: Graph, trace: Trace, selected: str, seen: dict[str, str]) -> dict[str, Any]:
    finder = PathFinder(graph, trace)
    costs = finder.costs()
    told: dict[str, Any] = {
        "costs": {
            "paths": _counted(costs.paths),
            "forward": _counted(costs.forward),
            "reverse": _counted(costs.reverse),
        },
        "output": "" if trace.output is None else output_name(graph.node(trace.output[0]), trace.output[1]),
    }
    block = graph.block(selected)
    starts: list[OutputPort] = [] if block is None else list(block.outputs)
    if selected in graph:
        starts = [(selected, output) for output in range(graph.node(selected).n_outputs)]
    if not starts or trace.stale or any(trace.nodes[node_id].data is None for node_id, _ in starts):
        return told
    told["variables"] = []
    for node_id, output in starts:
        node = graph.node(node_id)
        paths = finder.from_variable((node_id, output))
        total = paths.total
        told["variables"].append(
            {
                "name": output_name(node, output),
                "count": _counted(paths.count),
                "complete": paths.is_complete,
                "total": short_array(total),
                "grad": short_array(paths.grad),
                # Another engine, or a second Backward, may have left another gradient than the paths give.
                "agrees": total is not None and paths.grad is not None and bool(np.allclose(total, paths.grad)),
                "rows": [_told_path(graph, trace, node_id, path, seen) for path in paths.listed],
            }
        )
    return told


def _told_path(graph: Graph, trace: Trace, source: str, path: Path, seen: dict[str, str]) -> dict[str, Any]:
    ids = [source, *(hop.wire.target for hop in path.hops)]
    ports = [shown_port(graph, (hop.wire.target, hop.wire.port), seen) for hop in path.hops]
    return {
        "names": " → ".join(graph.node(node_id).name for node_id in ids),
        "factors": " × ".join(map(partial(_told_factor, trace), path.hops, path.factors)),
        "product": short_array(path.product),
        "nodes": list(dict.fromkeys(seen[node_id] for node_id in ids)),
        "edges": [f"{place}:{port}" for place, port in ports if port >= 0],
    }


def _told_factor(trace: Trace, hop: Hop, factor: Array) -> str:
    """Write a local derivative; of an op that mixes elements its name, since no number is multiplied there."""
    function = trace.functions[hop.wire.target]
    if multiplies(function, trace.nodes[hop.wire.target]):
        return short_array(factor)
    return f"({type(function).__name__})"


def _counted(count: int) -> str:
    """Write a count in full, or past a million as a power of ten."""
    if count < _COUNTED_IN_FULL:
        return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return short(float(count)) if count < _LARGEST_FLOAT else "more than 10³⁰⁰"


def _told_nudge(graph: Graph, trace: Trace, exponent: float, seen: dict[str, str]) -> dict[str, Any]:
    h = 10.0**exponent
    rows = []
    for found in nudge(graph, trace, h) if not trace.stale else []:
        index = f"[{', '.join(map(str, found.index))}]" if found.index else ""
        apart = NONE
        if found.quotient is not None and found.grad is not None:
            apart = short(abs(found.quotient - found.grad))
        rows.append(
            {
                "id": seen[found.node],
                "name": f"{graph.node(found.node).name}{index}",
                "quotient": NONE if found.quotient is None else f"{found.quotient:.6g}".replace("-", "−"),
                "grad": NONE if found.grad is None else short(found.grad),
                "apart": apart,
            }
        )
    output = "" if trace.output is None else output_name(graph.node(trace.output[0]), trace.output[1])
    entries = sum(to_array(node.value).size for node in graph.nodes() if node.value is not None)
    return {"h": short(h), "rows": rows, "left": entries - len(rows) if rows else 0, "output": output}


def _told_check(graph: Graph, checked: Checked, seen: dict[str, str]) -> dict[str, Any]:
    return {
        "id": seen[checked.node],
        "name": graph.node(checked.node).name,
        "analytical": _entries(checked.analytical.tolist()),
        "numerical": _entries(checked.numerical.tolist()),
        "error": short(checked.relative_error),
        "agrees": bool(checked),
        "remarks": [f"{remark}." for remark in checked.remarks],
        "left": checked.left_out,
    }


def _entries(numbers: list[float]) -> str:
    return ", ".join(short(number) for number in numbers[:3]) + (", …" if len(numbers) > 3 else "")
