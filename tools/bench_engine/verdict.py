"""What was measured, against its budget."""

from __future__ import annotations

from dataclasses import dataclass

from tools.bench_engine.timing import digits


@dataclass(frozen=True)
class Measured:
    """Hold a number and the budget, if any, that it may not exceed, or, if `is_floor`, fall short of."""

    what: str
    value: float
    budget: float | None
    unit: str
    is_floor: bool = False
    spread: str = ""

    @property
    def is_met(self) -> bool:
        """Return whether the number keeps to its budget."""
        if self.budget is None:
            return True
        return self.value >= self.budget if self.is_floor else self.value <= self.budget

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """Return what a table says of it: what, how much, the budget, and the verdict."""
        value = f"{self.value:.0e}" if 0 < self.value < 0.001 else digits(self.value) if self.value else "0"
        measured = f"{value} {self.unit} {self.spread}".rstrip()
        if self.budget is None:
            return self.what, measured, "", ""
        bound = f"{'≥' if self.is_floor else '≤'} {self.budget:.3g} {self.unit}"
        return self.what, measured, bound, "ok" if self.is_met else "**missed**"
