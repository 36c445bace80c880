"""Read what a text writes out in numbers: values of inputs, and the constants that parameters are given.

Nothing of the text runs: its numbers are added up here, and arrays of the usual kinds are made within the limits.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from engine.autograd import Array
from engine.document import Graph, Value, check_value
from engine.errors import PlaygroundError
from engine.formula.literals import literal_random, refuse
from engine.formula.shapes import ShapedRebuilder
from engine.formula.vocabulary import BOOK, CONSTANTS, EITHER, MODULES, NOTHING, NUMPY, OWN, TORCH, VARIABLES
from engine.limits import MAX_AXES, MAX_ELEMENTS
from engine.messages import mark, say, say_count

Constant = int | float | Array | tuple[Any, ...]
_OPERATORS: Final[Mapping[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_MAKERS: Final = VARIABLES | {
    "array", "asarray", "as_array", "as_tensor", "float64", "float32", "int64", "int32", "float", "int",
}  # fmt: skip
"""What gives its one argument as a value."""
_OF_SHAPE: Final[Mapping[str, Callable[..., Array]]] = {
    "zeros": np.zeros, "ones": np.ones, "full": np.full, "eye": np.eye, "identity": np.eye, "arange": np.arange,
    "linspace": np.linspace,
}  # fmt: skip
_UNCHANGED: Final = frozenset(
    {"double", "float", "copy", "clone", "contiguous", "item", "requires_grad_", "cpu", "cuda"}
)
_LENGTHS: Final = frozenset({"shape", "size", "ndim"})
_COUNTED: Final = {"numel": "size", "dim": "ndim", "size": "shape"}
"""PyTorch's methods for the same."""
_IGNORED: Final = frozenset({"dtype", "requires_grad", "device", "label", "name", "copy"})
NO_WHOLE: Final = mark("A graph computes with floating-point numbers.")
_WHOLE_KINDS: Final = re.compile(r"u?int\d*|long|short|bool_?")
NO_COMPARISON: Final = mark("A comparison has no meaning here: where x > z, write where(relu(x - z), a, b).")
NO_NARROW: Final = mark("A graph computes with numbers of 64 bits; smaller ones are rounded, or wrap around.")
_NARROW_KINDS: Final = re.compile(r"uint\d*|int8|int16|short|float16|half|bfloat16")
_LARGEST_WHOLE: Final = 10**15


