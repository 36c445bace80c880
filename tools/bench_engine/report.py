"""The tables, as docs/benchmark.md holds them."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version

from tools.bench_engine.define_by_run import AGREEMENT, Row
from tools.bench_engine.timing import Ratio, digits, geometric_mean
from tools.bench_engine.verdict import Measured

BUDGETS = {"PyTorch": 1.0, "DeZero": 2.5}
"""How many times as long as ours a peer takes at the least, as a geometric mean over the workloads."""
AIMS = {"PyTorch": 1.3}
"""What is aimed at beyond the budget."""

_PACKAGES = {"micrograd": "micrograd", "autograd": "autograd", "PyTorch": "torch", "DeZero": "dezero"}


_PLAINNESS = """\
## What plainness costs

Until the core was put on one page, it was tuned for single numbers: two ways of calling, inputs in three fields,
gradients held on Functions, and `data` that was no array. Both cores against the same peers on the same eight
workloads, each in a run of its own:

| how many times as long as the core a peer takes, geometric mean | tuned core | core on one page |
| --- | ---: | ---: |
| micrograd | 1.68 × | 0.35 × |
| PyTorch | 5.20 × | 1.32 × |
| DeZero | 12.3 × | 2.82 × |

A graph takes 524 bytes an op instead of 228, and arrays of a million elements 1.4 times the time of plain NumPy instead
of 1.05, since no gradient shares memory with another.

Replay takes no notice: it compiles the same rules. In the page, drawing and patching outweigh the engine by far.
"""
"""Measured when the core was put on one page; the tuned one is no more."""


def means(rows: Sequence[Row]) -> list[Measured]:
    """Return each peer's geometric mean over the workloads that it can do."""
    found = []
    for name in rows[0].ratios:
        ratios = [ratio for row in rows if isinstance(ratio := row.ratios[name], Ratio)]
        mean, best = (geometric_mean([getattr(each, kind) for each in ratios]) for kind in ("median", "least"))
        spread = f"(best rounds {digits(best)}; {len(ratios)} of {len(rows)} workloads)"
        if name in AIMS:
            spread = f"(best rounds {digits(best)}; {len(ratios)} of {len(rows)} workloads; the aim is {AIMS[name]:g})"
        found.append(Measured(f"{name} to ours, geometric mean", mean, BUDGETS.get(name), "×", True, spread))
    return found


def markdown(rows: Sequence[Row], parts: Sequence[tuple[str, str, Sequence[Measured]]]) -> str:
    """Return the whole file: define-by-run against the peers, and each part with a heading and a sentence."""
    peers = list(rows[0].ratios)
    lines = [
        "# The engine, measured",
        "",
        "`make bench` writes this file. Everything is a ratio of the processor's times, taken side by side in one",
        "process in rounds in which each way has its turn, with the garbage collector on.",
        f"Python {platform.python_version()}, {', '.join(f'{each} {_version(each)}' for each in ('NumPy', *peers))};",
        f"{os.cpu_count()} cores.",
        "",
        "## Define-by-run",
        "",
        "The graph is built anew each time and run forward and backward. A peer's column says how many times as long",
        "as ours it takes: the median over the rounds, and in brackets the middle half of them. All gradients agree",
        f"with an independent computation to {AGREEMENT:g} relative.",
        "",
        _line("workload", "ours, µs", "best", *peers),
        _line("---", "---:", "---:", *["---:"] * len(peers)),
    ]
    for row in rows:
        micros = [f"{seconds * 1e6:.{1 if seconds < 1e-4 else 0}f}" for seconds in (row.ours.median, row.ours.least)]
        lines.append(_line(row.workload.name, *micros, *map(str, row.ratios.values())))
    for heading, sentence, measured in (("", "", means(rows)), *parts):
        lines += ["", *([f"## {heading}", "", sentence, ""] if heading else [])]
        lines += [_line("", "measured", "budget", ""), _line("---", "---:", "---:", "---")]
        lines += [_line(*each.cells) for each in measured]
    return "\n".join([*lines, "", _PLAINNESS])


def _version(name: str) -> str:
    return version(_PACKAGES.get(name, name)).partition("+")[0]


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
