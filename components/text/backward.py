"""What a Function sends to its inputs in one backward step, as equations in names and in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from components.equations import (
    Derivative,
    Equation,
    Expression,
    Let,
    Name,
    Number,
    Part,
    Product,
    Sum,
    Symbol,
    entry_in_numbers,
    equation,
)
from components.text.factors import multiplies, repeated_axes, upstream
from components.text.names import output_name, source_name
from components.text.numbers import shown_array
from components.text.rules import rules_of
from components.text.sent_rules import equation_with_letter, rule_with_letter, sent_to_part, summed_over, summed_up
from engine.autograd import Array
from engine.document import Edge, Graph, OutputPort
from engine.evaluation import Step, Trace
from engine.explain import Contribution
from engine.messages import say

_WORKED_OUT = ("Sum", "Cases", "Let", "Negative")
"""Local derivatives of these kinds are plugged in by their value."""


class BackwardStep:
    """Tell what one visit of a Function sends.

    `grads` are the gradients that are shown beside it: those after this step, or at the end. What a second pass or
    another variant sends may come of another gradient than that, and is then told in numbers alone.
    """

    def __init__(
        self, graph: Graph, trace: Trace, step: Step, grads: Mapping[OutputPort, Array | None] | None = None
    ) -> None:
        self.graph = graph
        self.trace = trace
        self.step = step
        self.node = graph.node(step.node)
        self.function = trace.functions[step.node]
        self.rules = rules_of(graph, step.node, self.function)
        self.wires = list(graph.wires_into(step.node).values())
        self.outputs = [output_name(self.node, output) for output in range(self.node.n_outputs)]
        self._shown_grads = {} if grads is None else grads

    def equations(self, brought: Sequence[Contribution], *, at_end: bool = False) -> list[list[Equation]]:
        """Return, for each input, what is sent to it, and after the last to a Variable the sum with what was there.

        x.grad = a.grad · 2x = 1 × 2 × 2 = 4, where x.grad is that alone. `brought` are the arrivals, in the order of
        the ports. `at_end` tells that the gradients shown are those at the end: then a sum to which more comes later
        is left out.
        """
        found = []
        for wire in self.wires:
            arrivals = [
                each for other, each in zip(self.wires, brought, strict=True) if _source(other) == _source(wire)
            ]
            stays = not at_end or _same(arrivals[-1].total, self._shown_grads.get(_source(wire)))
            is_added = arrivals[0].before is not None and not self.trace.variant.overwrites
            is_whole = stays and not is_added and len(arrivals) == 1
            label = "" if is_whole else say("to {name}:", name=f"{source_name(self.graph, wire)}.grad")
            equations = self.sent_to(wire, is_whole=is_whole, label=label)
            if stays and not is_whole and not self.trace.variant.overwrites and self._is_last(wire):
                equations.append(sum_of_arrivals(source_name(self.graph, wire), arrivals))
            found.append(equations)
        return found

    def sent_to(self, wire: Edge, *, is_whole: bool, label: str = "") -> list[Equation]:
        """Return what is sent to an input; `is_whole` tells that its gradient is that alone."""
        receiver, gx = Name(f"{source_name(self.graph, wire)}.grad"), self.step.sent[wire.port]
        names = {**self._names, receiver.text: gx}
        if by_places := self._by_places(wire, receiver, names, is_whole=is_whole):
            return by_places
        if counted := self._counted(wire):
            return [equation_with_letter(counted, receiver, gx, label, is_whole=is_whole)]
        named, plugged = self._rule_of(wire)
        sides = [*([receiver] if is_whole else []), *([] if named is None else [named])]
        return worked_out(sides, plugged, gx, names, self._arrived, label)

    def _is_last(self, wire: Edge) -> bool:
        return [each for each in self.wires if _source(each) == _source(wire)][-1] is wire

    def product(self, wire: Edge, *, named: bool) -> Equation:
        """Return upstream × local = downstream in numbers, for a sentence; of arrays the first entry.

        `named` puts the receiver's name before it.
        """
        gx = self.step.sent[wire.port]
        first = Number(float(gx.reshape(-1)[0]))
        plugged = self._upstream_times(self._derivatives(wire), gx)
        numbers = entry_in_numbers(plugged, self._arrived, gx, (0,) * gx.ndim)
        receiver = Name(f"{source_name(self.graph, wire)}.grad")
        sides = [*([receiver] if named else []), *([] if numbers is None else [numbers]), first]
        return equation(sides, {receiver.text: first.value})

    def upstream(self, output: int) -> Array:
        """Return the gradient that came in at an output."""
        return upstream(self.trace, self.step, output)

    def comes_twice(self, wire: Edge) -> bool:
        """Return whether the Variable at an input stands at another input too."""
        return [_source(each) for each in self.wires].count(_source(wire)) > 1

    def repeated(self, wire: Edge) -> tuple[int, ...]:
        """Return the axes of the result over which an input was repeated."""
        if not self.function.elementwise:
            return ()
        return repeated_axes(self.step.sent[wire.port].shape, upstream(self.trace, self.step, 0).shape)

    # What names stand for ---------------------------------------------------------------------------------------

    @cached_property
    def _arrived(self) -> dict[str, Any]:
        """Return inputs and outputs, and the gradients that came in with this visit."""
        return arrays_around(self.graph, self.trace, self.step.node) | {
            f"{output}.grad": upstream(self.trace, self.step, number) for number, output in enumerate(self.outputs)
        }

    @cached_property
    def _names(self) -> dict[str, Any]:
        """Return inputs and outputs, and the gradients as they are shown."""
        shown = {
            f"{output}.grad": grad
            for number, output in enumerate(self.outputs)
            if (grad := self._shown_grads.get((self.step.node, number))) is not None
        }
        return self._arrived | shown

    # Products ---------------------------------------------------------------------------------------------------

    def _rule_of(self, wire: Edge) -> tuple[Expression | None, Expression | None]:
        """Return upstream times local, or what else the rule of an input says, in names, and as it is plugged in."""
        local, gx = self.rules.local(wire.port), self.step.sent[wire.port]
        if len(local) == 1 and self.rules.sends(wire.port):
            return (summed_up(local[0], self._arrived, gx.shape),) * 2
        if not multiplies(self.function, self.trace.nodes[self.step.node]):
            return None, None
        derivatives = self._derivatives(wire)
        if len(local) != 1 or len(derivatives) != 1:
            return (self._upstream_times(derivatives, gx),) * 2
        output, derivative = derivatives[0]
        worked = derivative if type(local[0]).__name__ in _WORKED_OUT else local[0]
        return self._upstream_times([(output, local[0])], gx), self._upstream_times([(output, worked)], gx)

    def _derivatives(self, wire: Edge) -> list[tuple[str, Expression]]:
        """Return, for each output, its name and its derivative by an input."""
        with np.errstate(all="ignore"):
            values = [self.function.local_derivatives(output)[wire.port] for output in range(len(self.outputs))]
        # Where the same Variable is at two inputs, an input is called by its own name.
        by = Symbol(self.node.ports[wire.port]) if self.comes_twice(wire) else Name(source_name(self.graph, wire))
        return [
            (output, Derivative(Name(output), by, value)) for output, value in zip(self.outputs, values, strict=True)
        ]

    def _upstream_times(self, derivatives: Sequence[tuple[str, Expression]], gx: Array) -> Expression:
        """Return the sum of upstream × local over the outputs, and over the axes over which the input was repeated."""
        terms = tuple(_product(Name(f"{output}.grad"), rule) for output, rule in derivatives)
        axes = repeated_axes(gx.shape, upstream(self.trace, self.step, 0).shape)
        return summed_over(axes, terms[0] if len(terms) == 1 else Sum(terms), gx.shape)

    def _counted(self, wire: Edge) -> Expression | None:
        """Return the rule of an input with n as a letter, where n is not the same everywhere."""
        if not self.rules.sends(wire.port) or not self._is_shown():
            return None
        return rule_with_letter(self.graph, self.rules, wire.port, self._arrived, self.step.sent[wire.port])

    def _is_shown(self) -> bool:
        """Return whether the gradients that came in with this visit are those that are shown."""
        return all(_same(self._arrived[name], self._names[name]) for name in self._arrived)

    def _by_places(self, wire: Edge, receiver: Name, names: Mapping[str, Any], *, is_whole: bool) -> list[Equation]:
        """Return, for an op that cuts an array, at which places of it each gradient stands."""
        local, ndim = self.rules.op.local[0], self.step.sent[wire.port].ndim
        if not self.rules.calls(local, "join") and not self.rules.calls(local, "place"):
            return []
        note = say("and 0 elsewhere") if self.rules.calls(local, "place") else ""
        sides = [
            [Part(receiver, *part, ndim), Name(f"{output}.grad")]
            for output, part in zip(self.outputs, self.rules.parts(), strict=True)
        ]
        if not is_whole:
            return [sent_to_part(part, came, note) for part, came in sides] if self._is_shown() else []
        found = [equation(each, names, note=note) for each in sides]
        return found if all(len(each.sides) > 1 for each in found) else []


def backward_formulas(
    graph: Graph,
    trace: Trace,
    step: Step,
    brought: Sequence[Contribution],
    grads: Mapping[OutputPort, Array | None],
) -> list[list[Equation]]:
    """Return, for each input, what a step sends to it: x.grad = a.grad · 2x = 1 × 2 × 2 = 4.

    `brought` are these arrivals, in the order of the ports, and `grads` all gradients after the step.
    """
    return BackwardStep(graph, trace, step, grads).equations(brought)


def sum_of_arrivals(name: str, arrivals: Sequence[Contribution]) -> Equation:
    """Return what a gradient becomes: x.grad = before + gradient = total."""
    before, total = arrivals[0].before, arrivals[-1].total
    parts = [*([] if before is None else [before]), *(each.gradient for each in arrivals)]
    receiver = Name(f"{name}.grad")
    added = Sum(tuple(map(shown_array, parts)))
    return equation([receiver, added, shown_array(total)], {receiver.text: total})


def first_of_sum(arrivals: Sequence[Contribution]) -> Equation:
    """Return what the first entry of a gradient becomes: before + gradient = total."""
    before, total = arrivals[0].before, arrivals[-1].total
    parts = [*([] if before is None else [before]), *(each.gradient for each in arrivals)]
    first = [Number(float(part.reshape(-1)[0])) for part in (*parts, total)]
    return equation([Sum(tuple(first[:-1])), first[-1]], {})


def arrays_around(graph: Graph, trace: Trace, node_id: str) -> dict[str, Any]:
    """Return what the names of a node's inputs and outputs stand for."""
    node, function, data = graph.node(node_id), trace.functions[node_id], trace.nodes[node_id].data
    assert data is not None
    inputs = {source_name(graph, wire): function.inputs[wire.port].data for wire in graph.wires_into(node_id).values()}
    return inputs | {output_name(node, output): y for output, y in enumerate(data)}


