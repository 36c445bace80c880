"""Read a typed formula as a graph; what the formula leaves unchanged of the present graph stays as it is.

Python's `ast` parses it, and only the kinds of nodes that are named here are read; nothing is ever evaluated.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from types import EllipsisType
from typing import Any

from engine.autograd import Constant, Function, Pow, Power, Square, check_parameters
from engine.document import Graph, OutputPort, Value
from engine.errors import FormulaError, ParameterError
from engine.formula.literals import checked_name, literal, literal_parameter, refuse
from engine.formula.rebuild import Rebuilder, Source
from engine.formula.writer import BINARY_OPS, callable_ops
from engine.limits import MAX_FORMULA_LENGTH
from engine.messages import say, say_count
from engine.pieces import Pieces, finish


def graph_of_formula(text: str, present: Graph) -> Graph:
    """Return the graph that a formula describes; raises FormulaError, which says where in the text.

    Nodes of the present graph with the same op and the same inputs, and inputs of the same name, keep their ids,
    names, values and positions; new nodes find a free place beside them.
    """
    return finish(formula_in_pieces(text, present))


def formula_in_pieces(text: str, present: Graph) -> Pieces[Graph]:
    """Do the same as `graph_of_formula` in pieces: the text is one, and then the layout's."""
    if len(text) > MAX_FORMULA_LENGTH:
        raise FormulaError(
            say_count(
                "The formula has {count} character; the limit is {limit}.",
                "The formula has {count} characters; the limit is {limit}.",
                len(text),
                limit=MAX_FORMULA_LENGTH,
            )
        )
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        # No formula needs them, and Python's parser would warn of escapes inside.
        quote = next((place for place, letter in enumerate(line, start=1) if letter in "'\"\\"), None)
        if quote is not None:
            raise FormulaError(say("Quotes and backslashes have no meaning in a formula."), number, quote)
    try:
        tree = ast.parse("\n".join(line.strip() for line in lines))
        reader = _Reader(tree, present)
        reader.read(tree.body)
    except SyntaxError as error:
        number = error.lineno or 1
        sentence = say("This is not a formula: {fault}.", fault=error.msg)
        raise FormulaError(sentence, number, _column(lines, number, error.offset or 1)) from None
    except FormulaError as error:
        # Python counts columns in bytes.
        line = lines[error.line - 1].strip() if error.line <= len(lines) else ""
        before = line.encode()[: error.column - 1].decode(errors="ignore")
        column = _column(lines, error.line, len(before) + 1)
        raise FormulaError(str(error), error.line, column) from None
    except (ValueError, RecursionError, MemoryError):
        raise FormulaError(say("This is not a formula that can be read: it is nested too deeply.")) from None
    yield 0.0
    return (yield from reader.graph())


def _column(lines: Sequence[str], number: int, column: int) -> int:
    """Return the column as it was typed: the parser did not see the spaces before a line."""
    line = lines[number - 1] if number <= len(lines) else ""
    return column + len(line) - len(line.lstrip())


