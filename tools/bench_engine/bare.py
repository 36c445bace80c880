"""The least that a define-by-run engine of as many objects an op can do: the floor for how the cost of an op grows.

It adds and multiplies floats and nothing else: no arrays, no operands but its own, no second sweep. What an op costs
more in a large graph than in a small one is here Python's memory and its garbage collector alone.
"""

from __future__ import annotations

from typing import Any
from weakref import ref

from tools.bench_engine.frameworks import Framework


class _Function:
    inputs: tuple[_Variable, _Variable]
    outputs: list[ref[_Variable]]
    gy: float | None
    multiplies: bool


class _Variable:
    def __init__(self, data: float) -> None:
        self.data = data
        self.grad: float | None = None
        self.creator: _Function | None = None
        self.generation = 0

    def __add__(self, other: _Variable) -> _Variable:
        return _apply(self, other, self.data + other.data, False)

    def __mul__(self, other: _Variable) -> _Variable:
        return _apply(self, other, self.data * other.data, True)

    def __pow__(self, power: int) -> _Variable:
        assert power == 2
        return self * self

    def backward(self) -> None:
        """Go back by generations, each Function once."""
        waiting: list[list[_Function]] = [[] for _ in range(self.generation + 1)]
        self.grad = 1.0
        if self.creator is not None:
            self.creator.gy = 1.0
            waiting[self.generation].append(self.creator)
        while waiting:
            for function in waiting.pop():
                gy, (x0, x1) = function.gy, function.inputs
                assert gy is not None
                gxs = (gy * x1.data, gy * x0.data) if function.multiplies else (gy, gy)
                for x, gx in ((x0, gxs[0]), (x1, gxs[1])):
                    x.grad = gx if x.grad is None else x.grad + gx
                    creator = x.creator
                    if creator is not None:
                        if creator.gy is None:
                            waiting[x.generation].append(creator)
                        creator.gy = x.grad


def _apply(x0: _Variable, x1: _Variable, data: float, multiplies: bool) -> _Variable:
    function = _Function()
    function.inputs = (x0, x1)
    function.gy = None
    function.multiplies = multiplies
    y = _Variable(data)
    y.creator = function
    function.outputs = [ref(y)]
    y.generation = max(x0.generation, x1.generation) + 1
    return y


def bare() -> Framework:
    """Return this floor as a framework; it knows no relu."""

    def relu(x: Any) -> Any:
        raise NotImplementedError("the floor only adds and multiplies")

    return Framework("a bare engine of as many objects an op", _Variable, relu, lambda x: x.grad)
