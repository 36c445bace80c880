"""Evaluate a graph document: build its Variables, run forward and backward, and record what happened."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from engine.autograd import ByHand, Function, Variable, Variant, strong_in, sweep
from engine.document import Edge, Graph, Node, OutputPort, to_array
from engine.evaluation.line_watcher import watching
from engine.evaluation.refusals import refuse_empty, refuse_shapes, waiting_for_nodes, waiting_for_wires
from engine.evaluation.steps import backward_step, forward_step
from engine.evaluation.trace import NodeTrace, Step, Trace
from engine.evaluation.trouble import explain_trouble, is_finite
from engine.messages import say
from engine.pieces import Pieces, between, finish


def evaluate(
    graph: Graph,
    *,
    variant: Variant = Variant.STEP_16,
    sweeps: Sequence[OutputPort | None] = (None,),
    picks: Sequence[str] | None = None,
    watched: bool = False,
) -> Trace:
    """Compute every node that can be computed, then run a backward pass from each output in `sweeps`.

    None in `sweeps` stands for the output to differentiate. `picks` are ids of op nodes: their Functions are visited in
    this order, and the sweep ends with the last one. `watched` also records, for each step, the work list and the lines
    of the engine that ran. A node with a missing wire waits, and so does every node after it. Nothing is raised for a
    number that is not finite: the node's message explains it.
    """
    return finish(evaluate_in_pieces(graph, variant=variant, sweeps=sweeps, picks=picks, watched=watched))


def evaluate_in_pieces(
    graph: Graph,
    *,
    variant: Variant = Variant.STEP_16,
    sweeps: Sequence[OutputPort | None] = (None,),
    picks: Sequence[str] | None = None,
    watched: bool = False,
) -> Pieces[Trace]:
    """Do the same as `evaluate` in pieces: one for each node forward, and for each visit backward."""
    return _Evaluation(graph, variant, picks, watched).run(sweeps)


MAX_REPEATED_VISITS = 300
"""Visits of one backward pass beyond one for each Function."""


_NOT_WATCHING: AbstractContextManager[list[int]] = nullcontext([])


@dataclass(frozen=True)
class _Live:
    """A computed node: its Variables, and the Function that made them (None for an input)."""

    variables: tuple[Variable, ...]
    function: Function | None


class _Evaluation:
    def __init__(self, graph: Graph, variant: Variant, picks: Sequence[str] | None, watched: bool) -> None:
        self.graph = graph
        self.variant = variant
        self.picks = picks
        self.watched = watched
        self.live: dict[str, _Live] = {}
        self.results: dict[str, NodeTrace] = {}
        self.steps: list[Step] = []
        self.flags: set[str] = set()
        self.stopped = ""
        self.has_untaken = False

    def run(self, sweeps: Sequence[OutputPort | None]) -> Pieces[Trace]:
        order, passes = self.graph.topological_order(), 1 + len(sweeps)
        for place, node_id in enumerate(order):
            node = self.graph.node(node_id)
            self.results[node_id] = self._input(node) if node.is_input else self._op(node)
            yield place / len(order) / passes
        output = self._output()
        starts = [start for each in sweeps if (start := each or output) is not None and start[0] in self.live]
        for number, start in enumerate(starts, start=1):
            yield from between(number / passes, (number + 1) / passes, self._backward(start, number))
        for node_id, live in self.live.items():
            self.results[node_id] = self._with_grads(node_id, live)
        functions = {node_id: live.function for node_id, live in self.live.items() if live.function is not None}
        trace = Trace(self.results, tuple(self.steps), output, self.variant, tuple(starts), functions, self.stopped)
        visited = tuple(step.node for step in self.steps if step.kind == "backward")
        return replace(trace, has_untaken=self.has_untaken, picked=self.picks is not None, visited=visited)

    def _output(self) -> OutputPort | None:
        """Return the output to differentiate: the chosen one, or else that of the last op that feeds no other op.

        An op that waits, or that has no inputs, is taken only if there is no other. So a new op, which has no wires
        yet, changes no grad.
        """
        if self.graph.output is not None:
            return self.graph.output
        ends = [node.id for node in self.graph.sinks() if not node.is_input]
        computed = [node_id for node_id in ends if node_id in self.live]
        reached = [node_id for node_id in computed if self.graph.node(node_id).ports]
        return ((reached or computed or ends)[-1], 0) if ends else None

    # Forward ----------------------------------------------------------------------------------------------------

    def _input(self, node: Node) -> NodeTrace:
        assert node.value is not None
        variable = Variable(to_array(node.value), node.name)
        self.live[node.id] = _Live((variable,), None)
        return NodeTrace((variable.data,), (None,))

    def _op(self, node: Node) -> NodeTrace:
        op = node.function
        assert op is not None
        nothing: tuple[None, ...] = (None,) * node.n_outputs
        wires = self.graph.wires_into(node.id)
        if waiting := self._waiting(node.ports, wires):
            return NodeTrace(None, nothing, "waiting", waiting)
        inputs = [self.live[wire.source].variables[wire.output] for wire in wires.values()]
        function = op(**node.parameters)
        if refusal := refuse_shapes(function, [x.shape for x in inputs]):
            return NodeTrace(None, nothing, "error", refusal)
        self.flags.clear()
        with self._noting_flags(), self._watching(Function.__call__) as lines:
            variables = function(*inputs)
        outputs = tuple(variables) if isinstance(variables, list) else (variables,)
        if refusal := refuse_empty([output.shape for output in outputs]):
            return NodeTrace(None, nothing, "error", refusal)
        for output, name in zip(outputs, node.output_names, strict=True):
            output.name = node.name if len(outputs) == 1 else f"{node.name}.{name}"
        self.live[node.id] = _Live(outputs, function)
        step = forward_step(node.id, function, outputs, lines)
        self.steps.append(step)
        data = step.sent
        if all(is_finite(array) for array in data):
            return NodeTrace(data, nothing)
        sources = [(self.graph.node(wire.source).name, x.data) for wire, x in zip(wires.values(), inputs, strict=True)]
        trouble = explain_trouble(function, self.flags, sources, data)
        return NodeTrace(data, nothing, "trouble", trouble.sentence, trouble.cause)

    def _waiting(self, ports: tuple[str, ...], wires: dict[int, Edge]) -> str:
        """Say for which ports' wires a node waits; if for none, for which nodes before it that wait too."""
        if free := [port for port in range(len(ports)) if port not in wires]:
            return waiting_for_wires(ports, free)
        waiting = [self.graph.node(wire.source).name for wire in wires.values() if wire.source not in self.live]
        return waiting_for_nodes(list(dict.fromkeys(waiting))) if waiting else ""

    # Backward ---------------------------------------------------------------------------------------------------

    def _backward(self, output: OutputPort, number: int) -> Pieces[None]:
        nodes = {live.function: node_id for node_id, live in self.live.items() if live.function is not None}
        start = self.live[output[0]].variables[output[1]]
        work_list = self.variant.work_list()
        if self.picks is not None:
            picked = [live.function for pick in self.picks if (live := self.live.get(pick)) and live.function]
            work_list = ByHand(picked, self.variant.overwrites)
        visits = sweep(start, np.ones_like(start.data), work_list)
        for count in itertools.count():
            # The right variant visits each Function once; a stack once a path, and a class cannot follow all of them.
            if count > len(nodes) + MAX_REPEATED_VISITS:
                del visits  # which leaves nothing behind in the Functions
                self.stopped = say(
                    "{variant} goes along every path by itself, and paths double at each fork: "
                    "backward was stopped after {count} visits, and the gradients are unfinished.",
                    variant=str(self.variant.value).capitalize(),
                    count=count - 1,
                )
                return
            with self._noting_flags(), self._watching(sweep) as lines:
                visit = next(visits, None)
            if visit is None:
                return
            self.has_untaken |= any(strong_in(gx) is not False for gx in visit[-1])
            waiting = tuple(nodes[function] for function in work_list.waiting()) if self.watched else ()
            step = backward_step(visit, output, start.generation, number, nodes, waiting=waiting, lines=lines)
            self.steps.append(step)
            yield min(count / (1 + len(nodes)), 1.0)

    def _noting_flags(self) -> AbstractContextManager[Any]:
        """Let NumPy report floating-point errors to the evaluation instead of warning of them; for one piece of it."""
        return np.errstate(all="call", under="ignore", call=lambda flag, _: self.flags.add(flag))

    def _watching(self, function: Callable[..., Any]) -> AbstractContextManager[list[int]]:
        return watching(function) if self.watched else _NOT_WATCHING

    def _with_grads(self, node_id: str, live: _Live) -> NodeTrace:
        found = self.results[node_id]
        grads = tuple(variable.grad for variable in live.variables)
        if found.state == "ok" and any(grad is not None and not is_finite(grad) for grad in grads):
            return NodeTrace(found.data, grads, "trouble", self._grad_trouble(node_id))
        if found.state == "ok" and (without := self._without_meaning.get(node_id)):
            return NodeTrace(found.data, grads, "trouble", without)
        return NodeTrace(found.data, grads, found.state, found.message, found.cause)

    def _grad_trouble(self, node_id: str) -> str:
        """Return a sentence that says where a gradient that is not finite comes from."""
        for user_id in self.graph.network.successors(node_id):
            step = self._broken_steps.get(user_id)
            if step is None:
                continue
            user = self.graph.node(user_id)
            if all(gy is None or is_finite(gy) for gy in step.arrived):
                if self._overflows(user_id):
                    return say(
                        "the gradient that {name} ({op}) sends is too large for a floating-point number",
                        name=user.name,
                        op=user.op,
                    )
                return say(
                    "the gradient is not finite: {name} ({op}) has no finite derivative here",
                    name=user.name,
                    op=user.op,
                )
            return say("the gradient is not finite: it comes from {name}", name=user.name)
        return say("the gradient is not finite")

    def _overflows(self, node_id: str) -> bool:
        """Return whether an op's derivative exists, and it or what is sent is too large for a double."""
        if self.results[node_id].cause == "too large":
            return True
        function, data = self.live[node_id].function, self.results[node_id].data
        assert function is not None
        with np.errstate(all="ignore"):  # where there is no derivative, NumPy would warn
            slopes = [each for output in range(len(data or ())) for each in function.local_derivatives(output)]
        return all(map(is_finite, slopes))

    @cached_property
    def _without_meaning(self) -> dict[str, str]:
        """Return, for each node whose gradient comes of a result that is no real number, a sentence that says so.

        The rule of a logarithm gives −1/2 at −2, where there is no logarithm to be differentiated. An element to which
        no gradient comes, such as one of a branch that is not taken, is no cause.
        """
        found: dict[str, str] = {}
        for step in self.steps:
            if step.kind != "backward" or not self._comes_of_nothing(step, found):
                continue
            node = self.graph.node(step.node)
            sources = [wire.source for wire in self.graph.wires_into(step.node).values()]
            if self.results[step.node].cause == "not real":
                sentence = say(
                    "the gradient has no meaning: {name} ({op}) is no real number here", name=node.name, op=node.op
                )
            else:
                sentence = say("the gradient has no meaning: it comes from {name}", name=node.name)
            for source in sources:
                found.setdefault(source, sentence)
        return found

    def _comes_of_nothing(self, step: Step, found: dict[str, str]) -> bool:
        """Return whether what a step sends is the gradient of a result that is no real number."""
        result = self.results[step.node]
        if result.cause != "not real" or result.data is None:
            return step.node in found and any(gy is not None and np.any(gy) for gy in step.arrived)
        return any(
            gy is not None and bool(np.any(np.isnan(y) & (gy != 0)))
            for y, gy in zip(result.data, step.arrived, strict=True)
        )

    @cached_property
    def _broken_steps(self) -> dict[str, Step]:
        """Return, by node, the backward step that sent a gradient that is not finite."""
        return {
            step.node: step for step in self.steps if step.kind == "backward" and not all(map(is_finite, step.sent))
        }
