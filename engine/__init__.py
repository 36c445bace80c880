"""The engine: define-by-run autograd, the graph document, and its evaluation. It knows no page.

Every op stands here twice: as its class (`Square`) and as a function (`square`), under the book's names.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import engine.autograd.functions  # noqa: F401 -- importing the ops registers them
from engine.autograd import (
    Function,
    GradientCheck,
    Variable,
    Variant,
    Visit,
    as_array,
    as_variable,
    central_difference,
    find_op,
    function_name,
    gradient_check,
    no_grad,
    sum_to,
    sweep,
    using_config,
)

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
    "no_grad",
    "sum_to",
    "sweep",
    "using_config",
]


def _as_function(op: Any) -> Callable[..., Any]:
    """Return the function of an op: inputs first, then its parameters, by place or by name."""
    takes_any_number = "n_inputs" in op.defaults()

    def call(*arguments: Any, **parameters: Any) -> Any:
        if takes_any_number:
            return op(n_inputs=len(arguments), **parameters)(*arguments)
        inputs, constants = arguments[: len(op.ports)], arguments[len(op.ports) :]
        return op(*constants, **parameters)(*inputs)

    call.__doc__ = op.__doc__
    call.__name__ = function_name(op.__name__)
    return call


for _op in Function.registry.values():
    _function = _as_function(_op)
    globals()[_op.__name__] = _op
    __all__ += [_op.__name__]
    for _name in (_function.__name__, *(alias for alias in _op.aliases if "_" in alias)):  # aliases: DeZero's names
        globals()[_name] = _function
        # `from engine import *` must not take Python's own max, min, abs, sum and pow away.
        if not hasattr(builtins, _name):
            __all__ += [_name]
