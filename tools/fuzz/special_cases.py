"""Ops with special values going in: every one at every value, and drawn from a seed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine import Function, Variable

BESIDE = (0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, 20.0, -20.0, 40.0, 800.0, -800.0)
VALUES = (*BESIDE, 1e200, -1e200, 1e-200, -1e-200, np.inf, -np.inf, np.nan)
UPSTREAM = (1.0, -1.0, 0.0, 1e200, 1e-200, np.inf)

PARAMETERS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "Pow": [{"exponent": c} for c in (0, 1, 2, 3, -1, -2, 0.5, -0.5, 1.5)],
    "LeakyReLU": [{"slope": c} for c in (0.2, 0.0, 1.0, -0.5)],
}


@dataclass(frozen=True)
class Case:
    """Hold an op with its parameters, the arrays that go in, and the gradients of its outputs."""

    op: str
    parameters: Mapping[str, Any]
    xs: tuple[Any, ...]
    gys: tuple[Any, ...]

    @property
    def is_elementwise(self) -> bool:
        """Return whether each place of the output depends on the same place of the inputs alone."""
        return bool(Function.registry[self.op].elementwise)


def elementwise_cases() -> Iterator[Case]:
    """Yield every elementwise op at every value, and at every pair of values, with every upstream gradient."""
    for name, op in Function.registry.items():
        if not op.elementwise or not op.ports:
            continue
        for parameters in PARAMETERS.get(name, [{}]):
            values = VALUES if len(op.ports) < 3 else (0.0, -1.0, 2.0, np.inf, np.nan)
            grid = np.array(list(itertools.product(values, repeat=len(op.ports)))).T
            for upstream in UPSTREAM:
                gys = tuple(np.full(grid.shape[1], upstream) for _ in op.outputs_with(parameters))
                yield Case(name, parameters, tuple(grid), gys)


def random_case(seed: int, of: str = "") -> Case:
    """Return a case drawn from a seed: broadcast, tied, empty or in float32, of one magnitude for each case.

    Of any op, unless one is named.
    """
    chance = random.Random(seed)
    ops = [name for name, op in Function.registry.items() if op.ports or "n_inputs" in op.defaults()]
    name = of or chance.choice(ops)
    op = Function.registry[name]
    parameters, shapes = chance.choice(_samples(op))
    if name in PARAMETERS:
        parameters = chance.choice(list(PARAMETERS[name]))
    dtype = np.float32 if chance.random() < 0.2 else np.float64
    large = 1e30 if dtype == np.float32 else 1e200
    if not op.elementwise:
        large = large**0.5  # where products are added, what overflows depends on their order
    magnitude = chance.choice([1.0, 1.0, large, 1 / large])
    drawn = [chance.choice([0.0, -0.0, 1.0, -1.0, 2.0, -0.5, 3.0]) * magnitude for _ in range(3)]
    if chance.random() < 0.4:
        drawn.append(chance.choice([np.inf, -np.inf, np.nan, 800.0, -800.0, 20.0]))
    xs = tuple(np.array([chance.choice(drawn) for _ in range(int(np.prod(s)))], dtype).reshape(s) for s in shapes)
    with np.errstate(all="ignore"):
        found = op(**parameters)(*[Variable(x) for x in xs])
    ys = found if isinstance(found, list) else [found]
    seeds = (1.0, 1.0, -1.0, 2.0, 0.0)
    gys = tuple(np.array([chance.choice(seeds) for _ in range(y.size)], dtype).reshape(y.shape) for y in ys)
    return Case(name, parameters, xs, gys)


def _samples(op: Any) -> list[tuple[Mapping[str, Any], tuple[tuple[int, ...], ...]]]:
    if op.samples:
        return list(op.samples)
    n = len(op.ports)
    return [({}, shapes[:n]) for shapes in (((), (), ()), ((2, 3), (3,), (2, 1)), ((), (2,), ()), ((0,), (0,), (1,)))]
