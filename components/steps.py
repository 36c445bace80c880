"""The trace as steps that the browser plays: what each shows on the graph, says, and does to the work list."""

from __future__ import annotations

import inspect
import textwrap
from functools import cache
from itertools import groupby
from typing import Any

from components import latex
from components.drawing import look_of, numbers_of
from components.numbers import NONE, full_array, short_array
from components.sentences import (
    backward_formulas,
    forward_formula,
    output_name,
    tell_backward,
    tell_forward,
    tell_seed,
    tell_slip,
)
from engine.backprop import sweep
from engine.description import find_op
from engine.function import Function
from engine.graph import Graph, Node, OutputPort
from engine.ledger import Contribution, ledgers
from engine.lines import source_of
from engine.trace import NodeTrace, Step, Trace
from engine.variable import Array
from engine.verdict import find_slips

MAX_FORMULAS = 4
"""Inputs of one Function whose formulas are written out."""


def steps_of(graph: Graph, trace: Trace) -> dict[str, Any]:
    """Return the steps of a watched trace, what every node shows before the first, and the engine's own source."""
    return _Steps(graph, trace).all()


class _Steps:
    def __init__(self, graph: Graph, trace: Trace) -> None:
        self.graph = graph
        self.trace = trace
        self.ledgers = ledgers(graph, trace)
        self.slips: dict[int, list[str]] = {}
        for slip in find_slips(graph, trace):
            self.slips.setdefault(slip.step, []).append(tell_slip(graph, slip))
        self.brought: dict[int, list[tuple[OutputPort, Contribution]]] = {}
        for receiver, ledger in self.ledgers.items():
            for contribution in ledger.contributions:
                self.brought.setdefault(contribution.step, []).append((receiver, contribution))
        self.data: dict[str, tuple[Array, ...]] = {}
        self.grads: dict[OutputPort, Array] = {}
        self.arrived: dict[OutputPort, tuple[int, int]] = {}
        """In which backward pass something came to a Variable last, and how often it has in that pass."""

    def all(self) -> dict[str, Any]:
        """Return everything, steps by their number from 1."""
        base = {node.id: self._shown(node) for node in self.graph.nodes()}
        ops = {node.op for node in self.graph.nodes() if node.op is not None}
        return {
            "base": base,
            "steps": {str(number): self._step(number, step) for number, step in enumerate(self.trace.steps, start=1)},
            "count": len(self.trace.steps),
            "forward": sum(step.kind == "forward" for step in self.trace.steps),
            "begin": self._told_beginning(),
            "generations": {node_id: function.generation for node_id, function in self.trace.functions.items()},
            "ledgers": {node_id: entries for node_id in self.trace.nodes if (entries := self._ledger(node_id))},
            "sources": _engine_sources(),
            "methods": {op: _methods(op) for op in sorted(ops)},
            "engine": self.trace.variant.value,
        }

    def _told_beginning(self) -> str:
        if not len(self.graph):
            return "There is nothing to step through yet: the graph is empty."
        given = [
            f"{node.name} = {numbers_of(self.trace.nodes[node.id].data)}"
            for node in self.graph.nodes()
            if node.is_input
        ]
        shown = ", ".join(given[:4]) + (", …" if len(given) > 4 else "")
        return f"Before the first step: {shown or 'no input'} given, nothing computed."

    def _step(self, number: int, step: Step) -> dict[str, Any]:
        place = number - 1
        brought = [
            contribution for _, contribution in sorted(self.brought.get(place, []), key=lambda each: each[1].port)
        ]
        node = self.graph.node(step.node)
        if step.kind == "forward":
            self.data[step.node] = step.sent
            told, formulas = tell_forward(self.graph, step), [forward_formula(self.graph, self.trace, step)]
            changed = [step.node]
        else:
            changed = self._bring(place)
            if step.kind == "seed":
                told, formulas = tell_seed(self.graph, step), []
            else:
                told = tell_backward(self.graph, self.trace, step, brought)
                formulas = backward_formulas(self.graph, self.trace, step)[:MAX_FORMULAS]
        flow = [short_array(x) for x in (step.arrived if step.kind == "forward" else step.sent)]
        return {
            "kind": step.kind,
            "node": step.node,
            "sweep": step.sweep,
            "op": node.op or "Input",
            "caption": f"Step {number} of {len(self.trace.steps)}: {told}",
            "slips": self.slips.get(place, []),
            "formulas": [latex.math_tree(formula) for formula in formulas],
            "latex": formulas,
            "flow": [] if step.kind == "seed" else flow,
            "gives": {node_id: self._shown(self.graph.node(node_id)) for node_id in changed},
            "waiting": list(step.waiting),
            # A generator expression runs its line once an element.
            "lines": [line for line, _ in groupby(step.lines)],
        }

    def _bring(self, place: int) -> list[str]:
        receivers = self.brought.get(place, [])
        for receiver, contribution in receivers:
            self.grads[receiver] = contribution.total
            sweep, count = self.arrived.get(receiver, (0, 0))
            self.arrived[receiver] = (contribution.sweep, count + 1 if sweep == contribution.sweep else 1)
        return list(dict.fromkeys(node_id for (node_id, _), _ in receivers))

    def _shown(self, node: Node) -> dict[str, Any]:
        """Return what a node shows at this point: numbers where they have been computed, "—" elsewhere."""
        result = self.trace.nodes[node.id]
        outputs = range(len(result.grad))
        data = result.data if node.is_input else self.data.get(node.id)
        grad = tuple(self.grads.get((node.id, output)) for output in outputs)
        tells = data is not None or result.data is None
        seen = NodeTrace(data, grad, result.state if tells else "ok", result.message if tells else "")
        shown: dict[str, Any] = {
            **look_of(node, seen),
            "fullData": "" if data is None else "; ".join(full_array(array) for array in data),
            "fullGrad": "; ".join(full_array(array) for array in grad) if any(g is not None for g in grad) else "",
        }
        badges = [badge for output in outputs if (badge := self._told_arrivals((node.id, output)))]
        if badges:
            shown["arrived"] = ", ".join(badges)
        return shown

    def _told_arrivals(self, receiver: OutputPort) -> str:
        """Say how many contributions of how many a backward pass has brought, where that is more than one."""
        sweep, count = self.arrived.get(receiver, (0, 0))
        due = self.ledgers[receiver].due[sweep - 1] if count else 0
        if max(count, due) < 2:
            return ""
        return f"{count} of {due} arrived" if count <= due else f"{count} arrived, {due} due"

    def _ledger(self, node_id: str) -> list[dict[str, Any]]:
        node = self.graph.node(node_id)
        entries = []
        for output in range(len(self.trace.nodes[node_id].grad)):
            ledger = self.ledgers.get((node_id, output))
            if ledger is not None and any(ledger.due):
                entries.append(
                    {
                        "name": output_name(node, output),
                        "due": list(ledger.due),
                        "entries": [self._entry(contribution) for contribution in ledger.contributions],
                    }
                )
        return entries

    def _entry(self, contribution: Contribution) -> dict[str, Any]:
        sender = "seed"
        if contribution.sender is not None:
            node = self.graph.node(contribution.sender)
            sender = f"{node.op} of {node.name}"
        return {
            "step": contribution.step + 1,
            "sweep": contribution.sweep,
            "from": sender,
            "text": short_array(contribution.gradient),
            "replaces": short_array(contribution.before) if self.trace.variant.overwrites else NONE,
            "total": short_array(contribution.total),
        }


@cache
def _engine_sources() -> dict[str, Any]:
    """Return the lines of the engine that run forward and backward, as they stand in its files."""
    sources = {"forward": source_of(Function.__call__), "backward": source_of(sweep)}
    return {kind: {"first": source.first, "lines": list(source.lines)} for kind, source in sources.items()}


@cache
def _methods(op: str) -> dict[str, str]:
    """Return the source of an op's own forward and backward."""
    function = find_op(op)
    return {
        kind: textwrap.dedent(inspect.getsource(getattr(function, kind))).rstrip() for kind in ("forward", "backward")
    }
