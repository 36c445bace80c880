"""What the functions of NumPy, PyTorch, `math` and the book are called, and which op each means.

A function means an op only where it gives the same numbers. NumPy's and PyTorch's functions are found by how the ops
say that these libraries write them; the tables hold what goes by other names.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np

from engine.autograd import Function, function_name
from engine.messages import mark

OWN, NUMPY, MATH, TORCH, BOOK, EITHER, NOTHING = "", "np", "math", "torch", "F", "F?", "nothing"
"""Whose functions they are; EITHER: those of a module F that may be DeZero's or PyTorch's; NOTHING: of no meaning."""
MODULES: Final[Mapping[str, str]] = {
    "np": NUMPY,
    "numpy": NUMPY,
    "math": MATH,
    "engine": OWN,
    "torch": TORCH,
    "torch.nn.functional": TORCH,
    "torch.functional": TORCH,
    "torch.nn": NOTHING,
    "torch.special": TORCH,
    "torch.linalg": TORCH,
    "nn.functional": TORCH,
    "dezero": BOOK,
    "dezero.functions": BOOK,
    "dezero.core": BOOK,
    "dezero.core_simple": BOOK,
    "F": EITHER,
    "micrograd": NOTHING,
    "micrograd.engine": NOTHING,
    "numpy.linalg": NUMPY,
    "np.linalg": NUMPY,
    "numpy.random": NOTHING,
    "np.random": NOTHING,
    "matplotlib": NOTHING,
    "matplotlib.pyplot": NOTHING,
    "plt": NOTHING,
    "os": NOTHING,
    "sys": NOTHING,
    "random": NOTHING,
    "warnings": NOTHING,
    "graphviz": NOTHING,
}
"""The modules that a script may import or a formula may name, by their dotted names."""
CONSTANTS: Final[Mapping[str, float]] = {"pi": np.pi, "e": np.e, "euler_gamma": np.euler_gamma, "tau": 2 * np.pi}
VARIABLES: Final = frozenset({"Variable", "Value", "Parameter", "tensor", "Tensor", "as_variable", "from_numpy"})
"""What makes a Variable of a value."""


@dataclass(frozen=True)
class Meaning:
    """Say which op a function means, and what stands for its parameters behind the inputs."""

    op: type[Function]
    order: tuple[str | None, ...] = ()
    """The op's parameters in the order in which the function takes them; None for what no op has."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The op's parameters by what the function calls them."""
    given: Mapping[str, Any] = field(default_factory=dict)
    """Parameters that are not at the op's own defaults where the function is not told otherwise."""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """What must be told as it stands here, or may be left out where it is None."""


_REDUCING: Final = {"dim": "axis", "axis": "axis", "keepdim": "keepdims", "keepdims": "keepdims"}
_TORCH: Final[Mapping[str, tuple[str, tuple[str | None, ...], Mapping[str, str], Mapping[str, Any]]]] = {
    **{
        name: (op, (), {}, {})
        for names, op in {
            "add": "Add",
            "sub subtract": "Sub",
            "mul multiply": "Mul",
            "div divide true_divide": "Div",
            "neg negative": "Neg",
            "abs absolute": "Abs",
            "exp": "Exp",
            "log": "Log",
            "sin": "Sin",
            "cos": "Cos",
            "tan": "Tan",
            "tanh": "Tanh",
            "sqrt": "Sqrt",
            "square": "Square",
            "relu": "ReLU",
            "sigmoid expit": "Sigmoid",
            "softplus": "Softplus",
            "matmul mm mv bmm": "MatMul",
            "maximum": "Max",
            "minimum": "Min",
            "mse_loss": "MSE",
        }.items()
        for name in names.split()
    },
    "sum": ("Sum", ("axis", "keepdims"), _REDUCING, {}),
    "mean": ("Mean", ("axis", "keepdims"), _REDUCING, {}),
    "logsumexp": ("LogSumExp", ("axis", "keepdims"), _REDUCING, {}),
    "softmax": ("Softmax", ("axis",), {"dim": "axis"}, {"axis": ...}),
    "leaky_relu": ("LeakyReLU", ("slope",), {"negative_slope": "slope"}, {"slope": 0.01}),
    "reshape": ("Reshape", ("shape",), {"shape": "shape"}, {}),
    "permute": ("Transpose", ("axes",), {"dims": "axes"}, {}),
    "broadcast_to": ("BroadcastTo", ("shape",), {"size": "shape"}, {}),
    "cat": ("Concat", ("axis",), {"dim": "axis"}, {}),
    "concat": ("Concat", ("axis",), {"dim": "axis"}, {}),
    "concatenate": ("Concat", ("axis",), {"dim": "axis"}, {}),
    "tensor_split": ("Split", ("n_outputs", "axis"), {"sections": "n_outputs", "dim": "axis"}, {}),
}
_NUMPY: Final = {
    "pow": "Power",
    "float_power": "Power",
    "square": "Square",
    "fabs": "Abs",
    "average": "Mean",
}
_SECOND_NAMES: Final = {"amax": "max", "amin": "min", "concat": "concatenate"}
_MATH: Final = ("exp", "log", "sin", "cos", "tan", "tanh", "sqrt", "fabs", "pow")
_NOT_THE_BOOKS: Final = frozenset({"max", "min", "Max", "Min"})
"""DeZero's take an axis, and ours two inputs."""
_FROM_TEMPLATE: Final = re.compile(r"([\w.]+)\((.*)\)")
_PLACE: Final = re.compile(r"(?:(\w+)=)?(?:\{(\w+)\}|\[\{xs\}\]|([\"'][^\"']*[\"']))")

