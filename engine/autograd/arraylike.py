"""What lets a Variable stand where an array stands: NumPy's functions, Python's operators, and the array's attributes.

The rules of the ops are written in these words, so that the same lines compute with arrays and with Variables.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.autograd.description import Described
from engine.errors import EngineError

_PASSIVE = {np.greater, np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal, np.sign}
"""What is constant between its jumps: its result is data, and nothing flows back through it."""

_METHODS = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "**": "pow", "@": "matmul", "neg": "neg"}


class ArrayLike:
    """Answer to NumPy like the array in `data`."""

    __slots__ = ()

    data: Any

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the shape of the data."""
        shape: tuple[int, ...] = self.data.shape
        return shape

    @property
    def ndim(self) -> int:
        """Return the number of axes of the data."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Return the number of elements of the data."""
        return int(self.data.size)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Return the type of the data's elements."""
        dtype: np.dtype[Any] = self.data.dtype
        return dtype

    def __len__(self) -> int:
        return len(self.data)

    @property
    def T(self) -> Any:  # noqa: N802 -- NumPy's name
        """Return the transpose."""
        return np.transpose(self)  # type: ignore[call-overload]

    def reshape(self, *shape: Any) -> Any:
        """Return the same elements in another shape, given as numbers or as one tuple."""
        return np.reshape(self, shape[0] if len(shape) == 1 else shape)  # type: ignore[call-overload]

    def transpose(self, *axes: Any) -> Any:
        """Return the axes in another order, by default reversed."""
        return np.transpose(self, (axes[0] if len(axes) == 1 else axes) or None)  # type: ignore[call-overload]

    def sum(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the sum over some axes, by default over all."""
        return np.sum(self, axis=axis, keepdims=keepdims)  # type: ignore[call-overload]

    # A comparison's result is an array of truth values, no Variable.

    def __gt__(self, other: Any) -> Any:
        return np.greater(self, other)  # type: ignore[call-overload]

    def __ge__(self, other: Any) -> Any:
        return np.greater_equal(self, other)  # type: ignore[call-overload]

    def __lt__(self, other: Any) -> Any:
        return np.less(self, other)  # type: ignore[call-overload]

    def __le__(self, other: Any) -> Any:
        return np.less_equal(self, other)  # type: ignore[call-overload]

    if TYPE_CHECKING:  # bound by `bind_operators`, each to the op that declares it

        def __add__(self, other: Any) -> Any: ...
        def __radd__(self, other: Any) -> Any: ...
        def __sub__(self, other: Any) -> Any: ...
        def __rsub__(self, other: Any) -> Any: ...
        def __mul__(self, other: Any) -> Any: ...
        def __rmul__(self, other: Any) -> Any: ...
        def __truediv__(self, other: Any) -> Any: ...
        def __rtruediv__(self, other: Any) -> Any: ...
        def __pow__(self, other: Any) -> Any: ...
        def __rpow__(self, other: Any) -> Any: ...
        def __matmul__(self, other: Any) -> Any: ...
        def __rmatmul__(self, other: Any) -> Any: ...
        def __neg__(self) -> Any: ...

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        """Run the op of a function of NumPy's: np.sin(x) runs Sin, and array * x runs Mul."""
        return NotImplemented if method != "__call__" else self.__array_function__(ufunc, (), inputs, options)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        """Run the op of a function that is no ufunc: np.sum(x, axis=0) runs Sum."""
        if function in _PASSIVE:
            return function(*[x.data if isinstance(x, ArrayLike) else x for x in arguments], **options)
        op = Described.numpy.get(function)
        if op is None:
            return NotImplemented
        if not op.ports:  # one list of any number of inputs
            inputs, constants = arguments[0], arguments[1:]
            options = {**options, "n_inputs": len(inputs)}
        else:
            inputs, constants = arguments[: len(op.ports)], arguments[len(op.ports) :]
        named = zip((each.name for each in op.parameters), constants, strict=False)
        return op.operate(*inputs, **dict(named), **options)


def as_array(value: Any) -> Any:
    """Return what a Variable holds: an ndarray, or NumPy's scalar for a single number (step 9)."""
    array = value if isinstance(value, np.ndarray) else np.asarray(value)
    return array if array.ndim else array[()]


def as_tuple(values: Any) -> tuple[Any, ...]:
    """Return what a rule returned as a tuple: of one value or of several."""
    return values if type(values) is tuple else (values,)


def where(condition: Any, x: Any, y: Any) -> Any:
    """Return `x` where a condition holds and `y` elsewhere, as np.where does; of numbers twenty times as fast."""
    if type(condition) is np.bool_ or type(condition) is bool:
        return x if condition else y
    return np.where(condition, x, y)


def maximum(x0: Any, x1: Any) -> Any:
    """Return the larger of two, as np.maximum does; of numbers ten times as fast."""
    if type(x0) is np.float64:
        return x1 if x0 < x1 else x0  # nan is less than nothing, and goes through
    return np.maximum(x0, x1)


def fit(gx: Any, x: ArrayLike) -> Any:
    """Return a gradient in the shape of its Variable: broadcasting is undone by summing."""
    if not isinstance(gx, ArrayLike):
        gx = as_array(gx)
    return gx if gx.shape == x.data.shape else sum_to(gx, x.data.shape)


def sum_to(gradient: Any, shape: tuple[int, ...]) -> Any:
    """Sum over the axes along which an input of this shape was repeated (step 40); raises EngineError."""
    leading = gradient.ndim - len(shape)
    repeated = [axis for axis, size in enumerate(shape) if leading >= 0 and size != gradient.shape[leading + axis]]
    if leading < 0 or any(shape[axis] != 1 for axis in repeated):
        raise EngineError(f"a gradient of shape {gradient.shape} does not belong to an input of shape {shape}")
    summed = (*range(leading), *(leading + axis for axis in repeated))
    return gradient if gradient.shape == shape else np.reshape(np.sum(gradient, axis=summed), shape)


class _Transparent:
    """Stand for a Variable whose `data` is the Variable itself, so that what comes of it can be differentiated."""

    __slots__ = ("data",)

    def __init__(self, variable: ArrayLike) -> None:
        self.data = variable

    def __getattr__(self, name: str) -> Any:
        return getattr(self.data, name)


def over_variables(function: Any) -> Any:
    """Return a twin of a Function whose rule computes with its input Variables where it says `self.first.data`."""
    twin = copy.copy(function)
    twin.inputs = tuple([_Transparent(x) for x in function.inputs])
    kept = {*getattr(function, "__dict__", ()), *getattr(type(function), "__slots__", ())}
    if kept - {parameter.name for parameter in function.parameters}:
        # What forward keeps for backward has to be Variables too, or to their derivative it would be constant.
        try:
            twin.forward(*function.inputs)
        except TypeError:
            name = type(function).__name__
            raise EngineError(f"{name} keeps what forward computed, and its forward cannot take Variables") from None
    return twin


def bind_operators(kind: type[ArrayLike]) -> None:
    """Let Python's operators on a class run the ops that declare them."""
    for operator, op in Described.operators.items():
        name = _METHODS[operator]
        if name == "neg":
            kind.__neg__ = lambda x, op=op: op().of(x)  # type: ignore[method-assign, misc]
        elif "operate" in vars(op):
            setattr(kind, f"__{name}__", lambda x0, x1, operate=op.operate: operate(x0, x1))
            setattr(kind, f"__r{name}__", lambda x1, x0, operate=op.operate: operate(x0, x1))
        else:  # without the detour
            setattr(kind, f"__{name}__", lambda x0, x1, op=op: op().of(x0, x1))
            setattr(kind, f"__r{name}__", lambda x1, x0, op=op: op().of(x0, x1))
