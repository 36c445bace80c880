"""The engine: define-by-run autograd, the graph document, and its evaluation. It knows no page.

Every op stands here twice: as its class (`Square`) and as a function (`square`), under the book's names.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import engine.functions  # noqa: F401 -- importing the ops registers them
from engine.backprop import Variant, Visit, sweep
from engine.function import Function, find_op, function_name
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
    call.__name__ = function_name(op.__name__)
    return call


for _op in Function.registry.values():
    globals()[_op.__name__] = _op
    globals()[function_name(_op.__name__)] = _as_function(_op)
    __all__ += [_op.__name__]
    # `from engine import *` must not take Python's own max, min and pow away; `engine.max` is there all the same.
    if not hasattr(builtins, function_name(_op.__name__)):
        __all__ += [function_name(_op.__name__)]
