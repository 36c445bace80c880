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
    Parameter,
    Variable,
    Variant,
    Visit,
    as_array,
    as_variable,
    central_difference,
    composed,
    find_op,
    function_name,
    get_dot_graph,
    get_item,
    gradient_check,
    no_grad,
    plot_dot_graph,
    sum_to,
    sweep,
    test_mode,
    using_config,
)

__all__ = [
    "Function",
    "GradientCheck",
    "Parameter",
    "Variable",
    "Variant",
    "Visit",
    "as_array",
    "as_variable",
    "central_difference",
    "find_op",
    "get_dot_graph",
    "get_item",
    "gradient_check",
    "is_simple_core",
    "no_grad",
    "plot_dot_graph",
    "sum_to",
    "sweep",
    "test_mode",
    "using_config",
]

is_simple_core = True
"""Whether gradients are arrays, as the book's listings of steps 28 and 29 ask."""


def _drawn(y: Variable) -> str | None:
    """Return the graph behind a Variable as a notebook shows it; what draws is loaded when it is asked for."""
    from engine.display import markup_of_variable

    return markup_of_variable(y)


Variable._drawn = _drawn


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


def _functions() -> dict[str, Callable[..., Any]]:
    """Return every function under its names: those of the ops, and then what is composed of ops, the book's way."""
    functions: dict[str, Callable[..., Any]] = {}
    for op in Function.registry.values():
        function = _as_function(op)
        # Aliases with an underscore are DeZero's names.
        functions |= dict.fromkeys((function.__name__, *(alias for alias in op.aliases if "_" in alias)), function)
    return functions | {name: getattr(composed, name) for name in composed.__all__}


globals().update(Function.registry)
__all__ += [*Function.registry]
for _name, _function in _functions().items():
    globals()[_name] = _function
    # `from engine import *` must not take Python's own max, min, abs, sum and pow away.
    if not hasattr(builtins, _name):
        __all__ += [_name]
