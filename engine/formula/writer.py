"""Write a graph as a formula, such as z = x ** 2 + y ** 2; `engine.formula.reader` reads it back.

A formula is one or more assignments in Python's syntax. A node that is used once stands inside an expression; one that
is used again has a line of its own. `...` stands for a port that is not wired.
"""

from __future__ import annotations

import ast
import math
from collections import Counter
from collections.abc import Iterator
from typing import Final

from engine.autograd import Constant, Function, Identity, Pow, Power, Square, function_name
from engine.document import Edge, Graph, Node, OutputPort, Value
from engine.formula.literals import written_literal

CONSTANTS: Final = {"pi": math.pi, "e": math.e}
"""Numbers that have a name, as long as no node has it."""
_UNWIRED: Final = ast.Constant(...)
_DEEPEST: Final = 12
"""Expressions nested deeper than this are given lines of their own: nobody could read them."""

_BINARY: Final[dict[str, type[ast.operator]]] = {
    "+": ast.Add,
    "-": ast.Sub,
    "*": ast.Mult,
    "/": ast.Div,
    "**": ast.Pow,
    "@": ast.MatMult,
}
BINARY_OPS: Final[dict[type[ast.operator], str]] = {node: operator for operator, node in _BINARY.items()}


def formula_of(graph: Graph) -> str:
    """Return the formula of a graph, its assignments on one line; `engine.formula.reader` reads it back."""
    return "; ".join(ast.unparse(ast.fix_missing_locations(statement)) for statement in _Writer(graph).statements())


def reading_order(graph: Graph) -> tuple[list[str], set[str]]:
    """Return the ids of the ops in the order in which the formula's reader meets them, and those with an own line."""
    writer = _Writer(graph)
    for _ in writer.statements():
        pass
    return writer.read, writer.lines


class _Writer:
    """Write the nodes' expressions in topological order."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._written: dict[str, ast.expr] = {}
        self._depth: dict[str, int] = {}
        self._inside: dict[str, list[str]] = {}
        """For each expression that waits to be written, its ops in reading order."""
        self.read: list[str] = []
        self.lines: set[str] = set()
        """The ops that have a line of their own."""
        self._constants = {name: value for name, value in CONSTANTS.items() if graph.node_named(name) is None}
        self._uses = Counter(wire.source for wire in graph.edges())

    def statements(self) -> Iterator[ast.stmt]:
        """Yield the assignments in topological order; what is used once waits to be written where it is used."""
        for node_id in self._graph.topological_order():
            node = self._graph.node(node_id)
            uses = self._uses[node_id]
            self._written[node_id] = ast.Name(node.name)
            if node.is_input:
                if node.name in CONSTANTS and node.value is not None:  # without its value it would be the constant
                    yield ast.Assign([ast.Name(node.name)], _written_value(node.value))
                elif uses == 0:
                    yield ast.Expr(ast.Name(node.name))
                continue
            expression = self._expression(node)
            wired = self._graph.wires_into(node_id)
            wires = wired.values()
            depth = 1 + max((self._depth.get(wire.source, 0) for wire in wires), default=0)
            order = [op for port in sorted(wired) for op in self._inside.pop(wired[port].source, ())] + [node_id]
            if uses == 1 and node.n_outputs == 1 and depth < _DEEPEST and not node.is_named:
                if node.function is Constant:
                    expression = self._number(node.parameters["value"])
                self._written[node_id], self._depth[node_id], self._inside[node_id] = expression, depth, order
            else:
                self.read += order
                self.lines.add(node_id)
                if node.function is Identity and wired and self._is_name(wired[0]):
                    expression = self._reference((wired[0].source, wired[0].output))
                yield ast.Assign([ast.Name(node.name)], expression)

    def _expression(self, node: Node) -> ast.expr:
        wires = self._graph.wires_into(node.id)
        arguments = [
            self._reference((wires[port].source, wires[port].output)) if port in wires else _UNWIRED
            for port in range(len(node.ports))
        ]
        op = node.function
        if op is Square:
            return ast.BinOp(arguments[0], ast.Pow(), ast.Constant(2))
        if op is Pow and node.parameters["exponent"] != 2:
            return ast.BinOp(arguments[0], ast.Pow(), written_literal(node.parameters["exponent"]))
        # A number that a sign or a power stands beside would be read as one with it.
        if op is Function.operators["neg"] and not self._is_number(arguments[0]):
            return ast.UnaryOp(ast.USub(), arguments[0])
        is_operator = op is not None and op.operator in _BINARY and Function.operators[op.operator] is op
        if is_operator and not (op is Power and self._is_number(arguments[1])):
            assert op is not None
            assert op.operator is not None
            return ast.BinOp(arguments[0], _BINARY[op.operator](), arguments[1])
        return self._call(node, arguments)

    def _number(self, value: float) -> ast.expr:
        """Return a number, by its name where it has one that no node has."""
        named = next((name for name, each in self._constants.items() if each == value), None)
        return written_literal(value) if named is None else ast.Name(named)

    def _call(self, node: Node, arguments: list[ast.expr]) -> ast.expr:
        """Return a call, with the parameters that are not at their defaults; n_inputs follows from the inputs."""
        op = node.function
        assert op is not None
        defaults = op.defaults()
        changed = {
            name: value for name, value in node.parameters.items() if value != defaults[name] and name != "n_inputs"
        }
        if op is Constant:
            arguments, changed = [written_literal(node.parameters["value"])], {}
        keywords = [ast.keyword(name, written_literal(value)) for name, value in changed.items()]
        return ast.Call(ast.Name(function_name(op.__name__)), arguments, keywords)

    def _reference(self, source: OutputPort) -> ast.expr:
        node = self._graph.node(source[0])
        if node.n_outputs == 1:
            return self._written[node.id]
        return ast.Attribute(ast.Name(node.name), node.output_names[source[1]])

    def _is_name(self, wire: Edge) -> bool:
        """Return whether what a wire brings is written as a name, or as one output of a node."""
        return (
            isinstance(self._reference((wire.source, wire.output)), ast.Name | ast.Attribute)
            and self._graph.node(wire.source).function is not Constant
        )

    def _is_number(self, expression: ast.expr) -> bool:
        inner = expression.operand if isinstance(expression, ast.UnaryOp) else expression
        is_named = isinstance(inner, ast.Name) and inner.id in self._constants
        return is_named or (isinstance(inner, ast.Constant) and inner is not _UNWIRED)


def _written_value(value: Value) -> ast.expr:
    if isinstance(value, tuple):
        return ast.List([_written_value(entry) for entry in value], ast.Load())
    return written_literal(value)