class ConstantReader(ShapedRebuilder):
    """Tell constants and values from what has to be computed by the graph."""

    def __init__(self, tree: ast.Module, present: Graph, values: Mapping[str, Value]) -> None:
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called]
        assigned = {name.id for name in names if isinstance(name.ctx, ast.Store)}
        super().__init__(present, {name.id for name in names}, assigned, values)
        self.constants: dict[str, Constant] = {}
        """The names that stand for numbers, and not for Variables."""
        self.modules: dict[str, str] = {}
        """The modules that a script imports under another name."""
        self.imported: dict[str, tuple[str, str]] = {}
        """The functions that a script imports: whose, and their own names."""
        self.libraries = {each.id for each in names} & {"torch", "dezero"}

    # Names ------------------------------------------------------------------------------------------------------

    def resolve(self, called: ast.expr) -> tuple[str, str] | None:
        """Return whose function is called, and its name there; None where it is the method of a value."""
        if isinstance(called, ast.Name):
            return self.imported.get(called.id, (OWN, called.id))
        if not isinstance(called, ast.Attribute):
            return None
        module = self.module_of(called.value)
        return None if module is None else (module, called.attr)

    def module_of(self, expression: ast.expr) -> str | None:
        """Return whose functions stand in a module, or None where the expression is no module."""
        path = dotted(expression)
        root, _, rest = path.partition(".")
        if not path or root in self.meaning or root in self.constants or root in self.assigned_names:
            return None
        whole = ".".join(filter(None, [self.modules.get(root, root), rest]))
        dialect = MODULES.get(whole)
        if dialect == EITHER and len(self.libraries) == 1:
            return TORCH if "torch" in self.libraries else BOOK
        return NOTHING if dialect is None and whole.partition(".")[0] in MODULES and rest else dialect

    # Constants --------------------------------------------------------------------------------------------------

    def value(self, expression: ast.expr) -> Value | None:
        """Return the value that an expression writes out, or None if it is none; raises FormulaError."""
        constant = self.constant(expression)
        if constant is None or isinstance(constant, tuple):
            return None
        return _checked(constant, expression)

    def constant(self, expression: ast.expr) -> Constant | None:
        """Return the number, array or tuple that an expression writes out, or None if it is none."""
        counted = self._counted(expression)
        if counted is not None:
            return counted
        match expression:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return number
            case ast.Name():
                return self.constants.get(expression.id)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
                inner = self.constant(operand)
                if inner is None or isinstance(inner, tuple):
                    return None
                return -inner if isinstance(expression.op, ast.USub) else inner
            case ast.BinOp():
                return self._computed(expression)
            case ast.List() | ast.Tuple():
                return self._entries(expression)
            case ast.Attribute() if expression.attr in CONSTANTS and self.module_of(expression.value) is not None:
                return CONSTANTS[expression.attr]
            case ast.Call():
                return self._made(expression)
        return None

    def _counted(self, expression: ast.expr) -> Constant | None:
        """Return how many elements or axes an array has, or its shape: len(x), x.shape, x.size, x.ndim, x.numel()."""
        match expression:
            case ast.Call(func=ast.Name(id="len"), args=[ast.Name() as name], keywords=[]):
                shape = self._shape_of_name(name)
                return shape[0] if shape else None
            case ast.Attribute(value=ast.Name() as name, attr=attr) if attr in _LENGTHS:
                return self._length(name, attr)
            case ast.Call(func=ast.Attribute(value=ast.Name() as name, attr=attr), args=[]) if attr in _COUNTED:
                return self._length(name, _COUNTED[attr])
            case ast.Call(func=ast.Attribute(value=ast.Name() as name, attr="size"), args=[axis]):
                return self._entry(self._length(name, "shape"), axis)
            case ast.Subscript(slice=axis):
                return self._entry(self.constant(expression.value), axis)
        return None

    def _entry(self, several: Constant | None, axis: ast.expr) -> Constant | None:
        place = self.constant(axis) if isinstance(several, tuple) else None
        is_there = isinstance(several, tuple) and isinstance(place, int) and -len(several) <= place < len(several)
        return several[place] if is_there else None  # type: ignore[index]

    def _length(self, name: ast.Name, attribute: str) -> Constant | None:
        """Return what x.shape, x.size or x.ndim is; None where it is not known."""
        shape = self._shape_of_name(name)
        if shape is None:
            return None
        return shape if attribute == "shape" else math.prod(shape) if attribute == "size" else len(shape)

    def _shape_of_name(self, name: ast.Name) -> tuple[int, ...] | None:
        constant = self.constants.get(name.id)
        if constant is not None:
            return np.shape(constant)
        return self.shape_of(self.meaning.get(name.id))

    def is_variable(self, expression: ast.expr) -> bool:
        """Return whether a value is made a Variable by what the text calls for it."""
        if not isinstance(expression, ast.Call):
            return False
        called = self.resolve(expression.func)
        told = next((each.value for each in expression.keywords if each.arg == "requires_grad"), None)
        is_told = isinstance(told, ast.Constant) and told.value is True
        if called is None or called[1] not in VARIABLES:
            return is_told or "requires_grad_" in ast.dump(expression.func)
        return is_told if called[1] in ("tensor", "Tensor", "from_numpy") else True

    def is_tensor(self, expression: ast.expr) -> bool:
        """Return whether a value is made a tensor, which stands in the graph even where nothing is asked of it."""
        called = self.resolve(expression.func) if isinstance(expression, ast.Call) else None
        return called is not None and called[1] in ("tensor", "Tensor")

    def _computed(self, expression: ast.BinOp) -> Constant | None:
        """Return the result of arithmetic on constants; whole numbers stay whole while they are small."""
        compute = _OPERATORS.get(type(expression.op))
        left, right = self.constant(expression.left), self.constant(expression.right)
        if compute is None or left is None or right is None or isinstance(left, tuple) or isinstance(right, tuple):
            return None
        is_whole = isinstance(left, int) and isinstance(right, int) and type(expression.op) is not ast.Div
        try:
            with np.errstate(all="ignore"):
                found = compute(*[float(each) if isinstance(each, int) else each for each in (left, right)])
        except (ArithmeticError, ValueError):
            refuse(expression, say("This number cannot be computed."))
        if isinstance(found, complex):
            refuse(expression, say("This number cannot be computed."))
        return int(found) if is_whole and abs(found) < _LARGEST_WHOLE and found == int(found) else found

    def _entries(self, expression: ast.List | ast.Tuple) -> Constant | None:
        gap = next((each for each in expression.elts if isinstance(each, ast.Constant) and each.value is ...), None)
        if gap is not None and len(expression.elts) > 1 and self._is_constant_list(expression):
            refuse(gap, say("Numbers are left out here: the whole array is needed."))
        entries = [self.constant(each) for each in expression.elts]
        if any(entry is None for entry in entries):
            return None
        if isinstance(expression, ast.Tuple):
            return tuple(entries)
        return np.array(_checked(entries, expression), dtype=float)

    def _is_constant_list(self, expression: ast.List | ast.Tuple) -> bool:
        others = [each for each in expression.elts if not (isinstance(each, ast.Constant) and each.value is ...)]
        return isinstance(expression, ast.List) and all(self.constant(each) is not None for each in others)

    def _made(self, call: ast.Call) -> Constant | None:
        called = self.resolve(call.func)
        if called is None:
            return self._changed(call)
        dialect, name = called
        if dialect == OWN and name == "random" and "random" not in self.assigned_names:
            return np.array(literal_random(call), dtype=float)
        if name in _MAKERS and len(call.args) == 1:
            made = self.constant(call.args[0])
            if made is None:
                return None
            self._refuse_keywords(call)
            self._refuse_rounding(call, name, made)
            return np.array(_checked(made, call), dtype=float) if isinstance(made, tuple) else made
        if name in _OF_SHAPE and dialect in (NUMPY, TORCH):
            arguments = [self.constant(each) for each in call.args]
            if arguments and all(each is not None for each in arguments):
                self._refuse_keywords(call)
                array = _of_shape(name, arguments, call)
                self._refuse_rounding(call, name, array)
                return array
        return None

    def _changed(self, call: ast.Call) -> Constant | None:
        """Return a constant array after a method that gives it another shape, or none."""
        if not isinstance(call.func, ast.Attribute):
            return None
        method = call.func.attr
        if method not in _UNCHANGED and method not in ("reshape", "view"):
            return None
        array = self.constant(call.func.value)
        if array is None or isinstance(array, tuple) or method in _UNCHANGED:
            return array
        shape = [self.constant(each) for each in call.args]
        lengths = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
        try:
            return np.reshape(array, lengths)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            refuse(call, say("The array does not have the elements for this shape."))

    def _refuse_keywords(self, call: ast.Call) -> None:
        odd = next((each for each in call.keywords if each.arg not in _IGNORED), None)
        if odd is not None:
            refuse(odd, say("“{name}” has no meaning here.", name=odd.arg or "**"))

    def _refuse_rounding(self, call: ast.Call, name: str, made: Constant) -> None:
        """Refuse a kind of whole numbers, or of true and false, for numbers that it would change."""
        kind = next((each.value for each in call.keywords if each.arg == "dtype"), None)
        called = name if kind is None else str(kind.value) if isinstance(kind, ast.Constant) else dotted(kind)
        found = _WHOLE_KINDS.fullmatch(called.rpartition(".")[2])
        if _NARROW_KINDS.fullmatch(called.rpartition(".")[2]):
            refuse(kind or call, say(NO_NARROW))
        numbers = np.asarray(_as_lists(made), dtype=float)
        if found and not np.array_equal(numbers, np.trunc(numbers) if "int" in called else numbers != 0):
            refuse(kind or call, say(NO_WHOLE))


