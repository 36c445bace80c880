"""Read a typed formula as a graph; what the formula leaves unchanged of the present graph stays as it is.

Python's `ast` parses it, and only the kinds of nodes that are named here are read; nothing is ever evaluated.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Mapping, Sequence

from engine.autograd import Identity
from engine.document import Graph, Value
from engine.errors import FormulaError, PlaygroundError
from engine.formula.constants import ConstantReader
from engine.formula.expressions import ExpressionReader
from engine.formula.literals import checked_name, refuse
from engine.formula.script import ScriptReader
from engine.formula.typed_text import parsed_in_pieces
from engine.formula.writer import CONSTANTS
from engine.limits import MAX_FORMULA_LENGTH
from engine.messages import say, say_count
from engine.pieces import Pieces, between, finish


def graph_of_formula(text: str, present: Graph) -> Graph:
    """Return the graph that a formula or a script describes; raises FormulaError, which says where in the text.

    Nodes of the present graph with the same op and the same inputs, and inputs of the same name, keep their ids,
    names, values and positions; new nodes find a free place beside them.
    """
    return finish(formula_in_pieces(text, present))


def formula_in_pieces(text: str, present: Graph) -> Pieces[Graph]:
    """Do the same as `graph_of_formula` in pieces: those of the text, its lines, and the layout's."""
    if len(text) > MAX_FORMULA_LENGTH:
        raise FormulaError(
            say_count(
                "The formula has {count} character; the limit is {limit}.",
                "The formula has {count} characters; the limit is {limit}.",
                len(text),
                limit=MAX_FORMULA_LENGTH,
            )
        )
    return (yield from graph_in_pieces(text, present))


def graph_in_pieces(text: str, present: Graph, *, script: bool | None = None) -> Pieces[Graph]:
    """Return the graph of a text in pieces; raises FormulaError, which says where in the text.

    Whether it is a script shows by what stands in it, unless it is said.
    """
    typed = yield from between(0.0, 0.2, parsed_in_pieces(text, present, script=script))
    kind = ScriptReader if typed.is_script else FormulaReader
    try:
        reader = kind(typed.tree, present)
        yield from between(0.2, 0.4, reader.read(typed.tree.body))
        return (yield from between(0.4, 1.0, reader.graph()))
    except FormulaError as error:
        raise typed.located(error) from None
    except (ValueError, RecursionError, MemoryError):
        raise FormulaError(say("This is not a formula that can be read: it is nested too deeply.")) from None


class FormulaReader(ExpressionReader):
    """Read the lines of a formula: each name is assigned once, and one that is not is an input."""

    def __init__(self, tree: ast.Module, present: Graph) -> None:
        super().__init__(tree, present, _given_values(tree, present))
        self.constants.update(_constants(self.assigned_names, present))

    def read(self, statements: Sequence[ast.stmt]) -> Pieces[None]:
        """Read all statements in their order, each a piece."""
        for number, statement in enumerate(statements):
            yield number / len(statements)
            if isinstance(statement, ast.Assign):
                self._assign(statement)
            elif isinstance(statement, ast.Expr):
                self.whole(statement.value)
            else:
                refuse(statement, say("A formula consists of lines such as z = x ** 2 + y ** 2."))
        if not statements:
            raise FormulaError(say("A formula is needed, such as z = x ** 2 + y ** 2."))

    def _assign(self, statement: ast.Assign) -> None:
        target = statement.targets[0]
        if len(statement.targets) > 1:
            refuse(statement.targets[1], say("One name stands on the left of =."))
        if isinstance(target, ast.Tuple | ast.List):
            self._assign_several(target, statement.value)
            return
        if not isinstance(target, ast.Name):
            refuse(target, say("A name stands on the left of =."))
        value = None if isinstance(statement.value, ast.BinOp) else self.value(statement.value)
        if value is not None:
            self._give_value(target, value, statement.value)
            return
        source = self.whole(statement.value, target.id)
        if source is None:
            refuse(statement.value, say("… stands for a wire that is missing; it has no name."))
        name = self._new_name(target)
        is_output = self.nodes[source[0]].n_outputs > 1 and not isinstance(statement.value, ast.Call)
        if is_output or isinstance(statement.value, ast.Name):  # a node has one name, so y = x is a node of its own
            source = self.op(Identity, {}, [source], statement.value, name)
        self.meaning[name] = self.named_call(source) if isinstance(statement.value, ast.Call) else source
        if self.nodes[source[0]].n_outputs == 1 or isinstance(statement.value, ast.Call):
            self.want_name(source, name)

    def _give_value(self, target: ast.Name, value: Value, place: ast.expr) -> None:
        """Give an input its value, on a line before or after it is used."""
        name = checked_name(target)
        known = self.meaning.get(name)
        if known is not None and not self.nodes[known[0]].is_input:
            refuse(target, say("{name} has a meaning already; each name is assigned once.", name=name))
        self.meaning[name] = self.input(name, value, place)

    def _assign_several(self, target: ast.Tuple | ast.List, value: ast.expr) -> None:
        """Give every output of an op a name, low, high = min_max(x, y), or each of several values: x, y = 2, 3."""
        if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
            for name, each in zip(target.elts, value.elts, strict=True):
                self._assign(ast.copy_location(ast.Assign([name], each), value))
            return
        source = self.call(value, n_outputs=len(target.elts)) if isinstance(value, ast.Call) else None
        if source is None or self.nodes[source[0]].n_outputs != len(target.elts):
            refuse(
                value,
                say_count(
                    "This does not have {count} output.", "This does not have {count} outputs.", len(target.elts)
                ),
            )
        names = []
        for element in target.elts:
            if not isinstance(element, ast.Name):
                refuse(element, say("A name stands on the left of =."))
            names.append(self._new_name(element))
            self.meaning[names[-1]] = source  # or it could be given twice
        self.named_outputs(source, names, value)

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


def _given_values(tree: ast.Module, present: Graph) -> Mapping[str, Value]:
    """Return the values that a formula gives to inputs, also on lines after their use: shapes depend on them."""
    reader, values = _ValueReader(tree, present, {}), dict[str, Value]()
    reader.constants.update(_constants(reader.assigned_names, present))
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            try:
                value = None if isinstance(statement.value, ast.BinOp) else reader.value(statement.value)
            except PlaygroundError:
                continue  # refused when the line is read
            if value is not None:
                values[statement.targets[0].id] = value
    return values


def _constants(assigned: Container[str], present: Graph) -> dict[str, float]:
    """Return pi and e, unless the text assigns the name, or an input has it."""
    inputs = {node.name for node in present.nodes() if node.is_input}
    return {name: value for name, value in CONSTANTS.items() if name not in assigned and name not in inputs}


class _ValueReader(ConstantReader):
    """Read values alone."""
