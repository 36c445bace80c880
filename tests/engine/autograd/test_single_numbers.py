"""A rule gives the same bits whether a single number comes as NumPy's scalar or as an array without axes.

The engine hands a registered op scalars, and arrays from when somebody has asked for `data`.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from engine.autograd import Function, Variable

_VALUES = [0.0, -0.0, 1.0, -1.0, 2.0, 3.0, 0.5, 1e300, -1e300, 1e154, 1e-300, 5e-324]


def drawn(chance: random.Random) -> float:
    return chance.choice([chance.choice(_VALUES), *(chance.uniform(-3, 3) for _ in range(4))])


def results(function: Function, xs: list[float], gy: float, *, as_arrays: bool) -> Any:
    found = function(*[Variable(np.array(x) if as_arrays else np.float64(x)) for x in xs])
    outputs = found if isinstance(found, list) else [found]
    if as_arrays:
        assert all(isinstance(y.data, np.ndarray) for y in outputs)
    gradients = function.gradients([np.float64(gy)] * len(outputs))
    return [None if each is None else np.asarray(each).tobytes() for each in [*(y.data for y in outputs), *gradients]]


@pytest.mark.parametrize("op", [op for op in Function.registry.values() if op.elementwise], ids=lambda op: op.__name__)
def test_a_scalar_and_an_array_give_the_same_bits(op: type[Function]) -> None:
    chance = random.Random(op.__name__)
    with np.errstate(all="ignore"):
        for _ in range(200):
            given = {"exponent": chance.uniform(-3, 3)} if op is Function.registry["Pow"] else {}
            xs, gy = [drawn(chance) for _ in op.ports_with({})], drawn(chance)
            scalars, arrays = (results(op(**given), xs, gy, as_arrays=each) for each in (False, True))
            assert scalars == arrays, (xs, gy, given)