def dotted(expression: ast.expr) -> str:
    """Return "torch.nn.functional" for the attributes of names that spell it; the empty text for all else."""
    parts: list[str] = []
    while isinstance(expression, ast.Attribute):
        parts.append(expression.attr)
        expression = expression.value
    return ".".join([expression.id, *reversed(parts)]) if isinstance(expression, ast.Name) else ""


def _of_shape(name: str, arguments: list[Any], call: ast.Call) -> Array:
    """Make an array of zeros, ones, a row of numbers … within the limits."""
    try:
        if name in ("arange", "linspace"):
            ends = [float(each) for each in arguments]
            steps = ends[2] if len(ends) > 2 else 50 if name == "linspace" else 1
            start, stop = (0.0, ends[0]) if len(ends) == 1 else ends[:2]
            count = steps if name == "linspace" else (stop - start) / steps
            _refuse_size((math.ceil(count),), call)
            return np.linspace(start, stop, int(steps)) if name == "linspace" else np.arange(start, stop, steps)
        if name in ("eye", "identity"):
            _refuse_size((int(arguments[0]),) * 2, call)
            return np.eye(int(arguments[0]))
        *lengths, fill = arguments if name == "full" else [*arguments, 0.0 if name == "zeros" else 1.0]
        shape = lengths[0] if len(lengths) == 1 and isinstance(lengths[0], tuple) else tuple(lengths)
        _refuse_size(shape, call)
        return np.full(shape, fill, dtype=float)
    except (ArithmeticError, IndexError, TypeError, ValueError):
        refuse(call, say("This array cannot be made."))


def _refuse_size(shape: Any, call: ast.Call) -> None:
    if any(length < 0 for length in shape) or len(shape) > MAX_AXES:
        refuse(call, say("This array cannot be made."))
    if math.prod(shape) > MAX_ELEMENTS:
        refuse(
            call,
            say_count(
                "The array has {count} element; the limit is {limit}.",
                "The array has {count} elements; the limit is {limit}.",
                math.prod(shape),
                limit=MAX_ELEMENTS,
            ),
        )


def _checked(constant: Any, place: ast.expr) -> Value:
    try:
        return check_value(_as_lists(constant))
    except PlaygroundError as error:
        refuse(place, str(error))


def _as_lists(constant: Any) -> Any:
    if isinstance(constant, np.ndarray):
        return constant.tolist()
    return [_as_lists(each) for each in constant] if isinstance(constant, list | tuple) else constant
