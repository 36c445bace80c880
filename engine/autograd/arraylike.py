"""What lets a Variable stand where an array stands: NumPy's functions, Python's operators, and the array's attributes.

The rules of the ops are written in these words, so that the same lines compute with arrays and with Variables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from engine.autograd.description import Described

_PASSIVE = {np.greater, np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal, np.sign}
"""What is constant between its jumps: its result is data, and nothing flows back through it."""

_METHODS = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "**": "pow", "@": "matmul", "neg": "neg"}


class ArrayLike:
    """Answer to NumPy like the array in `data`."""

    data: Any
    _data: Any
    creator: Any
    _drawn: ClassVar[Callable[[Any], str | None]] = staticmethod(lambda _: None)
    """Return the graph behind a Variable as markup; `engine` says who draws it."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the shape of the data."""
        shape: tuple[int, ...] = self._data.shape
        return shape

    @property
    def ndim(self) -> int:
        """Return the number of axes of the data."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Return the number of elements of the data."""
        return int(self._data.size)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Return the type of the data's elements."""
        dtype: np.dtype[Any] = self._data.dtype
        return dtype

    def __len__(self) -> int:
        return len(self.data)

    def __iter__(self) -> Iterator[Any]:
        return (self[place] for place in range(len(self)))  # NumPy's error for a single number

    def __contains__(self, value: Any) -> bool:
        return (value.data if isinstance(value, ArrayLike) else value) in self.data

    def __bool__(self) -> bool:
        return bool(self.data)

    def __float__(self) -> float:
        return float(self.data)

    def __int__(self) -> int:
        return int(self.data)

    def __format__(self, format_spec: str) -> str:
        return format(self.data, format_spec) if format_spec else str(self)

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise TypeError("a Variable is no plain array: its array is `x.data`; a Function takes several as f(x0, x1)")

    def __repr__(self) -> str:
        return f"variable({str(self.data).replace(chr(10), chr(10) + ' ' * len('variable('))})"

    def _repr_html_(self) -> str | None:
        """Return the graph behind this Variable, which a notebook shows in the place of the number."""
        return self._drawn()

    def unchain(self) -> None:
        """Forget the creator, so that backward ends here (step 44)."""
        self.creator = None

    def unchain_backward(self) -> None:
        """Forget the creators of all Variables that this one was made from (step 44)."""
        functions = [self.creator]
        while functions:
            function = functions.pop()
            for x in () if function is None else function.inputs:
                functions.append(x.creator)
                x.unchain()

    @property
    def T(self) -> Any:  # noqa: N802 -- NumPy's name
        """Return the transpose."""
        return np.transpose(self)

    def reshape(self, *shape: Any) -> Any:
        """Return the same elements in another shape, given as numbers or as one tuple."""
        return np.reshape(self, shape[0] if len(shape) == 1 else shape)

    def transpose(self, *axes: Any) -> Any:
        """Return the axes in another order, by default reversed."""
        return np.transpose(self, (axes[0] if len(axes) == 1 else axes) or None)

    def sum(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the sum over some axes, by default over all."""
        return np.sum(self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the mean over some axes, by default over all."""
        return np.mean(self, axis=axis, keepdims=keepdims)

    def max(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the largest element over some axes, by default over all."""
        return np.max(self, axis=axis, keepdims=keepdims)

    def min(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the smallest element over some axes, by default over all."""
        return np.min(self, axis=axis, keepdims=keepdims)

    def flatten(self) -> Any:
        """Return all elements in one row, as NumPy's method does; the book's function keeps the first axis."""
        return np.reshape(self, (-1,))

    def matmul(self, other: Any) -> Any:
        """Return the matrix product, as `@` does."""
        return self @ other

    def dot(self, other: Any) -> Any:
        """Return the matrix product, as `@` does (step 41)."""
        return self @ other

    def __abs__(self) -> Any:
        return np.abs(self)

    def __pos__(self) -> Any:
        return self

    # A comparison's result is an array of truth values, no Variable.

    def __gt__(self, other: Any) -> Any:
        return np.greater(self, other)

    def __ge__(self, other: Any) -> Any:
        return np.greater_equal(self, other)

    def __lt__(self, other: Any) -> Any:
        return np.less(self, other)

    def __le__(self, other: Any) -> Any:
        return np.less_equal(self, other)

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
        def __getitem__(self, index: Any) -> Any: ...

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


def bind_operators() -> None:
    """Let Python's operators run the ops that declare them."""
    for operator, op in Described.operators.items():
        name = _METHODS[operator]
        if name == "neg":
            ArrayLike.__neg__ = lambda x, op=op: op()(x)  # type: ignore[method-assign, misc]
        elif "operate" in vars(op):
            setattr(ArrayLike, f"__{name}__", lambda x0, x1, operate=op.operate: operate(x0, x1))
            setattr(ArrayLike, f"__r{name}__", lambda x1, x0, operate=op.operate: operate(x0, x1))
        else:
            setattr(ArrayLike, f"__{name}__", lambda x0, x1, op=op: op()(x0, x1))
            setattr(ArrayLike, f"__r{name}__", lambda x1, x0, op=op: op()(x0, x1))
