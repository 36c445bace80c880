"""Read what a script says about gradients: which are asked for, where backward starts, and which are cleared."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Final, NoReturn

import numpy as np

from engine.document import OutputPort
from engine.formula.constants import dotted
from engine.formula.literals import refuse
from engine.formula.passed_lines import is_usual
from engine.formula.script_functions import FunctionReader
from engine.messages import say

_CLEARING: Final = frozenset({"cleargrad", "cleargrads", "zero_grad", "zero_"})


class BackwardReader(FunctionReader):
    """Keep account of gradients as a script goes: a second backward adds to those that were not cleared."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self._asked: set[str] = set()
        """The inputs whose gradients are asked for."""
        self._held: set[str] = set()
        """Those of them that a backward has come to."""

    def ask_gradient(self, source: OutputPort) -> None:
        """Note that the gradient of an input is asked for."""
        self._asked.add(source[0])

    def choose(self, call: ast.Call) -> None:
        """Let backward start from what the call is made of; raises FormulaError where it would give other numbers."""
        assert isinstance(call.func, ast.Attribute)
        given = [*call.args, *(each.value for each in call.keywords)]
        odd = next((each for each in given if not (is_usual(each) or self._is_ones(each))), None)
        if odd is not None:
            refuse(
                odd,
                say(
                    "Backward starts from ones in the playground: for others, g, write z = sum(y * g) and z.backward()."
                ),
            )
        self.chosen = self.expression(call.func.value)
        reached = self._asked & set(self._behind(self.chosen))
        if reached & self._held:
            refuse(
                call,
                say("Here backward would add to the gradients of an earlier one: clear them before, or keep one call."),
            )
        self._held |= reached

    def clear(self, owner: ast.expr) -> None:
        """Clear the gradient of a Variable; those of all where an optimizer or a model is asked to."""
        while isinstance(owner, ast.Attribute):
            owner = owner.value
        source = self.meaning.get(owner.id) if isinstance(owner, ast.Name) else None
        self._held -= self._held if source is None else {source[0]}

    def note_clearing(self, statement: ast.stmt) -> None:
        """Clear what a line clears that is passed over: x.cleargrad(), x.grad = None, also within a loop."""
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CLEARING:
                self.clear(node.func.value)
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Attribute) and target.attr == "grad":
                        self.clear(target.value)

    def refuse_change(self, target: ast.expr) -> NoReturn:
        """Refuse a line that gives an array or a Variable other numbers."""
        if isinstance(target, ast.Attribute):
            refuse(
                target, say("A graph is not changed by its own lines: “.{name}” is assigned here.", name=target.attr)
            )
        refuse(target, say("A graph is not changed by its own lines: a part of an array is assigned here."))

    def refuse_step(self, expression: ast.expr) -> None:
        """Refuse the step of an optimizer, which changes what the graph was computed from."""
        called = expression.func if isinstance(expression, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr == "step" and dotted(called.value) not in self.meaning:
            refuse(expression, say("A graph is not changed by its own lines: keep those up to backward."))

    def _is_ones(self, given: ast.expr) -> bool:
        number = self.constant(given)
        source = self.meaning.get(given.id) if isinstance(given, ast.Name) else None
        if source is not None and self.nodes[source[0]].is_input:
            number = np.asarray(self.nodes[source[0]].value)
        return number is not None and not isinstance(number, tuple) and bool(np.all(np.equal(number, 1)))

    def _behind(self, source: OutputPort | None) -> Iterable[str]:
        """Return the nodes that an output is computed from."""
        waiting = [] if source is None else [source[0]]
        found: set[str] = set()
        while waiting:
            node_id = waiting.pop()
            if node_id not in found:
                found.add(node_id)
                waiting += [each[0] for each in self.sources.get(node_id, ()) if each is not None]
        return found
