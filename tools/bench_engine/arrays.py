"""Arrays of a million elements, in the engine and in plain NumPy: what define-by-run adds when NumPy does the work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from engine import Variable, relu, tanh  # type: ignore[attr-defined]
from tools.bench_engine.define_by_run import AGREEMENT
from tools.bench_engine.timing import Ratio, interleaved
from tools.bench_engine.verdict import Measured

_ELEMENTS = 1_000_000
_ROUNDS = 21


def measure() -> list[Measured]:
    """Measure a layer with ReLU and one with tanh, and the squared error of each."""
    found = []
    for name, activation, by_hand in (("ReLU", relu, _relu_by_hand), ("tanh", tanh, _tanh_by_hand)):
        ratio = compare(activation, by_hand, _ELEMENTS, _ROUNDS)
        what = f"({name}(x × w + b) − t)², a million elements, to plain NumPy"
        found.append(Measured(what, ratio.least, None, "×", spread=f"(rounds {ratio.low:.2f}–{ratio.high:.2f})"))
    return found


def compare(activation: Any, by_hand: Any, elements: int, rounds: int) -> Ratio:
    """Return how many times as long the engine takes as code by hand that finds the same gradients."""
    chance = np.random.default_rng(1)
    arrays = [chance.uniform(-1, 1, elements) for _ in range(4)]
    run: Callable[[], Any] = partial(_engine, activation, *arrays)
    for mine, theirs in zip(run(), by_hand(*arrays), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=AGREEMENT)
    times = interleaved({"hand": partial(by_hand, *arrays), "engine": run}, rounds)
    return times["engine"].ratio_to(times["hand"])


def _engine(activation: Any, *arrays: Any) -> tuple[Any, ...]:
    x, w, b, t = map(Variable, arrays)
    z = (activation(x * w + b) - t) ** 2
    z.backward()
    return z.data, x.grad, w.grad, b.grad, t.grad


def _relu_by_hand(x: Any, w: Any, b: Any, t: Any) -> tuple[Any, ...]:
    s = x * w + b
    y = np.maximum(s, 0.0)
    d = y - t
    z = d * d
    gz = np.ones_like(z)
    gd = 2.0 * d * gz
    gs = gd * (s > 0)
    return z, gs * w, gs * x, gs, -gd


def _tanh_by_hand(x: Any, w: Any, b: Any, t: Any) -> tuple[Any, ...]:
    s = x * w + b
    y = np.tanh(s)
    d = y - t
    z = d * d
    gz = np.ones_like(z)
    gd = 2.0 * d * gz
    gs = gd * (1.0 - y * y)
    return z, gs * w, gs * x, gs, -gd
