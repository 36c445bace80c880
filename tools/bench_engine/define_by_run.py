"""Define-by-run: every workload in every framework, built anew each time, forward and backward."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tools.bench_engine.frameworks import Framework, disagreement, expected, ours, peers
from tools.bench_engine.timing import Ratio, Times, interleaved
from tools.bench_engine.workloads import Workload, define_by_run

AGREEMENT = 1e-12
_STACK = 1 << 30


@dataclass(frozen=True)
class Row:
    """Hold our times for a workload, and each peer's ratio to them or what went wrong with it."""

    workload: Workload
    ours: Times
    ratios: dict[str, Ratio | str]


def measure() -> list[Row]:
    """Measure every workload, and say what has been measured as it goes."""
    return with_deep_recursion(lambda: [_measure(workload) for workload in define_by_run()])


def _measure(workload: Workload) -> Row:
    right = expected(workload)
    ratios: dict[str, Ratio | str] = {}
    ways: dict[str, Callable[[], object]] = {}
    for framework in (ours(), *peers()):
        trouble = _trouble(framework, workload, right)
        if trouble is None:
            ways[framework.name] = partial(framework.run, workload)
        elif framework.name == "ours":
            raise AssertionError(f"{workload.name}: {trouble}")
        else:
            ratios[framework.name] = trouble
    times = interleaved(ways, workload.rounds)
    base = times.pop("ours")
    ratios |= {name: each.ratio_to(base) for name, each in times.items()}
    row = Row(workload, base, {each.name: ratios[each.name] for each in peers()})
    print(
        f"{workload.name:42} {base.median * 1e6:10.1f} µs ", *(f"{k} {v};" for k, v in row.ratios.items()), flush=True
    )
    return row


def _trouble(framework: Framework, workload: Workload, right: list[float]) -> str | None:
    try:
        found = framework.gradients(workload)
    except (RecursionError, MemoryError):
        return "fails"
    off = disagreement(found, right)
    return None if off <= AGREEMENT else f"wrong by {off:.0e}"


def with_deep_recursion(work: Callable[[], Any]) -> Any:
    """Do work where a peer that calls itself once an op gets as deep as its graph, and return the result."""
    results: list[Any] = []
    before = sys.getrecursionlimit()
    threading.stack_size(_STACK)
    sys.setrecursionlimit(1_000_000)
    try:
        thread = threading.Thread(target=lambda: results.append(work()))
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(before)
        threading.stack_size(0)
    if not results:
        raise RuntimeError("the measurement ended early; its error stands above")
    return results[0]