NO_OP: Final = mark("There is no op for {name}. Write {instead}.")
INSTEAD: Final[Mapping[str, str]] = {
    "log2": "log(x) / log(2)",
    "log10": "log(x) / log(10)",
    "log1p": "log(1 + x)",
    "expm1": "tanh(x / 2) * (exp(x) + 1)",
    "exp2": "2 ** x",
    "sinh": "tanh(x) * (exp(x) + exp(-x)) / 2",
    "cosh": "(exp(x) + exp(-x)) / 2",
    "hypot": "sqrt(x ** 2 + z ** 2)",
    "reciprocal": "1 / x",
    "rsqrt": "1 / sqrt(x)",
    "cbrt": "relu(x) ** (1 / 3) - relu(-x) ** (1 / 3)",
    "select": "where(c, x, z)",
    "choose": "where(c, z, x)",
    "silu": "x * sigmoid(x)",
    "logsigmoid": "-softplus(-x)",
    "elu": "relu(x) + min(exp(x) - 1, 0)",
    "relu6": "clip(x, 0, 6)",
    "hardtanh": "clip(x, -1, 1)",
    "softsign": "x / (1 + abs(x))",
    "mish": "x * tanh(softplus(x))",
    "logit": "log(x / (1 - x))",
    "lerp": "x + c * (z - x)",
    "addmm": "c + x @ z",
    "diff": "x[1:] - x[:-1]",
    "flip": "x[::-1]",
    "ptp": "largest(x) - smallest(x)",
    "sum_to": "sum(x, axis=0, keepdims=True)",
    "l1_loss": "mean(abs(x - z))",
    "nll_loss": "-mean(sum(t * x, axis=1))",
    "binary_cross_entropy": "-mean(t * log(p) + (1 - t) * log(1 - p))",
    "binary_cross_entropy_with_logits": "mean(softplus(x) - t * x)",
    "randn": "random(2, 3, seed=1)",
    "rand": "random(2, 3, seed=1)",
    "normal": "random(2, 3, seed=1)",
    **{
        text.partition("(")[0].rpartition(".")[2]: text
        for text in (
            "np.stack([x, z])",
            "np.hstack([x, z])",
            "np.vstack([x, z])",
            "np.column_stack([x, z])",
            "np.outer(x, z)",
            "np.inner(x, z)",
            "np.tensordot(x, z)",
            "np.repeat(x, 2)",
            "np.tile(x, 2)",
            "np.take(x, 0)",
            "np.var(x)",
            "np.std(x)",
            "np.linalg.norm(x)",
            "np.logaddexp(x, z)",
        )
    },
}
"""What to write for functions that no op means: they take `x` and `z`, `c` a number or condition, `t`, `p` chances."""
FEWER_DIGITS: Final[Mapping[str, str]] = {
    "log1p": mark("There is no op for {name}. Write {instead}, which has fewer digits where x is nearly 0."),
    "hypot": mark("There is no op for {name}. Write {instead}, which overflows where a square does."),
}
"""The sentence where what is written instead is not as exact everywhere."""


