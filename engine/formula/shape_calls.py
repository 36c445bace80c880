"""Read what NumPy and PyTorch do to the shapes of arrays: indices, stacks, products that depend on shapes."""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence
from types import EllipsisType
from typing import Any, Final, NoReturn

from engine.autograd import Function
from engine.document import OutputPort
from engine.formula.calls import CallReader
from engine.formula.literals import refuse
from engine.formula.rebuild import Source
from engine.formula.shapes import Shape
from engine.formula.vocabulary import NUMPY
from engine.messages import mark, say

_MOST_JOINED: Final = 8
"""As many inputs a Concat takes."""
_NO_PART: Final = mark("An index is a whole number, a part such as 0:2, or alone a list such as [0, 2].")


class ShapeReader(CallReader):
    """Build the nodes of indices, and of calls that depend on the shapes of their inputs."""

    def of(self, op: str, place: ast.expr, *sources: Source, name: str = "", **given: Any) -> OutputPort:
        """Make the node of an op on sources that are there."""
        return self.op(Function.registry[op], given, sources, place, name)

    def shape_at(self, source: Source, place: ast.expr) -> Shape:
        """Return the shape of what was read; raises FormulaError where it is not known."""
        shape = self.shape_of(source)
        if shape is None:
            refuse(place, say("The shape of this is not known, so this cannot be read."))
        return shape

    def reshaped(self, place: ast.expr, source: Source, shape: Shape) -> Source:
        """Give an array another shape, unless it has it."""
        return source if self.shape_at(source, place) == shape else self.of("Reshape", place, source, shape=shape)

    # Indices ----------------------------------------------------------------------------------------------------

    def indexed(self, source: Source, index: ast.expr, place: ast.expr) -> Source:
        """Return the part of an array that an index means: a Slice for each axis, and a Reshape for those that go."""
        shape = self.shape_at(source, place)
        parts = list(index.elts) if isinstance(index, ast.Tuple) else [index]
        taking = [part for part in parts if not _is_new_axis(part) and not _is_ellipsis(part)]
        if sum(map(_is_ellipsis, parts)) > 1:
            refuse(index, say(_NO_PART))
        if len(taking) > len(shape):
            refuse(index, say("There are more indices than axes: the shape is {shape}.", shape=shape))
        whole = ast.copy_location(ast.Slice(), place)
        gap = next((number for number, part in enumerate(parts) if _is_ellipsis(part)), len(parts))
        rest = [whole] * (len(shape) - len(taking))
        parts = [*parts[:gap], *rest, *parts[gap + 1 :]]
        after: list[int] = []
        axis = 0
        for part in parts:
            if _is_new_axis(part):
                after.append(1)
                continue
            places, stays = self._places(part, shape[axis])
            if (
                isinstance(part, ast.List | ast.Tuple)
                and len(taking) != sum(isinstance(each, ast.Slice) for each in taking) + 1
            ):
                refuse(part, say(_NO_PART))  # NumPy pairs it with the others
            source = self.taken(source, axis, places, place)
            after += [len(places)] if stays else []
            axis += 1
        taken = self.shape_at(source, place)
        return source if tuple(after) == taken else self.of("Reshape", place, source, shape=tuple(after))

    def taken(self, source: Source, axis: int, places: Sequence[int], place: ast.expr) -> Source:
        """Take elements along an axis, in this order: a Slice for each run of neighbours, joined."""
        shape = self.shape_at(source, place)
        if list(places) == list(range(shape[axis])):
            return source
        runs: list[list[int]] = []
        for each in places:
            if runs and runs[-1][1] == each:
                runs[-1][1] = each + 1
            else:
                runs.append([each, each + 1])
        parts = [self.of("Slice", place, source, axis=axis, start=start, end=end) for start, end in runs]
        return self.joined(parts, axis, place)

    def _places(self, part: ast.expr, length: int) -> tuple[Sequence[int], bool]:
        """Return the places along an axis that an index takes, and whether the axis stays."""
        if isinstance(part, ast.Slice):
            start, end, step = (
                None if each is None else self._place(each) for each in (part.lower, part.upper, part.step)
            )
            if step == 0:
                refuse(part.step or part, say(_NO_PART))
            found = range(length)[start:end:step]
            if not found:
                refuse(part.lower or part.upper or part, say("There is no element in this part."))
            return found, True
        if isinstance(part, ast.List | ast.Tuple) and part.elts:
            return [self.element(each, length) for each in part.elts], True
        return [self.element(part, length)], False

    def element(self, part: ast.expr, length: int) -> int:
        """Return the place of one element, counted from 0; raises FormulaError where there is none."""
        place = self._place(part)
        if not -length <= place < length:
            refuse(part, say("There is no element {place}: this axis has {length}.", place=place, length=length))
        return place % length

    def _place(self, part: ast.expr) -> int:
        place = self.constant(part)
        if not isinstance(place, int) or isinstance(place, bool):
            refuse(part, say(_NO_PART))
        return place

    def along(self, call: ast.Call, x: ast.expr, axis: ast.expr | None) -> tuple[Source, int]:
        """Read an array and the axis that a call goes along; without an axis the array is one row, as in NumPy."""
        source = self.expression(x)
        shape = self.shape_at(source, x)
        if axis is None or (isinstance(axis, ast.Constant) and axis.value is None):
            return self.reshaped(call, source, (math.prod(shape),)), 0
        return source, self.axis(axis, call, len(shape), None)

    def take(self, dialect: str, call: ast.Call, x: ast.expr, places: ast.expr, axis: ast.expr | None = None) -> Source:
        """Read NumPy's take: elements along an axis, or of the whole array as one row."""
        axis = axis or told(call, "axis", "dim")
        source, place = self.along(call, x, axis)
        shape = self.shape_at(source, x)
        found, stays = self._places(places, shape[place])
        source = self.taken(source, place, found, call)
        return source if stays else self.reshaped(call, source, (*shape[:place], *shape[place + 1 :]))

    # Stacks ---------------------------------------------------------------------------------------------------------

    def stack(self, dialect: str, call: ast.Call, listed: ast.expr, axis: ast.expr | None = None) -> Source:
        """Read a stack: each gets an axis of length 1, along which they are joined."""
        if not isinstance(listed, ast.List | ast.Tuple):
            refuse(call, say("{name} takes its inputs as one list, such as [x, z].", name="stack"))
        sources = [self.expression(each) for each in listed.elts]
        shapes = {self.shape_at(source, each) for source, each in zip(sources, listed.elts, strict=True)}
        if len(shapes) != 1:
            refuse(call, say("What is stacked has one shape."))
        (shape,) = shapes
        place = self.axis(axis, call, len(shape) + 1, 0)
        return self.stacked_at(place, sources, call)

    def stacked_at(self, place: int, sources: Sequence[Source], call: ast.expr) -> Source:
        """Join arrays of one shape along a new axis."""
        shape = self.shape_at(sources[0], call)
        wide = (*shape[:place], 1, *shape[place:])
        return self.joined([self.of("Reshape", call, source, shape=wide) for source in sources], place, call)

    def joined(self, parts: Sequence[Source], axis: int, place: ast.expr) -> Source:
        """Join arrays along an axis, where they are many in several steps."""
        while len(parts) > 1:
            groups = [parts[start : start + _MOST_JOINED] for start in range(0, len(parts), _MOST_JOINED)]
            parts = [
                group[0] if len(group) == 1 else self.of("Concat", place, *group, axis=axis, n_inputs=len(group))
                for group in groups
            ]
        return parts[0]

    def array(self, dialect: str, call: ast.Call, listed: ast.expr) -> Source:
        """Read an array of what is computed: a stack of its entries."""
        if isinstance(listed, ast.List):
            entries = [
                ast.copy_location(ast.Call(call.func, [each], []), each) if isinstance(each, ast.List) else each
                for each in listed.elts
            ]
            return self.stack(dialect, call, ast.copy_location(ast.List(entries, ast.Load()), listed))
        return self.expression(listed)

    # Shapes -----------------------------------------------------------------------------------------------------

    def squeeze(self, dialect: str, call: ast.Call, x: ast.expr, axis: ast.expr | None = None) -> Source:
        """Read the removal of axes of length 1."""
        source = self.expression(x)
        shape = self.shape_at(source, x)
        axis = axis or told(call, "axis", "dim")
        chosen = range(len(shape)) if axis is None else [self.axis(axis, call, len(shape), 0)]
        if axis is not None and shape[chosen[0]] != 1:
            refuse(axis, say("This axis has {length} elements, so it cannot be left out.", length=shape[chosen[0]]))
        kept = tuple(length for place, length in enumerate(shape) if place not in chosen or length != 1)
        return self.of("Reshape", call, source, shape=kept)

    def unsqueeze(self, dialect: str, call: ast.Call, x: ast.expr, axis: ast.expr | None = None) -> Source:
        """Read an axis of length 1 that is put in."""
        source = self.expression(x)
        shape = self.shape_at(source, x)
        place = self.axis(axis, call, len(shape) + 1, None)
        return self.of("Reshape", call, source, shape=(*shape[:place], 1, *shape[place:]))

    def flatten(self, dialect: str, call: ast.Call, x: ast.expr) -> Source:
        """Read all elements in one row."""
        refuse_keywords(call)
        return self.of("Reshape", call, self.expression(x), shape=(-1,))

    def reshape(self, dialect: str, call: ast.Call, x: ast.expr, *lengths: ast.expr) -> Source:
        """Read another shape, given as numbers or as one tuple."""
        return self._with_numbers("Reshape", "shape", call, x, lengths)

    def expand(self, dialect: str, call: ast.Call, x: ast.expr, *lengths: ast.expr) -> Source:
        """Read PyTorch's expand, given as numbers or as one tuple; −1 keeps a length."""
        given = (
            list(lengths[0].elts) if len(lengths) == 1 and isinstance(lengths[0], ast.Tuple | ast.List) else [*lengths]
        )
        if all(self.constant(each) != -1 for each in given):
            return self._with_numbers("BroadcastTo", "shape", call, x, lengths)
        source = self.expression(x)
        own = self.shape_at(source, x)
        kept = [*[-1] * (len(given) - len(own)), *own][-len(given) :]
        shape = [
            length if self.constant(each) == -1 else self.constant(each)
            for each, length in zip(given, kept, strict=True)
        ]
        if not all(isinstance(length, int) and length > 0 for length in shape):
            refuse(call, say("{name} is not read with these arguments.", name="expand"))
        return self.of("BroadcastTo", call, source, shape=tuple(shape))

    def permute(self, dialect: str, call: ast.Call, x: ast.expr, *axes: ast.expr) -> Source:
        """Read the axes in another order, given as numbers or as one tuple; none reverse it."""
        return self._with_numbers("Transpose", "axes", call, x, axes)

    def transpose(self, dialect: str, call: ast.Call, x: ast.expr, *axes: ast.expr) -> Source:
        """Read NumPy's order of axes, or PyTorch's two axes that change places."""
        if dialect == NUMPY:
            return self.permute(dialect, call, x, *axes)
        if len(axes) != 2:
            refuse(call, say("transpose of PyTorch takes two axes, such as 0, 1."))
        source = self.expression(x)
        order = list(range(len(self.shape_at(source, x))))
        one, other = (self.axis(axis, call, len(order), None) for axis in axes)
        order[one], order[other] = order[other], order[one]
        return self.of("Transpose", call, source, axes=tuple(order))

    def reversed_axes(self, dialect: str, call: ast.Call, x: ast.expr) -> Source:
        """Read the transpose of a matrix."""
        return self.of("Transpose", call, self.expression(x))

    def narrow(
        self, dialect: str, call: ast.Call, x: ast.expr, axis: ast.expr, start: ast.expr, count: ast.expr
    ) -> Source:
        """Read PyTorch's part along an axis: from a place so many elements."""
        first, length = self._place(start), self._place(count)
        given = {
            "axis": self.parameter(Function.registry["Slice"], "axis", axis),
            "start": first,
            "end": first + length,
        }
        return self.of("Slice", call, self.expression(x), **given)

    def _with_numbers(
        self, op: str, parameter: str, call: ast.Call, x: ast.expr, numbers: Sequence[ast.expr]
    ) -> Source:
        named = [each.value for each in call.keywords if each.arg in (parameter, "dims", "size", "newshape")]
        if len(named) != len(call.keywords):
            refuse_keywords(call)
        written = [*numbers, *named]
        if not written:
            return self.of(op, call, self.expression(x))
        one: ast.expr = (
            written[0] if len(written) == 1 else ast.copy_location(ast.Tuple(written, ast.Load()), written[0])
        )
        value = self.parameter(Function.registry[op], parameter, one)
        return self.of(op, call, self.expression(x), **{parameter: value})

    def axis(self, axis: ast.expr | None, call: ast.Call, count: int, default: int | None) -> int:
        """Return an axis counted from 0; raises FormulaError where there is no such axis."""
        axis = axis or told(call, "axis", "dim")
        place = default if axis is None else self._place(axis)
        if place is None or not -count <= place < count:
            refuse(axis or call, say("There is no such axis here."))
        return place % count


def told(call: ast.Call, *names: str) -> ast.expr | None:
    """Return what a call gives by one of these names."""
    return next((each.value for each in call.keywords if each.arg in names), None)


def refuse_keywords(call: ast.Call) -> None:
    """Refuse arguments that are given by name."""
    if call.keywords:
        refuse_odd(call.keywords[0])


def refuse_odd(keyword: ast.keyword) -> NoReturn:
    """Refuse a named argument that means nothing here."""
    refuse(keyword, say("“{name}” has no meaning here.", name=(keyword.arg or "**")[:40]))


def _is_new_axis(part: ast.expr) -> bool:
    is_none = isinstance(part, ast.Constant) and part.value is None
    return is_none or (isinstance(part, ast.Attribute) and part.attr == "newaxis")


def _is_ellipsis(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and isinstance(part.value, EllipsisType)
