"""Know the lines of a script that make no node: imports, prints, calls that keep or clear gradients."""

from __future__ import annotations

import ast
from typing import Final

from engine.formula.constants import dotted
from engine.formula.expressions import ExpressionReader
from engine.formula.vocabulary import NOTHING, TORCH

_PASSED_METHODS: Final = frozenset({"cleargrad", "cleargrads", "zero_grad", "retain_grad", "requires_grad_"})
_CHANGING: Final = frozenset({"torch", "np", "numpy", "random"})
"""Modules with functions that change what they are given, such as a random order."""
_PASSED_CALLS: Final = frozenset({"print", "draw_dot", "plot_dot_graph", "display", "help"})
_SETTINGS: Final = frozenset({"seed", "manual_seed", "set_printoptions", "set_default_dtype", "seterr", "simplefilter"})
_ONES: Final = ("ones_like", "ones")
_ASIDE: Final = (
    "argparse.",
    "time.",
    "datetime.",
    "logging.",
    "matplotlib.",
    "plt.",
    "torch.optim.",
    "torch.device",
    "torch.cuda.",
    "dezero.optimizers.",
)
"""Functions that give nothing which a graph is computed from."""
_SHOWN: Final = frozenset({"item", "tolist", "numpy"})


class PassedLines(ExpressionReader):
    """Tell which lines are passed over."""

    passed_names: set[str]
    """What they assign."""

    def is_passed(self, statement: ast.stmt) -> bool:
        """Return whether a statement with lines inside only prints, or keeps gradients."""
        match statement:
            case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Assert() | ast.AnnAssign(value=None):
                return True
            case ast.AnnAssign(value=ast.expr() as value):
                return self.is_passed_target(statement.target, value)
            case ast.Expr():
                return self.is_passed_expression(statement.value)
            case ast.Assign():
                return all(self.is_passed_target(each, statement.value) for each in statement.targets)
            case ast.For() | ast.While() | ast.If() | ast.With():
                return all(map(self.is_passed, [*statement.body, *getattr(statement, "orelse", ())]))
        return False

    def is_passed_expression(self, expression: ast.expr) -> bool:
        """Return whether a line that is only called prints, keeps gradients, or sets something up."""
        if isinstance(expression, ast.Constant):
            return isinstance(expression.value, str)
        if isinstance(expression, ast.Tuple | ast.Compare | ast.JoinedStr | ast.Attribute | ast.Subscript):
            return not any(map(self._does_something, ast.walk(expression)))
        if not isinstance(expression, ast.Call):
            return False
        path = dotted(expression.func)
        resolved = self.resolve(expression.func)
        if resolved is not None and resolved[0] == NOTHING:
            root = path.partition(".")[0]
            is_changing = self.modules.get(root, root).partition(".")[0] in _CHANGING or root in self.imported
            return not (is_changing and any(map(self._is_held, ast.walk(expression))))
        name = path.rpartition(".")[2] or getattr(expression.func, "attr", "")
        owner = expression.func.value if isinstance(expression.func, ast.Attribute) else None
        is_method = owner is not None and (
            name in _PASSED_METHODS
            or (name == "zero_" and "grad" in _attributes(owner))
            or (name not in ("step", "backward") and isinstance(owner, ast.Name) and self._is_passed_name(owner))
            or (name == "append" and not self._is_held(owner))
        )
        return is_method or name in _SETTINGS or (name == path and name in _PASSED_CALLS)

    def is_passed_target(self, target: ast.expr, value: ast.expr) -> bool:
        """Return whether one changes no graph: x.grad = None or ones, x.requires_grad = True, title = "x"."""
        if isinstance(target, ast.Name | ast.Tuple | ast.List):
            return self.is_aside(value)
        if not isinstance(target, ast.Attribute):
            return False
        if target.attr in ("name", "label"):
            return True
        if target.attr == "requires_grad":
            return isinstance(value, ast.Constant) and value.value is True
        is_zero = isinstance(value, ast.Constant) and value.value == 0
        return target.attr == "grad" and (is_zero or is_usual(value))

    def pass_over(self, statement: ast.stmt) -> None:
        """Forget the names that a line assigns to what is no part of a graph."""
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.passed_names.add(node.id)
                self.meaning.pop(node.id, None)
                self.constants.pop(node.id, None)

    def is_aside(self, value: ast.expr) -> bool:
        """Return whether a value is no number that a graph could hold: a text, a list to be filled, an optimizer."""
        match value:
            case ast.Constant(value=str() | bool() | None) | ast.JoinedStr() | ast.List(elts=[]) | ast.Dict():
                return True
            case ast.List() if all(isinstance(each, ast.Name) and each.id in self.meaning for each in value.elts):
                return True  # parameters of an optimizer
            case ast.Tuple(elts=[_, *_]):
                return all(map(self.is_aside, value.elts))
            case ast.Name():
                return self._is_passed_name(value)
            case ast.IfExp():
                return self.is_aside(value.body) and self.is_aside(value.orelse)
            case ast.BinOp():
                sides = (value.left, value.right)
                return any(map(self.is_aside, sides)) and all(
                    self.is_aside(each) or self.constant(each) is not None for each in sides
                )
            case ast.Call(func=ast.Attribute(attr=attr)) if attr in _SHOWN and not value.args:
                return self.constant(value) is None
            case ast.Call():
                root, _, rest = dotted(value.func).partition(".")
                dialect, name = self.imported.get(root, ("", ""))
                path = f"{self.modules.get(root, name if dialect == TORCH else root)}.{rest}".removesuffix(".")
                path = f"torch.{path}" if dialect == TORCH else path
                return path.startswith(_ASIDE) or path in ("dict", "set")
        return False

    def _is_passed_name(self, name: ast.Name) -> bool:
        return name.id in self.passed_names and not self._is_held(name)

    def _is_held(self, node: ast.AST) -> bool:
        """Return whether a name stands for something that the graph is computed from."""
        return isinstance(node, ast.Name) and (node.id in self.meaning or node.id in self.constants)

    def _does_something(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Call):
            return getattr(node.func, "attr", "") not in _SHOWN
        return isinstance(node, ast.Constant) and node.value is ...

    def is_beginning(self, test: ast.expr) -> bool:
        """Return whether an if asks how the script is run: __name__ == "__main__", "__file__" in globals()."""
        return any(
            (isinstance(node, ast.Name) and node.id == "__name__")
            or (isinstance(node, ast.Constant) and node.value == "__file__")
            for node in ast.walk(test)
        )


def _attributes(owner: ast.expr) -> set[str]:
    """Return the names in x.grad.data."""
    return {node.attr for node in ast.walk(owner) if isinstance(node, ast.Attribute)}


def is_usual(value: ast.expr) -> bool:
    """Return whether what backward is given leaves it as it is: None, ones, flags, and this engine's variants."""
    if isinstance(value, ast.Constant):
        return value.value is None or isinstance(value.value, bool)
    if isinstance(value, ast.Call):
        called = dotted(value.func)
        if called.rpartition(".")[2] in ("array", "tensor", "Variable") and len(value.args) == 1:
            inner = value.args[0]
            return isinstance(inner, ast.Constant) and inner.value == 1
        return called.rpartition(".")[2] in _ONES or called.startswith("Variant.")
    return False
