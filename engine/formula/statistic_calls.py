"""Read what NumPy and PyTorch compute of an array's elements in several steps: variance, norm, ….

PyTorch divides by one less than the number of elements where NumPy divides by their number.
"""

from __future__ import annotations

import ast
from typing import Any, Final

import numpy as np

from engine.autograd import Function
from engine.formula.literals import refuse
from engine.formula.product_calls import NO_MEETING
from engine.formula.rebuild import Source
from engine.formula.shape_calls import told
from engine.formula.stack_calls import StackReader
from engine.formula.vocabulary import TORCH
from engine.messages import mark, say

_OTHER_NORM: Final = mark("Of norms only the root of the sum of squares is read.")


class StatisticReader(StackReader):
    """Build the nodes of variances, norms and the like."""

    def variance(self, dialect: str, call: ast.Call, x: ast.expr, *written: ast.expr) -> Source:
        """Read a variance: the mean of the squared distances from the mean, or their sum by one less."""
        source = self.expression(x)
        axis, unbiased = [*written, None, None][:2]
        if dialect == TORCH and isinstance(axis, ast.Constant) and isinstance(axis.value, bool):
            axis, unbiased = None, axis
        if len(written) > (2 if dialect == TORCH else 1):
            refuse(written[-1], say("{name} is not read with these arguments.", name="var"))
        given = self._over(call, axis)
        less = self._degrees(call, unbiased) if dialect == TORCH else self._number_told(call, "ddof", 0)
        mean = self.of("Mean", call, source, axis=given["axis"], keepdims=True)
        squares = self.of("Square", call, self.of("Sub", call, source, mean))
        if not less:
            return self.of("Mean", call, squares, **given)
        shape, chosen = self.shape_at(source, x), given["axis"]
        axes = range(len(shape)) if chosen is None else [chosen] if isinstance(chosen, int) else chosen
        count = 1.0
        for each in axes:
            count *= shape[each]
        if count <= less:
            refuse(call, say("There are too few elements for this."))
        return self.of(
            "Div", call, self.of("Sum", call, squares, **given), self.of("Constant", call, value=count - less)
        )

    def deviation(self, dialect: str, call: ast.Call, x: ast.expr, *written: ast.expr) -> Source:
        """Read a standard deviation, the root of a variance."""
        return self.of("Sqrt", call, self.variance(dialect, call, x, *written))

    def norm(self, dialect: str, call: ast.Call, x: ast.expr, *written: ast.expr) -> Source:
        """Read the root of the sum of squares, of an array or along an axis; other norms are refused."""
        source = self.expression(x)
        order = (written[0] if written else None) or told(call, "ord", "p")
        over = self._over(call, written[1] if len(written) > 1 else None)
        is_vector = len(self.shape_at(source, x)) == 1 or isinstance(over["axis"], int)
        is_none = order is None or (isinstance(order, ast.Constant) and order.value in (None, "fro"))
        if len(written) > 2 or not (is_none or (is_vector and order is not None and self.constant(order) == 2)):
            refuse(order or call, say(_OTHER_NORM))
        return self.of("Sqrt", call, self.of("Sum", call, self.of("Square", call, source), **over))

    def logaddexp(self, dialect: str, call: ast.Call, x: ast.expr, z: ast.expr) -> Source:
        """Read the logarithm of two exponentials' sum; with that of 0 it is a softplus."""
        zeros = z.args if isinstance(z, ast.Call) and getattr(z.func, "attr", "") == "zeros_like" else []
        if zeros and ast.dump(zeros[0]) == ast.dump(x):
            return self.of("Softplus", call, self.expression(x))
        sources = [self.expression(each) for each in (x, z)]
        shapes = [self.shape_at(source, call) for source in sources]
        try:
            whole = np.broadcast_shapes(*shapes)
        except ValueError:
            refuse(call, say(NO_MEETING, first=shapes[0], second=shapes[1]))
        wide = [
            source if shape == whole else self.of("BroadcastTo", call, source, shape=whole)
            for source, shape in zip(sources, shapes, strict=True)
        ]
        return self.of("LogSumExp", call, self.stacked_at(0, wide, call), axis=0)

    def _over(self, call: ast.Call, axis: ast.expr | None) -> dict[str, Any]:
        """Return over which axes a call goes, and whether they are kept."""
        axis, keeps = axis or told(call, "axis", "dim"), told(call, "keepdims", "keepdim")
        op = Function.registry["Sum"]
        return {
            "axis": None if axis is None else self.parameter(op, "axis", axis),
            "keepdims": False if keeps is None else self.parameter(op, "keepdims", keeps),
        }

    def _degrees(self, call: ast.Call, unbiased: ast.expr | None) -> float:
        """Return how many elements less PyTorch divides by."""
        unbiased = unbiased or told(call, "unbiased")
        if unbiased is not None:
            return float(self.parameter(Function.registry["Sum"], "keepdims", unbiased))
        return self._number_told(call, "correction", 1)

    def _number_told(self, call: ast.Call, name: str, default: float) -> float:
        given = told(call, name)
        found = default if given is None else self.constant(given)
        if not isinstance(found, int | float):
            refuse(given or call, say("{name} is not read with these arguments.", name=name))
        return float(found)
