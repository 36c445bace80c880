"""What an op costs, counted in Python's calls, bytes and copies: the clock would say how busy the machine is.

`make bench` measures the time, and against the engine's peers.
"""

from __future__ import annotations

import gc
import random
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import numpy as np
import pytest

from engine import Variable, relu

Build = Callable[[Sequence[Any]], Any]


def variable(value: float) -> Variable:
    return Variable(np.float64(value))


def wide(ops: int) -> Build:
    def build(xs: Sequence[Any]) -> Any:
        terms = [xs[place % len(xs)] * xs[place % len(xs)] for place in range(ops // 2)]
        while len(terms) > 1:
            terms = [a + b for a, b in zip(terms[::2], terms[1::2], strict=True)]
        return terms[0]

    return build


def chain(ops: int) -> Build:
    def build(xs: Sequence[Any]) -> Any:
        y, w, b = xs
        for _ in range(ops // 2):
            y = y * w + b
        return y

    return build


def dag(ops: int) -> Build:
    chance = random.Random(1)
    plan = [(chance.randrange(max(0, made - 100), made), chance.randrange(made)) for made in range(3, ops + 3)]

    def build(xs: Sequence[Any]) -> Any:
        made = list(xs)
        for place, (first, second) in enumerate(plan):
            made.append(made[first] * xs[0] if place % 2 else made[first] + made[second])
        return made[-1]

    return build


VALUES = [0.5, 0.999, 0.001]


def calls(work: Callable[[], Any]) -> tuple[int, Any]:
    """Return how many Python functions are called to do work, and its result."""
    count = 0

    def profile(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        result = work()
    finally:
        sys.setprofile(before)
    return count, result


def graph_size(y: Variable) -> int:
    """Return how many Functions lie before a Variable."""
    met, waiting = set(), [y]
    while waiting:
        function = waiting.pop().creator
        if function is not None and function not in met:
            met.add(function)
            waiting += function.inputs
    return len(met)


@pytest.mark.parametrize("make", [wide, chain, dag])
def test_an_op_takes_few_calls_forward_and_backward(make: Callable[[int], Build]) -> None:
    ops, xs = 2_048, [variable(value) for value in VALUES]
    build = make(ops)
    forward, y = calls(lambda: build(xs))
    backward, _ = calls(y.backward)
    assert forward / ops <= 10
    assert backward / graph_size(y) <= 13


@pytest.mark.parametrize("make", [wide, chain, dag])
def test_an_op_takes_as_many_calls_in_a_large_graph(make: Callable[[int], Build]) -> None:
    per_op = []
    for ops in (1_024, 16_384):
        xs, build = [variable(value) for value in VALUES], make(ops)
        forward, y = calls(lambda build=build, xs=xs: build(xs))
        backward, _ = calls(y.backward)
        per_op.append((forward / ops, backward / graph_size(y)))
    np.testing.assert_allclose(per_op[1], per_op[0], rtol=0.05)


def test_where_nothing_comes_back_an_op_takes_hardly_more_calls() -> None:
    def network(bias: float) -> int:
        w, b, total = variable(0.5), variable(bias), variable(0.0)
        for _ in range(200):
            total = total + relu(w * 0.1 + b) * w
        return calls(total.backward)[0]

    assert network(-1.0) <= 1.2 * network(1.0)


def test_an_op_takes_few_bytes_with_its_gradient_and_gives_them_back() -> None:
    build, ops = chain(20_000), 20_000
    build([variable(value) for value in VALUES]).backward()
    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        xs = [variable(value) for value in VALUES]
        y = build(xs)
        y.backward()
        held = tracemalloc.get_traced_memory()[0] - before
        del xs, y
        left = tracemalloc.get_traced_memory()[0] - before
        assert gc.collect() == 0, "reference cycles"
    finally:
        tracemalloc.stop()
        gc.enable()
    assert held / ops <= 680
    assert left <= 0.05 * held  # Python keeps some freed tuples for the next


def test_arrays_are_copied_only_where_they_would_be_shared() -> None:
    elements = 50_000
    arrays = [np.linspace(-1, 1, elements) + shift for shift in (0.1, 0.2, 0.3, 0.4)]
    x, w, b, t = map(Variable, arrays)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        y = (relu(x * w + b) - t) ** 2
        forward = (tracemalloc.get_traced_memory()[0] - before) / arrays[0].nbytes
        y.backward()
        held = (tracemalloc.get_traced_memory()[0] - before) / arrays[0].nbytes
        peak = (tracemalloc.get_traced_memory()[1] - before) / arrays[0].nbytes
    finally:
        tracemalloc.stop()
    # Five results, and a gradient of each of them and of the four inputs; behind relu three of these remember where
    # nothing came back, in the same byte an entry. For a moment there are three more arrays, and marks.
    assert forward == pytest.approx(5, abs=0.1)
    assert held == pytest.approx(5 + 9 + 1 / 8, abs=0.1)
    assert peak <= 5 + 9 + 1 / 8 + 3 + 1 / 4
