"""Read a typed formula as a graph, keeping of the present graph what the formula leaves unchanged.

Python's `ast` parses; a whitelist of its nodes is walked; nothing is ever evaluated.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence
from dataclasses import replace
from types import EllipsisType
from typing import NoReturn

from engine.errors import FormulaError, PlaygroundError
from engine.formula import BINARY_OPS, callable_ops, reading_order
from engine.function import Function
from engine.functions.powers import Square
from engine.graph import Edge, Graph, Node, OutputPort
from engine.layout import COLUMN, ROW, tidy
from engine.limits import MAX_EDGES, MAX_FORMULA_LENGTH, MAX_NODES
from engine.names import check_name, fresh_name
from engine.values import Value, check_value

_DEFAULT_VALUE = 1.0
_Source = OutputPort | None
"""What feeds a port: an output, or nothing yet."""


def graph_of_formula(text: str, present: Graph) -> Graph:
    """Return the graph that a formula describes; raises FormulaError, which says where in the text.

    Nodes of the present graph with the same op and the same inputs, and inputs of the same name, keep their ids,
    names, values and positions; new nodes find a free place beside them.
    """
    if len(text) > MAX_FORMULA_LENGTH:
        raise FormulaError(f"The formula has {len(text)} characters; the limit is {MAX_FORMULA_LENGTH}.")
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        # No formula needs them, and Python's parser would warn of escapes inside.
        quote = next((place for place, letter in enumerate(line, start=1) if letter in "'\"\\"), None)
        if quote is not None:
            raise FormulaError("Quotes and backslashes have no meaning in a formula.", number, quote)
    try:
        tree = ast.parse("\n".join(line.strip() for line in lines))
        reader = _Reader(tree, present)
        reader.read(tree.body)
    except SyntaxError as error:
        number = error.lineno or 1
        raise FormulaError(
            f"This is not a formula: {error.msg}.", number, _column(lines, number, error.offset or 1)
        ) from None
    except FormulaError as error:
        # Python counts columns in bytes.
        line = lines[error.line - 1].strip() if error.line <= len(lines) else ""
        before = line.encode()[: error.column - 1].decode(errors="ignore")
        column = _column(lines, error.line, len(before) + 1)
        raise FormulaError(str(error), error.line, column) from None
    except (ValueError, RecursionError, MemoryError):
        raise FormulaError("This is not a formula that can be read: it is nested too deeply.") from None
    return reader.graph()


def _column(lines: Sequence[str], number: int, column: int) -> int:
    """Return the column as it was typed: the parser did not see the spaces before a line."""
    line = lines[number - 1] if number <= len(lines) else ""
    return min(column, len(line.strip()) + 1) + len(line) - len(line.lstrip())


class _Reader:
    """Build nodes while walking the syntax tree. Equal names are shared; equal expressions are not, as in Python."""

    def __init__(self, tree: ast.Module, present: Graph) -> None:
        self._present = present
        self._ops = callable_ops()
        self._nodes: dict[str, Node] = {}
        self._edges: list[Edge] = []
        self._meaning: dict[str, _Source] = {}
        """What each name of the formula stands for."""
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called]
        self._used_names = {name.id for name in names}
        self._assigned_names = {name.id for name in names if isinstance(name.ctx, ast.Store)}
        self._known = _known_nodes(present)
        self._wanted_names: dict[str, str] = {}

    # Statements -------------------------------------------------------------------------------------------------

    def read(self, statements: Sequence[ast.stmt]) -> None:
        """Read all statements in their order."""
        for statement in statements:
            if isinstance(statement, ast.Assign):
                self._assign(statement)
            elif isinstance(statement, ast.Expr):
                self._lone(statement.value)
            else:
                _refuse(statement, "A formula consists of lines such as z = x ** 2 + y ** 2")
        if not statements:
            raise FormulaError("A formula is needed, such as z = x ** 2 + y ** 2.")

    def _assign(self, statement: ast.Assign) -> None:
        target = statement.targets[0]
        if len(statement.targets) > 1:
            _refuse(statement.targets[1], "One name stands on the left of =")
        if isinstance(target, ast.Tuple):
            self._assign_outputs(target, statement.value)
            return
        if not isinstance(target, ast.Name):
            _refuse(target, "A name stands on the left of =")
        value = _literal(statement.value)
        if value is not None:
            self._give_value(target, value, statement.value)
            return
        source = self._whole(statement.value, target.id)
        if source is None:
            _refuse(statement.value, "… stands for a wire that is missing; it has no name")
        name = self._new_name(target)
        self._meaning[name] = source
        self._want_name(source, name)

    def _give_value(self, target: ast.Name, value: Value, place: ast.expr) -> None:
        """Give an input its value, on a line before or after it is used."""
        name = _checked_name(target)
        known = self._meaning.get(name)
        if known is not None and not self._nodes[known[0]].is_input:
            _refuse(target, f"{name} has a meaning already; each name is assigned once")
        self._meaning[name] = self._input(name, value, place)

    def _assign_outputs(self, target: ast.Tuple, value: ast.expr) -> None:
        """Give every output of an op a name: low, high = min_max(x, y)."""
        source = self._call(value) if isinstance(value, ast.Call) else None
        node = None if source is None else self._nodes[source]
        if source is None or node is None or node.n_outputs != len(target.elts):
            _refuse(value, f"This does not have {len(target.elts)} outputs")
        for output, element in enumerate(target.elts):
            if not isinstance(element, ast.Name):
                _refuse(element, "A name stands on the left of =")
            self._meaning[self._new_name(element)] = (source, output)

    def _lone(self, expression: ast.expr) -> None:
        """Read a line without a name: an input that nothing uses, or an expression."""
        self._whole(expression)

    def _whole(self, expression: ast.expr, name: str = "") -> _Source:
        """Read what stands alone on a line, where an op with several outputs needs none of them named."""
        if isinstance(expression, ast.Call):
            return self._call(expression, name), 0
        return self._expression(expression, name)

    def _new_name(self, target: ast.Name) -> str:
        name = _checked_name(target)
        known = self._meaning.get(name)
        if known is not None:
            used = self._nodes[known[0]].is_input
            why = "is used before this line, as an input" if used else "has a meaning already"
            _refuse(target, f"{name} {why}; each name is assigned once")
        return name

    # Expressions ------------------------------------------------------------------------------------------------

    def _expression(self, expression: ast.expr, name: str = "") -> _Source:  # noqa: RET503 -- _refuse never returns
        match expression:
            case ast.Name():
                return self._variable(expression)
            case ast.Constant(value=EllipsisType()):
                return None
            case ast.Constant(value=int() | float()) if not isinstance(expression.value, bool):
                return self._number(expression)
            case ast.BinOp():
                return self._binary(expression, name)
            case ast.UnaryOp(op=ast.USub()):
                return self._op(Function.operators["neg"], [self._expression(expression.operand)], expression, name)
            case ast.UnaryOp(op=ast.UAdd()):
                return self._expression(expression.operand)
            case ast.Call():
                return self._one_output(self._call(expression), expression)
            case ast.Attribute(value=ast.Name()):
                return self._output(expression)
        _refuse(expression, "This has no meaning in a formula")

    def _variable(self, name: ast.Name) -> OutputPort:
        text = _checked_name(name)
        if text not in self._meaning:
            self._meaning[text] = self._input(text, None, name)
        source = self._meaning[text]
        assert source is not None
        return self._one_output(source[0], name) if source[1] == 0 and self._is_whole(text, source) else source

    def _is_whole(self, name: str, source: OutputPort) -> bool:
        return self._wanted_names.get(source[0]) == name

    def _number(self, constant: ast.Constant) -> OutputPort:
        """Read a number in an expression: an input that is named after it, such as c2 for 2."""
        value = _literal(constant)
        assert isinstance(value, float)
        name = "c" + f"{value:.6g}".replace("-", "_").replace("+", "").replace(".", "_")
        known = self._meaning.get(name)
        if known is not None and self._nodes[known[0]].value == value:
            return known
        while name in self._used_names or name in self._meaning:
            name += "_"
        self._meaning[name] = self._input(name, value, constant)
        source = self._meaning[name]
        assert source is not None
        return source

    def _binary(self, expression: ast.BinOp, name: str) -> OutputPort:
        operator = BINARY_OPS.get(type(expression.op))
        if operator is None:
            hint = ": write ** for a power" if isinstance(expression.op, ast.BitXor) else ""
            _refuse(expression.right, f"The operator before this is none of + - * / **{hint}")
        left = self._expression(expression.left)
        if operator == "**" and isinstance(expression.right, ast.Constant) and expression.right.value == 2:
            return self._op(Square, [left], expression, name)
        return self._op(Function.operators[operator], [left, self._expression(expression.right)], expression, name)

    def _call(self, call: ast.Call, name: str = "") -> str:
        """Read a call and return its node's id."""
        function = call.func
        # np.exp is exp: who pastes NumPy means the op.
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            called = function.attr if function.value.id in ("np", "numpy", "math", "engine", "F") else ""
        else:
            called = function.id if isinstance(function, ast.Name) else ""
        op = self._ops.get(called)
        if op is None:
            _refuse(function, f"There is no op named “{ast.unparse(function)[:40]}”")
        if call.keywords or any(isinstance(argument, ast.Starred) for argument in call.args):
            _refuse(call, f"{called} takes its inputs in order, without names or stars")
        if len(call.args) != len(op.ports):
            _refuse(call, f"{called} takes {len(op.ports)} inputs, and here are {len(call.args)}")
        return self._op(op, [self._expression(argument) for argument in call.args], call, name)[0]

    def _output(self, expression: ast.Attribute) -> OutputPort:
        """Read one output of an op that has several: m.low."""
        assert isinstance(expression.value, ast.Name)
        name = _checked_name(expression.value)
        source = self._meaning.get(name)
        op = None if source is None else self._nodes[source[0]].function
        if source is None or op is None or expression.attr not in op.output_names:
            _refuse(expression, f"There is no output {name}.{expression.attr}")
        return source[0], op.output_names.index(expression.attr)

    def _one_output(self, node_id: str, expression: ast.expr) -> OutputPort:
        op = self._nodes[node_id].function
        if op is not None and len(op.output_names) > 1:
            outputs = " or ".join(f".{name}" for name in op.output_names)
            _refuse(expression, f"{op.__name__} has several outputs: name one by {outputs}")
        return node_id, 0

    # Nodes ------------------------------------------------------------------------------------------------------

    def _input(self, name: str, value: Value | None, place: ast.expr) -> OutputPort:
        known = self._meaning.get(name)
        kept = self._present.node_named(name) if known is None else self._nodes[known[0]]
        if kept is not None and kept.is_input:
            node = kept if value is None else replace(kept, value=value)
        else:
            node = Node(self._fresh_id(), None, name, _DEFAULT_VALUE if value is None else value)
        self._put(node, place)
        self._wanted_names[node.id] = name
        return node.id, 0

    def _op(self, op: type[Function], sources: Sequence[_Source], place: ast.expr, name: str) -> OutputPort:
        """Take the present graph's node of the same op and inputs, or else make one."""
        node = self._known_node(op, sources, name) or Node(self._fresh_id(), op.__name__, "")
        self._put(node, place)
        for port, source in enumerate(sources):
            if source is not None:
                self._edges.append(Edge(*source, node.id, port))
        if len(self._edges) > MAX_EDGES:
            _refuse(place, f"The graph would have more than {MAX_EDGES} wires, which is the limit")
        return node.id, 0

    def _known_node(self, op: type[Function], sources: Sequence[_Source], name: str) -> Node | None:
        """Return the present graph's node: of this name, or else one whose name is not wanted elsewhere."""
        nodes = self._known.get((op.__name__, tuple(sources)), [])
        free = (node for node in nodes if node.name not in self._assigned_names)
        found = next((node for node in nodes if node.name == name), None) or next(free, None)
        if found is not None:
            nodes.remove(found)
        return found

    def _put(self, node: Node, place: ast.expr) -> None:
        if len(self._nodes) >= MAX_NODES and node.id not in self._nodes:
            _refuse(place, f"The graph would have more than {MAX_NODES} nodes, which is the limit")
        self._nodes[node.id] = node

    def _fresh_id(self) -> str:
        number = len(self._nodes) + 1
        while f"n{number}" in self._nodes or f"n{number}" in self._present:
            number += 1
        return f"n{number}"

    def _want_name(self, source: OutputPort, name: str) -> None:
        self._wanted_names.setdefault(source[0], name)

    # The whole --------------------------------------------------------------------------------------------------

    def graph(self) -> Graph:
        """Return the graph that was read, with names and places for what is new."""
        named = self._named()
        order = [node.id for node in self._present.nodes() if node.id in named]
        order += [node_id for node_id in named if node_id not in self._present]
        output = self._present.output if self._present.output and self._present.output[0] in named else None
        graph = Graph.of([named[node_id] for node_id in order], self._edges, output)
        return _placed(graph, self._present)

    def _named(self) -> dict[str, Node]:
        wanted = set(self._wanted_names.values())
        names: dict[str, str] = {}
        taken = {block.name for block in self._present.blocks}
        for node_id, node in self._nodes.items():
            name = self._wanted_names.get(node_id, node.name)
            if node_id not in self._wanted_names and (not name or name in wanted or name in self._used_names):
                continue
            names[node_id] = name
            taken.add(name)
        for node_id, node in self._nodes.items():
            if node_id not in names:
                names[node_id] = fresh_name(taken | self._used_names | wanted, is_input=node.is_input)
                taken.add(names[node_id])
        return {node_id: replace(node, name=names[node_id]) for node_id, node in self._nodes.items()}


