"""Function: compute outputs from inputs, and gradients of the inputs from those of the outputs.

After Saito, *Deep Learning from Scratch 3*, steps 2 to 22. A class with `forward` and `backward` is an op.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy import float64

from engine.arraylike import as_array, fit, over_variables
from engine.config import PAUSES, is_recording
from engine.description import Described
from engine.errors import EngineError
from engine.variable import Array, Variable, as_variable

_new = Variable.__new__


class Function(Described):
    """Compute outputs from inputs, and the gradients of the inputs from those of the outputs.

    `forward(*xs)` gets arrays and returns an array or a tuple of them; `backward(*gys)` gets a gradient for each
    output and returns one for each input. `inputs` are there after the call. A rule is written once, in NumPy's words:
    the same lines compute with arrays, with Variables (`create_graph`), and with the names of a program.
    """

    __slots__ = ("gys", "inputs")

    inputs: tuple[Variable, ...]
    gys: Any
    """What the running sweep has brought: a gradient or, of several outputs, a list with one for each. Before the first
    has come it is None, or a tuple of them."""

    def __call__(self, *inputs: Any) -> Any:
        """Compute the outputs: one Variable, or a list of them; inputs may be Variables, arrays or numbers."""
        # One and two inputs stand apart for speed alone: nearly every call is one of these.
        if len(inputs) == 2:
            x0, x1 = inputs
            if type(x0) is not Variable or type(x1) is not Variable:
                x0, x1 = inputs = as_variable(x0), as_variable(x1)
            generation = x0.generation if x0.generation > x1.generation else x1.generation
            ys = self.forward(x0.data, x1.data)
        elif len(inputs) == 1:
            (x,) = inputs
            if type(x) is not Variable:
                (x,) = inputs = (as_variable(x),)
            generation = x.generation
            ys = self.forward(x.data)
        else:
            inputs = tuple([as_variable(x) for x in inputs])
            generation = max([x.generation for x in inputs], default=0)
            ys = self.forward(*[x.data for x in inputs])
        if type(ys) is tuple:
            outputs = [Variable(as_array(y)) for y in ys]
            if not PAUSES or is_recording():
                self.inputs = inputs
                self.gys = (None,) * len(outputs)
                for index, y in enumerate(outputs):
                    y.creator = self
                    y.generation = generation + 1
                    y.output = index
            return outputs
        y = _new(Variable)  # without the checks of `__init__`, which somebody's own data need: 3 % of a run
        y.data = ys if type(ys) is float64 else as_array(ys)
        y.name = y.grad = y.creator = None
        y.output = y.generation = 0
        if not PAUSES or is_recording():
            self.inputs = inputs
            self.gys = None
            y.creator = self
            y.generation = generation + 1
        return y

    @property
    def generation(self) -> int:
        """Return how many Functions lie between this one and the inputs on the longest way (step 16)."""
        return max([x.generation for x in self.inputs], default=0)

    def backward(self, *gys: Any) -> Any:
        """Compute the gradients of the inputs from those of the outputs."""
        raise NotImplementedError

    def gradients(self, gys: Sequence[Any]) -> Any:
        """Run `backward` where not all is plain: a None among `gys` (nothing arrived) is zero, and of Variables the
        gradients are Variables."""
        if any(gy is None for gy in gys):
            gys = [np.zeros_like(y)[()] if gy is None else gy for gy, y in zip(gys, self._recomputed(), strict=True)]
        if all(type(gy) is not Variable for gy in gys):
            return self.backward(*gys)
        gxs = over_variables(self).backward(*gys)
        return tuple(map(as_variable, gxs if type(gxs) is tuple else (gxs,)))

    def fitted(self, gxs: Any) -> tuple[Any, ...]:
        """Return what `backward` returned as one gradient per input, in the input's shape; raises EngineError."""
        gxs = gxs if type(gxs) is tuple else (gxs,)
        if len(gxs) != len(self.inputs):
            counts = f"{len(gxs)} gradients for {len(self.inputs)} inputs"
            raise EngineError(f"backward of {type(self).__name__} returned {counts}")
        return tuple([fit(gx, x) for gx, x in zip(gxs, self.inputs, strict=True)])

    def local_derivatives(self, output: int = 0) -> tuple[Array, ...]:
        """Return the derivative of the sum of an output by each input; elementwise it has the output's shape."""
        units = [np.full_like(y, index == output)[()] for index, y in enumerate(self._recomputed())]
        gxs = self.backward(*units)
        return tuple(as_array(gx) for gx in (gxs if type(gxs) is tuple else (gxs,)))

    def _recomputed(self) -> tuple[Any, ...]:
        # Its outputs are not held: Function and output would hold each other until the garbage collector came.
        ys = self.forward(*[x.data for x in self.inputs])
        return tuple(map(as_array, ys if type(ys) is tuple else (ys,)))