def meaning_of(dialect: str, name: str) -> Meaning | None:
    """Return what a function of NumPy's, PyTorch's or `math` means, or None where no op gives the same numbers."""
    if dialect == MATH and name not in _MATH:
        return None
    if dialect in (NUMPY, MATH):
        return _numpy_meaning(name)
    return _torch_meanings(tuple(Function.registry.values())).get(name)


def is_own(dialect: str, name: str) -> bool:
    """Return whether a name may be called by the op's own rule: inputs first, then the op's parameters."""
    return dialect in (OWN, BOOK, EITHER) and not (dialect != OWN and name in _NOT_THE_BOOKS)


def callable_ops() -> Mapping[str, type[Function]]:
    """Return every op under the names that a formula may call it by: square, Square, maximum, matmul ….

    An op's own name goes before NumPy's for it, and that before what search finds it by. What search finds it by is
    left out where NumPy means another thing by it.
    """
    return _callable_ops(tuple(Function.registry.values()))


@lru_cache(4)
def _callable_ops(registry: tuple[type[Function], ...]) -> Mapping[str, type[Function]]:
    ops: dict[str, type[Function]] = {}
    own = ((name, op) for op in registry for name in (function_name(op.__name__), op.__name__))
    numpy = ((function.__name__, op) for function, op in Function.numpy.items() if op in registry)
    joined = ((function_name(op.__name__).replace("_", ""), op) for op in registry)
    spoken = (
        (alias, op)
        for op in registry
        for alias in op.aliases
        if alias.isidentifier() and (not hasattr(np, alias) or _means(alias, op))
    )
    for name, op in (*own, *numpy, *joined, *spoken):
        ops.setdefault(name, op)
    return ops


def _means(name: str, op: type[Function]) -> bool:
    found = _numpy_meaning(name)
    return found is not None and found.op is op


def _numpy_meaning(name: str) -> Meaning | None:
    function = getattr(np, _SECOND_NAMES.get(name, name), None)
    if name in _NUMPY:
        return Meaning(Function.registry[_NUMPY[name]], ("axis",) if name == "average" else ())
    op: Any = None if function is None else Function.numpy.get(function)
    if op is None or function is None:
        return _numpy_meaning("array_split") if name == "split" else None
    if isinstance(function, np.ufunc):
        return Meaning(op)
    places = dict(_template_places(op.python))
    called = [each.name for each in inspect.signature(function).parameters.values()]
    named = {called[key] if isinstance(key, int) else key: parameter for key, parameter in places.items()}
    order = tuple(named.get(each) for each in called[_inputs_of(op) :])
    parameters = {parameter.name for parameter in op.parameters}
    return Meaning(op, order, {each: name for each, name in named.items() if name in parameters})


@lru_cache(4)
def _torch_meanings(registry: tuple[type[Function], ...]) -> Mapping[str, Meaning]:
    """Return PyTorch's functions by their last names: those of the table, and those of the ops' own words."""
    found = {
        name: Meaning(Function.registry[op], order, names, given) for name, (op, order, names, given) in _TORCH.items()
    }
    for op in registry:
        text = op.torch or op.python.replace("np.", "torch.")
        called = _FROM_TEMPLATE.fullmatch(text)
        if called is None or not called[1].startswith("torch.") or _PLACE.sub("", called[2]).strip(", "):
            continue
        name = called[1].rpartition(".")[2]
        if name in found or name == "tensor":
            continue
        places = dict(_template_places(text))
        parameters = {parameter.name for parameter in op.parameters}
        order = tuple(value for value in places.values() if value in parameters)
        named = {str(key): value for key, value in places.items() if not isinstance(key, int) and value in parameters}
        found[name] = Meaning(op, order, named, fixed=_fixed_places(text))
    return found


def _template_places(template: str) -> Iterator[tuple[int | str, str]]:
    """Yield the places of a call: number or keyword, and the port or parameter that stands there."""
    called = _FROM_TEMPLATE.fullmatch(template)
    assert called is not None
    for number, place in enumerate(_PLACE.finditer(called[2])):
        if place[3] is None:
            yield place[1] or number, place[2] or "xs"


def _fixed_places(template: str) -> dict[str, Any]:
    called = _FROM_TEMPLATE.fullmatch(template)
    assert called is not None
    return {place[1]: place[3][1:-1] for place in _PLACE.finditer(called[2]) if place[1] and place[3]}


def _inputs_of(op: type[Function]) -> int:
    return len(op.ports) or 1
