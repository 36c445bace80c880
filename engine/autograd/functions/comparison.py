"""The larger and the smaller of two values: the gradient goes to the winner, half to each at a tie."""

import numpy as np

from engine.autograd.core import Function


def share(gy, x0, x1):
    """Return which part of the gradient goes to `x0` when it wins by being larger."""
    return gy * np.greater(x0, x1) + 0.5 * gy * np.equal(x0, x1)


class Max(Function):
    """Take the larger of two values."""

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
    """Take the smaller of two values."""

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
    """Sort two values: the smaller comes out first, the larger second."""

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


class Where(Function):
    """Take the first value where a condition is not 0, and the second elsewhere."""

    symbol = "where"
    formula = r"y = x_0 \text{ if } \text{condition} \neq 0 \text{, else } x_1"
    local = (
        "0",
        r"1 \text{ if } \text{condition} \neq 0 \text{, else } 0",
        r"0 \text{ if } \text{condition} \neq 0 \text{, else } 1",
    )
    python = "np.where({condition}, {x0}, {x1})"
    torch = "torch.where({condition} != 0, {x0}, {x1})"
    aliases = ("if", "choose", "select")

    @staticmethod
    def kinks(condition, x0, x1):
        return np.abs(condition)

    def forward(self, condition, x0, x1):
        return np.where(condition, x0, x1)

    def backward(self, gy):
        condition = self.inputs[0].data
        zero = 0.0 * gy
        return zero, np.where(condition, gy, zero), np.where(condition, zero, gy)
