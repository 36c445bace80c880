"""The core: Variable, Function, and the sweep that brings gradients from an output back to its inputs.

After Saito, *Deep Learning from Scratch 3*, steps 1 to 18; where it differs on purpose, a docstring says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from typing import Any, TypeAlias
from weakref import ref

import numpy as np

from engine.autograd.arraylike import ArrayLike
from engine.autograd.arrays import ARRAY_TYPES, as_data, as_float, refuse, unshared, unshared_seed
from engine.autograd.config import in_scalars, is_recording, using_config
from engine.autograd.rules import Rule, StandIn, array_gradients, mark_gradients, variable_gradients, with_zeros
from engine.autograd.strong_zeros import StrongZeros, without_marks


class Variable(ArrayLike):
    """Hold an array, its gradient, and the Function that created it.

    `data` and `grad` are ndarrays, for a single number without axes; until somebody asks, it is kept as NumPy's scalar,
    which is faster. After `backward(create_graph=True)` `grad` is a Variable.
    """

    def __init__(self, data: Any, name: str | None = None) -> None:
        self._data = data if isinstance(data, ARRAY_TYPES) else refuse(data)
        self._grad: Any = None
        self.name = name
        self.creator: Function | None = None
        self.generation = 0
        self.is_seed = False  # whether somebody has assigned `grad`
        self.is_gradient = False  # the gradients of a gradient are Variables as well (step 33)

    @property
    def data(self) -> Any:
        """Hold the array; to assign what is none raises TypeError (step 9)."""
        if not in_scalars.get() and isinstance(self._data, np.generic):
            self._data = np.asarray(self._data)
        return self._data if in_scalars.get() else without_marks(self._data)

    @data.setter
    def data(self, data: Any) -> None:
        self._data = data if isinstance(data, ARRAY_TYPES) else refuse(data)

    @property
    def grad(self) -> Any:
        """Hold the gradient, None until a backward pass comes by; one that is assigned is where `backward` starts."""
        if isinstance(self._grad, (np.generic, StrongZeros)):
            self._grad = np.asarray(self._grad)
        return self._grad

    @grad.setter
    def grad(self, grad: Any) -> None:
        grad = grad if isinstance(grad, (ArrayLike, *ARRAY_TYPES)) else refuse(grad)
        self.is_seed = grad is not None and (self.is_seed or grad is not self._grad)
        self._grad = grad

    def cleargrad(self) -> None:
        """Set the gradient to None, so that the next backward pass starts afresh (step 14)."""
        self.grad = None

    def backward(
        self, retain_grad: bool | None = None, create_graph: bool = False, work_list: WorkList | None = None
    ) -> None:
        """Add the gradient of this Variable to the `grad` of every Variable that it was made from.

        It starts from what somebody has assigned to `grad`, or else from ones; the book also from what an earlier pass
        has left. With `create_graph` gradients are Variables (step 32). With `retain_grad`, the default without
        `create_graph`, all keep theirs, else only inputs (step 18).
        """
        create_graph = create_graph or self.is_gradient
        retain_grad = not create_graph if retain_grad is None else retain_grad
        is_seed, gy = self.is_seed, self.grad if self.is_seed else np.ones_like(as_float(self.data))
        self._grad = None if is_seed else self._grad  # or the sweep would add to the seed
        try:
            with using_config("enable_backprop", create_graph):
                for function, _, _ in sweep(self, as_variable(gy) if create_graph else gy, work_list):
                    if create_graph:
                        mark_gradients((self,) if function is None else function.inputs)
                    if function is not None and not retain_grad:
                        for y in function.outputs:
                            if y() is not None:  # else nobody holds it any more
                                y()._grad = None
        finally:  # the seed stays even where a rule fails
            if is_seed:
                self.grad = gy


class Parameter(Variable):
    """Hold what is learned: a Variable that a layer finds by its class (step 44)."""


class Function(Rule):
    """Compute outputs from inputs, and the gradients of the inputs from those of the outputs.

    An op is a class with `forward(*xs)`, from arrays to an array or a tuple of them, and `backward(*gys)`, from the
    outputs' gradients to one for each input, None where there is none. `inputs` holds the inputs.
    """

    inputs: tuple[Variable, ...]
    outputs: Sequence[Callable[[], Any]]
    generation: int

    def __call__(self, *inputs: Any) -> Any:
        """Return the output, or a list of several; inputs may be Variables, arrays or numbers."""
        inputs = tuple([x if isinstance(x, Variable) else as_variable(x, inputs) for x in inputs])
        xs = [self.data_of(x) for x in inputs]
        ys = self.forward(*xs)
        outputs = [Variable(unshared(y, xs)) for y in (ys if isinstance(ys, tuple) else (ys,))]
        if is_recording():
            self.inputs = inputs
            self.outputs = [*map(ref, outputs)]  # weak, as in step 17
            self.generation = max([x.generation for x in inputs] or [0])
            for y in outputs:
                y.creator, y.generation = self, self.generation + 1
        return outputs if len(outputs) > 1 else outputs[0]

    def gradients(self, gys: Sequence[Any]) -> list[Any]:
        """Run `backward` and return a gradient for each input, in the input's shape, or None; raises EngineError.

        None in `gys` counts as zeros. Where they are Variables, so are the gradients.
        """
        gys = with_zeros(self, gys) if len(gys) > 1 else gys
        if isinstance(gys[0], Variable):
            return [gx if gx is None else as_variable(gx) for gx in variable_gradients(self, gys)]
        return array_gradients(self, gys)


Visit: TypeAlias = "tuple[Function | None, Sequence[Any], Sequence[Any]]"
"""A Function, the gradients of its outputs (None if none came), and those of its inputs; the seed has no Function."""


def sweep(output: Variable, gy: Any, work_list: WorkList | None = None) -> Iterator[Visit]:
    """Run backward from an output with gradient `gy`, and yield each visit when its gradients are in place.

    Gradients are added to those there, unless the work list overwrites; what an earlier sweep left is not sent again.
    """
    funcs = WorkList() if work_list is None else work_list
    arrived: dict[Variable, Any] = {}

    def send(x: Variable, gx: Any) -> None:
        before = None if funcs.overwrites else arrived.get(x)
        arrived[x] = total = gx if before is None else before + gx
        x._grad = total if x._grad is before or funcs.overwrites else x._grad + gx
        x.is_seed = False
        if x.creator is not None:
            funcs.add(x.creator)

    gy = unshared_seed(gy, output)
    send(output, gy)
    yield None, (), (gy,)
    while funcs:
        function = funcs.pop()
        gys = [arrived.get(y()) for y in function.outputs]
        gxs = function.gradients(gys)
        for x, gx in zip(function.inputs, gxs):  # noqa: B905 -- `gradients` has counted them
            if gx is not None:
                send(x, gx)
        yield function, gys, gxs


class WorkList:
    """Hold the Functions that a sweep still has to visit: the latest generation first, each once (step 16).

    All users of a Variable are of a later generation than its creator: when that has its turn, all gradients are there.
    """

    overwrites = False  # whether a gradient takes the place of the one before it (step 13)

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Function]] = []
        self._met: set[Function] = set()

    def add(self, function: Function) -> None:
        """Put a Function on the list, unless it has been there."""
        if function not in self._met:
            self._met.add(function)
            heappush(self._heap, (-function.generation, len(self._met), function))

    def pop(self) -> Function:
        """Take off the next Function: of those of one generation the one met first; the book takes the one met last."""
        return heappop(self._heap)[-1]

    def __len__(self) -> int:
        return len(self._heap)

    def waiting(self) -> list[Function]:
        """Return the Functions on the list, the next one last."""
        return [function for *_, function in sorted(self._heap, reverse=True)]


def as_variable(value: Any, beside: Sequence[Any] = ()) -> Variable:
    """Return a Variable: itself, or one around an array or a number, of the type of what stands beside it (step 21)."""
    if isinstance(value, Variable):
        return value
    return value.variable if isinstance(value, StandIn) else Variable(as_data(value, beside))
