"""Read a script of this engine, the book, PyTorch, micrograd or NumPy that makes one graph, without running it.

Assignments, calls and operators are read as in a formula; here names have their values before they are used, and may be
assigned again. Imports, prints and calls of `backward` are understood and make no nodes. What a graph cannot hold is
refused at its line.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Final

from engine.autograd import Constant, Function, Identity
from engine.document import Graph, OutputPort
from engine.errors import FormulaError
from engine.formula.backward_calls import BackwardReader
from engine.formula.constants import dotted
from engine.formula.literals import checked_name, refuse
from engine.formula.rebuild import AllOutputs, Source
from engine.formula.vocabulary import BOOK, MODULES, NOTHING, OWN, VARIABLES
from engine.messages import mark, say
from engine.pieces import Pieces

_REFUSED: Final[Mapping[type[ast.stmt], str]] = {
    ast.For: mark("A graph holds no loop: write its lines out, one after another."),
    ast.While: mark("A graph holds no loop: write its lines out, one after another."),
    ast.If: mark("A graph holds no choice between lines: keep those that run."),
    ast.ClassDef: mark("A graph holds no class: call ops and functions."),
    ast.Try: mark("A graph holds no try: keep the lines that run."),
    ast.With: mark("A graph holds no with: keep the lines up to backward."),
    ast.Delete: mark("Nothing of a graph can be deleted by a line."),
    ast.Return: mark("A return stands at the end of a function."),
}


_NO_PLACE: Final = mark("A graph cannot hold this line.")
_VIEWS: Final = frozenset({"Reshape", "Transpose", "BroadcastTo", "Slice", "Split"})
"""Ops whose results are parts of their inputs' arrays in NumPy and PyTorch."""


