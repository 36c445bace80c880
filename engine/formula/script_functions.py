"""Read calls of the functions that a script defines or makes itself: their lines are read in the place of the call."""

from __future__ import annotations

import ast
from abc import abstractmethod
from collections.abc import Container, Mapping, Sequence
from itertools import count
from typing import Any, Final

from engine.document import Block, Graph, OutputPort, Value, find_fault, refreshed_blocks
from engine.formula.calls import own_op
from engine.formula.literals import refuse
from engine.formula.passed_lines import PassedLines
from engine.formula.rebuild import Source
from engine.limits import MAX_NAME_LENGTH
from engine.messages import say
from engine.pieces import Pieces

_MOST_CALLS: Final = 2_000
"""Calls of a script's own functions: some that make no node double at every call."""
_MOST_BLOCKS: Final = 30
"""Past so many calls none is shown as a block: nobody would see the graph for them."""


class FunctionReader(PassedLines):
    """Build the nodes of calls of a script's own functions."""

    def __init__(self, tree: ast.Module, present: Graph, values: Mapping[str, Value]) -> None:
        super().__init__(tree, present, values)
        self.functions: dict[str, ast.FunctionDef] = {}
        self.uncalled: dict[str, ast.Call] = {}
        """Functions that were made and not called yet: A = Square()."""
        self.entered: list[str] = []
        """The functions whose lines are read at present."""
        self._running: list[str] = []
        """Those of them that return nothing."""
        self.passed_names: set[str] = set()
        self.made_last: Container[str] = ()
        """The nodes that the last call has made."""
        self._defaults: dict[str, dict[str, tuple[Source, Any]]] = {}
        """What the arguments of each function stand for that its calls may leave out, from where it is defined."""
        self._calls = 0
        self._made_by_calls: list[tuple[str, tuple[str, ...]]] = []

    @property
    def is_within_function(self) -> bool:
        """Return whether the lines of a function are read, whose names are its own."""
        return bool(self.entered or self._running)

    @abstractmethod
    def statement(self, statement: ast.stmt) -> None:
        """Read one statement; raises FormulaError."""

    def call(self, call: ast.Call, name: str = "", n_outputs: int | None = None) -> Source:
        """Read a call, also of the script's own functions and of Functions that it has made."""
        if isinstance(call.func, ast.Name):
            if call.func.id in self.functions:
                outputs = self.returned(call)
                if len(outputs) > 1:
                    counted = {"name": call.func.id, "count": len(outputs)}
                    refuse(call, say("{name} gives {count} values: give each a name.", **counted))
                return outputs[0]
            if call.func.id in self.uncalled:
                made = self.uncalled[call.func.id]
                resolved = self.resolve(made.func)
                op = None if resolved is None else own_op(resolved[1])
                assert op is not None
                return self.made_call(made, op, call, name)
        return super().call(call, name, n_outputs)

    def graph(self) -> Pieces[Graph]:
        """Return the graph that was read, with a block for each call of a function that makes ops."""
        graph = yield from super().graph()
        blocks: tuple[Block, ...] = ()
        calls = self._made_by_calls if len(self._made_by_calls) <= _MOST_BLOCKS else []
        for name, members in sorted(calls, key=lambda made: -len(made[1])):
            held = {each for block in blocks for each in (block.id, block.name)}
            taken = held | graph.names() | {node.id for node in graph.nodes()}
            block = Block(_free("b", taken), name if name not in taken else _free(name, taken), members)
            if find_fault(graph, (*blocks, block)) is None:
                blocks = (*blocks, block)
        return graph if not blocks else graph.with_blocks(refreshed_blocks(graph.with_blocks(blocks)))

    def named_outputs(self, source: OutputPort, names: Sequence[str], place: ast.expr) -> None:
        """Give each output its name; within a function its names stand for the outputs themselves."""
        if not self.entered:
            super().named_outputs(source, names, place)
        for output, name in enumerate(names if self.entered else ()):
            self.meaning[name] = source[0], output

    def define(self, function: ast.FunctionDef) -> None:
        """Note a function, with what its defaults are here."""
        self.functions[function.name] = function
        told = function.args
        named = told.args[len(told.args) - len(told.defaults) :]
        known: dict[str, tuple[Source, Any]] = {}
        for argument, default in zip(named, told.defaults, strict=True):
            constant = None if self.is_variable(default) else self.constant(default)
            if constant is not None:
                known[argument.arg] = (None, constant)
            elif isinstance(default, ast.Constant):  # None, a flag, a text
                known[argument.arg] = (None, None)
            elif isinstance(default, ast.Name) and default.id in self.meaning:
                known[argument.arg] = (self.meaning[default.id], None)
        self._defaults[function.name] = known

    def returns_nothing(self, call: ast.Call) -> bool:
        """Return whether a call is of a function of the script that only runs, as main() does."""
        function = self.functions.get(call.func.id) if isinstance(call.func, ast.Name) else None
        is_returning = function is not None and any(
            isinstance(node, ast.Return) and node.value is not None for node in ast.walk(function)
        )
        return function is not None and not is_returning

    def run(self, call: ast.Call) -> None:
        """Read the lines of such a function as if they stood here."""
        function = self._entered(call)
        lines = [line for line in function.body if not isinstance(line, ast.Return)]
        if all(map(self.is_passed, lines)):  # it prints
            return
        kept = self.meaning, self.constants
        self._give(self._arguments(function, call))
        self._running.append(function.name)
        for line in lines:
            self.statement(line)
        self._running.pop()
        self.meaning, self.constants = kept

    def returned(self, call: ast.Call) -> list[Source]:
        """Read the lines of a function with its arguments in their places, and return what it returns."""
        function = self._entered(call)
        given = self._arguments(function, call)
        before = set(self.nodes)
        kept = self.meaning, self.constants
        self.entered.append(function.name)
        self._give(given)
        *lines, last = function.body
        if not isinstance(last, ast.Return) or last.value is None:
            refuse(last, say("A function ends with what it returns."))
        for line in lines:
            self.statement(line)
        values = last.value.elts if isinstance(last.value, ast.Tuple) else [last.value]
        outputs = [self.expression(each) for each in values]
        self.entered.pop()
        self.meaning, self.constants = kept
        made = tuple(node_id for node_id in self.nodes if node_id not in before)
        self.made_last = frozenset(made)
        if any(not self.nodes[each].is_input for each in made) and len(function.name) <= MAX_NAME_LENGTH:
            self._made_by_calls.append((function.name, made))
        return outputs

    def _entered(self, call: ast.Call) -> ast.FunctionDef:
        assert isinstance(call.func, ast.Name)
        function = self.functions[call.func.id]
        self._calls += 1
        if function.name in (*self.entered, *self._running) or self._calls > _MOST_CALLS:
            refuse(call, say("A graph holds no function that calls itself."))
        return function

    def _give(self, given: Mapping[str, tuple[Source, Any]]) -> None:
        """Let the arguments of a function stand for what they are given, until its lines are read."""
        self.meaning, self.constants = dict(self.meaning), dict(self.constants)
        for argument, (source, constant) in given.items():
            self.meaning.pop(argument, None)
            self.constants.pop(argument, None)
            if constant is not None:
                self.constants[argument] = constant
            elif source is None:
                self.passed_names.add(argument)
            else:
                self.meaning[argument] = source

    def _arguments(self, function: ast.FunctionDef, call: ast.Call) -> dict[str, tuple[Source, Any]]:
        """Return what each argument of a function stands for: an output, or a constant."""
        told = function.args
        names = [each.arg for each in told.args]
        if told.vararg or told.kwarg or told.kwonlyargs or told.posonlyargs or function.decorator_list:
            refuse(call, say("The arguments of {name} are read only as names in order.", name=function.name))
        written = dict(zip(names[len(names) - len(told.defaults) :], told.defaults, strict=True))
        written |= dict(zip(names, call.args, strict=False))
        written |= {each.arg: each.value for each in call.keywords if each.arg is not None}
        if len(call.args) > len(names) or set(written) != set(names):
            refuse(call, say("The arguments here are not those of {name}.", name=function.name))
        known = self._defaults.get(function.name, {})
        left_out = {name for name, value in written.items() if value in told.defaults and name in known}
        return {name: known[name] if name in left_out else self._argument(value) for name, value in written.items()}

    def _argument(self, value: ast.expr) -> tuple[Source, Any]:
        if self.is_aside(value):
            return None, None
        constant = None if self.is_variable(value) else self.constant(value)
        return (None, constant) if constant is not None else (self.expression(value), None)


def _free(name: str, taken: Container[str]) -> str:
    return next(found for number in count(1) if (found := f"{name}{number}") not in taken)
