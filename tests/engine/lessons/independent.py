"""The lessons' functions in NumPy alone, and their derivatives by central differences: no line of the engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Values = Mapping[str, Any]
STEP = 1e-6


def _sigmoid(s: Any) -> Any:
    return 1 / (1 + np.exp(-s))


def _five(step: Callable[[Any], Any], x: Any) -> Any:
    for _ in range(5):
        x = step(x)
    return x


def _goldstein_price(x: Any, y: Any) -> Any:
    a = (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    b = (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return (1 + a) * (30 + b)


def _sigmoid_neuron(x0: Any, x1: Any, w0: Any, w1: Any, w2: Any) -> Any:
    return _sigmoid(w0 * x0 + w1 * x1 + w2)


def _cross_entropy(z: Any, t: Any) -> Any:
    return -np.sum(t * np.log(np.exp(z) / np.exp(z).sum()))


def _xor(x1: Any, x2: Any, t: Any, **w: Any) -> Any:
    h = np.tanh(w["u1"] * x1 + w["u2"] * x2 + w["u0"])
    k = np.tanh(w["v1"] * x1 + w["v2"] * x2 + w["v0"])
    return np.mean((w["w1"] * h + w["w2"] * k + w["w0"] - t) ** 2)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sum_of_squares": lambda x, y: x**2 + y**2,
    "a_chain": lambda x: math.e ** (2 * x**2),
    "sign_of_a_gradient": lambda x, y, z: (x + y) * z,
    "router_and_swapper": lambda x, y, z, w: 2 * (x * y + max(z, w)),
    "used_twice": lambda x: 2 * x,
    "two_paths": lambda a, b: (a + b) * (b + 1),
    "find_the_bug": lambda a, b: a * b * (a + b),
    "generations": lambda x: 2 * x**4,
    "forgotten_cleargrad": lambda x: 2 * x,
    "used_three_times": lambda x: 3 * x,
    "x_times_x": lambda x: x**2,
    "a_neuron": lambda x1, x2, w1, w2, b: np.tanh(x1 * w1 + x2 * w2 + b),
    "sigmoid_by_parts": _sigmoid_neuron,
    "sigmoid_as_one": _sigmoid_neuron,
    "vanishing_gradients": lambda x: _five(_sigmoid, x),
    "relu_does_not_vanish": lambda u, v: max(u, 0) + max(v, 0),
    "sphere": lambda x, y: x**2 + y**2,
    "matyas": lambda x, y: 0.26 * (x**2 + y**2) - 0.48 * x * y,
    "goldstein_price": _goldstein_price,
    "rosenbrock": lambda x0, x1: 100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2,
    "taylor_series": lambda x: x - x**3 / 6 + x**5 / 120 - x**7 / 5040,
    "newtons_method": lambda x: 4 * x**3 - 4 * x,
    "broadcasting": lambda x, b: np.sum((x + b) ** 2),
    "a_loss": lambda x, w, b, t: (w * x + b - t) ** 2,
    "linear_regression": lambda x, w, b, t: np.mean((w * x + b - t) ** 2),
    "softmax_cross_entropy": _cross_entropy,
    "xor": _xor,
}

EXPECTED: dict[str, dict[str, Any]] = {
    "a_neuron": {"o": math.sqrt(0.5), "w2.grad": 0},
    "sigmoid_by_parts": {"f": 1 / (1 + math.exp(-1)), "s.grad": math.e / (1 + math.e) ** 2},
    "sigmoid_as_one": {"f": 1 / (1 + math.exp(-1))},
    "used_three_times": {"x.grad": 3},
    "x_times_x": {"x.grad": 6},
    "relu_does_not_vanish": {"u.grad": 1, "v.grad": 0},
    "sphere": {"x.grad": 2, "y.grad": 2},
    "matyas": {"x.grad": 0.04, "y.grad": 0.04},
    "goldstein_price": {"z": 1876, "x.grad": -5376, "y.grad": 8064},
    "rosenbrock": {"y": 401, "x0.grad": -2, "x1.grad": 400},
    "taylor_series": {"x.grad": 1 - (math.pi / 4) ** 2 / 2 + (math.pi / 4) ** 4 / 24 - (math.pi / 4) ** 6 / 720},
    "newtons_method": {"g": 24, "x.grad": 44},
    "broadcasting": {"L": 434, "x.grad": [22, 24, 26], "b.grad": [72]},
    "a_loss": {"L": 9, "w.grad": -12, "b.grad": -6},
    "linear_regression": {"L": 33, "w.grad": -28, "b.grad": -10},
    "softmax_cross_entropy": {
        "z.grad": [math.e**2 / (math.e**2 + math.e + 1), math.e / (math.e**2 + math.e + 1) - 1,
                   1 / (math.e**2 + math.e + 1)],
    },
}  # fmt: skip
"""Numbers that the questions ask for, by closed forms; the figures of the course's plan among them."""


def central_difference(function: Callable[..., Any], values: Values, name: str) -> Any:
    """Return the derivative of a function by one of its arguments, entry by entry."""
    at = np.array(values[name], dtype=float)
    slopes = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        up, down = at.copy(), at.copy()
        up[place] += STEP
        down[place] -= STEP
        slopes[place] = (function(**{**values, name: up}) - function(**{**values, name: down})) / (2 * STEP)
    return slopes
