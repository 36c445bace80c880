"""Take the hidden numbers out of a trace, before anybody draws, says or sends a number of it."""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.autograd import Array, Function, Variable
from engine.document import Edge, Graph, OutputPort, Quantity
from engine.evaluation.steps import LateSteps
from engine.evaluation.trace import NodeTrace, Step, Trace
from engine.messages import hidden_like


def masked_trace(graph: Graph, trace: Trace, hidden: Collection[Quantity]) -> Trace:
    """Return a trace in which hidden numbers, and what states them, are replaced by such as are written "?".

    A contribution to a hidden gradient is hidden, and so is each local derivative at a hidden number: beside the
    gradient that arrives it gives the product.
    """
    known = [each for each in hidden if each.is_in(graph)]
    if not known:
        return trace
    return _Mask(graph, trace, known).masked()


class _Mask:
    def __init__(self, graph: Graph, trace: Trace, hidden: Sequence[Quantity]) -> None:
        self.graph = graph
        self.trace = trace
        self.data = {each.port for each in hidden if each.kind == "data"}
        self.grad = {each.port for each in hidden if each.kind == "grad"}

    def masked(self) -> Trace:
        return replace(
            self.trace,
            nodes={node_id: self._node(node_id, found) for node_id, found in self.trace.nodes.items()},
            steps=LateSteps(lambda: map(self._step, self.trace.steps)),
            functions={node_id: self._function(node_id, each) for node_id, each in self.trace.functions.items()},
        )

    def _node(self, node_id: str, found: NodeTrace) -> NodeTrace:
        outputs = range(len(found.grad))
        if not any((node_id, output) in self.data | self.grad for output in outputs):
            return found
        data = None
        if found.data is not None:
            data = tuple(self._of(self.data, (node_id, output), y) for output, y in enumerate(found.data))
        grad = tuple(self._of(self.grad, (node_id, output), gy) for output, gy in enumerate(found.grad))
        # The sentence of a number that is not finite would tell that it is not.
        return replace(found, data=data, grad=grad, state="ok" if found.state == "trouble" else found.state, message="")

    def _step(self, step: Step) -> Step:
        wires = list(self.graph.wires_into(step.node).values())
        own = [(step.node, output) for output in range(max(len(step.arrived), len(step.sent)))]
        sources = [(wire.source, wire.output) for wire in wires]
        if step.kind == "seed":
            return replace(step, sent=self._all(self.grad, [(step.node, step.output)], step.sent))
        if step.kind == "forward":
            arrived, sent = self._all(self.data, sources, step.arrived), self._all(self.data, own, step.sent)
        else:
            arrived, sent = self._all(self.grad, own, step.arrived), self._all(self.grad, sources, step.sent)
        return replace(step, arrived=arrived, sent=sent)

    def _function(self, node_id: str, function: Function) -> Function:
        """Return a Function that holds no hidden number: copies of its Variables, and derivatives worked out before."""
        wires = list(self.graph.wires_into(node_id).values())
        if len(wires) != len(function.inputs) or not self._concerns(node_id, wires):
            return function
        masked = copy.copy(function)
        masked.inputs = tuple(
            Variable(hidden_like(x.data), x.name) if (wire.source, wire.output) in self.data else x
            for wire, x in zip(wires, function.inputs, strict=True)
        )
        for name, kept in vars(function).items():  # what forward keeps for backward is made of the numbers
            if isinstance(kept, np.ndarray | np.floating) and name not in ("inputs", "outputs"):
                setattr(masked, name, hidden_like(kept))

        hides = [self._hides_slope(node_id, function, wire, wires) for wire in wires]

        def local_derivatives(output: int = 0) -> tuple[Any, ...]:
            return _without(hides, function.local_derivatives(output))

        def gradients(gys: Sequence[Any]) -> list[Any]:
            return list(_without(hides, function.gradients(gys)))

        vars(masked).update(local_derivatives=local_derivatives, gradients=gradients)
        return masked

    def _concerns(self, node_id: str, wires: Sequence[Edge]) -> bool:
        sources = {(wire.source, wire.output) for wire in wires}
        own = {port for port in self.data if port[0] == node_id}
        return bool(own or sources & (self.data | self.grad))

    def _hides_slope(self, node_id: str, function: Function, wire: Edge, wires: Sequence[Edge]) -> bool:
        if (wire.source, wire.output) in self.grad:
            return True
        is_constant = all(not any(letter.isalpha() for letter in rule) for rule in type(function).local or ("x",))
        own_hidden = any(port[0] == node_id for port in self.data)
        return not is_constant and (own_hidden or any((each.source, each.output) in self.data for each in wires))

    def _all(self, hidden: set[OutputPort], ports: Sequence[OutputPort], arrays: Sequence[Array | None]) -> Any:
        return tuple(self._of(hidden, port, array) for port, array in zip(ports, arrays, strict=False))

    def _of(self, hidden: set[OutputPort], port: OutputPort, array: Array | None) -> Any:
        return hidden_like(array) if array is not None and port in hidden else array


def _without(hides: Sequence[bool], arrays: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(
        hidden_like(array) if is_secret and array is not None else array
        for is_secret, array in zip(hides, arrays, strict=True)
    )
