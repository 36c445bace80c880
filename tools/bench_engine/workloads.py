"""What is measured: graphs written once, in operators that every framework has.

A workload builds its graph from its leaves, a list of the framework's variables, and that framework's relu.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

_SHRINK = 0.4

Build = Callable[[Sequence[Any], Callable[[Any], Any]], Any]


@dataclass(frozen=True)
class Workload:
    """Name a graph and say with which values and how it is built."""

    name: str
    values: tuple[float, ...]
    build: Build
    rounds: int = 21


def seed_graph() -> Workload:
    """Return z = x² + y², the README's example."""
    return Workload("seed graph", (2.0, 3.0), lambda xs, relu: xs[0] ** 2 + xs[1] ** 2)


def goldstein_price() -> Workload:
    """Return the book's test of a formula with many terms (step 24)."""

    def build(xs: Sequence[Any], relu: Any) -> Any:
        x, y = xs
        first = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
        second = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
        return first * second

    return Workload("Goldstein–Price", (1.1, 0.9), build)


def mlp(points: int = 20, hidden: int = 8) -> Workload:
    """Return the loss of a 2–8–1 network with ReLU on some points, each neuron written out in scalars."""
    chance = random.Random(1)
    data = [(chance.uniform(-1, 1), chance.uniform(-1, 1), chance.choice((-1.0, 1.0))) for _ in range(points)]
    values = tuple(chance.uniform(-1, 1) for _ in range(4 * hidden + 1))

    def build(xs: Sequence[Any], relu: Callable[[Any], Any]) -> Any:
        neurons = [xs[4 * index : 4 * index + 4] for index in range(hidden)]
        loss: Any = 0.0
        for a, b, target in data:
            y = xs[-1]
            for v, w, bias, out in neurons:
                y = y + relu(v * a + w * b + bias) * out
            loss = loss + (y - target) ** 2
        return loss

    return Workload(f"MLP 2–{hidden}–1, {points} points, scalar by scalar", values, build)


def chain(ops: int, rounds: int = 21) -> Workload:
    """Return one op on the other: multiply by w, add b, multiply by w, …"""

    def build(xs: Sequence[Any], relu: Any) -> Any:
        y, w, b = xs
        for _ in range(ops // 2):
            y = y * w + b
        return y

    return Workload(f"chain of {thousands(ops)}", (1.5, 0.9999, 0.001), build, rounds)


def wide(ops: int, rounds: int = 21) -> Workload:
    """Return a sum of half as many squares, added up pair by pair: many Functions of the same generation."""
    chance = random.Random(2)
    values = tuple(chance.uniform(0.5, 1.5) for _ in range(ops // 2))

    def build(xs: Sequence[Any], relu: Any) -> Any:
        terms = [x**2 for x in xs]
        while len(terms) > 1:
            left_over = terms[len(terms) // 2 * 2 :]
            terms = [terms[index] + terms[index + 1] for index in range(0, len(terms) - 1, 2)] + left_over
        return terms[0]

    return Workload(f"wide sum of {thousands(ops)}", values, build, rounds)


def dag(ops: int, rounds: int = 21) -> Workload:
    """Return a random graph whose every op takes two of those shortly before it; what is used by none is added up."""
    window = max(100, ops // 100)  # not deeper the larger it is: gradients grow with every layer
    chance = random.Random(3)
    known = [chance.uniform(0.5, 1.5) for _ in range(10)]
    values = (*known, _SHRINK)
    # In arrays, which the garbage collector does not look into: it is the frameworks' objects that are to be measured.
    firsts, seconds, products = array("l"), array("l"), array("b")
    unused = set(range(len(known)))
    made_of = 0
    while made_of + len(unused) <= ops:
        low = max(0, len(known) - window)
        first, second = chance.randrange(low, len(known)), chance.randrange(low, len(known))
        product = known[first] * known[second]
        multiplies = known[first] + known[second] > 2 and product > 0.2  # keeps values around 1, however many
        firsts.append(first)
        seconds.append(second)
        products.append(multiplies)
        made_of += 2 if multiplies else 1
        unused -= {first, second}
        unused.add(len(known))
        known.append(product * _SHRINK if multiplies else known[first] + known[second])
    left_over = array("l", sorted(unused - {len(known) - 1}))

    def build(xs: Sequence[Any], relu: Any) -> Any:
        *made, shrink = xs
        for first, second, multiplies in zip(firsts, seconds, products, strict=True):
            made.append(made[first] * made[second] * shrink if multiplies else made[first] + made[second])
        total = made[-1]
        for index in left_over:
            total = total + made[index]
        return total

    return Workload(f"random DAG of {thousands(ops)}", values, build, rounds)


def thousands(number: int) -> str:
    """Return a number in words of three digits: 100 000."""
    return f"{number:,}".replace(",", "\u202f")


def define_by_run() -> list[Workload]:
    """Return the workloads of the table."""
    return [
        seed_graph(),
        goldstein_price(),
        mlp(),
        chain(1_000),
        chain(100_000, rounds=7),
        wide(1_000),
        dag(1_000),
        dag(10_000, rounds=7),
    ]
