"""Powers and roots (Saito, steps 2 and 22).

`np.power` and not `**`, which rounds a scalar of NumPy otherwise than an array.
"""

import numpy as np

from engine.autograd.arrays import as_float
from engine.autograd.core import Function
from engine.autograd.parameters import Number
from engine.autograd.strong_zeros import no_gradient


class Square(Function):
    """Square a value elementwise.

    gx = 2x · gy (step 2).
    """

    symbol = "x²"
    formula = r"y = x^2"
    local = (r"2x",)
    python = "{x} ** 2"
    aliases = ("^2", "**2", "squared")

    def forward(self, x):
        return x * x

    def backward(self, gy):
        x = self.inputs[0].data
        return 2.0 * x * gy


class Sqrt(Function):
    """Take the square root.

    gx = gy / (2√x).

    At 0 its slope is infinite, and so is a gradient through it; where a slope of 0 follows, as in a norm at 0, the
    chain rule has no answer, and the gradient is nan.
    """

    symbol = "√x"
    formula = r"y = \sqrt{x}"
    local = (r"\frac{1}{2 \sqrt{x}}",)
    python = "np.sqrt({x})"
    domain = ((0.5, 3.0),)
    aliases = ("square root", "root")

    def forward(self, x):
        self.y = np.sqrt(x)
        return self.y

    def backward(self, gy):
        return gy / (2.0 * self.y)


class Pow(Function):
    """Raise a value to a constant power.

    For the exponent c, gx = gy · c · x^(c − 1) (step 22).

    The power 0 is 1 everywhere, also at 0, and its gradient is 0.
    """

    symbol = "x^{exponent}"
    formula = r"y = x^c"
    local = (r"c \, x^{c-1}",)
    python = "{x} ** {exponent}"
    domain = ((0.5, 2.0),)
    aliases = ("power", "exponent", "^")

    def __init__(self, exponent: Number = 3.0):
        self.exponent = exponent

    def forward(self, x):
        # Integers would refuse negative exponents.
        return np.power(as_float(x), self.exponent)

    def backward(self, gy):
        x, c = as_float(self.inputs[0].data), self.exponent
        return gy * (c * np.power(x, c - 1.0)) if c else no_gradient(x.shape, gy.dtype)


class Power(Function):
    """Raise the first value to the power of the second.

    gx = gy · p · x^(p − 1) and gp = gy · x^p · ln x.

    0⁰ is 1, as in Python, NumPy and PyTorch, and both gradients there are 0: it is a kink. At x = 0 the gradient of a
    power p ≥ 0 is 0; that of a power below 0 is nan, and so is that of any power of an x below 0, where it jumps
    between numbers that are real and numbers that are not.
    """

    symbol = "xᵖ"
    formula = r"y = x^p"
    local = (r"p \, x^{p-1}", r"x^p \ln x")
    python = "{x} ** {p}"
    domain = ((0.5, 2.0), (-2.0, 2.0))
    jumps = True
    operator = "**"
    aliases = ("**", "^", "exponent")

    @classmethod
    def operate(cls, x, p):
        """Run the simplest op that does it: a constant exponent needs no gradient."""
        if type(p) is int or type(p) is float:
            return Square()(x) if p == 2 else Pow(p)(x)
        return cls()(x, p)

    @staticmethod
    def kinks(x, p):
        return np.maximum(np.abs(x), np.abs(p))

    def forward(self, x, p):
        return np.power(as_float(x), p)

    def backward(self, gy):
        x, p = as_float(self.inputs[0].data), self.inputs[1].data
        # At x = 0 and p = 0, x^(p − 1) would be infinite.
        is_corner = np.equal(x, 0) & np.equal(p, 0)
        gx = np.where(is_corner, 0.0, gy * (p * np.power(x, np.where(is_corner, 1.0, p - 1.0))))
        # ln x exists for positive x alone; below 0 the power is no function of p, but x is all that most ask of.
        is_flat = np.equal(x, 0) & np.greater_equal(p, 0)
        log = np.log(np.where(is_flat, 1.0, np.where(x > 0, x, -1.0)))  # of −1: nan
        return gx, np.where(is_flat, 0.0, gy * (np.power(x, p) * log))
