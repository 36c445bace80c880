"""Every op at special values, first and second order, against PyTorch and against exact arithmetic.

`.venv-bench/bin/python -m tools.fuzz.special_values --seed 1 --size 2000`; ends with 1 at the first failure. Where the
engine and PyTorch differ, `tests/pytorch/conventions.py` says why, or exact arithmetic says that the engine is right.
"""

from __future__ import annotations

import argparse
import itertools
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import mpmath
import numpy as np
import sympy
import torch

from engine import Function, Variable
from tools.fuzz.special_cases import Case, elementwise_cases, random_case

RELATIVE = 1e-9
_DIGITS = 800

_x, _p = sympy.symbols("x p", real=True)
_u = sympy.sqrt(2 / sympy.pi) * (_x + sympy.Rational(44715, 1000000) * _x**3)
EXACT: Mapping[str, tuple[tuple[Any, ...], Any]] = {
    "Add": ((_x, _p), _x + _p),
    "Sub": ((_x, _p), _x - _p),
    "Mul": ((_x, _p), _x * _p),
    "Div": ((_x, _p), _x / _p),
    "Neg": ((_x,), -_x),
    "Square": ((_x,), _x**2),
    "Sqrt": ((_x,), sympy.sqrt(_x)),
    "Power": ((_x, _p), _x**_p),
    "Exp": ((_x,), sympy.exp(_x)),
    "Log": ((_x,), sympy.log(_x)),
    "Sin": ((_x,), sympy.sin(_x)),
    "Cos": ((_x,), sympy.cos(_x)),
    "Tan": ((_x,), sympy.tan(_x)),
    "Tanh": ((_x,), sympy.tanh(_x)),
    "Sigmoid": ((_x,), 1 / (1 + sympy.exp(-_x))),
    "Softplus": ((_x,), sympy.log(1 + sympy.exp(_x))),
    "GELU": ((_x,), _x / (1 + sympy.exp(-2 * _u))),
}
"""The smooth ops as exact expressions; their derivatives are taken by sympy and computed with 800 digits."""

