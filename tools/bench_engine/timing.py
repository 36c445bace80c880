"""Time several ways side by side: in rounds, each way once a round, so that a busy moment meets them all."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_LEAST_SECONDS = 0.01
"""A round repeats what is quicker than this."""


@dataclass(frozen=True)
class Times:
    """Hold the seconds of each round: the processor's, so that other programs take no part."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the middle of the rounds."""
        return statistics.median(self.seconds)

    @property
    def least(self) -> float:
        """Return the best of the rounds, which other programs disturbed least."""
        return min(self.seconds)

    def ratio_to(self, base: Times) -> Ratio:
        """Return how many times as long this takes, compared round by round."""
        ratios = sorted(a / b for a, b in zip(self.seconds, base.seconds, strict=True))
        low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
        return Ratio(statistics.median(ratios), low, high, self.least / base.least)


@dataclass(frozen=True)
class Ratio:
    """Hold the median over the rounds, where the middle half of them lies, and the ratio of the best rounds."""

    median: float
    low: float
    high: float
    least: float

    def __str__(self) -> str:
        return f"{digits(self.median)} ({digits(self.low)}–{digits(self.high)})"


def interleaved(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Times]:
    """Time each way in every round.

    The garbage collector is on, as users have it; what one way left behind is collected before the next one's turn, and
    what is there before the first (the code of all peers, which no user has loaded together) is not looked through.
    """
    gc.collect()
    gc.freeze()
    repeats = {name: _repeats(run) for name, run in ways.items()}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, run in ways.items():
            gc.collect()
            seconds[name].append(_time(run, repeats[name]))
    gc.unfreeze()
    return {name: Times(tuple(kept)) for name, kept in seconds.items()}


def geometric_mean(numbers: list[float]) -> float:
    """Return the mean of ratios."""
    return math.exp(statistics.fmean(map(math.log, numbers)))


def digits(number: float) -> str:
    """Return a number in the digits that matter."""
    return f"{number:.2f}" if number < 10 else f"{number:.1f}" if number < 100 else f"{number:.0f}"


def _repeats(run: Callable[[], object]) -> int:
    _time(run, 1)
    return max(1, math.ceil(_LEAST_SECONDS / _time(run, 1)))


def _time(run: Callable[[], object], repeats: int) -> float:
    start = time.process_time()
    for _ in range(repeats):
        run()
    return (time.process_time() - start) / repeats
