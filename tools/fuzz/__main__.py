"""Fuzz from a seed, at a size: `python -m tools.fuzz --seed 1 --size 10000`; ends with 1 at the first failure."""

from __future__ import annotations

import argparse

from tools.fuzz.by_hand import play

EVENTS_A_SESSION = 200


def main() -> int:
    """Play sessions of 200 events each until `size` events are played."""
    parser = argparse.ArgumentParser(prog="tools.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=10_000, help="how many events")
    chosen = parser.parse_args()
    sessions = -(-chosen.size // EVENTS_A_SESSION)
    for seed in range(chosen.seed, chosen.seed + sessions):
        failure = play(seed, EVENTS_A_SESSION)
        if failure is not None:
            print(f"seed {failure.seed}, event {failure.event}: {failure.message}")
            return 1
    print(f"{sessions * EVENTS_A_SESSION} events, seeds {chosen.seed} to {chosen.seed + sessions - 1}: nothing failed.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
