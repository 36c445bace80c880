"""Powers (Saito, steps 2 and 22)."""

import numpy as np

from engine.function import Function


class Square(Function):
    """Square a value elementwise."""

    symbol = "x²"
    formula = r"y = x^2"
    local = (r"2x",)
    python = "{x} ** 2"
    aliases = ("^2", "**2", "squared")

    def forward(self, x):
        return x**2

    def backward(self, gy):
        x = self.inputs[0].data
        return 2 * x * gy


class Pow(Function):
    """Raise the first value to the power of the second."""

    symbol = "xᵖ"
    formula = r"y = x^p"
    local = (r"p \, x^{p-1}", r"x^p \ln x")
    python = "{x} ** {p}"
    domain = ((0.5, 2.0), (-2.0, 2.0))
    operator = "**"
    aliases = ("**", "^", "power", "exponent")

    def forward(self, x, p):
        # Integer arrays would refuse negative exponents and overflow in silence.
        return np.float_power(x, p)

    def backward(self, gy):
        x, p = self.inputs[0].data, self.inputs[1].data
        # At p = 0 the power is constant, also at x = 0, where x^(p − 1) is infinite.
        gx = np.where(p == 0, 0.0, p * np.float_power(x, np.where(p == 0, 1.0, p - 1)))
        # ln x exists for positive x; elsewhere the power is not differentiable in p, but x is all that most ask of.
        gp = np.where(x > 0, np.float_power(x, p) * np.log(np.where(x > 0, x, 1.0)), 0.0)
        return gy * gx, gy * np.where((x < 0) | ((x == 0) & (p <= 0)), np.nan, gp)
