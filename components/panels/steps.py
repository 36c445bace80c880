"""The panel of steps: forward, backward and the update of weights, as steps that the browser plays."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from components.equations import Equation
from components.panels import train_text
from components.panels.arrivals import Arrivals
from components.panels.engine_lines import engine_sources, methods_of, telling_line
from components.panels.look import Counter
from components.panels.panel import Panel, View
from components.picture import entries_shown, look_of
from components.text import (
    abridged,
    backward_formulas,
    enumerated,
    forward_formulas,
    full_array,
    joined_sentences,
    short_array,
    tell_backward,
    tell_forward,
    tell_seed,
    tell_slip,
    with_name,
)
from engine.autograd import Array
from engine.document import Graph, Node, OutputPort, shown
from engine.evaluation import NodeTrace, Step, Trace, fold, fold_node, shown_port
from engine.explain import Ledger, find_slips, ledgers_in_pieces
from engine.messages import mark, say
from engine.pieces import Pieces, between, finish
from engine.training import Update, next_updates

_PAGE_CHARACTERS = 400_000
"""Of one page of steps, with what every node shows before it."""
_ENTRY_CHARACTERS = 200
"""About what stands in the ledger of one contribution."""
MAX_FORMULAS = 4
"""Inputs of one Function whose formulas are written out."""
_NAMED_INPUTS = 4


class StepsPanel(Panel):
    """Go through forward and backward one step at a time."""

    name = "steps"
    order = 2
    title = mark("Steps")
    hint = mark("Go through forward and backward one step at a time (S)")
    watched = True
    while_stepping = True

    steps_after: Counter = 0
    """After which step the page begins that is shown, where there are more steps than a page takes."""

    def tell(self, view: View) -> dict[str, Any]:
        """Return the steps, unless the numbers are out of date, and the order that somebody picks."""
        return finish(self.tell_in_pieces(view))

    def tell_in_pieces(self, view: View) -> Pieces[dict[str, Any]]:
        """Do the same as `tell` in pieces, each a step."""
        steps: dict[str, Any] = {"stale": True}
        if not view.trace.stale:
            steps = yield from steps_in_pieces(view.graph, view.trace, self.steps_after)
        return {"picking": view.picks is not None, "picks": list(view.picks or ()), "steps": steps}


def steps_of(graph: Graph, trace: Trace, after: int = 0) -> dict[str, Any]:
    """Return the steps of a watched trace, what every node shows before the first, and the engine's own source.

    Of very many steps those after a given one are returned, as many as a page takes, and the count of all.
    """
    return finish(steps_in_pieces(graph, trace, after))


def steps_in_pieces(graph: Graph, trace: Trace, after: int = 0) -> Pieces[dict[str, Any]]:
    """Do the same as `steps_of` in pieces, each a step."""
    known = yield from between(0.0, 0.2, ledgers_in_pieces(graph, trace))
    made = _Steps(graph, trace, known)
    yield 0.2
    return (yield from between(0.2, 1.0, made.all(after if after < len(trace.steps) else 0)))


class _Steps:
    def __init__(self, graph: Graph, trace: Trace, known: dict[OutputPort, Ledger]) -> None:
        self.graph = graph
        self.trace = trace
        self.folded = fold(graph)
        self.places = shown(graph)
        """Where each node stands in the picture: by itself, or in a closed block."""
        self.arrivals = Arrivals(graph, trace, known)
        self.entries_shown = entries_shown(trace)
        self.updates = list(next_updates(graph, trace).items())
        """What comes after Backward: the optimizer's update of each weight."""
        self.slips: dict[int, list[str]] = {}
        for slip in find_slips(graph, trace):
            told, sentence = self.slips.setdefault(slip.step, []), tell_slip(graph, slip)
            told += [sentence] if sentence not in told else []  # of several outputs or inputs it is the same
        self.data: dict[str, tuple[Array, ...]] = {}
        self.grads: dict[OutputPort, Array] = {}
        self.updated: dict[str, tuple[Array, ...]] = {}
        """The weights that have been updated by this point."""

    @property
    def count(self) -> int:
        """Return how many steps there are: forward, backward, and the updates."""
        return len(self.trace.steps) + len(self.updates)

    def all(self, after: int) -> Pieces[dict[str, Any]]:
        """Return everything, steps by their number from 1: on a later page, by their number on it."""
        for place, step in enumerate(self.trace.steps[:after]):
            self._advance(place, step)
            yield 0.0
        base = yield from self._looks_in_pieces(self.places)
        steps = yield from self._page(after, _PAGE_CHARACTERS - len(json.dumps(base)))
        ops = {node.op for node in self.graph.nodes() if node.op is not None}
        hidden = {node_id for node_id, place in self.places.items() if place != node_id}
        return {
            "base": base,
            "hidden": {
                node_id: f"{self.graph.node(node_id).op} {self.graph.node(node_id).name}"
                for node_id in hidden
                if node_id in self.trace.functions
            },
            "steps": {str(number): step for number, step in enumerate(steps, start=1)},
            "count": len(steps),
            **({"after": after, "total": self.count} if len(steps) < self.count else {}),
            "forward": sum(step.kind == "forward" for step in self.trace.steps),
            "begin": say("Before step {number}.", number=after + 1) if after else self._beginning(),
            "generations": {node_id: function.generation for node_id, function in self.trace.functions.items()},
            "ledgers": {
                node_id: entries
                for node_id in self.folded.network
                if (entries := self.arrivals.ledger(self._outputs(node_id), after, after + len(steps)))
            },
            "sources": engine_sources(),
            "methods": {op: methods_of(op) for op in sorted(ops)},
        }

    def _page(self, after: int, room: int) -> Pieces[list[dict[str, Any]]]:
        """Return the steps that fit on a page; the very last says why backward was stopped, if it was."""
        steps: list[dict[str, Any]] = []
        for number, step in enumerate(self.trace.steps[after:], start=after + 1):
            made = self._step(number, step)
            room -= len(json.dumps(made)) + _ENTRY_CHARACTERS * len(self.arrivals.brought(number - 1))
            if room < 0 and steps:
                break
            steps.append(made)
            yield number / self.count
        if after + len(steps) < len(self.trace.steps):
            return steps
        if self.trace.stopped and steps:
            steps[-1]["caption"] = joined_sentences([steps[-1]["caption"], self.trace.stopped])
        for number, (node_id, update) in enumerate(self.updates, start=len(self.trace.steps) + 1):
            steps.append(self._update(number, node_id, update))
            yield 1.0
        return steps

    def _update(self, number: int, node_id: str, update: Update) -> dict[str, Any]:
        """Return the step in which the optimizer changes a weight."""
        node = self.graph.node(node_id)
        place, sentence = self.places[node_id], train_text.update(self.graph, node_id, update)
        self.updated[node_id] = (update.after,)
        return {
            "kind": "update",
            "node": place,
            "name": node.name,
            "generation": 0,
            "sweep": 0,
            "op": "Input",
            "caption": say("Step {number} of {count}: {sentence}", number=number, count=self.count, sentence=sentence),
            "slips": [],
            "formulas": [],
            "spoken": [],
            "flow": [],
            "gives": self._looks([node_id]),
            "waiting": [],
            "lines": [],
        }

    def _beginning(self) -> str:
        if not len(self.graph):
            return say("There is nothing to step through yet: the graph is empty.")
        given = [
            with_name(node.name, data[0])
            for node in self.graph.nodes()
            if node.is_input and (data := self.trace.nodes[node.id].data)
        ]
        if not given:
            return say("Before the first step: no input given, nothing computed.")
        return say("Before the first step: {inputs} given, nothing computed.", inputs=abridged(given, _NAMED_INPUTS))

    def _step(self, number: int, step: Step) -> dict[str, Any]:
        place = number - 1
        brought = self.arrivals.brought(place)
        node = self.graph.node(step.node)
        changed = self._advance(place, step)
        formulas: list[Equation] = []
        if step.kind == "forward":
            sentence, formulas = tell_forward(self.graph, step), forward_formulas(self.graph, self.trace, step)
        elif step.kind == "seed":
            sentence = tell_seed(self.graph, step)
        else:
            contributions = [contribution for _, contribution in brought]
            sentence = tell_backward(self.graph, self.trace, step, contributions)
            by_input = backward_formulas(self.graph, self.trace, step, contributions, self.grads)[:MAX_FORMULAS]
            formulas = [each for equations in by_input for each in equations]
        return {
            "kind": step.kind,
            "node": self.places[step.node],
            "name": node.name,
            "generation": step.generation,
            "sweep": step.sweep,
            "op": node.op or "Input",
            "caption": say("Step {number} of {count}: {sentence}", number=number, count=self.count, sentence=sentence),
            "slips": self.slips.get(place, []),
            "formulas": [formula.math() for formula in formulas],
            "spoken": [formula.plain() for formula in formulas],
            "flow": [] if step.kind == "seed" else self._flow(step),
            "gives": self._looks(changed),
            "waiting": list(step.waiting),
            # A generator expression runs its line once an element.
            "lines": [line for line, _ in groupby(step.lines)],
            "telling": telling_line(step),
        }

    def _advance(self, place: int, step: Step) -> list[str]:
        """Take over what a step computed or brought; return the nodes that show something new."""
        if step.kind == "forward":
            self.data[step.node] = step.sent
            return [step.node]
        brought = self.arrivals.brought(place)
        for receiver, contribution in brought:
            self.grads[receiver] = contribution.total
            self.arrivals.count(receiver, contribution)
        return list(dict.fromkeys(node_id for (node_id, _), _ in brought))

    def _flow(self, step: Step) -> list[list[str]]:
        """Return which numbers pass over which wires of the picture; a closed block keeps its inner ones to itself."""
        passing: dict[str, list[str]] = {}
        for port, x in enumerate(step.arrived if step.kind == "forward" else step.sent):
            target, place = shown_port(self.graph, (step.node, port), self.places)
            if place >= 0:
                passing.setdefault(f"{target}:{place}", []).append(short_array(x))
        # A block's wire may feed one Function twice: once forward, and backward both contributions come.
        return [[wire, texts[0] if step.kind == "forward" else " + ".join(texts)] for wire, texts in passing.items()]

    def _looks(self, node_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return what is shown, at this point, of some nodes or of the blocks that stand for them."""
        return finish(self._looks_in_pieces(node_ids))

    def _looks_in_pieces(self, node_ids: Iterable[str]) -> Pieces[dict[str, dict[str, Any]]]:
        looks = {}
        for place in dict.fromkeys(self.places[node_id] for node_id in node_ids):
            looks[place] = self._look(place)
            yield 0.0
        return looks

    def _look(self, place: str) -> dict[str, Any]:
        """Return what a node or a block shows at this point: numbers where they were computed, "—" elsewhere."""
        node, block = self.folded.node(place), self.graph.block(place)
        if block is None:
            found = self._at(node)
        else:
            members = {member: self._at(self.graph.node(member)) for member in block.members}
            found = fold_node(self.graph, block, members)
        look: dict[str, Any] = {
            **look_of(node, found),
            "fullData": "; ".join(self._full(array) for array in found.data or ()),
            "fullGrad": "; ".join(map(self._full, found.grad)) if any(g is not None for g in found.grad) else "",
        }
        if badges := [badge for output in self._outputs(place) if (badge := self.arrivals.badge(output))]:
            look["arrived"] = enumerated(badges)
        return look

    def _full(self, array: Array | None) -> str:
        return full_array(array, self.entries_shown)

    def _outputs(self, place: str) -> list[OutputPort]:
        """Return the outputs of a node, or those that a block shows."""
        block = self.graph.block(place)
        if block is not None:
            return list(block.outputs)
        return [(place, output) for output in range(self.graph.node(place).n_outputs)]

    def _at(self, node: Node) -> NodeTrace:
        """Return what has been found at a node by this point."""
        result = self.trace.nodes[node.id]
        data = self.updated.get(node.id, result.data) if node.is_input else self.data.get(node.id)
        grad = tuple(self.grads.get((node.id, output)) for output in range(len(result.grad)))
        tells = data is not None or result.data is None
        return NodeTrace(data, grad, result.state if tells else "ok", result.message if tells else "")
