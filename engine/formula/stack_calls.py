"""Read how NumPy and PyTorch put arrays together whose shapes decide along which axis."""

from __future__ import annotations

import ast
from typing import Final

from engine.document import OutputPort
from engine.formula.literals import refuse
from engine.formula.rebuild import Source
from engine.formula.shape_calls import ShapeReader, refuse_keywords
from engine.formula.shapes import Shape
from engine.messages import say

_AT_LEAST: Final = {"vstack": 2, "column_stack": 2, "hstack": 1}
"""How many axes each array is given first."""


class StackReader(ShapeReader):
    """Build the nodes of stacks by rows and by columns, and of the outer product."""

    def stacked(self, dialect: str, call: ast.Call, listed: ast.expr) -> Source:
        """Read `vstack`, `hstack` and `column_stack`: numbers and vectors become rows, or columns, and are joined."""
        refuse_keywords(call)
        name = str(getattr(call.func, "attr", getattr(call.func, "id", "")))
        if not isinstance(listed, ast.List | ast.Tuple) or not listed.elts:
            refuse(call, say("{name} takes its inputs as one list, such as [x, z].", name=name))
        parts, shapes = [], []
        for each in listed.elts:
            source = self.expression(each)
            shape = self.shape_at(source, each)
            wide = _widened(shape, name)
            parts.append(source if wide == shape else self.of("Reshape", each, source, shape=wide))
            shapes.append(wide)
        axis = 0 if name == "vstack" or len(shapes[0]) == 1 else 1
        return self.of("Concat", call, *parts, axis=axis, n_inputs=len(parts))

    def outer(self, dialect: str, call: ast.Call, left: ast.expr, right: ast.expr) -> OutputPort:
        """Read the product of each element of one array and each of another, in a matrix."""
        refuse_keywords(call)
        column = self.of("Reshape", left, self.expression(left), shape=(-1, 1))
        return self.of("Mul", call, column, self.of("Reshape", right, self.expression(right), shape=(1, -1)))


def _widened(shape: Shape, name: str) -> Shape:
    if len(shape) >= _AT_LEAST[name]:
        return shape
    if name == "column_stack":
        return (*(shape or (1,)), 1)
    return (1, *(shape or (1,))) if name == "vstack" else (1,)
