"""Read NumPy's and PyTorch's products of arrays: which elements meet, and over which axes they are summed."""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence
from typing import Final

from engine.document import OutputPort
from engine.formula.literals import refuse
from engine.formula.rebuild import Source
from engine.formula.shape_calls import ShapeReader, refuse_keywords, told
from engine.formula.shapes import Shape
from engine.messages import mark, say

NO_MEETING: Final = mark("The shapes {first} and {second} do not fit together here.")


class ProductReader(ShapeReader):
    """Build the nodes of products."""

    def dot(self, dialect: str, call: ast.Call, left: ast.expr, right: ast.expr) -> Source:
        """Read NumPy's dot: the last axis of the one meets the last but one of the other."""
        x, z = self.expression(left), self.expression(right)
        first, second = self.shape_at(x, left), self.shape_at(z, right)
        if () in (first, second):
            return self.of("Mul", call, x, z)
        return self._contracted(call, x, z, [len(first) - 1], [max(len(second) - 2, 0)])

    def inner(self, dialect: str, call: ast.Call, left: ast.expr, right: ast.expr) -> Source:
        """Read NumPy's inner: the last axes meet."""
        x, z = self.expression(left), self.expression(right)
        first, second = self.shape_at(x, left), self.shape_at(z, right)
        if () in (first, second):
            return self.of("Mul", call, x, z)
        return self._contracted(call, x, z, [len(first) - 1], [len(second) - 1])

    def vdot(self, dialect: str, call: ast.Call, left: ast.expr, right: ast.expr) -> Source:
        """Read NumPy's vdot, which takes each array for one row."""
        x, z = self.expression(left), self.expression(right)
        first, second = self.shape_at(x, left), self.shape_at(z, right)
        if math.prod(first) != math.prod(second):
            refuse(call, say(NO_MEETING, first=first, second=second))
        if first != second:
            x, z = (self.reshaped(call, each, (math.prod(first),)) for each in (x, z))
        return self.of("Dot" if first or second else "Mul", call, x, z)

    def tensordot(
        self, dialect: str, call: ast.Call, left: ast.expr, right: ast.expr, axes: ast.expr | None = None
    ) -> Source:
        """Read a product that is summed over the axes that are told: so many at the meeting ends, or those of each."""
        axes = axes or told(call, "axes", "dims")
        written = 2 if axes is None else self.constant_parameter(axes)
        x, z = self.expression(left), self.expression(right)
        first, second = len(self.shape_at(x, left)), len(self.shape_at(z, right))
        if isinstance(written, int) and 0 <= written <= min(first, second):
            return self._contracted(call, x, z, range(first - written, first), range(written))
        pair = written if isinstance(written, tuple) and len(written) == 2 else ((), (first,))
        of_each = [each if isinstance(each, tuple) else (each,) for each in pair]
        for chosen, count in zip(of_each, (first, second), strict=True):
            if len(of_each[0]) != len(of_each[1]) or not all(_is_axis(each, count) for each in chosen):
                refuse(axes or call, say("There is no such axis here."))
        ours, theirs = (
            [each % count for each in chosen] for chosen, count in zip(of_each, (first, second), strict=True)
        )
        return self._contracted(call, x, z, ours, theirs)

    def outer(self, dialect: str, call: ast.Call, left: ast.expr, right: ast.expr) -> OutputPort:
        """Read the product of each element of one array and each of another, in a matrix."""
        refuse_keywords(call)
        column = self.of("Reshape", left, self.expression(left), shape=(-1, 1))
        return self.of("Mul", call, column, self.of("Reshape", right, self.expression(right), shape=(1, -1)))

    def einsum(self, dialect: str, call: ast.Call, written: ast.expr, *operands: ast.expr) -> Source:
        """Read a product that is written in letters, one for each axis: "ij,jk->ik"."""
        refuse_keywords(call)
        text = (
            written.value.replace(" ", "")
            if isinstance(written, ast.Constant) and isinstance(written.value, str)
            else ""
        )
        taken, arrow, given = text.partition("->")
        inputs = taken.split(",")
        kept = given if arrow else "".join(sorted(each for each in set(taken) - {","} if taken.count(each) == 1))
        sources = [self.expression(each) for each in operands]
        shapes = [self.shape_at(source, each) for source, each in zip(sources, operands, strict=True)]
        is_read = len(inputs) == len(shapes) and all(
            letters.isalpha() and len(letters) == len(shape) == len(set(letters))
            for letters, shape in zip(inputs, shapes, strict=True)
        )
        if not is_read or not set(kept) <= set(taken) or len(kept) != len(set(kept)):
            refuse(
                written, say("einsum is read with one letter for each axis, such as {example}.", example="ij,jk->ik")
            )
        for letter in set(taken) - {","}:
            lengths = {
                shape[letters.index(letter)] for letters, shape in zip(inputs, shapes, strict=True) if letter in letters
            }
            if len(lengths) > 1:
                refuse(written, say("The axes {letter} have different lengths.", letter=letter))
        letters, product = inputs[0], sources[0]
        for place, (source, others) in enumerate(zip(sources[1:], inputs[1:], strict=True), start=1):
            later = set(kept).union(*inputs[place + 1 :])
            letters, product = self._joined(call, product, letters, source, others, later)
        return self._arranged(call, product, letters, kept)

    def _joined(
        self, call: ast.Call, x: Source, ours: str, z: Source, theirs: str, later: set[str]
    ) -> tuple[str, Source]:
        """Multiply two arrays whose axes have letters; return the letters of the product's axes, and the product."""
        shared = [each for each in ours if each in theirs]
        if shared and not later & set(shared):
            product = self._contracted(call, x, z, [*map(ours.index, shared)], [*map(theirs.index, shared)])
            return "".join(each for each in ours + theirs if each not in shared), product
        letters = ours + "".join(each for each in theirs if each not in ours)
        theirs_sorted = "".join(each for each in letters if each in theirs)
        z = self._arranged(call, z, theirs, theirs_sorted)
        lengths = dict(zip(theirs_sorted, self.shape_at(z, call), strict=True))
        z = self.reshaped(call, z, tuple(lengths.get(each, 1) for each in letters))
        x = self.reshaped(call, x, (*self.shape_at(x, call), *[1] * (len(letters) - len(ours))))
        return letters, self.of("Mul", call, x, z)

    def _arranged(self, call: ast.Call, source: Source, letters: str, kept: str) -> Source:
        """Sum over the axes whose letters are not kept, and bring the others into their order."""
        gone = tuple(place for place, each in enumerate(letters) if each not in kept)
        if gone:
            source = self.of("Sum", call, source, axis=gone)
        rest = [each for each in letters if each in kept]
        return self._transposed(call, source, [*map(rest.index, kept)])

    def _contracted(
        self, call: ast.Call, x: Source, z: Source, ours: Sequence[int], theirs: Sequence[int]
    ) -> OutputPort:
        """Multiply two arrays and sum over these axes of the one and of the other: a product of matrices."""
        first, second = self.shape_at(x, call), self.shape_at(z, call)
        if [first[axis] for axis in ours] != [second[axis] for axis in theirs]:
            refuse(call, say(NO_MEETING, first=first, second=second))
        rows = [axis for axis in range(len(first)) if axis not in ours]
        columns = [axis for axis in range(len(second)) if axis not in theirs]
        x, z = self._transposed(call, x, [*rows, *ours]), self._transposed(call, z, [*theirs, *columns])
        if ours and not rows and not columns:
            return self.of("Dot", call, x, z)
        if len(ours) == 1 and len(second) < 3:  # as it is, for MatMul
            return self.of("MatMul", call, x, z)
        shapes = _lengths(first, rows), _lengths(first, ours), _lengths(second, columns)
        n_rows, n_met, n_columns = map(math.prod, shapes)
        product = self.of(
            "MatMul", call, self.reshaped(call, x, (n_rows, n_met)), self.reshaped(call, z, (n_met, n_columns))
        )
        whole = self.reshaped(call, product, shapes[0] + shapes[2])
        assert whole is not None
        return whole

    def _transposed(self, call: ast.Call, source: Source, order: Sequence[int]) -> Source:
        is_as_it_is = list(order) == list(range(len(order)))
        return source if is_as_it_is else self.of("Transpose", call, source, axes=tuple(order))


def _lengths(shape: Shape, axes: Sequence[int]) -> Shape:
    return tuple(shape[axis] for axis in axes)


def _is_axis(number: object, count: int) -> bool:
    return isinstance(number, int) and -count <= number < count
