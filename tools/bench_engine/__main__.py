"""Measure the engine against its peers and its budgets, print the tables and write them to docs/benchmark.md."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.bench_engine import arrays, define_by_run, replay, scale
from tools.bench_engine.report import markdown, means

REPORT = Path(__file__).parents[2] / "docs" / "benchmark.md"


def main() -> int:
    """Run every comparison and return 1 if a budget was missed."""
    rows = define_by_run.measure()
    parts = [
        (
            "Replay",
            "A document is compiled once to straight-line Python and run again with other values; best rounds.",
            replay.measure(),
        ),
        (
            "Scale",
            "Best rounds. The collector looks through large graphs again and again in vain: they have no cycles, and"
            " their memory is back without it.",
            scale.measure(),
        ),
        (
            "Arrays",
            "Forward and backward, against the same by hand in plain NumPy; best rounds. By hand, gradients share"
            " memory; the engine copies three of them, so that changing one in place changes no other.",
            arrays.measure(),
        ),
    ]
    text = markdown(rows, parts)
    REPORT.write_text(text, "utf-8")
    print(text)
    return 0 if all(each.is_met for part in (means(rows), *(part[2] for part in parts)) for each in part) else 1


if __name__ == "__main__":
    sys.exit(main())
