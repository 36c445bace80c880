"""Function: the op contract and the registry.

After Saito, *Deep Learning from Scratch 3*, steps 2 to 22. An op is a class with `forward` and `backward`; that is all
a student's own needs. One that also describes itself (symbol, formula, local derivatives, Python) enters the
registry, from which palette, inspector and tests pick it up.
"""

from __future__ import annotations

import inspect
import re
import weakref
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy as np

from engine.errors import EngineError, OpDescriptionError, ShapeError, UnknownOpError
from engine.variable import Array, Variable, as_array, as_variable

OPERATORS: dict[str, type[Function]] = {}
"""Which op a Python operator runs, filled by the ops' `operator` fields."""

_DESCRIPTION = ("symbol", "formula", "local", "python")

Interval = tuple[float, float]


class Function:
    """Compute outputs from inputs, and the gradients of the inputs from those of the outputs.

    `forward(*xs)` gets arrays and returns an array or a tuple of them; `backward(*gys)` gets a gradient for each
    output and returns one for each input. `inputs`, `outputs` and `generation` are there after the call.
    """

    registry: ClassVar[dict[str, type[Function]]] = {}

    symbol: ClassVar[str]
    """What is drawn on the node."""
    formula: ClassVar[str]
    """The forward computation, LaTeX."""
    local: ClassVar[tuple[str, ...]]
    """The derivative by each input, LaTeX."""
    python: ClassVar[str]
    """How a Python script writes it, with a `{port}` for each input."""
    torch: ClassVar[str] = ""
    """How PyTorch writes it, where that is not `python` with "torch." for "np."."""
    output_names: ClassVar[tuple[str, ...]] = ("y",)
    domain: ClassVar[tuple[Interval, ...] | None] = None
    """Where random tests may sample each input; by default between −2 and 2."""
    kinks: ClassVar[Callable[..., Array] | None] = None
    """Tells, from the inputs, how far they are from a point without derivative, where central differences lie."""
    operator: ClassVar[str | None] = None
    """The Python operator that runs this op; "neg" for the unary minus."""
    aliases: ClassVar[tuple[str, ...]] = ()
    """What search finds the op by, beside its name."""

    ports: ClassVar[tuple[str, ...]]
    """The inputs' names, from the signature of `forward`."""
    group: ClassVar[str]
    """The family, from the file the op stands in."""
    description: ClassVar[str]
    """The first line of the docstring."""

    inputs: tuple[Variable, ...]
    generation: int

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        parameters = list(inspect.signature(cls.forward).parameters.values())[1:]
        cls.ports = tuple(parameter.name for parameter in parameters)
        if any(field in vars(cls) for field in _DESCRIPTION):
            cls._register()

    @classmethod
    def _register(cls) -> None:
        for field in _DESCRIPTION:
            if not getattr(cls, field, None):
                raise OpDescriptionError(f"op {cls.__name__} lacks the field '{field}'")
        if not cls.__doc__:
            raise OpDescriptionError(f"op {cls.__name__} lacks a docstring")
        if len(cls.local) != len(cls.ports):
            raise OpDescriptionError(
                f"op {cls.__name__} has {len(cls.ports)} inputs, but its field 'local' has {len(cls.local)} entries"
            )
        cls.group = cls.__module__.rpartition(".")[2].replace("_", " ").capitalize()
        cls.description = inspect.cleandoc(cls.__doc__).partition("\n")[0]
        Function.registry[cls.__name__] = cls
        if cls.operator is not None:
            OPERATORS[cls.operator] = cls

    def __call__(self, *inputs: Any) -> Any:
        """Compute the outputs: one Variable, or a list of them; inputs may be Variables, arrays or numbers."""
        variables = tuple(as_variable(x) for x in inputs)
        ys = self.forward(*(x.value for x in variables))
        if not isinstance(ys, tuple):
            ys = (ys,)
        outputs = [Variable(as_array(y)) for y in ys]
        self.inputs = variables
        self.generation = max((x.generation for x in variables), default=0)
        for output in outputs:
            output.set_creator(self)
        # Weak, or Function and output would hold each other until the garbage collector comes (step 17).
        self._outputs = tuple(weakref.ref(output) for output in outputs)
        self._like = tuple((y.value.shape, y.value.dtype) for y in outputs)
        return outputs if len(outputs) > 1 else outputs[0]

    @property
    def outputs(self) -> tuple[Variable | None, ...]:
        """Return the outputs; None stands for one that nobody holds any more."""
        return tuple(reference() for reference in self._outputs)

    def forward(self, *xs: Any) -> Any:
        """Compute the outputs' arrays from the inputs'."""
        raise NotImplementedError

    def backward(self, *gys: Any) -> Any:
        """Compute the gradients of the inputs from those of the outputs."""
        raise NotImplementedError

    def gradients(self, gys: Sequence[Array | None]) -> tuple[Array, ...]:
        """Return one gradient per input, in the input's shape.

        A None in `gys` stands for an output that nothing reached: its gradient is zero. Raises EngineError when
        `backward` returns another number of gradients than there are inputs.
        """
        filled = [
            np.zeros(shape, dtype) if gy is None else gy for gy, (shape, dtype) in zip(gys, self._like, strict=True)
        ]
        gxs = self.backward(*filled)
        if not isinstance(gxs, tuple):
            gxs = (gxs,)
        if len(gxs) != len(self.inputs):
            raise EngineError(
                f"backward of {type(self).__name__} returned {len(gxs)} gradients for {len(self.inputs)} inputs"
            )
        return tuple(sum_to(as_array(gx), x.shape) for gx, x in zip(gxs, self.inputs, strict=True))

    def local_derivatives(self, output: int = 0) -> tuple[Array, ...]:
        """Return the derivative of an output by each input, elementwise, in the output's shape."""
        unit = [
            np.ones(shape, dtype) if index == output else np.zeros(shape, dtype)
            for index, (shape, dtype) in enumerate(self._like)
        ]
        gxs = self.backward(*unit)
        return tuple(as_array(gx) for gx in (gxs if isinstance(gxs, tuple) else (gxs,)))

    @classmethod
    def result_shape(cls, *shapes: tuple[int, ...]) -> tuple[int, ...]:
        """Return the outputs' shape for inputs of these shapes, by broadcasting; raises ShapeError if they misfit."""
        if len(set(shapes)) == 1:
            return shapes[0]
        try:
            return np.broadcast_shapes(*shapes)
        except ValueError:
            raise ShapeError(f"shapes {' and '.join(map(str, shapes))} do not fit together") from None


def sum_to(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Undo broadcasting: sum a gradient over the axes along which an input of this shape was repeated (step 40)."""
    if gradient.shape == shape:
        return gradient
    leading = gradient.ndim - len(shape)
    repeated = [axis for axis, size in enumerate(shape) if leading >= 0 and size != gradient.shape[leading + axis]]
    if leading < 0 or any(shape[axis] != 1 for axis in repeated):
        raise EngineError(f"a gradient of shape {gradient.shape} does not belong to an input of shape {shape}")
    summed = (*range(leading), *(leading + axis for axis in repeated))
    return as_array(gradient.sum(axis=summed)).reshape(shape)


def function_name(op: str) -> str:
    """Return what the function of an op's class is called: Square → square, MinMax → min_max, ReLU → relu."""
    return re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", op).lower()


def find_op(name: str) -> type[Function]:
    """Return the registered op of this name; raises UnknownOpError."""
    try:
        return Function.registry[name]
    except KeyError:
        raise UnknownOpError(f"There is no op named “{name}”.") from None
