"""The engine: define-by-run autograd, the graph document, and its evaluation. It knows no page.

Every op stands here twice: as its class (`Square`) and as a function (`square`), under the book's names.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable
from typing import Any

import engine.functions  # noqa: F401 -- importing the ops registers them
from engine.backprop import Variant, Visit, sweep
from engine.function import Function, find_op
from engine.gradient_check import GradientCheck, central_difference, gradient_check
from engine.variable import Variable, as_array, as_variable

__all__ = [
    "Function",
    "GradientCheck",
    "Variable",
    "Variant",
    "Visit",
    "as_array",
    "as_variable",
    "central_difference",
    "find_op",
    "gradient_check",
    "sweep",
]


def _as_function(op: type[Function]) -> Callable[..., Any]:
    def call(*inputs: Any) -> Any:
        return op()(*inputs)

    call.__doc__ = op.__doc__
    call.__name__ = _snake_case(op.__name__)
    return call


def _snake_case(name: str) -> str:
    """Write a class's name as a function's: Square → square, MinMax → min_max, ReLU → relu."""
    return re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", name).lower()


for _op in Function.registry.values():
    globals()[_op.__name__] = _op
    globals()[_snake_case(_op.__name__)] = _as_function(_op)
    __all__ += [_op.__name__]
    # `from engine import *` must not take Python's own max, min and pow away; `engine.max` is there all the same.
    if not hasattr(builtins, _snake_case(_op.__name__)):
        __all__ += [_snake_case(_op.__name__)]
