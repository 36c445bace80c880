"""What an op says about itself, and the registry of all that do.

Palette, inspector, formulas, scripts and tests pick an op up from here: adding one edits no second file.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

import numpy as np

from engine.errors import OpDescriptionError, ShapeError, UnknownOpError
from engine.messages import listed, say

Interval = tuple[float, float]
Shape = tuple[int, ...]

_DESCRIPTION = ("symbol", "formula", "local", "python")
_NUMPY_CALL = re.compile(r"np\.(\w+)\((?:\w+=)?\[?\{\w+\}\]?(?:, (?:\w+=)?\{\w+\})*\)")
_NUMPY_OPERATORS = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": np.power,
    "@": np.matmul,
    "neg": np.negative,
}


@dataclass(frozen=True)
class OpParameter:
    """Name a constant that an op is made with, such as an exponent or an axis, and its type and default."""

    name: str
    annotation: Any
    default: Any


class Described:
    """Hold the fields by which an op describes itself, and enter each class that fills them in the registry.

    A class that fills some of them but not all is refused with OpDescriptionError, which names the field.
    """

    is_registered: ClassVar[bool] = False
    """Whether it describes itself and stands in the registry; then the tests hold it to the contract of all ops."""
    data_of: ClassVar[attrgetter[Any]] = attrgetter("data")
    """Return a Variable's array for `forward`; to a registered op a single number is a scalar, which is faster."""
    registry: ClassVar[dict[str, type[Any]]] = {}
    operators: ClassVar[dict[str, type[Any]]] = {}
    """Which op a Python operator runs."""
    numpy: ClassVar[dict[Any, type[Any]]] = {}
    """Which op does to Variables what a function of NumPy's does to arrays."""

    symbol: ClassVar[str]
    """What is drawn on the node; parameters stand in braces."""
    formula: ClassVar[str]
    """The forward computation, LaTeX; parameters stand by their names, the first number also as c."""
    local: ClassVar[tuple[str, ...]]
    """The derivative by each input, LaTeX; one for all where the number of inputs is a parameter.

    An op that mixes elements gives instead what it sends to each input, where gy is what comes in.
    """
    python: ClassVar[str]
    """How a Python script writes it, with `{port}` for each input and `{name}` for each parameter."""
    torch: ClassVar[str] = ""
    """How PyTorch writes it, where that is not `python` with "torch." for "np."."""
    output_names: ClassVar[tuple[str, ...]] = ("y",)
    elementwise: ClassVar[bool] = True
    """Whether each element of the output depends on the elements of the inputs at its own place alone."""
    jumps: ClassVar[bool] = False
    """Whether the value jumps at its kinks, and not the slope alone."""
    domain: ClassVar[tuple[Interval, ...] | None] = None
    """Where random tests may sample each input; by default between −2 and 2."""
    samples: ClassVar[tuple[tuple[Mapping[str, Any], tuple[Shape, ...]], ...]] = ()
    """For tests of an op that is not elementwise: parameters, and shapes of inputs that they fit."""
    kinks: ClassVar[Callable[..., Any] | None] = None
    """Tells, from the inputs, how far they are from a point without derivative, where central differences lie.

    Asked of a Function that is made, so that it may be a method and know the parameters.
    """
    function_defaults: ClassVar[Mapping[str, Any]] = {}
    """Parameters for which the function has another default than a node: the book's."""
    operator: ClassVar[str | None] = None
    """The Python operator that runs this op; "neg" for the unary minus."""
    function: ClassVar[str] = ""
    """What its function is called, where that is not the class's name in small letters."""
    aliases: ClassVar[tuple[str, ...]] = ()
    """What search finds the op by, beside its name."""

    ports: ClassVar[tuple[str, ...]] = ()
    """The inputs' names, from the signature of `forward`; a `*xs` gives as many as the parameter `n_inputs` says."""
    parameters: ClassVar[tuple[OpParameter, ...]] = ()
    """The constants that the op is made with, from the signature of `__init__`."""
    group: ClassVar[str]
    """The family, from the file the op stands in."""
    description: ClassVar[str]
    """The first line of the docstring."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        ports = list(inspect.signature(cls.forward).parameters.values())[1:]
        cls.ports = tuple(port.name for port in ports if port.kind is not port.VAR_POSITIONAL)
        if "__init__" in vars(cls):
            signature = inspect.signature(cls.__init__, eval_str=True)
            cls.parameters = tuple(
                OpParameter(each.name, each.annotation, each.default)
                for each in list(signature.parameters.values())[1:]
            )
        if any(field in vars(cls) for field in _DESCRIPTION):
            cls._register()

    def meanings(self) -> Mapping[str, Any]:
        """Return what names in `formula` and `local` mean that are no inputs and no parameters, such as n of a mean."""
        return {}

    def forward(self, *xs: Any) -> Any:
        """Compute the outputs' arrays from the inputs'."""
        raise NotImplementedError

    @classmethod
    def _register(cls) -> None:
        for field in _DESCRIPTION:
            if not getattr(cls, field, None) and (field != "local" or "local" not in vars(cls)):
                raise OpDescriptionError(f"op {cls.__name__} lacks the field '{field}'")
        if not cls.__doc__:
            raise OpDescriptionError(f"op {cls.__name__} lacks a docstring")
        is_open = any(parameter.name == "n_inputs" for parameter in cls.parameters)
        if len(cls.local) != (1 if is_open else len(cls.ports)):
            raise OpDescriptionError(
                f"op {cls.__name__} has {len(cls.ports)} inputs, but its field 'local' has {len(cls.local)} entries"
            )
        for parameter in cls.parameters:
            if parameter.default is inspect.Parameter.empty:
                raise OpDescriptionError(f"op {cls.__name__} has no default for its parameter '{parameter.name}'")
        cls.group = cls.__module__.rpartition(".")[2].replace("_", " ").capitalize()
        cls.description = inspect.cleandoc(cls.__doc__).partition("\n")[0]
        Described.registry[cls.__name__] = cls
        cls.is_registered = True
        cls.data_of = attrgetter("_data")
        if cls.operator is not None:
            Described.operators[cls.operator] = cls
            Described.numpy[_NUMPY_OPERATORS[cls.operator]] = cls
        called = _NUMPY_CALL.fullmatch(cls.python)
        if called:
            Described.numpy[getattr(np, called[1])] = cls

    @classmethod
    def operate(cls, *inputs: Any, **parameters: Any) -> Any:
        """Make the Function and call it: what an operator and a function of NumPy's do."""
        function: Any = cls(**parameters)
        return function(*inputs)

    @classmethod
    def ports_with(cls, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the names of the inputs of an op made with these parameters."""
        if cls.ports or not cls.parameters:
            return cls.ports
        count = {**cls.defaults(), **parameters}.get("n_inputs")
        return cls.ports if count is None else tuple(f"x{index}" for index in range(count))

    @classmethod
    def outputs_with(cls, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the names of the outputs of an op made with these parameters."""
        if not cls.parameters:
            return cls.output_names
        count = {**cls.defaults(), **parameters}.get("n_outputs")
        return cls.output_names if count is None else tuple(f"y{index}" for index in range(count))

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Return every parameter at its default."""
        return {parameter.name: parameter.default for parameter in cls.parameters}

    def result_shape(self, *shapes: Shape) -> Shape:
        """Return the shape of the first output; raises ShapeError if the inputs' misfit.

        An op whose outputs may be larger than all its inputs together says so itself: nothing is computed to find out.
        """
        if self.elementwise and len(set(shapes)) == 1:
            return shapes[0]
        try:
            if self.elementwise:
                return np.broadcast_shapes(*shapes)
            ys = self.forward(*[np.broadcast_to(np.float64(1), shape)[()] for shape in shapes])
        except (ValueError, IndexError):
            if len(shapes) == 1:
                raise ShapeError(
                    say("{op} and shape {shape} do not fit together", op=type(self).__name__, shape=shapes[0])
                ) from None
            raise ShapeError(say("shapes {shapes} do not fit together", shapes=listed(shapes))) from None
        return np.shape(ys[0] if isinstance(ys, tuple) else ys)


def function_name(op: str) -> str:
    """Return what the function of an op's class is called: Square → square, MinMax → min_max, ReLU → relu."""
    declared = Described.registry.get(op)
    if declared is not None and declared.function:
        return str(declared.function)
    return re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", op).lower()


def find_op(name: str) -> type[Any]:
    """Return the registered op of this name; raises UnknownOpError."""
    try:
        return Described.registry[name]
    except KeyError:
        raise UnknownOpError(say("There is no op named “{name}”.", name=name)) from None
