"""Evaluate a graph document: build its Variables, run forward and backward, and record what happened."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.backprop import Variant, sweep
from engine.errors import ShapeError
from engine.function import Function
from engine.graph import Edge, Graph, Node, OutputPort
from engine.limits import MAX_ELEMENTS
from engine.trace import NodeTrace, Step, Trace
from engine.trouble import explain_trouble, is_finite, tell_source
from engine.values import to_array
from engine.variable import Array, Variable


def evaluate(graph: Graph, *, variant: Variant = Variant.STEP_16, sweeps: int = 1) -> Trace:
    """Compute every node that can be computed, then run `sweeps` backward passes from the output to differentiate.

    Half-wired nodes wait, and so do those that hang on them; numerical trouble is told, never raised or warned of.
    """
    evaluation = _Evaluation(graph)
    # NumPy reports floating-point trouble to the evaluation, in place of its warnings.
    with np.errstate(all="call", under="ignore", call=lambda flag, _: evaluation.flags.add(flag)):
        return evaluation.run(variant, sweeps)


@dataclass(frozen=True)
class _Live:
    """A computed node: its Variables, and the Function that made them (None for an input)."""

    variables: tuple[Variable, ...]
    function: Function | None


class _Evaluation:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.live: dict[str, _Live] = {}
        self.results: dict[str, NodeTrace] = {}
        self.steps: list[Step] = []
        self.flags: set[str] = set()

    def run(self, variant: Variant, sweeps: int) -> Trace:
        for node_id in self.graph.topological_order():
            node = self.graph.node(node_id)
            self.results[node_id] = self._input(node) if node.is_input else self._op(node)
        output = self._output()
        if output is not None and output[0] in self.live:
            for _ in range(sweeps):
                self._backward(output, variant)
        for node_id, live in self.live.items():
            self.results[node_id] = self._with_grads(node_id, live)
        return Trace(self.results, tuple(self.steps), output, variant, sweeps)

    def _output(self) -> OutputPort | None:
        """Return the output to differentiate: the chosen one, else the last op that feeds no other.

        One that waits counts only when there is no other: dropping a new op in leaves every grad as it is.
        """
        if self.graph.output is not None:
            return self.graph.output
        ends = [node.id for node in self.graph.sinks() if not node.is_input]
        computed = [node_id for node_id in ends if node_id in self.live]
        return ((computed or ends)[-1], 0) if ends else None

    # Forward ----------------------------------------------------------------------------------------------------

    def _input(self, node: Node) -> NodeTrace:
        assert node.value is not None
        variable = Variable(to_array(node.value), node.name)
        self.live[node.id] = _Live((variable,), None)
        return NodeTrace((variable.value,), (None,))

    def _op(self, node: Node) -> NodeTrace:
        op = node.function
        assert op is not None
        nothing: tuple[None, ...] = (None,) * len(op.output_names)
        wires = self.graph.wires_into(node.id)
        if missing := self._missing(op.ports, wires):
            return NodeTrace(None, nothing, "waiting", f"waiting for {' and '.join(missing)}")
        inputs = [self.live[wire.source].variables[wire.output] for wire in wires.values()]
        if refusal := _refuse_shapes(op, [x.value.shape for x in inputs]):
            return NodeTrace(None, nothing, "error", refusal)
        function = op()
        self.flags.clear()
        variables = function(*inputs)
        outputs = tuple(variables) if isinstance(variables, list) else (variables,)
        for output, name in zip(outputs, op.output_names, strict=True):
            output.name = node.name if len(outputs) == 1 else f"{node.name}.{name}"
        self.live[node.id] = _Live(outputs, function)
        data = tuple(output.value for output in outputs)
        self._record("forward", node.id, function, [x.value for x in inputs], data)
        if all(is_finite(array) for array in data):
            return NodeTrace(data, nothing)
        sources = [(self.graph.node(wire.source).name, x.value) for wire, x in zip(wires.values(), inputs, strict=True)]
        return NodeTrace(data, nothing, "trouble", explain_trouble(op, self.flags, sources, data))

    def _missing(self, ports: tuple[str, ...], wires: dict[int, Edge]) -> list[str]:
        """Name what an op waits for: its unwired ports, or else the nodes before it that wait themselves."""
        if len(wires) < len(ports):
            return [name for port, name in enumerate(ports) if port not in wires]
        waiting = [self.graph.node(wire.source).name for wire in wires.values() if wire.source not in self.live]
        return list(dict.fromkeys(waiting))

    # Backward ---------------------------------------------------------------------------------------------------

    def _backward(self, output: OutputPort, variant: Variant) -> None:
        nodes = {live.function: node_id for node_id, live in self.live.items() if live.function is not None}
        start = self.live[output[0]].variables[output[1]]
        for visit in sweep(start, variant):
            node_id = nodes[visit.function]
            self._record("backward", node_id, visit.function, visit.upstream, visit.downstream)

    def _with_grads(self, node_id: str, live: _Live) -> NodeTrace:
        found = self.results[node_id]
        grads = tuple(variable.grad for variable in live.variables)
        if found.state == "ok" and any(grad is not None and not is_finite(grad) for grad in grads):
            return NodeTrace(found.data, grads, "trouble", self._grad_trouble(node_id))
        return NodeTrace(found.data, grads, found.state, found.message)

    def _grad_trouble(self, node_id: str) -> str:
        """Say where a gradient that is not finite comes from."""
        for user_id in self.graph.network.successors(node_id):
            step = self._broken_steps.get(user_id)
            if step is None:
                continue
            user = self.graph.node(user_id)
            if all(gy is None or is_finite(gy) for gy in step.arrived):
                return f"the gradient is not finite: {user.name} ({user.op}) has no finite derivative here"
            return tell_source("the gradient", [user.name])
        return "the gradient is not finite"

    @cached_property
    def _broken_steps(self) -> dict[str, Step]:
        """Return the backward steps that sent something that is not finite, by node."""
        return {
            step.node: step for step in self.steps if step.kind == "backward" and not all(map(is_finite, step.sent))
        }

    def _record(
        self, kind: str, node_id: str, function: Function, arrived: Sequence[Array | None], sent: Sequence[Array]
    ) -> None:
        self.steps.append(Step(kind, node_id, function.generation, tuple(arrived), tuple(sent)))  # type: ignore[arg-type]


def _refuse_shapes(op: type[Function], shapes: Sequence[tuple[int, ...]]) -> str:
    """Say why inputs of these shapes cannot be computed with, before memory is taken for the result."""
    try:
        size = math.prod(op.result_shape(*shapes))
    except ShapeError as error:
        return str(error)
    if size > MAX_ELEMENTS:
        return f"the result would have {size} elements; the limit is {MAX_ELEMENTS}"
    return ""
