"""Variable: a box around an array that remembers which Function made it.

After Saito, *Deep Learning from Scratch 3*, steps 1 to 22 and 32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy import float64
from numpy.typing import NDArray

from engine.autograd.arraylike import ArrayLike, as_array
from engine.autograd.backprop import sweep

if TYPE_CHECKING:
    from engine.autograd.function import Function
    from engine.autograd.variants import Variant

Array: TypeAlias = NDArray[Any]
"""An ndarray; a single number is held as NumPy's scalar, which has the same attributes and computes 8 times as fast."""


class Variable(ArrayLike):
    """Hold `data`, its gradient `grad`, and the Function that created it.

    `grad` is None until a backward pass has reached the Variable, and then has the shape of `data`; after
    `backward(create_graph=True)` it is a Variable itself. Raises TypeError for data that is no array (step 9).
    """

    __slots__ = ("__weakref__", "creator", "data", "generation", "grad", "is_gradient", "name", "output")

    data: Any
    grad: Any

    def __init__(self, data: Any, name: str | None = None) -> None:
        if type(data) is not float64 and data is not None:
            if not isinstance(data, np.ndarray | np.generic):
                raise TypeError(f"{type(data)} is not supported")
            data = as_array(data)
        self.data = data
        self.name = name
        self.grad = None
        self.creator: Function | None = None
        self.output = 0  # which of its creator's outputs it is
        self.generation = 0

    def cleargrad(self) -> None:
        """Set the gradient to None, so that the next backward pass starts afresh (step 14)."""
        self.grad = None

    def backward(
        self, variant: Variant | None = None, *, retain_grad: bool | None = None, create_graph: bool = False
    ) -> None:
        """Compute the gradient of this Variable, seeded with ones, in every Variable it was made from.

        Gradients are added to what `grad` holds. `variant` chooses one of the book's engines; by default the
        correct one, step 16. With `create_graph`, and for a gradient always, gradients are Variables with a graph of
        their own, to be differentiated again (step 32). Without `retain_grad` inputs alone keep theirs (step 18); so
        it is with `create_graph` unless asked for, since a gradient and what it was computed from hold each other.
        """
        create_graph = create_graph or getattr(self, "is_gradient", False)
        gy = float64(1) if type(self.data) is float64 else np.ones_like(self.data)
        is_shown = create_graph or retain_grad is False
        visits = sweep(self, Variable(gy) if create_graph else gy, variant and variant.agenda(self), is_shown)
        reached = {self}
        for function, _, _ in visits:
            reached.update(() if function is None else function.inputs)
        for x in reached if is_shown else ():
            if create_graph:
                x.grad.is_gradient = True
            if not retain_grad and x.creator is not None:
                x.grad = None

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

    def __repr__(self) -> str:
        if self.data is None:
            return "variable(None)"
        return f"variable({str(self.data).replace(chr(10), chr(10) + ' ' * len('variable('))})"


def as_variable(value: Any) -> Variable:
    """Return a Variable: itself, or one around an array or a number (step 21)."""
    if type(value) is float or type(value) is int:
        return Variable(float64(value))
    return value if isinstance(value, Variable) else Variable(as_array(value))
