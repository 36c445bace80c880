"""The engine: define-by-run autograd, the graph document, and its evaluation. It knows no page.

Every op stands here twice: as its class (`Square`) and as a function (`square`), under the book's names.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
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
        if len(inputs) < len(op.ports):
            raise TypeError(_too_few(op, len(inputs), parameters))
        return op(*constants, **parameters)(*inputs)

    call.__doc__ = op.__doc__
    call.__name__ = function_name(op.__name__)
    return call


def _too_few(op: Any, given: int, parameters: Mapping[str, Any]) -> str:
    """Say how many inputs a function takes; max and min of one array are functions of other names here."""
    name, count = function_name(op.__name__), len(op.ports)
    told = f"{name} takes {count} input{'s' if count > 1 else ''}, and here {'is' if given == 1 else 'are'} {given}"
    over = {"max": "largest", "min": "smallest"}.get(name)
    written = "".join(f", {parameter}={value!r}" for parameter, value in parameters.items())
    return f"{told}; over axes it is {over}(x{written})" if over else told


_DEZEROS = {
    "Config": "using_config",
    "GetItem": "get_item(x, slices)",
    "MeanSquaredError": "MSE",
    "SoftmaxCrossEntropy": "softmax_cross_entropy(x, t)",
    "SumTo": "sum_to(x, shape)",
    "array_allclose": "np.allclose(x.data, y.data)",
    "array_equal": "np.array_equal(x.data, y.data)",
    "logsumexp": "log_sum_exp(x, axis, keepdims=True)",
    "numerical_diff": "central_difference(f, [x.data])[0]",
    "numerical_grad": "central_difference(f, [x.data])[0]",
    "rdiv": "div(x1, x0)",
    "rsub": "sub(x1, x0)",
}
"""Names of DeZero's that are not here, and what stands for them."""
_LATER = {"Layer", "Model", "MLP", "Dataset", "DataLoader", "conv2d", "deconv2d", "im2col", "col2im", "pooling"}


def __getattr__(name: str) -> Any:
    """Say what a name of DeZero's is called here."""
    told = f"module {__name__!r} has no attribute {name!r}"
    if name in _DEZEROS:
        told += f": here it is {_DEZEROS[name]}"
    elif name in _LATER:
        told += ": layers, models, data sets and convolutions (from step 44 on) are not here"
    raise AttributeError(told)


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
