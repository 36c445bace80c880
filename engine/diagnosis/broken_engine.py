"""Run the engine on a graph with one of its rules broken, at some Functions or at all.

The sweep and the work lists are the engine's own; a broken rule takes the place of `Function.gradients` for one run.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import numpy as np

from engine.autograd import (
    Array,
    Div,
    Exp,
    Function,
    Mul,
    Neg,
    Pow,
    Power,
    Square,
    Sub,
    Variable,
    Variant,
    WorkList,
    find_op,
    sum_to,
    sweep,
)
from engine.document import Graph, OutputPort, to_array
from engine.errors import EngineError
from engine.evaluation import Trace, works_elementwise
from engine.messages import say

BrokenRule = Callable[[Function, Sequence[Any]], list[Any]]
"""What a Function sends to its inputs, from the gradients of its outputs, where somebody has the rule wrong."""
MOST_VISITS: Final = 5_000
"""Visits of one sweep; a stack goes every path by itself, and past this many nobody has done so by hand."""


class BrokenEngine:
    """Hold the Variables of a graph, and run backward on them, right or wrong, any number of times."""

    def __init__(self, graph: Graph, trace: Trace) -> None:
        """Compute forward what the trace has computed."""
        self.variables: dict[str, tuple[Variable, ...]] = {}
        self.functions: dict[str, Function] = {}
        with np.errstate(all="ignore"):
            for node_id in graph.topological_order():
                node = graph.node(node_id)
                if trace.nodes[node_id].data is None:
                    continue
                if node.value is not None:
                    self.variables[node_id] = (Variable(to_array(node.value)),)
                    continue
                function = find_op(node.op or "")(**node.parameters)
                wires = graph.wires_into(node_id).values()
                found = function(*[self.variables[wire.source][wire.output] for wire in wires])
                self.variables[node_id] = tuple(found) if isinstance(found, list) else (found,)
                self.functions[node_id] = function

    def grads(
        self,
        start: OutputPort,
        *,
        rule: BrokenRule | None = None,
        at: Container[str] | None = None,
        work_list: WorkList | None = None,
    ) -> dict[OutputPort, Array]:
        """Return all gradients of one backward pass, with a rule broken at some nodes; None: at all of them.

        Raises EngineError where the pass takes too many visits, or a rule does not fit the shapes.
        """
        output = self.variables[start[0]][start[1]]
        broken = [f for node_id, f in self.functions.items() if rule is not None and (at is None or node_id in at)]
        try:
            with np.errstate(all="ignore"), _broken(broken, rule):
                visits = sweep(output, np.ones_like(output.data, dtype=float), work_list)
                for count, _ in enumerate(visits):
                    if count > MOST_VISITS:
                        raise EngineError(say("this takes more than {limit} visits", limit=MOST_VISITS))
            return {
                (node_id, number): x.grad
                for node_id, variables in self.variables.items()
                for number, x in enumerate(variables)
                if x.grad is not None
            }
        finally:
            for variables in self.variables.values():
                for x in variables:
                    x.cleargrad()


@contextmanager
def _broken(functions: Sequence[Function], rule: BrokenRule | None) -> Iterator[None]:
    """Let Functions send what a broken rule says."""
    for function in functions:
        vars(function)["gradients"] = lambda gys, f=function: rule(f, gys) if rule is not None else _right(f, gys)
    try:
        yield
    finally:
        for function in functions:
            del vars(function)["gradients"]


def _right(function: Function, gys: Sequence[Any]) -> list[Any]:
    """Return what a Function sends by its own rule."""
    return type(function).gradients(function, gys)


# Work lists ------------------------------------------------------------------------------------------------------


def overwriting() -> WorkList:
    """Return a work list in the right order that overwrites gradients."""
    work_list = WorkList()
    work_list.overwrites = True
    return work_list


def overwriting_in_wrong_order() -> WorkList:
    """Return the work list of step 13."""
    return Variant.STEP_13.work_list()


def too_early() -> WorkList:
    """Return the work list of step 14, which visits a Function before all its gradients have arrived, and again."""
    return Variant.STEP_14.work_list()


# Broken rules ----------------------------------------------------------------------------------------------------


def without_upstream(function: Function, gys: Sequence[Any]) -> list[Any]:
    """Send the local derivative alone, as if 1 had come in."""
    return _right(function, [gy if gy is None else np.ones_like(gy) for gy in gys])


def without_local(function: Function, gys: Sequence[Any]) -> list[Any]:
    """Send on what has come in."""
    if len(gys) != 1:
        return _right(function, gys)
    return [_fitted(gys[0], x, right) for x, right in zip(function.inputs, _right(function, gys), strict=True)]


def with_inputs_swapped(function: Function, gys: Sequence[Any]) -> list[Any]:
    """Multiply or divide by the wrong one of the two inputs: Mul sends gy·x₀ to x₀, Div sends what belongs to x₁."""
    if isinstance(function, Mul):
        x0, x1 = function.inputs
        return [sum_to(gys[0] * x0.data, x0.shape), sum_to(gys[0] * x1.data, x1.shape)]
    sent = _right(function, gys)
    if isinstance(function, Div) and function.inputs[0].shape == function.inputs[1].shape:
        return sent[::-1]
    return sent


def with_quotient_turned_over(function: Function, gys: Sequence[Any]) -> list[Any]:
    """Differentiate x₁ / x₀ in place of x₀ / x₁."""
    if not isinstance(function, Div):
        return _right(function, gys)
    x0, x1 = (x.data for x in function.inputs)
    return [sum_to(-gys[0] * (x1 / x0) / x0, x0.shape), sum_to(gys[0] / x0, x1.shape)]


def without_sign(function: Function, gys: Sequence[Any]) -> list[Any]:
    """Lose the minus of a Sub, a Neg, or of the second input of a Div."""
    sent = _right(function, gys)
    match function:
        case Neg():
            return [-sent[0]]
        case Sub() | Div():
            return [sent[0], -sent[1]]
    return sent


def _power(derivative: Callable[[Any, Any], Any]) -> BrokenRule:
    """Return a rule that takes another derivative of xᶜ by x."""

    def rule(function: Function, gys: Sequence[Any]) -> list[Any]:
        sent, x = _right(function, gys), function.inputs[0].data if function.inputs else None
        match function:
            case Square():
                c: Any = 2.0
            case Pow():
                c = function.exponent
            case Power():
                c = function.inputs[1].data
            case _:
                return sent
        x = np.asarray(x, dtype=float)
        return [sum_to(np.asarray(gys[0] * derivative(x, c)), function.inputs[0].shape), *sent[1:]]

    return rule


WRONG_POWERS: Final = (
    _power(lambda x, c: x ** (c - 1.0)),  # the exponent did not come down as a factor
    _power(lambda x, c: c * x**c),  # it was not lowered by one
    _power(lambda x, c: c + 0.0 * x),  # the base was lost
    _power(lambda x, c: x**c),  # the value in place of the derivative
)


def exponential_as_power(function: Function, gys: Sequence[Any]) -> list[Any]:
    """Differentiate eˣ as if it were a power: x·eˣ⁻¹."""
    if not isinstance(function, Exp):
        return _right(function, gys)
    x = function.inputs[0].data
    return [np.asarray(gys[0] * x * np.exp(x - 1.0))]


def without_logarithm(function: Function, gys: Sequence[Any]) -> list[Any]:
    """Send xᵖ to the exponent p, without ln x."""
    sent = _right(function, gys)
    if not isinstance(function, Power):
        return sent
    x, p = (np.asarray(each.data, dtype=float) for each in function.inputs)
    return [sent[0], sum_to(np.asarray(gys[0] * x**p), function.inputs[1].shape)]


def unsummed(function: Function, gys: Sequence[Any], port: int) -> Array | None:
    """Return what goes to an input before it is summed over what it was repeated over; None where it was not."""
    if not works_elementwise(function, [np.shape(gy) for gy in gys]) or len(gys) != 1 or gys[0] is None:
        return None
    shape, x = np.shape(gys[0]), function.inputs[port]
    if x.shape == shape:
        return None
    repeated = copy.copy(function)
    repeated.inputs = tuple(Variable(np.broadcast_to(each.data, shape).copy()) for each in function.inputs)
    with np.errstate(all="ignore"):
        sent = type(function).gradients(repeated, gys)[port]
    return None if sent is None else np.asarray(sent)


def _fitted(gy: Any, x: Variable, right: Any) -> Any:
    """Return what came in, in the shape of an input; the right gradient where it cannot have that shape."""
    if right is None:
        return None
    gy = np.asarray(gy)
    try:
        return sum_to(gy, x.shape) if gy.size >= x.data.size else np.broadcast_to(gy, x.shape).copy()
    except (EngineError, ValueError):
        return right
