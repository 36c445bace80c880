"""Read how NumPy and PyTorch put arrays together, or one array several times; shapes decide along which axis."""

from __future__ import annotations

import ast
from typing import Final

import numpy as np

from engine.formula.literals import refuse
from engine.formula.product_calls import ProductReader
from engine.formula.rebuild import Source
from engine.formula.shape_calls import refuse_keywords, told
from engine.formula.shapes import Shape
from engine.formula.vocabulary import TORCH
from engine.messages import mark, say

_AT_LEAST: Final = {"vstack": 2, "column_stack": 2, "hstack": 1}
"""How many axes each array is given first."""


_NO_COUNT: Final = mark("How often something is repeated is a whole number from 1, such as 2.")


class StackReader(ProductReader):
    """Build the nodes of stacks by rows and by columns, and of what is repeated."""

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
        return self.joined(parts, axis, call)

    def repeat(self, dialect: str, call: ast.Call, x: ast.expr, *written: ast.expr) -> Source:
        """Read NumPy's repeat: each element several times, one after another. A tensor's is another: NumPy's tile."""
        if dialect == TORCH and not _is_called(call, "repeat_interleave"):
            return self.tile(dialect, call, x, *written)
        counts, axis = [*written, None, None][:2]
        counts, axis = counts or told(call, "repeats"), axis or told(call, "axis", "dim")
        if counts is None or len(written) > 2:
            refuse(call, say("{name} is not read with these arguments.", name="repeat"))
        source, place = self.along(call, x, axis)
        length = self.shape_at(source, x)[place]
        count = self.constant_parameter(counts)
        if isinstance(count, int) and count > 0:
            return self._multiplied(call, source, place, count, next_to_each_other=True)
        is_list = (
            isinstance(count, tuple) and len(count) == length and all(isinstance(n, int) and n >= 0 for n in count)
        )
        if not is_list or not any(count):
            refuse(counts, say(_NO_COUNT))
        return self.taken(source, place, np.repeat(range(length), count).tolist(), call)

    def tile(self, dialect: str, call: ast.Call, x: ast.expr, *written: ast.expr) -> Source:
        """Read NumPy's tile, which is repeat of PyTorch's tensors: the whole array several times along each axis."""
        written = written or tuple(filter(None, [told(call, "reps", "dims", "sizes", "repeats")]))
        if not written:
            refuse(call, say("{name} is not read with these arguments.", name="tile"))
        given = [self.constant_parameter(each) for each in written]
        counts = given[0] if len(given) == 1 and isinstance(given[0], tuple) else tuple(given)
        if not all(isinstance(count, int) and count > 0 for count in counts):
            refuse(written[0], say(_NO_COUNT))
        source = self.expression(x)
        shape = self.shape_at(source, x)
        n_axes = max(len(shape), len(counts))
        source = self.reshaped(call, source, (*[1] * (n_axes - len(shape)), *shape))
        for axis, count in enumerate(counts, start=n_axes - len(counts)):
            source = self._multiplied(call, source, axis, count, next_to_each_other=False)
        return source

    def _multiplied(self, call: ast.Call, source: Source, axis: int, count: int, *, next_to_each_other: bool) -> Source:
        """Repeat along an axis: each element, or the whole: over an axis of its own, which is then joined to it."""
        shape = self.shape_at(source, call)
        if count == 1:
            return source
        whole = (*shape[:axis], shape[axis] * count, *shape[axis + 1 :])
        if shape[axis] == 1:
            return self.of("BroadcastTo", call, source, shape=whole)
        place = axis + 1 if next_to_each_other else axis
        if place:  # an axis before all others is put there by BroadcastTo
            source = self.reshaped(call, source, (*shape[:place], 1, *shape[place:]))
        wide = self.of("BroadcastTo", call, source, shape=(*shape[:place], count, *shape[place:]))
        return self.of("Reshape", call, wide, shape=whole)


def _is_called(call: ast.Call, name: str) -> bool:
    return getattr(call.func, "attr", getattr(call.func, "id", "")) == name


def _widened(shape: Shape, name: str) -> Shape:
    if len(shape) >= _AT_LEAST[name]:
        return shape
    if name == "column_stack":
        return (*(shape or (1,)), 1)
    return (1, *(shape or (1,))) if name == "vstack" else (1,)
