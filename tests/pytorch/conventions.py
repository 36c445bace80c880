"""Where the engine and PyTorch differ on purpose, and why: the one table of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.fuzz.special_cases import Case
from tools.fuzz.special_values import Difference, Here


@dataclass(frozen=True)
class Convention:
    """Say of an op where it differs from PyTorch, and why."""

    op: str
    where: Callable[[str, Here, Case], bool]
    """Tells, from which number it is ("y0", "gx0", "gx0 by x1" …), what stands at its place, and the case."""
    reason: str


CONVENTIONS = (
    Convention(
        "Abs",
        lambda what, here, _: what.startswith("gx0") and np.isnan(here[0]),
        "PyTorch gives nan the slope 0; here nan stays nan, as np.sign says.",
    ),
    Convention(
        "LeakyReLU",
        lambda what, here, case: case.parameters["slope"] == 0 and not here[0] > 0 and np.isinf(here[1]),
        "A slope of 0 stops the gradient, also an infinite one, as ReLU does; PyTorch multiplies 0 by ∞.",
    ),
    Convention(
        "Pow",
        lambda what, here, case: (
            case.parameters["exponent"] in (0.5, -0.5, 1.5)
            and (here[0] == -np.inf or (here[0] == 0 and np.signbit(here[0])))
        ),
        "PyTorch takes roots for the powers ½ and −½: these have another sign at −0 and are nan at −∞.",
    ),
    Convention(
        "Sigmoid",
        lambda what, here, _: what == "gx0 by x0" and np.isinf(here[1]),
        "The second derivative is a sum, of which an infinite upstream gradient makes ∞ − ∞; PyTorch has one formula.",
    ),
    Convention(
        "Tanh",
        lambda what, here, _: what.startswith("gx0") and abs(here[0]) >= 3,
        "1 − y² is the book's rule and PyTorch's: its digits go as y comes near ±1. It draws as the book draws it.",
    ),
    Convention(
        "Softplus",
        lambda what, here, _: what == "gx0 by x0" and here[0] == -np.inf,
        "The second derivative goes to 0 towards −∞; PyTorch multiplies 0 by ∞.",
    ),
    Convention(
        "GELU",
        lambda what, here, _: np.isinf(here[0]),
        "GELU and its derivatives have limits at ±∞; PyTorch multiplies 0 by ∞.",
    ),
    Convention(
        "GELU",
        lambda what, here, _: what == "gx0 by x0" and np.isinf(here[1]),
        "The second derivative is a sum, of which an infinite upstream gradient makes ∞ − ∞; PyTorch has one formula.",
    ),
    Convention(
        "Power",
        lambda what, here, _: here[0] == 0 and here[1] < 0 and (what.startswith("gx1") or what == "gx0 by x1"),
        "0ᵖ is infinite for all p < 0, and has no slope there: nan, where PyTorch says −∞.",
    ),
    Convention(
        "Power",
        lambda what, here, _: here[0] == 0 and here[1] >= 0 and (" by " in what or np.isinf(here[2])),
        "At x = 0 the gradients are decided, and infinite upstream and second gradients too; PyTorch says nan.",
    ),
    Convention(
        "Power",
        lambda what, here, _: here[0] < 0 and what == "gx1 by x0",
        "Below x = 0 the gradient of p is nan, and so is what is derived from it; PyTorch goes on where p is 0.",
    ),
    Convention(
        "Power",
        lambda what, here, _: here[1] in (0, 1) and (np.isinf(here[2]) or (np.isinf(here[0]) and what == "gx1 by x0")),
        "A factor of 0 meets one of ∞; PyTorch leaves such a term out where p is 0.",
    ),
    Convention(
        "Softmax",
        lambda what, here, case: np.inf in case.xs[0],
        "Beside ∞ every other share is 0, and only that of ∞ itself is ∞ / ∞; in PyTorch all are nan.",
    ),
    Convention(
        "LogSoftmax",
        lambda what, here, case: np.inf in case.xs[0],
        "As for Softmax: beside ∞ every other share is 0, where PyTorch says nan.",
    ),
    Convention(
        "CrossEntropy",
        lambda what, here, case: np.isinf(case.xs[0]).any() or np.isinf(case.xs[1]).any(),
        "With ∞ among scores or targets, terms of ∞ − ∞ come in another order.",
    ),
    Convention(
        "Power",
        lambda what, here, _: np.isnan(here[0]) or np.isnan(here[1]),
        "nan⁰ is 1, but its gradients are nan: nothing is known of nan. PyTorch says 0 for x.",
    ),
)


def reason_of(difference: Difference) -> str | None:
    """Return why an op differs from PyTorch here; None if it should not."""
    for convention in CONVENTIONS:
        if convention.op == difference.case.op and any(
            convention.where(difference.what, here, difference.case) for here in difference.here
        ):
            return convention.reason
    return None
