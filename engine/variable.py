"""Variable: a box around an array that remembers which Function made it.

After Saito, *Deep Learning from Scratch 3*, steps 1 to 22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.backprop import Variant
    from engine.function import Function

Array: TypeAlias = NDArray[Any]


class Variable:
    """Hold `data`, its gradient `grad`, and the Function that created it.

    `grad` is None until a backward pass has reached the Variable, and then has the shape of `data`.
    Raises TypeError for data that is neither an ndarray nor None (step 9).
    """

    # Above ndarray's, so that `array * variable` is answered by the Variable (step 21).
    __array_priority__ = 200

    def __init__(self, data: Array | None, name: str | None = None) -> None:
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"{type(data)} is not supported")
        self.data = data
        self.name = name
        self.grad: Array | None = None
        self.creator: Function | None = None
        self.generation = 0

    def set_creator(self, function: Function) -> None:
        """Remember the Function that made this Variable, one generation before it (step 16)."""
        self.creator = function
        self.generation = function.generation + 1

    def cleargrad(self) -> None:
        """Set the gradient to None, so that the next backward pass starts afresh (step 14)."""
        self.grad = None

    def backward(self, variant: Variant | None = None) -> None:
        """Compute the gradient of this Variable, seeded with ones, in every Variable it was made from.

        Gradients are added to what `grad` holds. `variant` chooses one of the book's engines; by default the
        correct one, step 16.
        """
        from engine.backprop import Variant, sweep  # the sweep is written in terms of Variables

        for _ in sweep(self, variant or Variant.STEP_16):
            pass

    @property
    def value(self) -> Array:
        """Return the data; raises ValueError when there is none."""
        data = self.data
        if data is None:
            raise ValueError("the Variable has no data")
        return data

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the shape of the data."""
        return self.value.shape

    @property
    def ndim(self) -> int:
        """Return the number of axes of the data."""
        return self.value.ndim

    @property
    def size(self) -> int:
        """Return the number of elements of the data."""
        return self.value.size

    @property
    def dtype(self) -> np.dtype[Any]:
        """Return the type of the data's elements."""
        return self.value.dtype

    def __len__(self) -> int:
        return len(self.value)

    def __repr__(self) -> str:
        if self.data is None:
            return "variable(None)"
        return f"variable({str(self.data).replace(chr(10), chr(10) + ' ' * len('variable('))})"

    # Python looks operators up on the class, so each is a method; which op it runs stands with the op.

    def __add__(self, other: object) -> Variable:
        return _operate("+", self, other)

    def __radd__(self, other: object) -> Variable:
        return _operate("+", other, self)

    def __sub__(self, other: object) -> Variable:
        return _operate("-", self, other)

    def __rsub__(self, other: object) -> Variable:
        return _operate("-", other, self)

    def __mul__(self, other: object) -> Variable:
        return _operate("*", self, other)

    def __rmul__(self, other: object) -> Variable:
        return _operate("*", other, self)

    def __truediv__(self, other: object) -> Variable:
        return _operate("/", self, other)

    def __rtruediv__(self, other: object) -> Variable:
        return _operate("/", other, self)

    def __pow__(self, other: object) -> Variable:
        return _operate("**", self, other)

    def __rpow__(self, other: object) -> Variable:
        return _operate("**", other, self)

    def __neg__(self) -> Variable:
        return _operate("neg", self)


def as_array(value: Any) -> Array:
    """Return an ndarray: NumPy turns 0-d results into scalars, and Variables hold arrays (step 9)."""
    return value if isinstance(value, np.ndarray) else np.array(value)


def as_variable(value: Any) -> Variable:
    """Return a Variable: itself, or one around an array or a number (step 21)."""
    return value if isinstance(value, Variable) else Variable(as_array(value))


def _operate(operator: str, *operands: object) -> Variable:
    from engine.function import OPERATORS  # functions are made of Variables; their operators are met only here

    result = OPERATORS[operator]()(*operands)
    assert isinstance(result, Variable)
    return result