TORCH: Mapping[str, Callable[..., Any]] = {
    "LeakyReLU": lambda x, slope: torch.nn.functional.leaky_relu(x, slope),
    "Softplus": lambda x: torch.logaddexp(x, torch.zeros_like(x)),
    "LogSumExp": lambda x, axis, keepdims: torch.logsumexp(x, _dims(x, axis), keepdim=keepdims),
    "MSE": lambda x0, x1: torch.mean((x0 - x1) ** 2),
    "CrossEntropy": lambda x, t: -torch.sum(t * torch.log_softmax(x, -1)) / max(x.numel() // x.shape[-1], 1),
}
"""What PyTorch has for an op whose `torch` text says it by other ops."""

SUMS_OF_PRODUCTS = frozenset({"MatMul", "Linear", "CrossEntropy"})
"""What adds up products of its first two inputs: large ones cancel, down to the rounding of each."""


def _dims(x: Any, axis: Any) -> tuple[int, ...]:
    return tuple(range(x.ndim)) if axis is None else tuple(np.atleast_1d(axis).tolist())


Results = dict[str, np.ndarray]
Here = tuple[float, ...]
"""The inputs at one place, and the upstream gradients there; nothing for an op that mixes elements."""


@dataclass(frozen=True)
class Difference:
    """Hold which number differs ("y0", or a derivative by names), what goes in there, and what would be right."""

    case: Case
    what: str
    here: tuple[Here, ...]
    ours: float
    right: tuple[float, ...]

    def __str__(self) -> str:
        case = self.case
        told = self.here if case.is_elementwise else [np.asarray(each).tolist() for each in (*case.xs, *case.gys)]
        right = " or ".join(map(repr, dict.fromkeys(self.right)))
        return f"{case.op}{dict(case.parameters)}: {self.what} at {told} is {self.ours!r}, right would be {right}"


def ours(case: Case) -> Results:
    """Return data, gradients and gradients of gradients, by the engine."""
    inputs = [Variable(np.array(x)) for x in case.xs]
    seeds = [Variable(np.array(gy)) for gy in case.gys]
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy's mean of nothing
        found = Function.registry[case.op](**case.parameters)(*inputs)
        ys = found if isinstance(found, list) else [found]
        results = {f"y{number}": y.data for number, y in enumerate(ys)}
        for y, seed in zip(ys, seeds, strict=True):
            y.grad = seed.data
            y.backward()
        plain = [x.grad for x in inputs]
        for x in inputs:
            x.cleargrad()
        for y, seed in zip(ys, seeds, strict=True):
            y.grad = seed
            y.backward(create_graph=True)
        gxs = [x.grad for x in inputs]
        for i, gx in enumerate(gxs):
            results[f"gx{i}"] = gx.data
            np.testing.assert_array_equal(gx.data, plain[i], str(case))  # both ways of backward agree, always
            assert gx.data.dtype == plain[i].dtype == inputs[i].dtype, case
            for each in (*inputs, *seeds):
                each.cleargrad()
            gx.grad = np.ones_like(gx.data)
            gx.backward()
            for name, each in _named(inputs, seeds):
                results[f"gx{i} by {name}"] = np.zeros_like(each.data) if each.grad is None else _data(each.grad)
    return results


def _data(grad: Any) -> Any:
    return grad.data if isinstance(grad, Variable) else grad


def _named(inputs: Sequence[Any], seeds: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    yield from ((f"x{number}", x) for number, x in enumerate(inputs))
    yield from ((f"gy{number}", gy) for number, gy in enumerate(seeds))


def theirs(case: Case) -> Results:
    """Return the same by PyTorch."""
    inputs = [torch.tensor(x, requires_grad=True) for x in map(np.asarray, case.xs)]
    seeds = [torch.tensor(gy, requires_grad=True) for gy in map(np.asarray, case.gys)]
    found = _torch_op(case)(*inputs)
    ys = list(found) if isinstance(found, (tuple, list)) else [found]
    results = {f"y{number}": y.numpy(force=True) for number, y in enumerate(ys)}
    more = {"allow_unused": True, "materialize_grads": True}
    gxs = torch.autograd.grad(ys, inputs, seeds, create_graph=True, **more) if inputs else ()
    for i, gx in enumerate(gxs):
        results[f"gx{i}"] = gx.numpy(force=True)
        everything = list(_named(inputs, seeds))
        if gx.requires_grad:
            second = torch.autograd.grad(
                gx, [each for _, each in everything], torch.ones_like(gx), retain_graph=True, **more
            )
        else:
            second = tuple(torch.zeros_like(each) for _, each in everything)
        for (name, _), each in zip(everything, second, strict=True):
            results[f"gx{i} by {name}"] = each.numpy(force=True)
    return results


def _torch_op(case: Case) -> Callable[..., Any]:
    op = Function.registry[case.op]
    parameters = {**op.defaults(), **case.parameters}
    if case.op in TORCH:
        return lambda *xs: TORCH[case.op](*xs, **parameters)
    names = op.ports_with(parameters)
    if op.torch:  # its functions take all axes by their numbers
        axes = tuple(range(case.xs[0].ndim))
        parameters |= {
            name: every
            for name, every in (("axis", axes), ("axes", axes[::-1]))
            if name in parameters and parameters[name] is None
        }
    text = (op.torch or op.python.replace("np.", "torch.")).format(
        xs=", ".join(names), **{name: name for name in names}, **parameters
    )
    # The text is the op's own, none from outside.
    return lambda *xs: eval(text, {"torch": torch, **dict(zip(names, xs, strict=True))})


def differences(case: Case) -> Iterator[Difference]:
    """Yield where the engine differs from exact arithmetic, or where that knows nothing from PyTorch."""
    mine, other = ours(case), theirs(case)
    assert mine.keys() == other.keys(), (case, mine.keys(), other.keys())
    for what, numbers in mine.items():
        assert numbers.shape == other[what].shape, (case, what, numbers.shape, other[what].shape)
        scale = _scale(case, what, numbers, other[what])
        for place in np.ndindex(numbers.shape):
            found = float(numbers[place])
            right = _right(case, what, numbers.shape, place, float(other[what][place]))
            with np.errstate(over="ignore"):
                right = tuple(float(numbers.dtype.type(each)) for each in right)
            if not any(is_same(found, each, scale, numbers.dtype) for each in right):
                yield Difference(case, what, _here(case, numbers.shape, place), found, right)


def _right(case: Case, what: str, shape: tuple[int, ...], place: tuple[int, ...], in_torch: float) -> tuple[float, ...]:
    """Return the numbers that are right: what exact arithmetic says, or else PyTorch.

    A derivative that no double can hold may be rounded before the upstream gradient multiplies it. Where the result
    itself leaves the range of doubles, and at second order where a gradient does on the way, PyTorch is as right.
    """
    exact = _exact(case, what, shape, place)
    if exact is None:
        return (in_torch,)
    return (*exact, in_torch) if " by " in what or not np.isfinite(exact[1]) else exact


def _scale(case: Case, what: str, mine: np.ndarray, other: np.ndarray) -> float:
    """Return the size of the numbers that were added up, beside which rounding counts."""
    if case.is_elementwise:
        return 0.0
    largest = [_largest(each) for each in (mine, other, *case.xs, *case.gys)]
    if what == "y0" and case.op in SUMS_OF_PRODUCTS:
        largest.append(_largest(case.xs[0]) * _largest(case.xs[1]))
    return max(largest)


def _largest(array: Any) -> float:
    return float(np.max(np.abs(array), initial=0.0, where=np.isfinite(array)))


def is_same(found: float, right: float, scale: float, dtype: Any = float) -> bool:
    """Return whether two numbers are the same up to rounding; nan is the same as nan."""
    if np.isnan(found) or np.isnan(right):
        return bool(np.isnan(found) and np.isnan(right))
    if np.isinf(found) or np.isinf(right):
        return found == right
    is_double = np.dtype(dtype) == np.float64
    relative, least = (RELATIVE, 1e-320) if is_double else (1e-4, 1e-40)
    return abs(found - right) <= relative * max(abs(found), abs(right), scale) + least


@cache
def _derivative(op: str, by: tuple[int, ...]) -> Any:
    symbols, expression = EXACT[op]
    for number in by:
        expression = sympy.diff(expression, symbols[number])
    return sympy.lambdify(symbols, expression, "mpmath")


def _exact(case: Case, what: str, shape: tuple[int, ...], place: tuple[int, ...]) -> tuple[float, float] | None:
    """Return a number of a smooth op by exact arithmetic, rounded at the end, and rounded before the upstream gradient.

    None where exact arithmetic knows no answer. What was broadcast is added up over its places.
    """
    if case.op not in EXACT:
        return None
    found = [_exact_at(case.op, what, here) for here in _here(case, shape, place)]
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        return None
    with np.errstate(all="ignore"):
        return float(np.sum([each[0] for each in known])), float(np.sum([each[1] for each in known]))


def _here(case: Case, shape: tuple[int, ...], place: tuple[int, ...]) -> tuple[Here, ...]:
    """Return what stands at a place of an array of this shape; where it was broadcast, all that belongs to it."""
    if not case.is_elementwise:
        return ((),)
    arrays = np.broadcast_arrays(*case.xs, *case.gys)
    chosen = np.zeros(shape, dtype=bool)
    chosen[place] = True
    chosen = np.broadcast_to(chosen, arrays[0].shape)
    return tuple(zip(*(array[chosen].tolist() for array in arrays), strict=True))


def _exact_at(op: str, what: str, here: Sequence[float]) -> tuple[float, float] | None:
    *xs, gy = here
    if not np.all(np.isfinite(xs)) or (op == "Power" and abs(xs[1]) >= 2.0**53):
        return None  # of a large exponent p, p − 1 is p again
    by = tuple(int(name[-1]) for name in what.replace("gx", "x").split(" by ") if name.startswith("x"))
    factor = 1.0 if what == "y0" or "by gy" in what else gy
    number = _derivative_at(op, by, tuple(xs))
    if number is None or (number == 0 and np.isinf(factor)):
        return None
    with np.errstate(all="ignore"):
        rounded = float(np.float64(float(number)) * factor)
        whole = np.sign(float(mpmath.sign(number))) * factor  # also of what no double can hold, ∞ times is ∞
    return float(number * mpmath.mpf(factor)) if np.isfinite(factor) else float(whole), rounded


@cache
def _derivative_at(op: str, by: tuple[int, ...], xs: tuple[float, ...]) -> Any:
    """Return the exact derivative at a point; None where there is none, or none that is real."""
    with mpmath.workdps(_DIGITS):
        try:
            number = _derivative(op, by)(*map(mpmath.mpf, xs))
        except (ZeroDivisionError, ValueError, OverflowError):
            return None
        return None if isinstance(number, mpmath.mpc) or not mpmath.isfinite(number) else mpmath.mpf(number)


def unexplained(case: Case) -> list[Difference]:
    """Return the differences of a case that no convention explains."""
    from tests.pytorch.conventions import reason_of

    return [each for each in differences(case) if reason_of(each) is None]


def main() -> int:
    """Try `size` random cases, after every elementwise op at every value."""
    parser = argparse.ArgumentParser(prog="tools.fuzz.special_values", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=2000, help="how many random cases")
    parser.add_argument("--all", action="store_true", help="go on after a failure")
    chosen = parser.parse_args()
    count = failed = 0
    seeds = range(chosen.seed, chosen.seed + chosen.size)
    for case in itertools.chain(elementwise_cases(), map(random_case, seeds)):
        count += 1
        for difference in unexplained(case):
            print(difference)
            failed += 1
            if not chosen.all:
                return 1
    print(f"{count} cases, seeds {chosen.seed} to {chosen.seed + chosen.size - 1}: {failed} failed.")
    return min(failed, 1)


if __name__ == "__main__":
    raise SystemExit(main())
