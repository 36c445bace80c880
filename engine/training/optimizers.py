"""The optimizers of the book: SGD and Momentum (step 46) and Adam (Kingma and Ba, 2015), as DeZero writes them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.autograd import Array
from engine.document import Training

BETA_1: Final = 0.9
BETA_2: Final = 0.999
EPSILON: Final = 1e-8


@dataclass(frozen=True)
class Update:
    """Hold what an update makes of one weight: arrays of the weight's shape."""

    before: Array
    gradient: Array
    """The gradient it goes by: where gradients are not cleared, the sum of all so far."""
    change: Array
    """What is added to the weight."""
    after: Array
    state: Mapping[str, Array]
    """What is kept for the next update: "v", "m", and "grad" where it is not cleared."""


def updated(training: Training, weight: Array, gradient: Array, state: Mapping[str, Array]) -> Update:
    """Return what the optimizer makes of a weight; `state` is what it kept of the update before."""
    kept: dict[str, Array] = {}
    with np.errstate(all="ignore"):  # whoever trains looks whether all is finite, and says so
        if not training.clears:
            gradient = kept["grad"] = gradient + state.get("grad", 0.0)
        zero = np.zeros_like(weight, dtype=float)
        match training.optimizer:
            case "SGD":
                change = -training.rate * gradient
            case "Momentum":
                change = kept["v"] = training.momentum * state.get("v", zero) - training.rate * gradient
            case "Adam":
                number = training.updates + 1
                first, second = state.get("m", zero), state.get("v", zero)
                kept["m"] = first + (1 - BETA_1) * (gradient - first)
                kept["v"] = second + (1 - BETA_2) * (gradient * gradient - second)
                rate = training.rate * math.sqrt(1 - BETA_2**number) / (1 - BETA_1**number)
                change = -rate * kept["m"] / (np.sqrt(kept["v"]) + EPSILON)
        return Update(weight, gradient, np.asarray(change), np.asarray(weight + change), kept)
