"""What wrong rules would give in place of a number, on this very graph: each with the Function where it went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, partial
from typing import Final

import networkx as nx
import numpy as np

from engine.autograd import Array, Variant, WorkList
from engine.diagnosis import broken_engine as broken
from engine.diagnosis.broken_engine import BrokenEngine, BrokenRule
from engine.diagnosis.wrong_data import numbers_of_others, wrong_forward
from engine.document import Edge, Graph, OutputPort, Quantity
from engine.errors import EngineError
from engine.evaluation import Trace
from engine.explain import PathFinder, expected_arrivals
from engine.pieces import Pieces

MOST_ENTRIES: Final = 64
"""Entries of a gradient that was not summed, each of which may be taken for the sum."""
MOST_STARTS: Final = 8
"""Other outputs from which an earlier backward pass may have come."""
MOST_PATH_NODES: Final = 300
"""In larger graphs paths are not gone through one by one."""


class WrongRule(Enum):
    """Name a rule that was broken; the values are kept in files and sent to browsers."""

    NO_UPSTREAM = "no upstream"
    NO_LOCAL = "no local"
    OVERWRITTEN = "overwritten"
    ONE_PATH = "one path"
    TOO_EARLY = "too early"
    SWAPPED = "swapped"
    SIGN = "sign"
    DATA_FOR_GRAD = "data for grad"
    GRAD_FOR_DATA = "grad for data"
    OTHER_NODE = "other node"
    EXPONENT = "exponent"
    NOT_CLEARED = "not cleared"
    NOT_SUMMED = "not summed"
    OTHER_ENGINE = "other engine"


@dataclass(frozen=True)
class WrongNumber:
    """Hold what a wrong rule gives, and the node at which it was broken or whose number it is ("" where none is)."""

    rule: WrongRule
    number: Array
    node: str = ""


def wrong_numbers(graph: Graph, trace: Trace, asked: Quantity) -> Pieces[list[WrongNumber]]:
    """Return what every wrong rule gives in place of a number that the trace holds, in pieces."""
    found: list[WrongNumber] = []
    makers = (_WrongGrads if asked.kind == "grad" else _WrongData)(graph, trace, asked).makers
    for place, make in enumerate(makers):
        try:
            with np.errstate(all="ignore"):
                found += make()
        except (EngineError, ValueError):
            pass  # this rule does not fit the shapes of this graph
        yield (place + 1) / len(makers)
    return [each for each in found if np.all(np.isfinite(each.number))]


class _WrongGrads:
    """Run the engine with one rule broken, and read the gradient that was asked for."""

    def __init__(self, graph: Graph, trace: Trace, asked: Quantity) -> None:
        self.graph = graph
        self.trace = trace
        self.asked = asked
        starts = trace.sweeps or (() if trace.output is None else (trace.output,))
        self.starts: tuple[OutputPort, ...] = starts
        self.start = starts[-1]
        self.makers: tuple[Callable[[], list[WrongNumber]], ...] = (
            self._no_upstream,
            self._no_local,
            self._overwritten,
            self._one_path,
            self._too_early,
            self._swapped,
            self._sign,
            self._data_for_grad,
            self._other_node,
            self._exponent,
            self._not_cleared,
            self._not_summed,
            self._other_engine,
        )

    # What is right ---------------------------------------------------------------------------------------------

    @cached_property
    def engine(self) -> BrokenEngine:
        return BrokenEngine(self.graph, self.trace)

    @cached_property
    def right(self) -> dict[OutputPort, Array]:
        """Return all gradients of the last backward pass by the right rules."""
        return self.engine.grads(self.start)

    @cached_property
    def uses(self) -> list[Edge]:
        """Return the wires that lead from the Variable towards the output."""
        leads = nx.ancestors(self.graph.network, self.start[0]) | {self.start[0]}
        return [
            wire
            for target in self.graph.topological_order()
            if target in leads and target in self.engine.functions
            for wire in self.graph.wires_into(target).values()
            if (wire.source, wire.output) == self.asked.port
        ]

    @cached_property
    def users(self) -> set[str]:
        return {wire.target for wire in self.uses}

    @property
    def first_user(self) -> str:
        return self.uses[0].target if self.uses else ""

    @cached_property
    def after(self) -> set[str]:
        """Return the nodes that are computed from the Variable."""
        return set(nx.descendants(self.graph.network, self.asked.node))

    @cached_property
    def forks(self) -> list[str]:
        """Return the Variables to which several gradients come, from the asked one on towards the output."""
        due = expected_arrivals(self.graph, self.start)
        return [
            node_id
            for node_id in self.graph.topological_order()
            if node_id in self.after | {self.asked.node}
            and any(due.get((node_id, output), 0) > 1 for output in range(self.graph.node(node_id).n_outputs))
        ]

    # One rule each ---------------------------------------------------------------------------------------------

    def _run(
        self,
        wrong: WrongRule,
        rule: BrokenRule | None = None,
        *,
        at: set[str] | None = None,
        work_list: WorkList | None = None,
        node: str = "",
    ) -> list[WrongNumber]:
        try:
            grads = self.engine.grads(self.start, rule=rule, at=at, work_list=work_list)
        except (EngineError, ValueError):
            return []
        number = grads.get(self.asked.port)
        return [] if number is None else [WrongNumber(wrong, number, node)]

    def _here_and_everywhere(self, wrong: WrongRule, rule: BrokenRule, ops: tuple[str, ...] = ()) -> list[WrongNumber]:
        """Break a rule where the Variable is used, then at every Function; `ops` are those that it concerns."""
        functions = set(self.engine.functions)
        found = []
        if not ops or any(self.graph.node(node_id).op in ops for node_id in self.users):
            found += self._run(wrong, rule, at=self.users, node=self._first_of(ops, self.users))
        if not ops or any(self.graph.node(node_id).op in ops for node_id in functions - self.users):
            found += self._run(wrong, rule, node=self._first_of(ops, functions))
        return found

    def _first_of(self, ops: tuple[str, ...], node_ids: set[str]) -> str:
        """Return the first node after the Variable that has one of some ops."""
        for node_id in self.graph.topological_order():
            if node_id in self.after and node_id in node_ids and (not ops or self.graph.node(node_id).op in ops):
                return node_id
        return ""

    def _no_upstream(self) -> list[WrongNumber]:
        return self._here_and_everywhere(WrongRule.NO_UPSTREAM, broken.without_upstream)

    def _no_local(self) -> list[WrongNumber]:
        return self._here_and_everywhere(WrongRule.NO_LOCAL, broken.without_local)

    def _overwritten(self) -> list[WrongNumber]:
        if not self.forks and len(self.starts) == 1:
            return []
        node = self.forks[0] if self.forks else self.asked.node
        lists = (broken.overwriting(), broken.overwriting_in_wrong_order())
        found = [each for work in lists for each in self._run(WrongRule.OVERWRITTEN, work_list=work, node=node)]
        if len(self.starts) > 1 and self.asked.port in self.right:  # the pass before was forgotten
            found.append(WrongNumber(WrongRule.OVERWRITTEN, self.right[self.asked.port], node))
        return found

    def _one_path(self) -> list[WrongNumber]:
        found: list[WrongNumber] = []
        if len(self.uses) > 1:
            for wire in self.uses:
                found += self._by_one_wire(wire)
        if len(self.graph) <= MOST_PATH_NODES and self.trace.output == self.start:
            paths = PathFinder(self.graph, self.trace).from_variable(self.asked.port)
            if paths.count > 1:
                found += [
                    WrongNumber(WrongRule.ONE_PATH, path.product, path.hops[0].wire.target) for path in paths.listed
                ]
        return found

    def _by_one_wire(self, wire: Edge) -> Iterator[WrongNumber]:
        """Yield the gradient that comes by one of the wires alone."""
        function = self.engine.functions[wire.target]
        gys = [self.right.get((wire.target, output)) for output in range(len(function.outputs))]
        gx = function.gradients(gys)[wire.port]
        if gx is not None:
            yield WrongNumber(WrongRule.ONE_PATH, np.asarray(gx), wire.target)

    def _too_early(self) -> list[WrongNumber]:
        later = [node_id for node_id in self.forks if node_id != self.asked.node and node_id in self.engine.functions]
        if not later:
            return []
        return self._run(WrongRule.TOO_EARLY, work_list=broken.too_early(), node=later[0])

    def _swapped(self) -> list[WrongNumber]:
        swapped = self._here_and_everywhere(WrongRule.SWAPPED, broken.with_inputs_swapped, ("Mul", "Div"))
        return swapped + self._here_and_everywhere(WrongRule.SWAPPED, broken.with_quotient_turned_over, ("Div",))

    def _sign(self) -> list[WrongNumber]:
        node = self._first_of(("Sub", "Neg", "Div"), set(self.engine.functions)) or self.first_user
        lost = self._here_and_everywhere(WrongRule.SIGN, broken.without_sign, ("Sub", "Neg", "Div"))
        grad = self.trace.nodes[self.asked.node].grad[self.asked.output]
        return [*lost, *([] if grad is None else [WrongNumber(WrongRule.SIGN, -grad, node)])]

    def _data_for_grad(self) -> list[WrongNumber]:
        data = self.trace.nodes[self.asked.node].data
        return [] if data is None else [WrongNumber(WrongRule.DATA_FOR_GRAD, data[self.asked.output], self.asked.node)]

    def _other_node(self) -> list[WrongNumber]:
        return [
            WrongNumber(WrongRule.OTHER_NODE, number, node_id)
            for node_id, number in numbers_of_others(self.graph, self.trace, self.asked)
        ]

    def _exponent(self) -> list[WrongNumber]:
        powers = ("Square", "Pow", "Power")
        found = [
            each for rule in broken.WRONG_POWERS for each in self._here_and_everywhere(WrongRule.EXPONENT, rule, powers)
        ]
        found += self._here_and_everywhere(WrongRule.EXPONENT, broken.exponential_as_power, ("Exp",))
        return found + self._here_and_everywhere(WrongRule.EXPONENT, broken.without_logarithm, ("Power",))

    def _not_cleared(self) -> list[WrongNumber]:
        """Return the gradient with what an earlier pass has left: from the same output, or from others."""
        grad = self.trace.nodes[self.asked.node].grad[self.asked.output]
        if grad is None:
            return []
        ends = [node.id for node in self.graph.sinks() if node.id in self.engine.functions and node.id != self.start[0]]
        found = [WrongNumber(WrongRule.NOT_CLEARED, grad + self.right[self.asked.port], self.asked.node)]
        left = grad
        for end in ends[:MOST_STARTS]:
            other = self.engine.grads((end, 0)).get(self.asked.port)
            if other is not None:
                left = left + other
                found.append(WrongNumber(WrongRule.NOT_CLEARED, grad + other, self.asked.node))
        return [*found, WrongNumber(WrongRule.NOT_CLEARED, left, self.asked.node)] if left is not grad else found

    def _not_summed(self) -> list[WrongNumber]:
        """Return the gradient as it is before the sum over what the Variable was repeated over, and parts of it."""
        total: Array | None = None
        node, is_repeated = "", False
        for wire in self.uses:
            function = self.engine.functions[wire.target]
            gys = [self.right.get((wire.target, output)) for output in range(len(function.outputs))]
            each = broken.unsummed(function, gys, wire.port)
            if each is not None:
                node, is_repeated = node or wire.target, True
            else:
                sent = function.gradients(gys)[wire.port]
                each = None if sent is None else np.asarray(sent)
            total = each if total is None or each is None else total + each
        if total is None or not is_repeated:
            return []
        shape = self.engine.variables[self.asked.node][self.asked.output].shape
        parts = _parts_of_shape(total, shape)
        numbers = [total, *parts, *([np.mean(parts, axis=0)] if parts else [])]
        return [WrongNumber(WrongRule.NOT_SUMMED, np.asarray(number), node) for number in numbers]

    def _other_engine(self) -> list[WrongNumber]:
        """Return what the right engine gives, where another one is at work."""
        if self.trace.variant is Variant.STEP_16 and not self.trace.picked:
            return []
        number = self.right.get(self.asked.port)
        return [] if number is None else [WrongNumber(WrongRule.OTHER_ENGINE, number, self.asked.node)]


def _parts_of_shape(total: Array, shape: tuple[int, ...]) -> list[Array]:
    """Return the parts of an array, each of a shape that was repeated to give the array's."""
    leading = (1,) * (total.ndim - len(shape)) + shape
    axes = [axis for axis, size in enumerate(leading) if size != total.shape[axis]]
    moved = np.moveaxis(total, axes, range(len(axes)))
    count = int(np.prod([total.shape[axis] for axis in axes]))
    return [part.reshape(shape) for part in moved.reshape(count, *moved.shape[len(axes) :])[:MOST_ENTRIES]]


class _WrongData:
    """Compute the op at the node wrongly, from inputs that are right."""

    def __init__(self, graph: Graph, trace: Trace, asked: Quantity) -> None:
        self.graph = graph
        self.trace = trace
        self.asked = asked
        rules = (WrongRule.SWAPPED, WrongRule.SIGN, WrongRule.EXPONENT, WrongRule.GRAD_FOR_DATA)
        self.makers: tuple[Callable[[], list[WrongNumber]], ...] = (
            *(partial(self._forward, rule) for rule in rules),
            self._other_node,
        )

    def _forward(self, wrong: WrongRule) -> list[WrongNumber]:
        numbers = wrong_forward(self.trace, self.asked, wrong.value)
        return [WrongNumber(wrong, number, self.asked.node) for number in numbers]

    def _other_node(self) -> list[WrongNumber]:
        others = numbers_of_others(self.graph, self.trace, self.asked)
        return [WrongNumber(WrongRule.OTHER_NODE, number, node_id) for node_id, number in others]
