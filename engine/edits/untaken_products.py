"""Products with what was not taken, written so that a node's numbers give 0: for them 0 · ∞ is nan.

The zeros of the rules are strong (`engine.autograd`'s `NO_GRADIENT`); the numbers of a graph are not. So what such a
zero would be multiplied by is left out before, by a Where.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.autograd import Function, Variable, strong_in

IsFixed = Callable[[Variable], bool]
"""Whether a Variable is a number that no edit of a value can change."""


def with_untaken_left_out(function: Function, is_fixed: IsFixed) -> Variable | None:
    """Return the output of a product, computed anew without what its strong zeros stand beside.

    None where plain numbers give the same: there is no strong zero, or what stands beside it is finite and stays so.
    """
    rule = _RULES.get(type(function).__name__)
    return None if rule is None else rule(function, *function.inputs, is_fixed)


def _product(function: Function, x0: Variable, x1: Variable, is_fixed: IsFixed) -> Any:
    mark0, mark1 = _marks(function)
    safe0, safe1 = _left_out(mark1, x0), _left_out(mark0, x1)
    return None if safe0 is x0 and safe1 is x1 else safe0 * safe1


def _quotient(function: Function, x0: Variable, x1: Variable, is_fixed: IsFixed) -> Any:
    mark, _ = _marks(function)
    is_safe = mark is False or (is_fixed(x1) and bool(np.all(x1.data)))
    return None if is_safe else x0 / np.where(mark, 1.0, x1)


def _matrix_product(function: Function, x0: Any, x1: Any, is_fixed: IsFixed) -> Any:
    mark0, mark1 = _marks(function)
    if _left_out(mark1, x0) is x0 and _left_out(mark0, x1) is x1:
        return None
    # Term by term: what stands beside the strong zero of one row, another row is multiplied by.
    x0, x1 = np.expand_dims(x0, -1), np.expand_dims(x1, -3)
    mark0 = np.expand_dims(mark0, -1) if np.ndim(mark0) else mark0
    mark1 = np.expand_dims(mark1, -3) if np.ndim(mark1) else mark1
    return np.sum(_left_out(mark1, x0) * _left_out(mark0, x1), axis=-2)


_RULES: dict[str, Callable[..., Any]] = {"Mul": _product, "Div": _quotient, "MatMul": _matrix_product}


def _marks(function: Function) -> list[Any]:
    """Return where each factor is a strong zero: False for nowhere, True for everywhere, or an array."""
    found = [strong_in(function.data_of(x)) for x in function.inputs]
    return [np.bool_(True) if mark is not False and np.all(mark) else mark for mark in found]


def _left_out(mark: Any, x: Any) -> Any:
    """Return a factor with zeros beside strong ones, if it is infinite or nan, or may become so with other values."""
    return np.where(mark, 0.0, x) if mark is not False and _may_be_infinite(x) else x


def _may_be_infinite(x: Variable) -> bool:
    """Return whether a Variable is not finite, or an op stands behind it that is not defined everywhere."""
    if not np.isfinite(x.data).all():
        return True
    met: set[Function] = set()
    waiting = [x.creator]
    while waiting:
        function = waiting.pop()
        if function is not None and function not in met:
            if type(function).domain is not None:
                return True
            met.add(function)
            waiting += [each.creator for each in function.inputs]
    return False
