"""How the engine grows: a million ops, the cost of one in large graphs and small, its memory, and what stays behind."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tools.bench_engine.bare import bare
from tools.bench_engine.define_by_run import AGREEMENT, with_deep_recursion
from tools.bench_engine.frameworks import Framework, disagreement, expected, ours, peers
from tools.bench_engine.timing import digits, interleaved
from tools.bench_engine.verdict import Measured
from tools.bench_engine.workloads import Workload, chain, dag, thousands, wide

_SHAPES: dict[str, Callable[[int], Workload]] = {"chain": chain, "wide sum": wide, "random DAG": dag}
_SMALL, _LARGE, _HUGE = 1_000, 100_000, 1_000_000
_ROUNDS = 9
_PEERS_ROUNDS = 3


@dataclass(frozen=True)
class Memory:
    """Hold what a graph took: bytes an op, the part that stayed when nobody held it, and objects in cycles."""

    per_op: float
    left: float
    in_cycles: int


def memory(workload: Workload, ops: int) -> Memory:
    """Measure the memory of a graph with all its gradients, without the garbage collector's help."""
    framework = ours()
    framework.run(workload)
    was_on = gc.isenabled()
    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        xs = [framework.variable(value) for value in workload.values]
        z = workload.build(xs, framework.relu)
        z.backward()
        held = tracemalloc.get_traced_memory()[0]
        del xs, z
        after = tracemalloc.get_traced_memory()[0]
        return Memory((held - before) / ops, (after - before) / (held - before), gc.collect())
    finally:
        tracemalloc.stop()
        if was_on:
            gc.enable()


def growth(
    framework: Framework, make: Callable[[int], Workload], small: int, large: int, rounds: int, *, collects: bool
) -> float:
    """Return the cost of an op in a large graph as a multiple of that in a small one, best round to best round."""
    ways = {str(ops): partial(framework.run, make(ops)) for ops in (small, large)}
    if not collects:
        gc.disable()
    times = interleaved(ways, rounds)
    gc.enable()
    return (times[str(large)].least / large) / (times[str(small)].least / small)


def measure() -> list[Measured]:
    """Measure all three shapes; of the hardest one, say how the peers' cost grows in the same graph."""
    found: list[Measured] = []
    for name, make in _SHAPES.items():
        what = f"{name}: cost of an op, {thousands(_LARGE)} ops to {thousands(_SMALL)}, garbage collector"
        ratio = growth(ours(), make, _SMALL, _LARGE, _ROUNDS, collects=False)
        found.append(Measured(f"{what} off", ratio, 2.5, "×"))
        ratio = growth(ours(), make, _SMALL, _LARGE, _ROUNDS, collects=True)
        floor = _growth_of_bare(make)
        spread = f"(a bare engine of as many objects {digits(floor)}{_growth_of_peers(make) if make is dag else ''})"
        found.append(Measured(f"{what} on", ratio, floor, "×", spread=spread))
        taken = memory(make(_LARGE), _LARGE)
        found.append(Measured(f"{name}: bytes an op, with gradients", taken.per_op, None, "bytes"))
        found.append(Measured(f"{name}: memory not back without a collection", 100 * taken.left, 1, "%"))
        found.append(Measured(f"{name}: objects in reference cycles", taken.in_cycles, 0, "objects"))
        found.append(_million(name, make(_HUGE)))
    return found


def _growth_of_bare(make: Callable[[int], Workload]) -> float:
    """Return how the cost of an op grows in an engine of as many objects that does next to nothing: the budget."""
    small = make(_SMALL)
    off = disagreement(bare().gradients(small), expected(small))
    if off > AGREEMENT:
        raise AssertionError(f"the floor is wrong by {off:.0e}")
    return growth(bare(), make, _SMALL, _LARGE, _ROUNDS, collects=True)


def _growth_of_peers(make: Callable[[int], Workload]) -> str:
    def measured() -> list[str]:
        found = [(each.name, growth(each, make, _SMALL, _LARGE, _PEERS_ROUNDS, collects=True)) for each in peers()]
        return [f", {name} {digits(ratio)}" for name, ratio in found]

    return "".join(with_deep_recursion(measured))


def _million(name: str, workload: Workload) -> Measured:
    framework = ours()
    off = disagreement(framework.gradients(workload), expected(workload))
    what = f"{name}: gradients of {thousands(_HUGE)} ops off by, recursion limit {sys.getrecursionlimit()}"
    return Measured(what, off, AGREEMENT, "relative")
