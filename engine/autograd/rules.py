"""What stands around an op's rule: Variables in place of arrays, that it can be differentiated again, zeros, checks."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from engine.autograd.arraylike import ArrayLike
from engine.autograd.arrays import as_array, as_tuple, sum_to, unshared
from engine.autograd.config import in_scalars
from engine.autograd.description import Described
from engine.autograd.strong_zeros import no_gradient
from engine.errors import EngineError
from engine.messages import say


class Rule(Described):
    """Compute with an op's `forward` and `backward` alone, without a sweep."""

    inputs: tuple[Any, ...]

    @property
    def input(self) -> Any:
        """Return the only input, by the name that it has in steps 2 to 10."""
        return self.inputs[0]

    def backward(self, *gys: Any) -> Any:
        """Return the gradients of the inputs from those of the outputs; `self.inputs` holds the inputs."""
        raise NotImplementedError

    def local_derivatives(self, output: int = 0) -> tuple[Any, ...]:
        """Return the derivative of the sum of an output by each input; elementwise it has the output's shape."""
        units = [np.full_like(y, index == output) for index, y in enumerate(outputs_of(self))]
        gxs = run_backward(self, units)
        return tuple(
            [no_gradient(x.shape) if gx is None else as_array(gx) for x, gx in zip(self.inputs, gxs, strict=True)]
        )


def run_backward(function: Any, gys: Sequence[Any]) -> tuple[Any, ...]:
    """Run a Function's rule, and return a gradient for each input; raises EngineError for another number of them."""
    before = in_scalars.set(function.is_registered)
    try:
        gxs = function.backward(*gys)
    finally:
        in_scalars.reset(before)
    gxs = gxs if isinstance(gxs, tuple) else (gxs,)
    if len(gxs) != len(function.inputs):
        raise EngineError(
            say(
                "backward of {op} returned {found} gradients for {expected} inputs",
                op=type(function).__name__,
                found=len(gxs),
                expected=len(function.inputs),
            )
        )
    return gxs


def variable_gradients(function: Any, gys: Sequence[Any]) -> list[Any]:
    """Run a Function's rule with Variables, and return the gradients in the shapes of the inputs, or None."""
    gxs = run_backward(with_variables(function), gys)
    return [gx if gx is None else sum_to(gx, x.shape) for x, gx in zip(function.inputs, gxs, strict=True)]


def array_gradients(function: Any, gys: Sequence[Any]) -> list[Any]:
    """Run a Function's rule with arrays, and return the gradients in the shapes and types of the inputs, or None.

    Each is in memory of its own.
    """
    found: list[Any] = []
    for x, gx in zip(function.inputs, run_backward(function, gys)):  # noqa: B905 -- `run_backward` has counted them
        # NumPy's scalar for NumPy's scalar, as nearly always in a graph of single numbers, fits as it is.
        if not isinstance(gx, np.generic) or not isinstance(gx, type(x._data)):
            gx = _fitted(gx, x, [*gys, *found, *function.inputs, *vars(function).values()])
        found.append(gx)
    return found


def _fitted(gx: Any, x: Any, held: Iterable[Any]) -> Any:
    if gx is None:
        return None
    gx = sum_to(unshared(gx, held), x.shape)
    return gx if x.dtype.kind != "f" else gx.astype(x.dtype, copy=False)


def mark_gradients(xs: Sequence[Any]) -> None:
    """Let `backward` of what stands in the `grad` of Variables give Variables again (step 33)."""
    for x in xs:
        if x.grad is not None:
            x.grad.is_gradient = True


class StandIn(ArrayLike):
    """Stand for a Variable in a rule: its `data` is that Variable, and where an op is called on it, so is itself."""

    def __init__(self, variable: Any) -> None:
        self.data = self._data = self.variable = variable

    def __getattr__(self, name: str) -> Any:
        return getattr(self.variable, name)


def with_variables(function: Any) -> Any:
    """Return a copy of a Function whose rule computes with Variables, whether it reads `data` or the inputs themselves.

    What forward keeps for backward is computed again, from Variables: otherwise it would be constant to the next
    derivative. Raises EngineError where forward cannot take Variables.
    """
    rule = copy.copy(function)
    rule.inputs = tuple([StandIn(x) for x in function.inputs])
    rule.outputs = [lambda y=y: StandIn(y()) for y in function.outputs]
    known = {"inputs", "outputs", "generation", *[each.name for each in function.parameters]}
    if vars(function).keys() - known:
        again = copy.copy(function)
        try:
            again.forward(*function.inputs)
        except (TypeError, AttributeError):
            raise EngineError(
                say(
                    "{op} keeps what forward computed, and its forward cannot take Variables",
                    op=type(function).__name__,
                )
            ) from None
        for name, kept in vars(again).items():
            # An array that comes of no Variable, such as a random mask, stays the one that forward has used.
            if name not in known and not isinstance(kept, (np.ndarray, np.generic)):
                if isinstance(kept, ArrayLike):  # its value stays too, even where an input's data were replaced since
                    kept.data = getattr(function, name)
                setattr(rule, name, kept)
    return rule


def outputs_of(function: Any) -> list[Any]:
    """Return the outputs of a Function as arrays, computed again: a Function holds its inputs alone."""
    # By a copy: what forward has kept for backward stays as it is.
    return [as_array(y) for y in as_tuple(copy.copy(function).forward(*[x.data for x in function.inputs]))]


def with_zeros(function: Any, gys: Sequence[Any]) -> Sequence[Any]:
    """Return the gradients of a Function's outputs, with zeros that stay 0 where none has arrived."""
    if all(gy is not None for gy in gys):
        return gys
    found = [
        no_gradient(y.shape, y.dtype) if gy is None else gy for gy, y in zip(gys, outputs_of(function), strict=True)
    ]
    variable: Any = next((type(gy) for gy in gys if isinstance(gy, ArrayLike)), None)
    return found if variable is None else [gy if isinstance(gy, variable) else variable(gy) for gy in found]
