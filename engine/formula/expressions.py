"""Read expressions: names, numbers, operators, calls, attributes and indices; all else is refused by its name."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from types import EllipsisType
from typing import Final

import numpy as np

from engine.autograd import Constant, Function, Power
from engine.document import OutputPort
from engine.formula.array_calls import ArrayReader
from engine.formula.calls import own_op, refuse_unknown
from engine.formula.constants import NO_COMPARISON, dotted
from engine.formula.literals import checked_name, refuse
from engine.formula.rebuild import AllOutputs, Source
from engine.formula.vocabulary import BOOK, EITHER, NOTHING, NUMPY, OWN, TORCH, VARIABLES, is_own, meaning_of
from engine.formula.writer import BINARY_OPS
from engine.messages import mark, say

_MEANINGLESS: Final[Mapping[type[ast.expr], str]] = {
    ast.Compare: NO_COMPARISON,
    ast.IfExp: mark("A choice by if has no meaning in a formula: write where(c, x, z)."),
    ast.BoolOp: mark("“and” and “or” have no meaning in a formula."),
    ast.Lambda: mark("A function without a name has no meaning here: write what it gives in the place of its call."),
    ast.ListComp: mark("A loop in brackets has no meaning in a formula: write its terms out."),
    ast.GeneratorExp: mark("A loop in brackets has no meaning in a formula: write its terms out."),
    ast.SetComp: mark("A loop in brackets has no meaning in a formula: write its terms out."),
    ast.DictComp: mark("A loop in brackets has no meaning in a formula: write its terms out."),
    ast.List: mark("Square brackets hold an array of numbers: write ( ) around what belongs together."),
    ast.Tuple: mark("Several values in a row have no meaning here."),
    ast.JoinedStr: mark("A text has no meaning in a formula."),
}
_NO_MEANING: Final = mark("This has no meaning in a formula.")
_AMBIGUOUS: Final = frozenset({"leaky_relu", "linear"})
"""What DeZero and PyTorch both have in F, and compute otherwise where a call does not say all."""


class ExpressionReader(ArrayReader):
    """Build the nodes of expressions. Equal names are shared; equal expressions are not, as in Python."""

    def expression(self, expression: ast.expr, name: str = "") -> Source:  # noqa: C901, RET503 -- a case a kind; refuse never returns
        """Return what an expression stands for; raises FormulaError."""
        match expression:
            case ast.Name():
                return self.variable(expression)
            case ast.Constant(value=EllipsisType()):
                return None
            case ast.Constant(value=str() | bytes()):
                refuse(expression, say("Quotes and backslashes have no meaning in a formula."))
            case ast.Constant(value=bool()):
                refuse(expression, say("True and False have no meaning here: write 1 and 0."))
            case ast.Constant(value=complex()):
                refuse(expression, say("A graph holds no complex numbers."))
            case ast.Constant() | ast.UnaryOp(op=ast.USub(), operand=ast.Constant()) if self._is_number(expression):
                return self._number(expression, name)
            case ast.Call(func=ast.Name(id="len")) | ast.Subscript() if self._is_number(expression):
                return self._number(expression, name)
            case ast.BinOp(op=ast.FloorDiv() | ast.Mod()) if self._is_number(expression):
                return self._number(expression, name)
            case ast.BinOp():
                return self._binary(expression, name)
            case ast.UnaryOp(op=ast.USub()):
                return self.op(Function.operators["neg"], {}, [self.expression(expression.operand)], expression, name)
            case ast.UnaryOp(op=ast.UAdd()):
                return self.expression(expression.operand)
            case ast.Call():
                return self.one_output(self.call(expression, name), expression)
            case ast.Attribute():
                return self._attribute(expression, name)
            case ast.Subscript():
                return self._subscript(expression)
            case ast.List() if (value := self.value(expression)) is not None:
                return self.new_input("", value, expression)
        sentence = _MEANINGLESS.get(type(expression), _NO_MEANING)
        refuse(expression, say(sentence))

    def whole(self, expression: ast.expr, name: str = "") -> Source:
        """Read what stands alone on a line, where an op with several outputs needs none of them named."""
        return self.call(expression, name) if isinstance(expression, ast.Call) else self.expression(expression, name)

    def one_output(self, source: Source, expression: ast.expr) -> Source:
        """Return the output of an op that has one; raises FormulaError for one that has several."""
        if source is None:
            return None
        node = self.nodes[source[0]]
        if node.n_outputs > 1:
            *most, last = [f".{name}" for name in node.output_names]
            outputs = say("{most} or {last}", most=", ".join(most), last=last)
            refuse(expression, say("{op} has several outputs: name one by {outputs}.", op=node.op, outputs=outputs))
        return source

    # Names and numbers ------------------------------------------------------------------------------------------

    def variable(self, name: ast.Name) -> Source:
        """Return what a name stands for; one that has no meaning yet is an input."""
        text = checked_name(name)
        if text not in self.meaning and text in self.constants:
            return self._named_constant(text, name)
        if text not in self.meaning:
            self.meaning[text] = self.unknown(text, name)
        source = self.meaning[text]
        if source is None:
            return None
        return self.one_output(source, name) if isinstance(source, AllOutputs) else self._singled_out(source)

    def unknown(self, text: str, name: ast.Name) -> Source:
        """Return the input of a name that is used for the first time."""
        return self.input(text, None, name)

    def named_call(self, source: OutputPort) -> OutputPort:
        """Return what a name stands for that is given to a call: all outputs, unless the call was of one of them."""
        is_whole = self.nodes[source[0]].n_outputs > 1 and source[0] not in self.singled_out
        return AllOutputs(source) if is_whole else source

    def _singled_out(self, source: OutputPort) -> OutputPort:
        """Return one of an op's outputs: what is indexed next is its array."""
        if self.nodes[source[0]].n_outputs > 1:
            self.singled_out.add(source[0])
        return source

    def _named_constant(self, text: str, name: ast.Name) -> Source:
        """Return the node of a number that has a name; one array, which the graph holds as an input."""
        value = self.value(name)
        if value is None:
            refuse(name, say("{name} is no number.", name=text))
        if not isinstance(value, tuple):
            return self.op(Constant, {"value": value}, [], name, "")
        self.meaning[text] = source = self.new_input(text, value, name)
        self.want_name(source, text)
        return source

    def _is_number(self, expression: ast.expr) -> bool:
        return isinstance(self.constant(expression), int | float)

    def _number(self, number: ast.expr, name: str) -> OutputPort:
        """Read a number in an expression: a Constant."""
        return self.op(Constant, {"value": self.value(number)}, [], number, name)

    def _attribute(self, expression: ast.Attribute, name: str) -> Source:
        """Read np.pi, x.T, or one output of an op that has several: m.low."""
        if self._is_number(expression):
            return self._number(expression, name)
        is_known = not isinstance(expression.value, ast.Name) or expression.value.id in self.meaning
        if expression.attr == "T" and (is_known or self.module_of(expression.value) is None):
            return self.op(Function.registry["Transpose"], {}, [self.expression(expression.value)], expression, name)
        if expression.attr in ("grad", "data") and is_known:
            refuse(
                expression, say("“.{name}” is what is computed, so it cannot stand in the graph.", name=expression.attr)
            )
        owner = dotted(expression.value)
        source = self.whole(expression.value) if isinstance(expression.value, ast.Call) else self.meaning.get(owner)
        outputs = () if source is None else self.nodes[source[0]].output_names
        if source is None or self.nodes[source[0]].is_input or expression.attr not in outputs:
            refuse(expression, say("There is no output {name}.{output}.", name=owner, output=expression.attr))
        return self._singled_out((source[0], outputs.index(expression.attr)))

    def _subscript(self, expression: ast.Subscript) -> Source:
        """Read x[0], or one of the outputs of a split: parts[0]."""
        owner, index = expression.value, expression.slice
        known = isinstance(owner, ast.Name) and (owner.id in self.meaning or owner.id in self.assigned_names)
        source: Source
        if isinstance(owner, ast.Name) and known and owner.id in self.meaning:
            source = self.meaning[owner.id]
        else:
            source = self.whole(owner)
        if source is None:
            refuse(expression, say("… stands for a wire that is missing; it has no name."))
        node = self.nodes[source[0]]
        is_call = not isinstance(owner, ast.Name)
        if isinstance(source, AllOutputs) or (is_call and node.n_outputs > 1 and source[0] not in self.singled_out):
            place = self.constant(index)
            if not isinstance(place, int) or not -node.n_outputs <= place < node.n_outputs:
                self.one_output(source, expression)
            assert isinstance(place, int)
            return self._singled_out((source[0], place % node.n_outputs))
        return self.indexed(source, index, expression)

    def named_outputs(self, source: OutputPort, names: Sequence[str], place: ast.expr) -> None:
        """Give each output of an op its name: a node has one, so each gets a node that hands it on.

        Names such as m_low and m_high are those that this engine's scripts write for the outputs of m.
        """
        outputs = self.nodes[source[0]].output_names
        bases = {name.removesuffix(f"_{output}") for name, output in zip(names, outputs, strict=True)}
        base = bases.pop() if len(bases) == 1 else ""
        if base in self.used_names:
            base = ""
        if base:
            self.want_name(source, base)
        for output, name in enumerate(names):
            port = source[0], output
            if len(names) > 1 and not base and name.strip("_"):
                port = self.op(Function.registry["Identity"], {}, [port], place, name)
                self.want_name(port, name)
            self.meaning[name] = port
        if len(names) == 1:
            self.want_name(source, names[0])

    # Operators --------------------------------------------------------------------------------------------------

    def _binary(self, expression: ast.BinOp, name: str) -> Source:
        operator = BINARY_OPS.get(type(expression.op))
        if operator is None:
            for side in (expression.left, expression.right):
                if isinstance(side, ast.Compare):
                    refuse(side, say(NO_COMPARISON))
            refuse(expression.right, say("The operator before this is none of + - * / ** @."))
        op = Function.operators[operator]
        if op is Power:
            return self.power(expression.left, expression.right, expression, name)
        return self.op(op, {}, [self.expression(expression.left), self.expression(expression.right)], expression, name)

    # Calls ------------------------------------------------------------------------------------------------------

    def call(self, call: ast.Call, name: str = "", n_outputs: int | None = None) -> Source:
        """Read a call and return its node's first output: of an op, a function of a library, or a method."""
        if isinstance(call.func, ast.Call):  # Pow(exponent=3)(x)
            made = self.resolve(call.func.func)
            op = None if made is None else own_op(made[1])
            if op is None:
                refuse(call.func, say("This has no meaning in a formula."))
            return self.made_call(call.func, op, call, name)
        resolved = self.resolve(call.func)
        if resolved is None:
            return self._method(call, name, n_outputs)
        dialect, called = resolved
        if called in VARIABLES or (isinstance(call.func, ast.Name) and called == "float"):
            return self._made_variable(call, name)
        return self.called(dialect, called, call, name, n_outputs)

    def called(self, dialect: str, called: str, call: ast.Call, name: str, n_outputs: int | None) -> Source:
        """Read the call of a function, by whose it is."""
        told = {each.arg for each in call.keywords}
        if dialect == EITHER:
            if called in _AMBIGUOUS and not told & {"slope", "negative_slope"}:
                refuse(
                    call,
                    say(
                        "F.{name} is another function in DeZero than in PyTorch. Import the one that is meant.",
                        name=called,
                    ),
                )
            is_torch = own_op(called) is None or told & {"dim", "keepdim", "negative_slope", "approximate"}
            dialect = TORCH if is_torch else BOOK
        if dialect == BOOK:
            found = self.books_own(called, call)
            if found is not None:
                return found
        if is_own(dialect, called):
            found = self.own_special(called, call, name)
            if found is not None:
                return found
            if called == "sum" and call.args and isinstance(call.args[0], ast.List | ast.Tuple | ast.GeneratorExp):
                return self._added(call)
            op = own_op(called)
            if op is not None:
                return self.own_call(op, call, name, n_outputs)
        dialect = NUMPY if dialect == BOOK else dialect  # whose names and meanings the book's functions have
        is_maker = dialect in (NUMPY, TORCH) or (dialect == OWN and called == "random")
        value = self.value(call) if is_maker else None
        if value is not None:
            return self._placed(value, call, name)
        found = None if dialect in (OWN, NOTHING) else self.special(dialect, called, call.args, call)
        if found is not None:
            return found
        meaning = None if dialect in (OWN, NOTHING) else meaning_of(dialect, called)
        if meaning is None:
            refuse_unknown(dotted(call.func) or called, called, call.func)
        return self.meant_call(meaning, called, call.args, call, name, n_outputs)

    def _method(self, call: ast.Call, name: str, n_outputs: int | None) -> Source:
        """Read the call of a value's method, as of a function that the value is given to first."""
        if not isinstance(call.func, ast.Attribute):
            refuse(call.func, say("This has no meaning in a formula."))
        value = self.value(call)
        if value is not None:
            return self._placed(value, call, name)
        method = call.func.attr
        dialect = TORCH if "torch" in self.libraries else NUMPY
        arguments = [call.func.value, *call.args]
        found = self.special(dialect, method, arguments, call)
        if found is not None:
            return found
        # What is no method of NumPy's arrays is one of PyTorch's or micrograd's.
        meaning = meaning_of(dialect if hasattr(np.ndarray, method) else TORCH, method)
        if meaning is None or not meaning.op.ports or meaning.fixed:
            path = dotted(call.func)
            is_imported = path.partition(".")[0] in {*self.modules, *self.imported}
            refuse_unknown(path if is_imported else f".{method}", method, call)
        return self.meant_call(meaning, method, arguments, call, name, n_outputs)

    def _made_variable(self, call: ast.Call, name: str) -> Source:
        """Read Variable(…), Value(…), torch.tensor(…): an input with its value."""
        value = self.value(call)
        if value is None:
            refuse(call, say("A Variable is made of numbers, such as Variable(np.array(2.0))."))
        if self.is_tensor(call) and not self.is_variable(call) and not isinstance(value, tuple):
            return self.op(Constant, {"value": value}, [], call, name)
        return self.new_input(name, value, call)

    def _placed(self, value: object, call: ast.expr, name: str) -> OutputPort:
        """Put a written-out value into the graph: a number as a Constant, an array as an input."""
        if isinstance(value, tuple):
            return self.new_input(name, value, call)
        return self.op(Constant, {"value": value}, [], call, name)

    def _added(self, call: ast.Call) -> Source:
        """Read Python's sum of a list, and of what it starts from: its entries are added one after another."""
        listed, *start = call.args
        if not isinstance(listed, ast.List | ast.Tuple):
            return self.expression(listed)  # refused
        is_axis = isinstance(listed, ast.List) and self.constant(listed) is not None
        if not listed.elts or call.keywords or len(start) > 1 or (start and is_axis):
            op = own_op("sum")
            assert op is not None
            return self.own_call(op, call, "", None)
        first, *entries = [*start, *listed.elts]
        total = self.expression(first)
        for entry in entries:
            total = self.op(Function.operators["+"], {}, [total, self.expression(entry)], entry, "")
        return total