def worked_out(
    sides: Sequence[Expression],
    plugged: Expression | None,
    result: Array,
    names: Mapping[str, Any],
    numbers_of: Mapping[str, Any],
    label: str = "",
) -> list[Equation]:
    """Return an equation with its numbers; of an array its first entries, and then the first one worked out.

    `numbers_of` says which numbers are plugged in.
    """
    numbers = None if plugged is None else entry_in_numbers(plugged, numbers_of, result, (0,) * result.ndim)
    if isinstance(numbers, Number):
        numbers = None
    if not result.ndim:
        plugged_in = [] if numbers is None else [numbers]
        return [equation([*sides, *plugged_in, shown_array(result)], names, label)]
    found = [equation([*sides, shown_array(result)], names, label)]
    if numbers is not None:
        first = Number(float(result.reshape(-1)[0]))
        found.append(equation([numbers, first], names, say("first entry:")))
    return found


def _product(upstream_name: Expression, rule: Expression) -> Expression:
    if isinstance(rule, Let):
        return Let(_product(upstream_name, rule.body), rule.letter, rule.means)
    return Product((upstream_name, *(rule.factors if isinstance(rule, Product) else (rule,))))


def _source(wire: Edge) -> OutputPort:
    return wire.source, wire.output


def _same(left: Array, right: Array | None) -> bool:
    return right is not None and left.shape == right.shape and bool(np.array_equal(left, right, equal_nan=True))
