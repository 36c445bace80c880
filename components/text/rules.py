"""The rules of an op in the names of a graph: what its own file says, with a node's names and parameters in it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from components.equations import (
    Call,
    Cases,
    Condition,
    Expression,
    Name,
    Number,
    Part,
    Product,
    Quotient,
    Repeated,
    Reshaped,
    RuleError,
    Symbol,
    Total,
    Transposed,
    changed,
    names_in,
    read_rules,
)
from components.text.names import output_name, source_name
from engine.autograd import Function
from engine.document import Graph, Node
from engine.messages import say

_BETWEEN_OUTPUTS = r", \quad "
Shape = tuple[int, ...]


@dataclass(frozen=True)
class NodeRules:
    """Hold what stands for the symbols of an op at one node.

    `function` is its Function, where it has been computed: it knows shapes, and what an n is.
    """

    op: type[Function]
    node: Node
    named: Mapping[str, Expression]
    function: Function | None

    def forward(self) -> list[list[Expression]]:
        """Return, for each output, its name and what it is; nothing for a rule that cannot be read."""
        parts = self.op.formula.split(_BETWEEN_OUTPUTS)
        n_outputs = self.node.n_outputs
        found = []
        for output in range(n_outputs):
            sides = _read(parts[output] if len(parts) == n_outputs else parts[0])
            if len(sides) < 2:
                return []
            name = Name(output_name(self.node, output))
            found.append([name, *(self._bound(side, output) for side in sides[1:])])
        return found

    def local(self, port: int) -> list[Expression]:
        """Return the derivatives of the outputs by an input, or what is sent to it in terms of what comes in.

        Nothing for a rule that cannot be read.
        """
        local = self.op.local[port] if len(self.op.local) > 1 or self.op.ports else self.op.local[0]
        sides = [_read(part) for part in local.split(_BETWEEN_OUTPUTS)]
        return [self._bound(side[-1], port) for side in sides] if all(sides) else []

    def sends(self, port: int) -> bool:
        """Return whether the rule of an input says what is sent, and not a derivative."""
        return any(name in self._upstream for rule in self.local(port) for name in names_in(rule))

    def upstream(self) -> tuple[Name, ...]:
        """Return the names of the gradients that come in, in the order of the outputs."""
        return tuple(Name(f"{output_name(self.node, output)}.grad") for output in range(self.node.n_outputs))

    @property
    def _upstream(self) -> set[str]:
        return {name.text for name in self.upstream()}

    # Symbols ----------------------------------------------------------------------------------------------------

    def _bound(self, rule: Expression, place: int) -> Expression:
        """Return a rule with names in place of symbols; `place` counts the output, or the input it is sent to."""

        def change(part: Expression) -> Expression | None:
            match part:
                case Symbol(text) if text != "π":
                    return self.named.get(text, part)
                case Call("transpose", (body, Symbol(axes))):
                    return self._transposed(changed(body, change), axes)
                case Call(function, (body, *over)) if function in _ARRAY_CALLS:
                    return self._of_arrays(function, changed(body, change), over, place)
            return None

        return changed(changed(rule, change), _without_ones)

    def _of_arrays(self, function: str, body: Expression, over: list[Expression], place: int) -> Expression | None:
        match function:
            case "sum":
                axes = self._axes(over)
                is_single = self.function is not None and not any(x.ndim for x in self.function.inputs)
                return body if is_single or axes == () else Total(body, axes)
            case "largest" | "smallest":
                axes = self._axes(over)
                return body if axes == () else Call(function, (body, *(Number(axis, 0) for axis in axes or ())))
            case "part":
                return self._part(body, place)
            case "join":
                return Call(function, self._joined(body))
        if self.function is None:
            return Call(function, (body,))
        if function == "repeat":
            return self._repeated(body, place)
        if function == "reshape":
            return Reshaped(body, self._shape(body, place))
        return Call(function, (body,))

    def _joined(self, body: Expression) -> tuple[Expression, ...]:
        """Return what is joined: all gradients that come in, or all inputs."""
        if isinstance(body, Name) and body.text in self._upstream:
            return self.upstream()
        return tuple(self.named.get(port, Symbol(port)) for port in self.node.ports)

    def _axes(self, over: list[Expression]) -> tuple[int, ...] | None:
        match over:
            case [Symbol("axis")]:
                axis = self.node.parameters["axis"]
                return axis if axis is None or isinstance(axis, tuple) else (axis,)
            case [Number(value)]:
                return (int(value),)
        return None

    def _transposed(self, body: Expression, axes: str) -> Expression:
        ndim = 0 if self.function is None else self.function.inputs[0].ndim
        order = self.node.parameters.get(axes) if self.function is None else self._meanings().get(axes)
        if self.function is not None and axes in self.node.parameters:
            order = self.node.parameters[axes]
        if order is None:
            return Transposed(body) if ndim <= 2 else Transposed(body, tuple(reversed(range(ndim))))
        return Transposed(body, tuple(axis % len(order) for axis in order))

    def _repeated(self, body: Expression, place: int) -> Expression:
        """Return an array that is repeated: what comes in, over the axes that were summed, or an input."""
        assert self.function is not None
        shape = self._shape(body, place)
        if "axis" not in self.node.parameters:
            return Repeated(body, shape, (), None)
        axis = self.node.parameters["axis"]
        if not shape or axis == ():
            return body
        axes = tuple(range(len(shape))) if axis is None else axis if isinstance(axis, tuple) else (axis,)
        kept = tuple(1 if number in {each % len(shape) for each in axes} else size for number, size in enumerate(shape))
        return Repeated(body, shape, () if axis is None else axes, kept)

    def _shape(self, body: Expression, place: int) -> Shape:
        """Return the shape that a rule leads to: of the input that something is sent to, or of the result."""
        assert self.function is not None
        if isinstance(body, Name) and body.text in self._upstream:
            return tuple(self.function.inputs[place].shape)
        return tuple(self.function.result_shape(*(x.shape for x in self.function.inputs)))

    def _part(self, body: Expression, place: int) -> Expression:
        if self.function is None:
            return Call("part", (body,))
        parts = self._meanings()["parts"]
        axis, start, end = parts[place if len(parts) > 1 else 0]
        return Part(body, axis, start, end, self.function.inputs[0].ndim)

    def _meanings(self) -> Mapping[str, Any]:
        return {} if self.function is None else self.function.meanings()

    def parts(self) -> list[tuple[int, int, int]]:
        """Return, for an op that cuts or joins, where each piece stands: its axis, its begin and its end."""
        return list(self._meanings().get("parts", ()))

    def calls(self, rule: str, function: str) -> bool:
        """Return whether a rule is a function of arrays alone, such as a join."""
        sides = _read(rule)
        return bool(sides) and isinstance(sides[-1], Call) and sides[-1].function == function


def _without_ones(part: Expression) -> Expression | None:
    """Return a mean of one number as the number, and what holds of an element beside itself as what it is."""
    match part:
        case Cases(((value, Condition(left, "≥" | "≤", right)),), _) if left == right:
            return changed(value, _without_ones)
        case Product((Quotient(Number(1.0), Number(1.0)), *factors)):
            return changed(factors[0] if len(factors) == 1 else Product(tuple(factors)), _without_ones)
        case Product(factors) if any(each == _ONE for each in factors):
            return changed(Product(tuple(each for each in factors if each != _ONE)), _without_ones)
        case Quotient(Number(value, 0), Number(1.0, 0)) if value != 1:
            return Number(value, 0)
    return None


_ONE = Quotient(Number(1.0, 0), Number(1.0, 0))
_ARRAY_CALLS = ("sum", "part", "repeat", "reshape", "place", "join", "largest", "smallest")


def rules_of(graph: Graph, node_id: str, function: Function | None, *, counted: bool = True) -> NodeRules:
    """Return the rules of a node's op in the names of a graph; an input that is not wired has the name of its port.

    `counted` tells that the number is put in for an n that counts elements.
    """
    node = graph.node(node_id)
    op = node.function
    assert op is not None
    named: dict[str, Expression] = {}
    for name, value in node.parameters.items():
        if isinstance(value, float):
            named.setdefault("c", Number(value, 0))
            named[name] = Number(value, 0)
    if function is not None and counted:
        named |= {name: Number(float(x), 0) for name, x in function.meanings().items() if np.ndim(x) == 0 and x}
    named |= {node.ports[wire.port]: Name(source_name(graph, wire)) for wire in graph.wires_into(node_id).values()}
    named |= _free_ports(graph, node)
    outputs = [output_name(node, output) for output in range(node.n_outputs)]
    named["y"] = Name(outputs[0])
    named |= {gy: Name(f"{output}.grad") for gy, output in zip(_upstream_names(op, outputs), outputs, strict=False)}
    return NodeRules(op, node, named, function)


def _free_ports(graph: Graph, node: Node) -> dict[str, Expression]:
    """Return what free ports are called whose own names are those of nodes, which they do not mean: "input 1"."""
    taken = {other.name for other in graph.nodes()}
    wires = graph.wires_into(node.id)
    return {
        name: Name(say("input {number}", number=port + 1))
        for port, name in enumerate(node.ports)
        if port not in wires and name in taken
    }


def _upstream_names(op: type[Function], outputs: list[str]) -> list[str]:
    """Return what an op's `backward` calls the gradients of its outputs, such as gy."""
    return list(_parameters(op.backward)[: len(outputs)])


@cache
def _parameters(backward: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(inspect.signature(backward).parameters)[1:]


def _read(rule: str) -> tuple[Expression, ...]:
    try:
        return read_rules(rule)
    except RuleError:
        return ()
