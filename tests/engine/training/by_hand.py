"""Regression and XOR trained in NumPy alone, by gradients and optimizers written from their papers' formulas."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Numbers = np.ndarray


def line_gradient(weights: Numbers, x: Numbers, t: Numbers) -> tuple[float, Numbers]:
    """Return the loss mean((w x + b − t)²) and its gradient by (w, b)."""
    error = weights[0] * x + weights[1] - t
    return float(np.mean(error**2)), np.array([np.mean(2 * error * x), np.mean(2 * error)])


def xor_gradient(weights: Numbers, x: Numbers, t: Numbers) -> tuple[float, Numbers]:
    """Return the loss of two tanh units h and k and one output, and its gradient by (u1, u2, u0, v…, w…)."""
    u, v, w = weights[:3], weights[3:6], weights[6:]
    h, k = np.tanh(x @ u[:2] + u[2]), np.tanh(x @ v[:2] + v[2])
    error = w[0] * h + w[1] * k + w[2] - t
    share = 2 * error / len(t)
    dh, dk = share * w[0] * (1 - h**2), share * w[1] * (1 - k**2)
    return float(np.mean(error**2)), np.array(
        [*(dh @ x), dh.sum(), *(dk @ x), dk.sum(), share @ h, share @ k, share.sum()]
    )


def sgd(rate: float) -> Callable[[Numbers, int], Numbers]:
    return lambda gradient, _: -rate * gradient


def momentum(rate: float, share: float = 0.9) -> Callable[[Numbers, int], Numbers]:
    speed = 0.0

    def step(gradient: Numbers, _: int) -> Numbers:
        nonlocal speed
        speed = share * speed - rate * gradient
        return speed

    return step


def adam(rate: float) -> Callable[[Numbers, int], Numbers]:
    """Kingma and Ba (2015), the form at the end of section 2, with the ε of DeZero."""
    first = second = 0.0

    def step(gradient: Numbers, number: int) -> Numbers:
        nonlocal first, second
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        size = rate * np.sqrt(1 - 0.999**number) / (1 - 0.9**number)
        return -size * first / (np.sqrt(second) + 1e-8)

    return step
