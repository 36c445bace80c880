"""How fast the engine is, as ratios with generous margins: times alone would say how busy the machine is.

`make bench` measures the same exactly, and against the engine's peers.
"""

from __future__ import annotations

import gc
import random
import time
import tracemalloc
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from engine import Variable, relu

ROUNDS, MOST_ROUNDS = 9, 60
Build = Callable[[Sequence[Any]], Any]


class Scalar:
    """A number with its gradient and nothing else: define-by-run as short as it can be."""

    def __init__(self, data: float, parents: tuple[Scalar, ...] = (), local: tuple[float, ...] = ()) -> None:
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.local = local

    def __add__(self, other: Scalar) -> Scalar:
        return Scalar(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: Scalar) -> Scalar:
        return Scalar(self.data * other.data, (self, other), (other.data, self.data))

    def backward(self) -> None:
        order, seen, stack = [], {self}, [(self, iter(self.parents))]
        while stack:
            scalar, parents = stack[-1]
            for parent in parents:
                if parent not in seen:
                    seen.add(parent)
                    stack.append((parent, iter(parent.parents)))
                    break
            else:
                order.append(scalar)
                stack.pop()
        self.grad = 1.0
        for scalar in reversed(order):
            for parent, local in zip(scalar.parents, scalar.local, strict=True):
                parent.grad += local * scalar.grad


def variable(value: float) -> Variable:
    return Variable(np.float64(value))


def wide(xs: Sequence[Any]) -> Any:
    terms = [x * x for x in xs]
    while len(terms) > 1:
        terms = [a + b for a, b in zip(terms[::2], terms[1::2], strict=True)]
    return terms[0]


def chain(ops: int) -> Build:
    def build(xs: Sequence[Any]) -> Any:
        y, w, b = xs
        for _ in range(ops // 2):
            y = y * w + b
        return y

    return build


def dag(ops: int) -> Build:
    chance = random.Random(1)
    plan = [(chance.randrange(max(0, made - 100), made), chance.randrange(made)) for made in range(4, ops + 4)]

    def build(xs: Sequence[Any]) -> Any:
        made = list(xs)
        half = made[0]
        for place, (first, second) in enumerate(plan):
            made.append(made[first] * half if place % 2 else made[first] + made[second])
        return made[-1]

    return build


def run(make: Callable[[float], Any], build: Build, values: Sequence[float]) -> list[Any]:
    xs = [make(value) for value in values]
    build(xs).backward()
    return xs


def ratio(way: Callable[[], object], base: Callable[[], object], margin: float) -> float:
    """Return how many times as long a way takes as another, best round to best round.

    Seconds are the processor's. On a busy machine rounds go on until the best ones keep to the margin; what is too
    slow never does.
    """
    least = [float("inf"), float("inf")]
    for number in range(MOST_ROUNDS):
        for place, each in enumerate((way, base)):
            gc.collect()
            start = time.process_time()
            each()
            least[place] = min(least[place], time.process_time() - start)
        if number >= ROUNDS and least[0] <= margin * least[1]:
            break
    return least[0] / least[1]


@pytest.mark.parametrize(
    ("build", "values"), [(wide, [1.0 + 0.001 * place for place in range(512)]), (dag(1_000), [0.5, 0.7, 0.9, 1.1])]
)
def test_it_keeps_up_with_the_shortest_engine_there_is(build: Build, values: list[float]) -> None:
    found, right = run(variable, build, values), run(Scalar, build, values)
    assert [x.grad for x in found] == pytest.approx([x.grad for x in right], rel=1e-12)
    assert ratio(lambda: run(variable, build, values), lambda: run(Scalar, build, values), 15) <= 15


@pytest.mark.parametrize("graph", [chain, dag])
def test_an_op_costs_much_the_same_in_a_large_graph(graph: Callable[[int], Build]) -> None:
    values = [0.5, 0.999, 0.001] if graph is chain else [0.5, 0.7, 0.9, 1.1]
    small, large = graph(1_000), graph(20_000)
    assert ratio(lambda: run(variable, large, values), lambda: run(variable, small, values), 4 * 20) <= 4 * 20


def test_an_op_takes_a_thousand_bytes_with_its_gradient_and_gives_them_back() -> None:
    build, ops = chain(20_000), 20_000
    run(variable, build, [0.5, 0.999, 0.001])
    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        xs = [variable(value) for value in (0.5, 0.999, 0.001)]
        y = build(xs)
        y.backward()
        held = tracemalloc.get_traced_memory()[0] - before
        del xs, y
        left = tracemalloc.get_traced_memory()[0] - before
        assert gc.collect() == 0, "reference cycles"
    finally:
        tracemalloc.stop()
        gc.enable()
    assert held / ops <= 1000
    assert left <= 0.05 * held  # Python keeps some freed tuples for the next


def test_arrays_cost_what_numpy_costs() -> None:
    chance = np.random.default_rng(1)
    arrays = [chance.uniform(-1, 1, 50_000) for _ in range(4)]

    def engine() -> None:
        x, w, b, t = map(Variable, arrays)
        ((relu(x * w + b) - t) ** 2).backward()

    def by_hand() -> Any:
        x, w, b, t = arrays
        s = x * w + b
        d = np.maximum(s, 0.0) - t
        z = d * d
        gd = 2.0 * d * np.ones_like(z)
        gs = gd * (s > 0)
        return z, gs * w, gs * x, gs, -gd

    assert ratio(engine, by_hand, 2) <= 2
