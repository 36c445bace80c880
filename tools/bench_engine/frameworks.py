"""One small adapter a framework: how a variable is made, run backward from, and asked for its gradient."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import engine
from tools.bench_engine.reference import Tape
from tools.bench_engine.workloads import Workload


@dataclass(frozen=True)
class Framework:
    """Name a framework and say how it does what every workload asks."""

    name: str
    variable: Callable[[float], Any]
    relu: Callable[[Any], Any]
    gradient: Callable[[Any], float]

    def run(self, workload: Workload) -> Any:
        """Build the graph anew and run it forward and backward; return what holds the gradients."""
        xs = [self.variable(value) for value in workload.values]
        workload.build(xs, self.relu).backward()
        return xs

    def gradients(self, workload: Workload) -> list[float]:
        """Return the gradient of every leaf."""
        return [float(self.gradient(x)) for x in self.run(workload)]


class Transforming(Framework):
    """A framework that differentiates a Python function instead of keeping gradients in variables."""

    def run(self, workload: Workload) -> Any:
        """Trace the function and run it forward and backward; return the gradients."""
        from autograd.core import make_vjp
        from autograd.extend import vspace

        backward, z = make_vjp(lambda xs: workload.build(xs, self.relu), list(workload.values))
        return backward(vspace(z).ones())


def ours() -> Framework:
    """Return this repository's engine, define-by-run."""
    return Framework(
        "ours",
        lambda value: engine.Variable(np.float64(value)),
        engine.relu,  # type: ignore[attr-defined]
        lambda x: x.grad,
    )


def _micrograd() -> Framework:
    from micrograd.engine import Value

    return Framework("micrograd", Value, Value.relu, lambda x: x.grad)


def _autograd() -> Framework:
    import autograd.numpy

    return Transforming("autograd", float, lambda x: autograd.numpy.maximum(x, 0.0), lambda gradient: gradient)


def _torch() -> Framework:
    import torch

    def variable(value: float) -> Any:
        return torch.tensor(value, dtype=torch.float64, requires_grad=True)

    return Framework("PyTorch", variable, torch.relu, lambda x: x.grad)


def _dezero() -> Framework:
    # DeZero 0.0.13 cannot be imported without a name that NumPy has dropped; nothing that is measured uses it.
    vars(np).setdefault("int", int)
    import dezero
    import dezero.functions

    return Framework(
        "DeZero",
        lambda value: dezero.Variable(np.array(value)),
        dezero.functions.relu,
        lambda x: x.grad.data,
    )


def peers() -> list[Framework]:
    """Return the peers that are installed."""
    makers = {"micrograd": _micrograd, "autograd": _autograd, "torch": _torch, "dezero": _dezero}
    return [make() for name, make in makers.items() if importlib.util.find_spec(name) is not None]


def expected(workload: Workload) -> list[float]:
    """Return the gradient of every leaf from an independent computation."""
    tape = Tape()
    xs = [tape.number(value) for value in workload.values]
    grads = tape.gradients(workload.build(xs, tape.relu))
    return [grads[x.place] for x in xs]


def disagreement(found: list[float], right: list[float]) -> float:
    """Return the largest relative difference."""
    return max(abs(a - b) / abs(b) if b else abs(a) for a, b in zip(found, right, strict=True))
