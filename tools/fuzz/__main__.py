"""Fuzz from a seed, at a size: `python -m tools.fuzz --seed 1 --size 10000`; ends with 1 at the first failure."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from tools.fuzz import border, by_hand, numpy_expressions

A_SEED = 200
"""How many are played from one seed."""
FUZZERS: Mapping[str, Callable[[int, int], Any]] = {
    "event": by_hand.play,
    "probe": border.probe,
    "expression": numpy_expressions.compare,
}
"""What is played, by what one of it is called; each returns the first failure of a seed, or None."""


def main() -> int:
    """Play seeds of 200 each until `size` of every kind are played."""
    parser = argparse.ArgumentParser(prog="tools.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=10_000, help="how many of each kind")
    parser.add_argument("--only", choices=list(FUZZERS), help="events by hand, probes of the border, or expressions")
    chosen = parser.parse_args()
    seeds = range(chosen.seed, chosen.seed + -(-chosen.size // A_SEED))
    for kind, play in FUZZERS.items():
        if chosen.only not in (None, kind):
            continue
        for seed in seeds:
            failure = play(seed, A_SEED)
            if failure is not None:
                print(f"seed {failure.seed}, {kind} {failure.event}: {failure.message}")
                return 1
        print(f"{len(seeds) * A_SEED} {kind}s, seeds {seeds.start} to {seeds.stop - 1}: nothing failed.", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
