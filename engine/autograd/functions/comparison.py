"""The larger and the smaller of two values: the gradient goes to the winner, half to each at a tie.

What is not taken gets `NO_GRADIENT`: a 0 that stays 0, where 0 · ∞ would be nan.
"""

import numpy as np

from engine.autograd.core import Function
from engine.autograd.parameters import Number
from engine.autograd.strong_zeros import NO_GRADIENT, no_gradient


def share(gy, x0, x1):
    """Return which part of the gradient goes to `x0` when it wins by being larger; beside nan, both get all of it."""
    return np.where(np.equal(x0, x1), 0.5 * gy, np.where(np.less(x0, x1), NO_GRADIENT, gy))


class Max(Function):
    """Take the larger of two values.

    gx0 = gy where x0 > x1, gx1 = gy where x1 > x0, and else 0.

    Where both are equal the slopes jump, and each gets half of the gradient, as in PyTorch.
    """

    symbol = "max"
    formula = r"y = \max(x_0, x_1)"
    local = (
        r"1 \text{ if } x_0 > x_1 \text{, } \frac{1}{2} \text{ if } x_0 = x_1 \text{, else } 0",
        r"1 \text{ if } x_1 > x_0 \text{, } \frac{1}{2} \text{ if } x_0 = x_1 \text{, else } 0",
    )
    python = "np.maximum({x0}, {x1})"
    aliases = ("maximum", "larger")

    @staticmethod
    def kinks(x0, x1):
        return np.abs(x0 - x1)

    def forward(self, x0, x1):
        return np.maximum(x0, x1)

    def backward(self, gy):
        x0, x1 = self.inputs[0].data, self.inputs[1].data
        return share(gy, x0, x1), share(gy, x1, x0)


class Min(Function):
    """Take the smaller of two values.

    gx0 = gy where x0 < x1, gx1 = gy where x1 < x0, and else 0.

    Where both are equal the slopes jump, and each gets half of the gradient, as in PyTorch.
    """

    symbol = "min"
    formula = r"y = \min(x_0, x_1)"
    local = (
        r"1 \text{ if } x_0 < x_1 \text{, } \frac{1}{2} \text{ if } x_0 = x_1 \text{, else } 0",
        r"1 \text{ if } x_1 < x_0 \text{, } \frac{1}{2} \text{ if } x_0 = x_1 \text{, else } 0",
    )
    python = "np.minimum({x0}, {x1})"
    aliases = ("minimum", "smaller")

    @staticmethod
    def kinks(x0, x1):
        return np.abs(x0 - x1)

    def forward(self, x0, x1):
        return np.minimum(x0, x1)

    def backward(self, gy):
        x0, x1 = self.inputs[0].data, self.inputs[1].data
        return share(gy, x1, x0), share(gy, x0, x1)


class MinMax(Function):
    """Sort two values: the smaller comes out first, the larger second.

    gx0 = glow where x0 < x1, else ghigh; gx1 = ghigh where x0 < x1, else glow.

    Where both are equal the slopes jump, and each gets half of each gradient.
    """

    symbol = "sort"
    formula = r"\text{low} = \min(x_0, x_1), \quad \text{high} = \max(x_0, x_1)"
    local = (
        # by the smaller one, then by the larger one
        r"1 \text{ if } x_0 < x_1 \text{, } \frac{1}{2} \text{ if } x_0 = x_1 \text{, else } 0, \quad "
        r"1 \text{ if } x_0 > x_1 \text{, } \frac{1}{2} \text{ if } x_0 = x_1 \text{, else } 0",
        r"1 \text{ if } x_1 < x_0 \text{, } \frac{1}{2} \text{ if } x_0 = x_1 \text{, else } 0, \quad "
        r"1 \text{ if } x_1 > x_0 \text{, } \frac{1}{2} \text{ if } x_0 = x_1 \text{, else } 0",
    )
    python = "np.minimum({x0}, {x1}), np.maximum({x0}, {x1})"
    output_names = ("low", "high")
    aliases = ("sort", "minimum and maximum")

    @staticmethod
    def kinks(x0, x1):
        return np.abs(x0 - x1)

    def forward(self, x0, x1):
        return np.minimum(x0, x1), np.maximum(x0, x1)

    def backward(self, glow, ghigh):
        x0, x1 = self.inputs[0].data, self.inputs[1].data
        return share(glow, x1, x0) + share(ghigh, x0, x1), share(glow, x0, x1) + share(ghigh, x1, x0)


class Clip(Function):
    """Hold a value between two bounds: the gradient passes where it was not cut.

    gx = gy where x_min ≤ x ≤ x_max, else 0 (step 47).
    """

    symbol = "clip"
    formula = r"y = \min(\max(x, \text{x_min}), \text{x_max})"
    local = (r"0 \text{ if } x < \text{x_min} \text{, } 0 \text{ if } x > \text{x_max} \text{, else } 1",)
    python = "np.clip({x}, {x_min}, {x_max})"
    aliases = ("clamp", "limit", "bounds")

    def __init__(self, x_min: Number = -1.0, x_max: Number = 1.0):
        self.x_min = x_min
        self.x_max = x_max

    def kinks(self, x):
        return np.minimum(np.abs(x - self.x_min), np.abs(x - self.x_max))

    def forward(self, x):
        return np.minimum(np.maximum(x, self.x_min), self.x_max)

    def backward(self, gy):
        x = self.inputs[0].data
        return np.where((x >= self.x_min) & (x <= self.x_max), gy, NO_GRADIENT)


class Where(Function):
    """Take the first value where a condition is not 0, and the second elsewhere.

    gx0 = gy where the condition is not 0, gx1 = gy where it is, and gcondition = 0 everywhere.
    """

    symbol = "where"
    formula = r"y = x_0 \text{ if } \text{condition} \neq 0 \text{, else } x_1"
    local = (
        "0",
        r"1 \text{ if } \text{condition} \neq 0 \text{, else } 0",
        r"0 \text{ if } \text{condition} \neq 0 \text{, else } 1",
    )
    python = "np.where({condition}, {x0}, {x1})"
    torch = "torch.where({condition} != 0, {x0}, {x1})"
    jumps = True
    aliases = ("if", "choose", "select")

    @staticmethod
    def kinks(condition, x0, x1):
        return np.abs(condition)

    def forward(self, condition, x0, x1):
        return np.where(condition, x0, x1)

    def backward(self, gy):
        condition = self.inputs[0].data
        gx0, gx1 = np.where(condition, gy, NO_GRADIENT), np.where(condition, NO_GRADIENT, gy)
        return no_gradient(condition.shape, gy.dtype), gx0, gx1