def _known_nodes(present: Graph) -> dict[tuple[str, tuple[_Source, ...]], list[Node]]:
    """Return the present graph's op nodes by their op and inputs, in the order in which its own formula is read."""
    known: dict[tuple[str, tuple[_Source, ...]], list[Node]] = {}
    for node_id in reading_order(present):
        node = present.node(node_id)
        assert node.op is not None
        wires = present.wires_into(node_id)
        sources = tuple((wires[p].source, wires[p].output) if p in wires else None for p in range(len(node.ports)))
        known.setdefault((node.op, sources), []).append(node)
    return known


def _placed(graph: Graph, present: Graph) -> Graph:
    """Put the new nodes where the layout would, as seen from a neighbour that was there, on free ground."""
    if all(node.id in present for node in graph.nodes()):
        return graph
    ideal = tidy(graph)
    places = {node.id: (node.x, node.y) for node in graph.nodes() if node.id in present}
    for node_id in graph.topological_order():
        if node_id in places:
            continue
        x, y = ideal[node_id]
        beside = _neighbour(graph, node_id, places)
        namesake = present.node_named(graph.node(node_id).name)
        sources = [places[wire.source][0] for wire in graph.wires_into(node_id).values()]
        if namesake is not None and namesake.id not in graph and namesake.x > max(sources, default=-math.inf):
            x, y = namesake.x, namesake.y  # what had this name is gone: take its place
        elif beside is not None:
            x, y = x + places[beside][0] - ideal[beside][0], y + places[beside][1] - ideal[beside][1]
        while any(abs(x - other[0]) < COLUMN * 0.75 and abs(y - other[1]) < ROW * 0.75 for other in places.values()):
            y += ROW
        places[node_id] = (x, y)
    nodes = [replace(node, x=places[node.id][0], y=places[node.id][1]) for node in graph.nodes()]
    return Graph(dict(zip((node.id for node in nodes), nodes, strict=True)), graph.wiring, graph.output)


def _neighbour(graph: Graph, node_id: str, places: dict[str, tuple[float, float]]) -> str | None:
    before = (wire.source for wire in graph.wires_into(node_id).values())
    after = graph.network.successors(node_id)
    return next((other for other in (*before, *after, *places) if other in places), None)


def _literal(expression: ast.expr) -> Value | None:
    """Return the number or array that an expression writes out, or None if it is none."""
    match expression:
        case ast.Constant(value=int() | float()) if not isinstance(expression.value, bool):
            return _checked_value(expression.value, expression)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return None if isinstance(value, bool) else _checked_value(-value, expression)
        case ast.List():
            return _checked_value([_literal(entry) for entry in expression.elts], expression)
    return None


def _checked_value(value: object, place: ast.expr) -> Value:
    try:
        return check_value(value)
    except PlaygroundError as error:
        _refuse(place, str(error).rstrip("."))


def _checked_name(name: ast.Name) -> str:
    try:
        return check_name(name.id)
    except PlaygroundError as error:
        _refuse(name, str(error).rstrip("."))


def _refuse(place: ast.expr | ast.stmt, sentence: str) -> NoReturn:
    raise FormulaError(f"{sentence}.", place.lineno, place.col_offset + 1)
