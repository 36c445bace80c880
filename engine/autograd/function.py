"""Function: compute outputs from inputs, and gradients of the inputs from those of the outputs.

After Saito, *Deep Learning from Scratch 3*, steps 2 to 22. A class with `forward` and `backward` is an op.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy import float64

from engine.autograd.arraylike import as_array, as_tuple, fit, over_variables
from engine.autograd.config import PAUSES, is_recording
from engine.autograd.description import Described
from engine.autograd.variable import Array, Variable, as_variable
from engine.errors import EngineError

_new = Variable.__new__


class Function(Described):
    """Compute outputs from inputs, and the gradients of the inputs from those of the outputs.

    `forward(*xs)` gets arrays and returns an array or a tuple of them; `backward(*gys)` gets a gradient for each
    output and returns one for each input. A rule is written once, in NumPy's words: the same lines compute with arrays,
    with Variables (`create_graph`), and with the names of a program.
    """

    __slots__ = ("first", "gys", "others", "second")

    gys: Any
    """What the running sweep has brought: a gradient or, of several outputs, a list with one for each. Before the first
    has come it is None, or a tuple of them."""

    def __call__(self, *inputs: Any) -> Any:
        """Compute the outputs: one Variable, or a list of them; inputs may be Variables, arrays or numbers."""
        return self.of(*inputs) if 0 < len(inputs) < 3 else self.call(inputs)

    def call(self, inputs: Sequence[Any], ys: Any = None) -> Any:
        """Do what a call does: compute `ys`, unless that is done, and remember the way back (steps 2, 7 and 11)."""
        inputs = tuple([as_variable(x) for x in inputs])
        if ys is None:
            ys = self.forward(*[x.data for x in inputs])
        outputs = [Variable(as_array(y)) for y in as_tuple(ys)]
        if is_recording():
            self.inputs = inputs
            self.gys = (None,) * len(outputs) if type(ys) is tuple else None
            generation = self.generation + 1
            for index, y in enumerate(outputs):
                y.creator, y.generation, y.output = self, generation, index
        return outputs if type(ys) is tuple else outputs[0]

    def of(self, x0: Any, x1: Any = None) -> Any:
        """Do the same for one input or two, several times as fast: with neither a list nor a `*` in its head."""
        x0 = x0 if type(x0) is Variable else as_variable(x0)
        generation = x0.generation
        if x1 is None:
            ys = self.forward(x0.data)
        else:
            x1 = x1 if type(x1) is Variable else as_variable(x1)
            generation = x1.generation if x1.generation > generation else generation
            ys = self.forward(x0.data, x1.data)
        if type(ys) is tuple:
            return self.call((x0,) if x1 is None else (x0, x1), ys)
        y = _new(Variable)  # without the checks of `__init__`, which somebody's own data need
        y.data = ys if type(ys) is float64 else as_array(ys)
        y.name = y.grad = y.creator = None
        y.output = y.generation = 0
        if not PAUSES or is_recording():
            self.first = x0
            self.second = x1
            self.others = ()
            self.gys = None
            y.creator = self
            y.generation = generation + 1
        return y

    @property
    def inputs(self) -> tuple[Any, ...]:
        """Hold the Variables it was called with: `first`, `second` and `others`."""
        # Not held in a tuple: that would be a third object an op for the garbage collector to look through.
        if self.second is None:
            return () if self.first is None else (self.first,)
        return (self.first, self.second, *self.others)

    @inputs.setter
    def inputs(self, inputs: tuple[Any, ...]) -> None:
        self.first, self.second, *_ = *inputs, None, None
        self.others = inputs[2:]

    @property
    def generation(self) -> int:
        """Return how many Functions lie between this one and the inputs on the longest way (step 16)."""
        return max([x.generation for x in self.inputs], default=0)

    def backward(self, *gys: Any) -> Any:
        """Compute the gradients of the inputs from those of the outputs."""
        raise NotImplementedError

    def gradients(self, gys: Sequence[Any]) -> Any:
        """Run `backward` with a zero in the place of each None; where Variables are given, Variables are returned."""
        if any(gy is None for gy in gys):
            gys = [np.zeros_like(y)[()] if gy is None else gy for gy, y in zip(gys, self._recomputed(), strict=True)]
        if all(type(gy) is not Variable for gy in gys):
            return self.backward(*gys)
        return tuple(map(as_variable, as_tuple(over_variables(self).backward(*gys))))

    def fitted(self, gxs: Any) -> tuple[Any, ...]:
        """Return what `backward` returned as one gradient per input, in the input's shape; raises EngineError."""
        gxs, inputs = as_tuple(gxs), self.inputs
        if len(gxs) != len(inputs):
            name = type(self).__name__
            raise EngineError(f"backward of {name} returned {len(gxs)} gradients for {len(inputs)} inputs")
        return tuple([fit(gx, x) for gx, x in zip(gxs, inputs, strict=True)])

    def local_derivatives(self, output: int = 0) -> tuple[Array, ...]:
        """Return the derivative of the sum of an output by each input; elementwise it has the output's shape."""
        units = [np.full_like(y, index == output)[()] for index, y in enumerate(self._recomputed())]
        return tuple(map(as_array, as_tuple(self.backward(*units))))

    def _recomputed(self) -> tuple[Any, ...]:
        # Its outputs are not held: Function and output would hold each other until the garbage collector came.
        return tuple(map(as_array, as_tuple(self.forward(*[x.data for x in self.inputs]))))
