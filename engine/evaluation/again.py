"""Evaluate a graph again of which only the values of inputs have changed: the engine's own calls, and nothing else.

Which node waits, which shapes fit and which Function has its turn when depends on no number: all of that is known from
the evaluation before. What is left is forward and the engine's own sweep, and so each bit is that of `evaluate`, for
every op, array and variant; no step is made before somebody asks for one. A program of `engine.replay` is quicker
still, but not the same in every bit: it leaves out what changes only a zero's sign, and sums arrays in the order in
which they lie in memory. A number that is not finite needs a sentence, which `evaluate` finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from math import isfinite
from typing import Any, Final

import numpy as np

from engine.autograd import ByHand, Function, Variable, Visit, strong_in, sweep
from engine.document import Graph, Node, OutputPort, to_array
from engine.evaluation.single_numbers import SingleNumbers, holds_single_numbers
from engine.evaluation.steps import LateSteps, Pass, steps_of_passes
from engine.evaluation.trace import NodeTrace, Trace
from engine.pieces import Pieces

_NODES_A_PIECE: Final = 16
"""How many nodes of single numbers are computed in one piece; an array may be large, and is one by itself."""


def differ_in_values(before: Graph, after: Graph) -> bool:
    """Return whether nothing that two graphs differ in changes more than the numbers: values, places, roles, blocks."""
    if before.wiring is not after.wiring or before.output != after.output or len(before) != len(after):
        return False
    return all(a is b or _differ_in_value(a, b) for a, b in zip(before.nodes(), after.nodes(), strict=True))


def _differ_in_value(before: Node, after: Node) -> bool:
    same = (before.id, before.op, before.name, before.parameters) == (after.id, after.op, after.name, after.parameters)
    return same and _shape(before.value) == _shape(after.value)


def _shape(value: Any) -> tuple[int, ...]:
    return (len(value), *_shape(value[0])) if isinstance(value, tuple) else ()


def evaluate_again_in_pieces(graph: Graph, before: Trace, picks: Sequence[str] | None = None) -> Pieces[Trace | None]:
    """Return the trace that `evaluate` gives, from that of a graph which differs in values alone, in pieces.

    `picks` are those of the trace before. Returns None where only `evaluate` can tell: a number is not finite, a result
    has another shape than before, a pass was stopped, or the trace before is out of date.
    """
    if before.stale or before.stopped:
        return None
    if holds_single_numbers(before):
        numbers = SingleNumbers(graph, before)
        if (yield from numbers.run()):
            return numbers.trace()
    again = _Again(graph, before, picks)
    done = yield from again.run()
    return again.trace() if done else None


@dataclass
class _Again:
    graph: Graph
    before: Trace
    picks: Sequence[str] | None
    variables: dict[str, tuple[Variable, ...]] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    passes: list[Pass] = field(default_factory=list)
    nodes: dict[str, NodeTrace] = field(default_factory=dict)

    def run(self) -> Pieces[bool]:
        """Run forward and all backward passes; return whether all numbers are finite and of the shapes before."""
        computed = [node_id for node_id, found in self.before.nodes.items() if found.data is not None]
        is_scalar = all(y.ndim == 0 for node_id in computed for y in self.before.nodes[node_id].data or ())
        a_piece = _NODES_A_PIECE if is_scalar else 1
        for place in range(0, len(computed), a_piece):
            with np.errstate(all="ignore"):
                if not all(map(self._forward, computed[place : place + a_piece])):
                    return False
            yield 0.5 * place / len(computed)
        for start in self.before.sweeps:
            sweeping, visits = self._sweep(start), []
            while some := self._some(sweeping, a_piece):
                visits += some
                yield 0.5
            self.passes.append((start, self.variables[start[0]][start[1]].generation, visits))
        for node_id, ys in self.variables.items():
            grads = tuple([y.grad for y in ys])
            if not all(map(_is_finite, grads)):
                return False
            self.nodes[node_id] = NodeTrace(tuple([y.data for y in ys]), grads)
        return True

    def _forward(self, node_id: str) -> bool:
        node = self.graph.node(node_id)
        if node.value is not None:
            self.variables[node_id] = (Variable(to_array(node.value), node.name),)
            return True
        function = self.before.functions[node_id].__class__(**node.parameters)
        wires = self.graph.wires_into(node_id).values()
        found = function(*[self.variables[wire.source][wire.output] for wire in wires])
        self.functions[node_id] = function
        if isinstance(found, list):
            self.variables[node_id] = outputs = tuple(found)
            for output, name in zip(outputs, node.output_names, strict=True):
                output.name = f"{node.name}.{name}"
        else:
            self.variables[node_id] = outputs = (found,)
            found.name = node.name
        # As the op itself sees it: a single number that is asked for as an array is slower from then on.
        numbers = [function.data_of(y) for y in outputs]
        shapes = [y.shape for y in self.before.nodes[node_id].data or ()]
        return [number.shape for number in numbers] == shapes and all(map(_is_finite, numbers))

    def _sweep(self, start: OutputPort) -> Iterator[Visit]:
        work_list = self.before.variant.work_list()
        if self.picks is not None:
            picked = [self.functions[pick] for pick in self.picks if pick in self.functions]
            work_list = ByHand(picked, self.before.variant.overwrites)
        output = self.variables[start[0]][start[1]]
        return sweep(output, np.ones_like(output.data), work_list)

    def _some(self, visits: Iterator[Visit], count: int) -> list[Visit]:
        with np.errstate(all="ignore"):
            return list(islice(visits, count))

    def trace(self) -> Trace:
        """Return the trace of what was computed; nodes that wait, or cannot be computed, do so as before."""
        node_of = {function: node_id for node_id, function in self.functions.items()}
        visited = [function for *_, visits in self.passes for function, *_ in visits if function is not None]
        return replace(
            self.before,
            nodes=self.before.nodes | self.nodes,
            visited=tuple([node_of[function] for function in visited]),
            steps=LateSteps(partial(steps_of_passes, self.variables, self.functions, self.passes)),
            functions=self.functions,
            has_untaken=any(
                strong_in(gx) is not False for *_, visits in self.passes for *_, gxs in visits for gx in gxs
            ),
        )


def _is_finite(array: Any) -> bool:
    if array is None:
        return True
    return isfinite(array) if array.ndim == 0 else bool(np.isfinite(array).all())
