"""Read the functions and methods of NumPy and PyTorch that are no op by themselves."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np

from engine.autograd import Function, Pow, Power, Square
from engine.document import OutputPort, check_value, valued
from engine.formula.calls import refuse_unknown
from engine.formula.constants import NO_COMPARISON, NO_WHOLE, dotted
from engine.formula.literals import refuse
from engine.formula.rebuild import Source
from engine.formula.shape_calls import refuse_keywords, refuse_odd, told
from engine.formula.shapes import Shape
from engine.formula.statistic_calls import StatisticReader
from engine.formula.vocabulary import NO_OP, NUMPY, TORCH, meaning_of
from engine.messages import say

_OVER: Final = frozenset({"axis", "dim", "keepdims", "keepdim"})
_NAMED: Final[Mapping[str, frozenset[str]]] = {
    "repeat": frozenset({"axis", "repeats"}),
    "repeat_interleave": frozenset({"dim", "repeats"}),
    "tile": frozenset({"reps", "dims"}),
    "tensordot": frozenset({"axes", "dims"}),
    "var": _OVER | {"ddof", "correction", "unbiased"},
    "std": _OVER | {"ddof", "correction", "unbiased"},
    "norm": _OVER | {"ord", "p"},
    "max": _OVER,
    "min": _OVER,
    "to": frozenset({"device", "dtype"}),
}
"""What each may be given by name."""
_OFTEN_NAMED: Final = frozenset(
    {"axis", "dim", "a_min", "a_max", "min", "max", "dims", "size", "newshape", "shape", "axes"}
)
"""What all others may."""
_FLOATS: Final = frozenset({"float", "double", "float64", "float32"})
_WITHOUT_OP: Final = frozenset({"max", "min", "clip", "squeeze", "expand_dims", "unsqueeze", "log_softmax", "flatten"})
"""What is read so only where no op does it."""


class ArrayReader(StatisticReader):
    """Build the nodes of calls that stand for several ops, or for one that depends on the arguments."""

    def special(self, dialect: str, called: str, arguments: Sequence[ast.expr], call: ast.Call) -> Source | None:
        """Return what a call stands for that is no op by itself, or None where it is none of these."""
        read = SPECIAL.get(called)
        if read is None or (dialect not in (NUMPY, TORCH) and called not in ("log", "pow")):
            return None
        is_written_out = len(arguments) == 3 and all(self.value(each) is not None for each in arguments[1:])
        if called in _WITHOUT_OP and meaning_of(dialect, called) is not None and (called != "clip" or is_written_out):
            return None
        odd = next((each for each in call.keywords if each.arg not in _NAMED.get(called, _OFTEN_NAMED)), None)
        if odd is not None:
            refuse_odd(odd)
        try:
            inspect.signature(read).bind(self, dialect, call, *arguments)
        except TypeError:
            refuse(call, say("{name} is not read with these arguments.", name=called))
        return read(self, dialect, call, *arguments)

    def books_own(self, called: str, call: ast.Call) -> Source | None:
        """Return what a function of DeZero's means where it is another than ours: its mean and softmax go by rows."""
        if called == "mean_squared_error" and len(call.args) == 2:
            sources = [self.expression(each) for each in call.args]
            shapes = [self.shape_at(source, call) for source in sources]
            if max(map(len, shapes)) < 2:
                return self.of("MSE", call, *sources)
            total = self.of("Sum", call, self.of("Square", call, self.of("Sub", call, *sources)))
            rows = max(shape[0] if len(shape) == max(map(len, shapes)) else 1 for shape in shapes)
            return self.of("Div", call, total, self.of("Constant", call, value=float(rows)))
        if called == "softmax" and len(call.args) == 1 and not call.keywords:
            source = self.expression(call.args[0])
            axis = 1 if len(self.shape_at(source, call)) > 1 else -1
            return self.of("Softmax", call, source, axis=axis)
        return None

    def own_special(self, called: str, call: ast.Call, name: str) -> Source | None:
        """Return what a function of this engine's or DeZero's means that takes something else than an op does."""
        if call.keywords or len(call.args) != 2:
            return None
        x, other = call.args
        if called in ("softmax_cross_entropy", "cross_entropy"):
            scores = self.expression(x)
            shape = self.shape_of(scores)
            targets = self.expression(other) if shape is None else self.class_rows(shape, other)
            return self.of("CrossEntropy", call, scores, targets, name=name)
        if called == "linear":
            return self.of("MatMul", call, self.expression(x), self.expression(other), name=name)
        if called == "get_item":
            return self.indexed(self.expression(x), other, call)
        return None

    def power(self, left: ast.expr, right: ast.expr, place: ast.expr, name: str = "") -> OutputPort:
        """Read a power by the simplest op that does it: a constant exponent needs no gradient."""
        exponent = None if isinstance(right, ast.BinOp) else self.constant(right)
        base = self.expression(left)
        if isinstance(exponent, int | float):
            value = self.value(right)
            if value == 2:
                return self.op(Square, {}, [base], place, name)
            return self.op(Pow, {"exponent": value}, [base], place, name)
        return self.op(Power, {}, [base, self.expression(right)], place, name)

    def clip(
        self, dialect: str, call: ast.Call, x: ast.expr, low: ast.expr | None = None, high: ast.expr | None = None
    ) -> Source:
        """Read what keeps a value between two others."""
        source = self.expression(x)
        low, high = low or told(call, "a_min", "min"), high or told(call, "a_max", "max")
        limits = [None if bound is None else self.constant(bound) for bound in (low, high)]
        if dialect == TORCH and all(isinstance(limit, int | float) for limit in limits):
            # Its gradient passes at the limits, too.
            return self.of("Clip", call, source, x_min=limits[0], x_max=limits[1])
        for op, bound in (("Max", low), ("Min", high)):
            if bound is not None and not (isinstance(bound, ast.Constant) and bound.value is None):
                source = self.of(op, call, source, self.expression(bound))
        return source

    def elementwise_max(self, dialect: str, call: ast.Call, x: ast.expr, z: ast.expr | None = None) -> Source:
        """Read PyTorch's max and min of all elements or of two tensors; those along an axis give places, too."""
        is_max = getattr(call.func, "attr", getattr(call.func, "id", "")) == "max"
        if dialect == TORCH and z is None and not call.keywords:
            return self.of("Largest" if is_max else "Smallest", call, self.expression(x))
        axis = z or told(call, "dim", "axis")
        is_axis = z is None or (isinstance(self.constant(z), int | float) and not self.is_tensor(z))
        if dialect != TORCH or call.keywords or is_axis:
            op, told_axis = "largest" if is_max else "smallest", None if axis is None else self.constant(axis)
            instead = f"{op}(x, axis={told_axis})" if isinstance(told_axis, int) else f"{op}(x)"
            refuse(call, say(NO_OP, name="max" if is_max else "min", instead=instead))
        assert z is not None
        return self.of("Max" if is_max else "Min", call, self.expression(x), self.expression(z))

    def where(self, dialect: str, call: ast.Call, condition: ast.expr, x: ast.expr, z: ast.expr) -> Source:
        """Read a choice: by what is not 0, or by a sign, where that is a ReLU."""
        match condition:
            case ast.Compare(left=left, ops=[ast.NotEq()], comparators=[ast.Constant(value=0)]):
                return self.of("Where", call, self.expression(left), self.expression(x), self.expression(z))
            case ast.Compare(left=left, ops=[ast.Gt() | ast.GtE()], comparators=[ast.Constant(value=0)]):
                slope = self._slope(left, z)
                if slope is None or ast.dump(left) != ast.dump(x):
                    refuse(condition, say(NO_COMPARISON))
                if not slope:
                    return self.of("ReLU", call, self.expression(x))
                return self.of("LeakyReLU", call, self.expression(x), slope=slope)
        if isinstance(condition, ast.Compare):
            refuse(condition, say(NO_COMPARISON))
        if dialect == TORCH:
            refuse(condition, say("PyTorch chooses by true and false: write {instead}.", instead="c != 0"))
        return self.of("Where", call, self.expression(condition), self.expression(x), self.expression(z))

    def _slope(self, x: ast.expr, z: ast.expr) -> float | None:
        """Return the slope of what is x times a constant, 0 of zero, or None."""
        number = self.constant(z)
        if number == 0 and isinstance(number, int | float):
            return 0.0
        if isinstance(z, ast.BinOp) and isinstance(z.op, ast.Mult):
            for factor, other in ((z.left, z.right), (z.right, z.left)):
                slope = self.constant(factor)
                if isinstance(slope, int | float) and ast.dump(other) == ast.dump(x):
                    return float(slope)
        return None

    def log_softmax(self, dialect: str, call: ast.Call, x: ast.expr, axis: ast.expr | None = None) -> Source:
        """Read the logarithm of a softmax, in one op where there is one."""
        source = self.expression(x)
        axis = axis or told(call, "dim", "axis")
        if axis is None:
            refuse(call, say("{name} needs its {parameter}.", name="log_softmax", parameter="dim"))
        place = self.parameter(Function.registry["Softmax"], "axis", axis)
        total = self.of("LogSumExp", call, source, axis=place, keepdims=True)
        return self.of("Sub", call, source, total)

    def cross_entropy(self, dialect: str, call: ast.Call, x: ast.expr, t: ast.expr) -> Source:
        """Read PyTorch's cross-entropy with rows of probabilities."""
        refuse_keywords(call)
        scores = self.expression(x)
        shape = self.shape_at(scores, x)
        targets = self.class_rows(shape, t)
        if len(shape) > 2 or shape != self.shape_at(targets, t):
            refuse(call, say("CrossEntropy takes rows of scores and rows of probabilities of the same shape."))
        return self.of("CrossEntropy", call, scores, targets)

    def select(self, dialect: str, call: ast.Call, x: ast.expr, axis: ast.expr, place: ast.expr) -> Source:
        """Read PyTorch's select: one place along an axis; NumPy's chooses by conditions."""
        if dialect != TORCH:
            refuse_unknown("np.select", "select", call)
        return self.take(dialect, call, x, place, axis)

    def class_rows(self, scores: Shape, t: ast.expr) -> Source:
        """Read targets; those that are classes, numbers counted from 0, become rows with a 1 among zeros."""
        source = self.expression(t)
        node = None if source is None else self.nodes[source[0]]
        if source is None or node is None or not scores or self.shape_of(source) != scores[:-1]:
            return source
        held = node.value if node.is_input else node.parameters.get("value")
        if held is None or not np.all(np.isin(held, np.arange(scores[-1]))):
            return source
        rows = check_value(np.eye(scores[-1])[np.asarray(held, dtype=int)].tolist())
        if any(edge.source == source[0] for edge in self.edges):
            return self.new_input("", rows, t)
        self.nodes[source[0]] = replace(valued(node, rows), op=None, parameters=MappingProxyType({}))
        self.forget_shape(source)
        return source

    def linear(
        self, dialect: str, call: ast.Call, x: ast.expr, weights: ast.expr, bias: ast.expr | None = None
    ) -> Source:
        """Read PyTorch's linear layer: x times the transposed weights, and the bias."""
        refuse_keywords(call)
        source = self.expression(x)
        product = self.of("MatMul", call, source, self.of("Transpose", call, self.expression(weights)))
        return product if bias is None else self.of("Add", call, product, self.expression(bias))

    def chunk(self, dialect: str, call: ast.Call, x: ast.expr, n: ast.expr, axis: ast.expr | None = None) -> Source:
        """Read PyTorch's chunk, whose parts are those of a split where they are equal but the last."""
        source = self.expression(x)
        shape, count = self.shape_at(source, x), self.constant(n)
        place = self.axis(axis, call, len(shape), 0)
        parts: list[int] = []
        if dialect == TORCH and isinstance(count, int) and 1 <= count <= shape[place]:
            longest = -(-shape[place] // count)
            parts = [min(longest, shape[place] - start) for start in range(0, shape[place], longest)]
        is_same = parts == [len(part) for part in np.array_split(range(shape[place]), max(len(parts), 1))]
        if not parts or not is_same:
            refuse(call, say("{name} is not read with these arguments.", name="chunk"))
        return self.of("Split", call, source, n_outputs=len(parts), axis=place)

    def exponentiated(self, dialect: str, call: ast.Call, x: ast.expr, p: ast.expr) -> Source:
        """Read a power that is called by name."""
        refuse_keywords(call)
        if dialect == NUMPY and isinstance(call.func, ast.Attribute) and call.func.attr == "power":
            return self.of("Power", call, self.expression(x), self.expression(p))
        return self.power(x, p, call)

    def logarithm(self, dialect: str, call: ast.Call, x: ast.expr, base: ast.expr | None = None) -> Source:
        """Read the natural logarithm; to another base, which `math.log` is told, it is a quotient of two."""
        if call.keywords or (base is not None and dialect in (NUMPY, TORCH)):
            refuse(base or call, say("{name} is not read with these arguments.", name="log"))
        natural = self.of("Log", call, self.expression(x))
        return natural if base is None else self.of("Div", call, natural, self.of("Log", call, self.expression(base)))

    def unchanged(self, dialect: str, call: ast.Call, x: ast.expr, *_: ast.expr) -> Source:
        """Read what only copies or changes the type."""
        return self.expression(x)

    def as_type(self, dialect: str, call: ast.Call, x: ast.expr, kind: ast.expr) -> Source:
        """Read another type of numbers, if it is one of floating-point numbers."""
        if dotted(kind).rpartition(".")[2] not in _FLOATS:
            refuse(kind, say(NO_WHOLE))
        return self.expression(x)

    def moved(self, dialect: str, call: ast.Call, x: ast.expr, *told: ast.expr) -> Source:
        """Read x.to(device) and x.to(torch.float64), which leave the numbers as they are."""
        for each in (*told, *(keyword.value for keyword in call.keywords if keyword.arg == "dtype")):
            path = dotted(each)
            if "." in path and path.rpartition(".")[2] not in _FLOATS:
                refuse(each, say(NO_WHOLE))
        return self.expression(x)


SPECIAL: Final[Mapping[str, Callable[..., Source]]] = {
    "dot": ArrayReader.dot,
    "inner": ArrayReader.inner,
    "vdot": ArrayReader.vdot,
    "tensordot": ArrayReader.tensordot,
    "einsum": ArrayReader.einsum,
    "stack": ArrayReader.stack,
    "vstack": ArrayReader.stacked,
    "hstack": ArrayReader.stacked,
    "column_stack": ArrayReader.stacked,
    "outer": ArrayReader.outer,
    "repeat": ArrayReader.repeat,
    "repeat_interleave": ArrayReader.repeat,
    "tile": ArrayReader.tile,
    "take": ArrayReader.take,
    "select": ArrayReader.select,
    "var": ArrayReader.variance,
    "std": ArrayReader.deviation,
    "norm": ArrayReader.norm,
    "array": ArrayReader.array,
    "asarray": ArrayReader.array,
    "squeeze": ArrayReader.squeeze,
    "expand_dims": ArrayReader.unsqueeze,
    "unsqueeze": ArrayReader.unsqueeze,
    "ravel": ArrayReader.flatten,
    "flatten": ArrayReader.flatten,
    "expand": ArrayReader.expand,
    "permute": ArrayReader.permute,
    "transpose": ArrayReader.transpose,
    "view": ArrayReader.reshape,
    "reshape": ArrayReader.reshape,
    "t": ArrayReader.reversed_axes,
    "narrow": ArrayReader.narrow,
    "clip": ArrayReader.clip,
    "clamp": ArrayReader.clip,
    "max": ArrayReader.elementwise_max,
    "min": ArrayReader.elementwise_max,
    "where": ArrayReader.where,
    "chunk": ArrayReader.chunk,
    "logaddexp": ArrayReader.logaddexp,
    "log_softmax": ArrayReader.log_softmax,
    "cross_entropy": ArrayReader.cross_entropy,
    "linear": ArrayReader.linear,
    "pow": ArrayReader.exponentiated,
    "power": ArrayReader.exponentiated,
    "float_power": ArrayReader.exponentiated,
    "log": ArrayReader.logarithm,
    "clone": ArrayReader.unchanged,
    "copy": ArrayReader.unchanged,
    "contiguous": ArrayReader.unchanged,
    "double": ArrayReader.unchanged,
    "float": ArrayReader.unchanged,
    "astype": ArrayReader.as_type,
    "to": ArrayReader.moved,
    "cpu": ArrayReader.unchanged,
    "cuda": ArrayReader.unchanged,
}
"""The functions and methods of NumPy and PyTorch that are read in a way of their own."""
