"""The trace as steps that the browser plays: what each shows on the graph, says, and does to the work list."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby
from typing import Any

from components.picture import look_of, numbers_of
from components.text import (
    NONE,
    backward_formulas,
    forward_formula,
    full_array,
    latex,
    output_name,
    short_array,
    tell_backward,
    tell_forward,
    tell_seed,
    tell_slip,
)
from engine.autograd import Array, Function, find_op, sweep
from engine.document import Graph, Node, OutputPort, shown
from engine.evaluation import NodeTrace, Step, Trace, fold, fold_node, listing_of, shown_port
from engine.explain import Contribution, find_slips, ledgers

MAX_FORMULAS = 4
"""Inputs of one Function whose formulas are written out."""


def steps_of(graph: Graph, trace: Trace) -> dict[str, Any]:
    """Return the steps of a watched trace, what every node shows before the first, and the engine's own source."""
    return _Steps(graph, trace).all()


class _Steps:
    def __init__(self, graph: Graph, trace: Trace) -> None:
        self.graph = graph
        self.trace = trace
        self.folded = fold(graph)
        self.seen = shown(graph)
        """What stands for each node in the picture: itself, or a closed block."""
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
        base = self._looks(self.seen)
        ops = {node.op for node in self.graph.nodes() if node.op is not None}
        hidden = {node_id for node_id, place in self.seen.items() if place != node_id}
        return {
            "base": base,
            "hidden": {
                node_id: f"{self.graph.node(node_id).op} {self.graph.node(node_id).name}"
                for node_id in hidden
                if node_id in self.trace.functions
            },
            "steps": {str(number): self._step(number, step) for number, step in enumerate(self.trace.steps, start=1)},
            "count": len(self.trace.steps),
            "forward": sum(step.kind == "forward" for step in self.trace.steps),
            "begin": self._told_beginning(),
            "generations": {node_id: function.generation for node_id, function in self.trace.functions.items()},
            "ledgers": {node_id: entries for node_id in self.folded.network if (entries := self._ledger(node_id))},
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
        return {
            "kind": step.kind,
            "node": self.seen[step.node],
            "name": node.name,
            "generation": step.generation,
            "sweep": step.sweep,
            "op": node.op or "Input",
            "caption": f"Step {number} of {len(self.trace.steps)}: {told}",
            "slips": self.slips.get(place, []),
            "formulas": [latex.math_tree(formula) for formula in formulas],
            "latex": formulas,
            "flow": [] if step.kind == "seed" else self._flow(step),
            "gives": self._looks(changed),
            "waiting": list(step.waiting),
            # A generator expression runs its line once an element.
            "lines": [line for line, _ in groupby(step.lines)],
            "telling": _telling(step),
        }

    def _bring(self, place: int) -> list[str]:
        receivers = self.brought.get(place, [])
        for receiver, contribution in receivers:
            self.grads[receiver] = contribution.total
            sweep, count = self.arrived.get(receiver, (0, 0))
            self.arrived[receiver] = (contribution.sweep, count + 1 if sweep == contribution.sweep else 1)
        return list(dict.fromkeys(node_id for (node_id, _), _ in receivers))

    def _flow(self, step: Step) -> list[list[str]]:
        """Return which numbers pass over which wires of the picture; a closed block keeps its inner ones to itself."""
        passing: dict[str, list[str]] = {}
        for port, x in enumerate(step.arrived if step.kind == "forward" else step.sent):
            target, place = shown_port(self.graph, (step.node, port), self.seen)
            if place >= 0:
                passing.setdefault(f"{target}:{place}", []).append(short_array(x))
        # A block's wire may feed one Function twice: once forward, and backward both contributions come.
        return [[wire, texts[0] if step.kind == "forward" else " + ".join(texts)] for wire, texts in passing.items()]

    def _looks(self, node_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return what is shown, at this point, of some nodes or of the blocks that stand for them."""
        return {place: self._look(place) for place in dict.fromkeys(self.seen[node_id] for node_id in node_ids)}

    def _look(self, place: str) -> dict[str, Any]:
        """Return what a node or a block shows at this point: numbers where they were computed, "—" elsewhere."""
        node, block = self.folded.node(place), self.graph.block(place)
        if block is None:
            found, outputs = self._at(node), [(place, output) for output in range(node.n_outputs)]
        else:
            members = {member: self._at(self.graph.node(member)) for member in block.members}
            found, outputs = fold_node(self.graph, block, members), list(block.outputs)
        told: dict[str, Any] = {
            **look_of(node, found),
            "fullData": "; ".join(full_array(array) for array in found.data or ()),
            "fullGrad": "; ".join(map(full_array, found.grad)) if any(g is not None for g in found.grad) else "",
        }
        badges = [badge for output in outputs if (badge := self._told_arrivals(output))]
        if badges:
            told["arrived"] = ", ".join(badges)
        return told

    def _at(self, node: Node) -> NodeTrace:
        """Return what has been found at a node by this point."""
        result = self.trace.nodes[node.id]
        data = result.data if node.is_input else self.data.get(node.id)
        grad = tuple(self.grads.get((node.id, output)) for output in range(len(result.grad)))
        tells = data is not None or result.data is None
        return NodeTrace(data, grad, result.state if tells else "ok", result.message if tells else "")

    def _told_arrivals(self, receiver: OutputPort) -> str:
        """Say how many contributions of how many a backward pass has brought, where that is more than one."""
        sweep, count = self.arrived.get(receiver, (0, 0))
        due = self.ledgers[receiver].due[sweep - 1] if count else 0
        if max(count, due) < 2:
            return ""
        return f"{count} of {due} arrived" if count <= due else f"{count} arrived, {due} due"

    def _ledger(self, place: str) -> list[dict[str, Any]]:
        """Return the ledgers of a node's outputs, or of those that a block shows."""
        block = self.graph.block(place)
        outputs = [(place, i) for i in range(self.folded.node(place).n_outputs)] if block is None else block.outputs
        return [
            {
                "name": output_name(self.graph.node(output[0]), output[1]),
                "due": list(ledger.due),
                "entries": [self._entry(contribution) for contribution in ledger.contributions],
            }
            for output in outputs
            if (ledger := self.ledgers.get(output)) is not None and any(ledger.due)
        ]

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
    sources = {"forward": listing_of(Function.__call__), "backward": listing_of(sweep)}
    return {kind: {"first": source.first, "lines": list(source.lines)} for kind, source in sources.items()}


def _telling(step: Step) -> int | None:
    """Return the last line that ran of those that did what the step is about; where none did, the last that ran."""
    telling = _telling_lines()[step.kind]
    return next((line for line in reversed(step.lines) if line in telling), step.lines[-1] if step.lines else None)


@cache
def _telling_lines() -> dict[str, frozenset[int]]:
    """Return the lines of the engine that compute outputs, set the seed, and set the gradient of an input."""
    return {
        "forward": _lines_that(Function.__call__, "self.forward("),
        "seed": _lines_that(sweep, "send(output, gy)"),
        "backward": _lines_that(sweep, "x._grad = "),
    }


def _lines_that(function: Callable[..., Any], does: str) -> frozenset[int]:
    """Return where in its file a function sets or calls something: `does` is "name = " or "name("."""
    source = listing_of(function)
    return frozenset(
        line
        for node in ast.walk(ast.parse("\n".join(source.lines)))
        if isinstance(node, ast.Assign | ast.Call) and ast.unparse(node).startswith(does)
        for line in range(source.first + node.lineno - 1, source.first + (node.end_lineno or node.lineno))
    )


@cache
def _methods(op: str) -> dict[str, str]:
    """Return the source of an op's own forward and backward."""
    function = find_op(op)
    return {
        kind: textwrap.dedent(inspect.getsource(getattr(function, kind))).rstrip() for kind in ("forward", "backward")
    }