class ScriptReader(BackwardReader):
    """Read the lines of a script."""

    def __init__(self, tree: ast.Module, present: Graph) -> None:
        super().__init__(tree, present, {})
        self._marks_variables = any(map(_makes_variable, ast.walk(tree)))
        self._read_imports(tree)

    def read(self, statements: Sequence[ast.stmt]) -> Pieces[None]:
        """Read all statements in their order, each a piece."""
        for number, statement in enumerate(statements):
            yield number / len(statements)
            self.statement(statement)
        if not self.nodes:
            raise FormulaError(say("This makes no graph: it consists of lines such as z = x ** 2 + y ** 2."))

    def want_name(self, source: OutputPort, name: str) -> None:
        """Give a node its name; where a name is assigned again, the last node has it."""
        holder = next((each for each, wanted in self.wanted_names.items() if wanted == name), None)
        if holder == source[0] or source[0] in self.wanted_names:
            return
        if holder is not None and not self.entered:
            self.wanted_names[holder] = self._numbered(name)
        elif holder is not None:
            name = self._numbered(name)
        self.wanted_names[source[0]] = name

    def unknown(self, text: str, name: ast.Name) -> Source:
        """Refuse a name that has no value: Python would do so, too."""
        if text in self.passed_names:
            refuse(name, say("{name} is no part of a graph: the line that assigns it is passed over.", name=text))
        if text in self.uncalled or text in self.functions:
            refuse(name, say("{name} is a function, and is called with its inputs.", name=text))
        refuse(name, say("{name} has no value before this line.", name=text))

    def _numbered(self, name: str) -> str:
        taken = {*self.wanted_names.values(), *self.used_names}
        number = 1
        while f"{name}{number}" in taken:
            number += 1
        return f"{name}{number}"

    def _read_imports(self, tree: ast.Module) -> None:
        """Learn what the imports call modules and functions, wherever they stand."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self.libraries |= {alias.name.partition(".")[0]} & {"torch", "dezero"}
                    if alias.asname:
                        self.modules[alias.asname] = alias.name
            elif isinstance(node, ast.ImportFrom) and node.module:
                self.libraries |= {node.module.partition(".")[0]} & {"torch", "dezero"}
                for alias in node.names:
                    called, whole = alias.asname or alias.name, f"{node.module}.{alias.name}"
                    if whole in MODULES:
                        self.modules[called] = whole
                    else:
                        self.imported[called] = (MODULES.get(node.module, NOTHING), alias.name)
        if len(self.libraries) > 1:  # what is imported by name says which
            self.libraries -= {"dezero"} if "torch" in {each[0] for each in self.imported.values()} else set()

    # Statements -------------------------------------------------------------------------------------------------

    def statement(self, statement: ast.stmt) -> None:  # noqa: C901 -- a case a kind
        """Read one statement; raises FormulaError."""
        if self.is_passed(statement):
            self._ask_gradients(statement)
            self.note_clearing(statement)
            self.pass_over(statement)
            return
        match statement:
            case ast.Global() if not self.is_within_function:
                return
            case ast.Assign():
                value = statement.value
                for target in statement.targets:
                    if not self.is_passed_target(target, value):
                        self._assign(target, value, statement)
                    is_number = isinstance(self.constant(value), int | float) and not self.is_variable(value)
                    if isinstance(target, ast.Name) and not is_number:  # of x = y = Variable(…) both are one Variable
                        value = ast.copy_location(ast.Name(target.id, ast.Load()), target)
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                self._assign(target, value, statement)
            case ast.AugAssign(target=ast.Name() as target):
                self._refuse_shared(target)
                read = ast.copy_location(ast.Name(target.id, ast.Load()), target)
                self._assign(
                    target, ast.copy_location(ast.BinOp(read, statement.op, statement.value), target), statement
                )
            case ast.AugAssign():
                self.refuse_change(statement.target)
            case ast.FunctionDef():
                self.define(statement)
            case ast.Expr():
                self._lone(statement.value)
            case ast.If() if self.is_beginning(statement.test):
                for inner in statement.body:
                    self.statement(inner)
            case _:
                sentence = _REFUSED.get(type(statement), _NO_PLACE)
                refuse(statement, say(sentence))

    def _assign(self, target: ast.expr, value: ast.expr, statement: ast.stmt) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            self._assign_several(target, value, statement)
            return
        if isinstance(target, ast.Attribute | ast.Subscript):
            self.refuse_change(target)
        name = self._target_name(target)
        op = self._made_function(value)
        if op is not None:
            self.uncalled[name] = op
            return
        constant = self.constant(value)
        if constant is not None and self._stays_constant(value, constant):
            self.constants[name] = constant
            self.meaning.pop(name, None)
            return
        self._bind(name, self._whole_value(value, name, constant is not None), value)

    def _whole_value(self, value: ast.expr, name: str, is_constant: bool) -> Source:
        written = self.value(value) if is_constant else None
        if written is None:
            source = self.whole(value, name)
        elif self.is_tensor(value) and not self.is_variable(value) and not isinstance(written, tuple):
            source = self.whole(value, name)  # a Constant
        else:
            source = self.new_input(name, written, value)
            if self.is_variable(value):
                self.ask_gradient(source)
        if source is None:
            refuse(value, say("… stands for a wire that is missing; it has no name."))
        return source

    def _bind(self, name: str, source: Source, value: ast.expr | None = None) -> None:
        """Let a name stand for an output; of an op with several, only what is assigned to its call has its name."""
        assert source is not None  # only a formula may leave a wire out
        self.constants.pop(name, None)
        is_own = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in self.functions
        is_call = isinstance(value, ast.Call) and not is_own
        is_part = self.nodes[source[0]].n_outputs > 1 and not is_call
        if is_part and not self.entered and name.strip("_"):  # a node has one name
            source = self.op(Identity, {}, [source], value or ast.Name(name, lineno=1, col_offset=0), name)
        self.meaning[name] = self.named_call(source) if is_call else source
        if is_own and source[0] in self.made_last:
            self.wanted_names.pop(source[0], None)  # its name within the function
        if self.nodes[source[0]].n_outputs == 1 or is_call:
            self.want_name(source, name)

    def _stays_constant(self, value: ast.expr, constant: object) -> bool:
        """Return whether a name stands for numbers of Python's or NumPy's beside Variables, and is no Variable."""
        if isinstance(constant, tuple):
            return True
        return self._marks_variables and not self.is_variable(value) and not self.is_tensor(value)

    def _assign_several(self, target: ast.Tuple | ast.List, value: ast.expr, statement: ast.stmt) -> None:
        """Read x, y = 2, 3 and low, high = min_max(x, y)."""
        if isinstance(value, ast.Tuple | ast.List):
            if len(value.elts) != len(target.elts):
                refuse(
                    value,
                    say(
                        "There are {count} names here, and {given} values.",
                        count=len(target.elts),
                        given=len(value.elts),
                    ),
                )
            if any(isinstance(each, ast.Name) and each.id in self._named_in(value) for each in target.elts):
                self._exchange(target, value)
                return
            for element, each in zip(target.elts, value.elts, strict=True):
                self._assign(element, each, statement)
            return
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in self.functions:
            outputs = self.returned(value)
            if len(outputs) != len(target.elts):
                refuse(value, say("This does not give {count} values.", count=len(target.elts)))
            for element, returned in zip(target.elts, outputs, strict=True):
                self._bind(self._target_name(element), returned, value)
            return
        parts = self._parts_of(value, len(target.elts))
        if parts is not None:
            for element, part in zip(target.elts, parts, strict=True):
                self._assign(element, part, statement)
            return
        source = self.call(value, n_outputs=len(target.elts)) if isinstance(value, ast.Call) else None
        if source is None or self.nodes[source[0]].n_outputs != len(target.elts):
            refuse(value, say("This does not give {count} values.", count=len(target.elts)))
        names = [self._target_name(element) for element in target.elts]
        for name in names:
            self.constants.pop(name, None)
        self.named_outputs(source, names, value)

    def _parts_of(self, value: ast.expr, count: int) -> list[ast.expr] | None:
        """Return the parts of a value that has as many: a, b = x, and rows, columns = x.shape."""
        if isinstance(value, ast.Call) and getattr(value.func, "attr", "") == "unbind" and not value.args:
            assert isinstance(value.func, ast.Attribute)
            value = value.func.value
        constant = self.constant(value)
        source = self.meaning.get(value.id) if isinstance(value, ast.Name) else None
        length = 0
        if isinstance(constant, tuple):
            length = len(constant)
        elif isinstance(source, AllOutputs):
            length = self.nodes[source[0]].n_outputs
        elif source is not None and (shape := self.shape_of(source)):
            length = shape[0]
        if length != count:
            return None
        places = [ast.copy_location(ast.Constant(place), value) for place in range(count)]
        return [ast.copy_location(ast.Subscript(value, place, ast.Load()), value) for place in places]

    def _target_name(self, element: ast.expr) -> str:
        if not isinstance(element, ast.Name):
            refuse(element, say("A name stands on the left of =."))
        return checked_name(element)

    def _exchange(self, target: ast.Tuple | ast.List, value: ast.Tuple | ast.List) -> None:
        """Read x, y = y, x: all values are read before the first name is given."""
        sources = [self._whole_value(each, "", self.constant(each) is not None) for each in value.elts]
        for element, source in zip(target.elts, sources, strict=True):
            self._bind(self._target_name(element), source)

    def _named_in(self, value: ast.expr) -> set[str]:
        return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}

    def _made_function(self, value: ast.expr) -> ast.Call | None:
        """Return the making of a Function that is called later, as in A = Square()."""
        if not isinstance(value, ast.Call) or value.args:
            return None
        resolved = self.resolve(value.func)
        if resolved is None or resolved[0] not in (OWN, BOOK):
            return None
        op = Function.registry.get(resolved[1])
        return value if op is not None and (op.ports or op.parameters) and op.__name__ != "Constant" else None

    # What makes no node -----------------------------------------------------------------------------------------

    def _lone(self, expression: ast.expr) -> None:
        """Read a line that is only called or written: backward chooses the output, others are passed over."""
        if isinstance(expression, ast.Constant) and expression.value is ...:
            refuse(expression, say("Lines are left out here: the whole script is needed."))
        self.refuse_step(expression)
        if isinstance(expression, ast.Call) and getattr(expression.func, "attr", "") == "backward":
            self.choose(expression)
        elif isinstance(expression, ast.Call) and self.returns_nothing(expression):
            self.run(expression)
        else:
            self.whole(expression)

    def _ask_gradients(self, statement: ast.stmt) -> None:
        """Read x.requires_grad_() and x.requires_grad = True."""
        for node in ast.walk(statement):
            if isinstance(node, ast.Attribute) and node.attr in ("requires_grad", "requires_grad_"):
                self._ask_gradient(node.value)

    def _ask_gradient(self, tensor: ast.expr) -> None:
        """Make an input of a tensor whose gradient is asked for on a line of its own."""
        if not isinstance(tensor, ast.Name):
            return
        source = self.meaning.get(tensor.id)
        value = self.value(tensor)
        if source is not None and any(edge.source == source[0] for edge in self.edges):
            return  # what was computed of it before knows nothing of that
        if source is not None and self.nodes[source[0]].function is Constant:
            value = self.nodes.pop(source[0]).parameters["value"]
            self.sources.pop(source[0], None)
            self.wanted_names.pop(source[0], None)
        if value is not None:
            made = self.new_input(tensor.id, value, tensor)
            self.ask_gradient(made)
            self._bind(tensor.id, made)

    def _refuse_shared(self, target: ast.Name) -> None:
        """Refuse x += 1 where other names stand for the same array of NumPy's or PyTorch's: they would change, too."""
        source = self.meaning.get(target.id)
        if source is None or (self._marks_variables and "torch" not in self.libraries):
            return
        sharing = [name for name, other in self.meaning.items() if name != target.id and other == source]
        views = [node for node, fed in self.sources.items() if self.nodes[node].op in _VIEWS and source in fed]
        if sharing or views or self.nodes[source[0]].op in _VIEWS:
            name = target.id
            sentence = say(
                "This may change other arrays that share {name}: write {name} = {name} + … there.", name=name
            )
            refuse(target, sentence)


def _makes_variable(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in VARIABLES