class _Reader(Rebuilder):
    """Build nodes while walking the syntax tree. Equal names are shared; equal expressions are not, as in Python."""

    def __init__(self, tree: ast.Module, present: Graph) -> None:
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called]
        assigned = {name.id for name in names if isinstance(name.ctx, ast.Store)}
        super().__init__(present, {name.id for name in names}, assigned)
        self._ops = callable_ops()

    # Statements -------------------------------------------------------------------------------------------------

    def read(self, statements: Sequence[ast.stmt]) -> None:
        """Read all statements in their order."""
        for statement in statements:
            if isinstance(statement, ast.Assign):
                self._assign(statement)
            elif isinstance(statement, ast.Expr):
                self._lone(statement.value)
            else:
                refuse(statement, say("A formula consists of lines such as z = x ** 2 + y ** 2."))
        if not statements:
            raise FormulaError(say("A formula is needed, such as z = x ** 2 + y ** 2."))

    def _assign(self, statement: ast.Assign) -> None:
        target = statement.targets[0]
        if len(statement.targets) > 1:
            refuse(statement.targets[1], say("One name stands on the left of =."))
        if isinstance(target, ast.Tuple):
            self._assign_outputs(target, statement.value)
            return
        if not isinstance(target, ast.Name):
            refuse(target, say("A name stands on the left of =."))
        value = literal(statement.value)
        if value is not None:
            self._give_value(target, value, statement.value)
            return
        source = self._whole(statement.value, target.id)
        if source is None:
            refuse(statement.value, say("… stands for a wire that is missing; it has no name."))
        name = self._new_name(target)
        self.meaning[name] = source
        self.want_name(source, name)

    def _give_value(self, target: ast.Name, value: Value, place: ast.expr) -> None:
        """Give an input its value, on a line before or after it is used."""
        name = checked_name(target)
        known = self.meaning.get(name)
        if known is not None and not self.nodes[known[0]].is_input:
            refuse(target, say("{name} has a meaning already; each name is assigned once.", name=name))
        self.meaning[name] = self.input(name, value, place)

    def _assign_outputs(self, target: ast.Tuple, value: ast.expr) -> None:
        """Give every output of an op a name: low, high = min_max(x, y)."""
        source = self._call(value, n_outputs=len(target.elts)) if isinstance(value, ast.Call) else None
        node = None if source is None else self.nodes[source]
        if source is None or node is None or node.n_outputs != len(target.elts):
            refuse(
                value,
                say_count(
                    "This does not have {count} output.", "This does not have {count} outputs.", len(target.elts)
                ),
            )
        for output, element in enumerate(target.elts):
            if not isinstance(element, ast.Name):
                refuse(element, say("A name stands on the left of =."))
            self.meaning[self._new_name(element)] = (source, output)

    def _lone(self, expression: ast.expr) -> None:
        """Read a line without a name: an input that nothing uses, or an expression."""
        self._whole(expression)

    def _whole(self, expression: ast.expr, name: str = "") -> Source:
        """Read what stands alone on a line, where an op with several outputs needs none of them named."""
        if isinstance(expression, ast.Call):
            return self._call(expression, name), 0
        return self._expression(expression, name)

    def _new_name(self, target: ast.Name) -> str:
        name = checked_name(target)
        known = self.meaning.get(name)
        if known is not None:
            if self.nodes[known[0]].is_input:
                refuse(
                    target,
                    say("{name} is used before this line, as an input; each name is assigned once.", name=name),
                )
            refuse(target, say("{name} has a meaning already; each name is assigned once.", name=name))
        return name

    # Expressions ------------------------------------------------------------------------------------------------

    def _expression(self, expression: ast.expr, name: str = "") -> Source:  # noqa: RET503 -- _refuse never returns
        match expression:
            case ast.Name():
                return self._variable(expression)
            case ast.Constant(value=EllipsisType()):
                return None
            case ast.Constant() | ast.UnaryOp(op=ast.USub(), operand=ast.Constant()) if _is_number(expression):
                return self._number(expression, name)
            case ast.BinOp():
                return self._binary(expression, name)
            case ast.UnaryOp(op=ast.USub()):
                return self.op(Function.operators["neg"], {}, [self._expression(expression.operand)], expression, name)
            case ast.UnaryOp(op=ast.UAdd()):
                return self._expression(expression.operand)
            case ast.Call():
                return self._one_output(self._call(expression), expression)
            case ast.Attribute(value=ast.Name()):
                return self._output(expression)
        refuse(expression, say("This has no meaning in a formula."))

    def _variable(self, name: ast.Name) -> OutputPort:
        text = checked_name(name)
        if text not in self.meaning:
            self.meaning[text] = self.input(text, None, name)
        source = self.meaning[text]
        assert source is not None
        return self._one_output(source[0], name) if source[1] == 0 and self._is_whole(text, source) else source

    def _is_whole(self, name: str, source: OutputPort) -> bool:
        return self.wanted_names.get(source[0]) == name

    def _number(self, number: ast.expr, name: str) -> OutputPort:
        """Read a number in an expression: a Constant."""
        return self.op(Constant, {"value": literal(number)}, [], number, name)

    def _binary(self, expression: ast.BinOp, name: str) -> OutputPort:
        operator = BINARY_OPS.get(type(expression.op))
        if operator is None:
            if isinstance(expression.op, ast.BitXor):
                refuse(
                    expression.right,
                    say("The operator before this is none of + - * / ** @: write ** for a power."),
                )
            refuse(expression.right, say("The operator before this is none of + - * / ** @."))
        op = Function.operators[operator]
        left = self._expression(expression.left)
        exponent = literal(expression.right) if op is Power else None
        if exponent == 2:
            return self.op(Square, {}, [left], expression, name)
        if isinstance(exponent, float):
            return self.op(Pow, {"exponent": exponent}, [left], expression, name)
        return self.op(op, {}, [left, self._expression(expression.right)], expression, name)

    def _call(self, call: ast.Call, name: str = "", n_outputs: int | None = None) -> str:
        """Read a call and return its node's id: inputs come first, then parameters, in order or by name.

        Where an op takes any number of inputs, the call says how many, and `n_outputs` follows from what it is
        assigned to, unless the call says otherwise.
        """
        op, called = self._called(call.func)
        arguments = call.args
        if not op.ports and len(arguments) == 1 and isinstance(arguments[0], ast.List):
            arguments = arguments[0].elts  # np.concatenate([x, y])
        starred = next((each for each in arguments if isinstance(each, ast.Starred)), None)
        if starred is not None:
            refuse(starred, say("{op} takes its inputs in order, without stars.", op=called))
        named = next((each for each in call.keywords if each.arg in op.ports), None)
        if named is not None:
            refuse(named, say("{op} takes its inputs in order; only parameters have names.", op=called))
        names = [parameter.name for parameter in op.parameters]
        is_open = "n_inputs" in names
        count = len(arguments) if is_open else len(op.ports)
        if not count <= len(arguments) <= count + (0 if is_open else len(names)):
            refuse(
                call,
                say_count(
                    "{op} takes {count} input, and here are {given}.",
                    "{op} takes {count} inputs, and here are {given}.",
                    count,
                    op=called,
                    given=len(arguments),
                ),
            )
        given: dict[str, Any] = {"n_inputs": count} if is_open else {}
        if n_outputs is not None and "n_outputs" in names:
            given["n_outputs"] = n_outputs
        in_order = zip(names, arguments[count:], strict=False)
        given |= {parameter: _parameter(op, parameter, written) for parameter, written in in_order}
        given |= self._keywords(call, op, called, given)
        inputs = [self._expression(argument) for argument in arguments[:count]]
        if is_open and given["n_inputs"] != count:
            refuse(
                call,
                say(
                    "n_inputs is {told}, and the number of inputs here is {counted}.",
                    told=given["n_inputs"],
                    counted=count,
                ),
            )
        return self.op(op, given, inputs, call, name)[0]

    def _called(self, function: ast.expr) -> tuple[type[Function], str]:
        # np.exp is exp: who pastes NumPy means the op.
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            called = function.attr if function.value.id in ("np", "numpy", "math", "engine", "F") else ""
        else:
            called = function.id if isinstance(function, ast.Name) else ""
        op = self._ops.get(called)
        if op is None:
            refuse(function, say("There is no op named “{name}”.", name=ast.unparse(function)[:40]))
        return op, called

    def _keywords(self, call: ast.Call, op: type[Function], called: str, given: dict[str, Any]) -> dict[str, Any]:
        """Read what is given by name."""
        read: dict[str, Any] = {}
        for keyword in call.keywords:
            if keyword.arg is None:
                refuse(keyword, say("{op} takes its parameters by name, without stars.", op=called))
            if all(keyword.arg != parameter.name for parameter in op.parameters):
                refuse(
                    keyword,
                    say("{op} has no parameter “{name}”.", op=op.__name__, name=keyword.arg[:40]),
                )
            if keyword.arg in given and not keyword.arg.startswith("n_"):
                refuse(keyword, say("{name} is given twice.", name=keyword.arg))
            read[keyword.arg] = _parameter(op, keyword.arg, keyword.value)
        return read

    def _output(self, expression: ast.Attribute) -> OutputPort:
        """Read one output of an op that has several: m.low."""
        assert isinstance(expression.value, ast.Name)
        name = checked_name(expression.value)
        source = self.meaning.get(name)
        outputs = () if source is None else self.nodes[source[0]].output_names
        if source is None or self.nodes[source[0]].is_input or expression.attr not in outputs:
            refuse(expression, say("There is no output {name}.{output}.", name=name, output=expression.attr))
        return source[0], outputs.index(expression.attr)

    def _one_output(self, node_id: str, expression: ast.expr) -> OutputPort:
        node = self.nodes[node_id]
        if node.n_outputs > 1:
            outputs = say(" or ").join(f".{name}" for name in node.output_names)
            refuse(expression, say("{op} has several outputs: name one by {outputs}.", op=node.op, outputs=outputs))
        return node_id, 0


def _parameter(op: type[Function], name: str, written: ast.expr) -> Any:
    try:
        return check_parameters(op, {name: literal_parameter(written)})[name]
    except ParameterError as error:
        refuse(written, str(error))


def _is_number(expression: ast.expr) -> bool:
    return literal(expression) is not None
