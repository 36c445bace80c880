"""Evaluate a graph of single numbers again: `Function.__call__` and `sweep`, written out for doubles.

What stands here computes what they compute, in the same order, and leaves out what they ask of arrays, of several
outputs and of other variants. The text to read is theirs: this one is for whoever drags a value and waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any, Final
from weakref import ref

import numpy as np

from engine.autograd import NO_GRADIENT, Function, Variable, Variant, Visit, running_rules
from engine.document import Graph, to_array
from engine.evaluation.steps import LateSteps, steps_of_passes
from engine.evaluation.trace import NodeTrace, Step, Trace
from engine.pieces import Pieces

_NODES_A_PIECE: Final = 16
"""How many nodes are computed in one piece."""
_ONE: Final = np.float64(1)
_DOUBLES: Final = frozenset({np.float64, type(NO_GRADIENT)})
"""The types of what needs not to be fitted to an input."""


def holds_single_numbers(trace: Trace) -> bool:
    """Return whether a trace is that of the right variant, at most one pass, and doubles without axes alone."""
    if trace.variant is not Variant.STEP_16 or len(trace.sweeps) > 1 or trace.picked:
        return False
    return all(
        len(found.data) == 1 and found.data[0].ndim == 0 and found.data[0].dtype == float
        for found in trace.nodes.values()
        if found.data is not None
    )


@dataclass
class SingleNumbers:
    """Hold what is computed: Variables and Functions by their nodes, the visits of the backward pass, and numbers."""

    graph: Graph
    before: Trace
    variables: dict[str, Variable] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    nodes: dict[str, NodeTrace] = field(default_factory=dict)
    has_untaken: bool = False

    def run(self) -> Pieces[bool]:
        """Run forward and backward; return whether all numbers are finite doubles, and the same nodes were visited."""
        computed = [node_id for node_id, found in self.before.nodes.items() if found.data is not None]
        for place in range(0, len(computed), _NODES_A_PIECE):
            if not self._forward(computed[place : place + _NODES_A_PIECE]):
                return False
            yield 0.5 * place / len(computed)
        arrived: dict[Variable, Any] = {}
        for start, _ in self.before.sweeps:
            arrived[self.variables[start]] = _ONE
            self.visits.append((None, (), (_ONE,)))
        visited = self.before.visited
        for place in range(0, len(visited), _NODES_A_PIECE):
            if not self._backward(visited[place : place + _NODES_A_PIECE], arrived):
                return False
            yield 0.5
        met = set(visited)
        for node_id, y in self.variables.items():
            y._grad = gy = arrived.get(y)
            if gy is not None and (not isfinite(gy) or (node_id in self.functions and node_id not in met)):
                return False  # the latter where a rule that sent nothing before sends something now
            self.nodes[node_id] = NodeTrace((np.asarray(y._data),), (gy if gy is None else np.asarray(gy),))
        return True

    def trace(self) -> Trace:
        """Return the trace of what was computed; nodes that wait, or cannot be computed, do so as before."""
        return replace(
            self.before,
            nodes=self.before.nodes | self.nodes,
            steps=LateSteps(self._steps),
            functions=self.functions,
            has_untaken=self.has_untaken,
        )

    def _steps(self) -> Iterator[Step]:
        passes = [(start, self.variables[start[0]].generation, self.visits) for start in self.before.sweeps]
        return steps_of_passes({node_id: (y,) for node_id, y in self.variables.items()}, self.functions, passes)

    def _forward(self, node_ids: Sequence[str]) -> bool:
        graph, variables, wires = self.graph, self.variables, self.graph.wiring.wires
        with np.errstate(all="ignore"):
            for node_id in node_ids:
                node = graph.node(node_id)
                if node.value is not None:
                    variables[node_id] = Variable(to_array(node.value), node.name)
                    continue
                function = self.before.functions[node_id].__class__(**node.parameters)
                function.inputs = tuple([variables[wire.source] for wire in wires.get(node_id, {}).values()])
                number = function.forward(*[x._data for x in function.inputs])
                if type(number) is not np.float64:
                    number = np.array(number)[()]
                if type(number) is not np.float64 or not isfinite(number):
                    return False
                variables[node_id] = y = Variable(number, node.name)
                function.outputs = [ref(y)]
                function.generation = self.before.functions[node_id].generation
                y.creator, y.generation = function, function.generation + 1
                self.functions[node_id] = function
        return True

    def _backward(self, node_ids: Sequence[str], arrived: dict[Variable, Any]) -> bool:
        with np.errstate(all="ignore"), running_rules():
            for node_id in node_ids:
                function = self.functions[node_id]
                gy = arrived.get(self.variables[node_id])
                if gy is None:
                    return False
                gxs = function.backward(gy)
                gxs = list(gxs) if isinstance(gxs, tuple) else [gxs]
                if not _DOUBLES.issuperset(map(type, gxs)):
                    gxs = function.gradients([gy])
                for x, gx in zip(function.inputs, gxs, strict=True):
                    if gx is not None:
                        before = arrived.get(x)
                        arrived[x] = gx if before is None else before + gx
                        self.has_untaken |= gx is NO_GRADIENT
                self.visits.append((function, [gy], gxs))
        return True
