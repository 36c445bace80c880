"""The exponential and its inverse (Saito, step 3)."""

import numpy as np

from engine.autograd.core import Function


class Exp(Function):
    """Raise e to the power of a value.

    gx = gy · e^x (step 3).
    """

    symbol = "eˣ"
    formula = r"y = e^x"
    local = (r"e^x",)
    python = "np.exp({x})"
    aliases = ("e^x", "exponential")

    def forward(self, x):
        self.y = np.exp(x)
        return self.y

    def backward(self, gy):
        return self.y * gy


class Log(Function):
    """Take the natural logarithm.

    gx = gy / x (step 47).
    """

    symbol = "ln x"
    formula = r"y = \ln x"
    local = (r"\frac{1}{x}",)
    python = "np.log({x})"
    domain = ((0.5, 3.0),)
    aliases = ("ln", "logarithm")

    def forward(self, x):
        return np.log(x)

    def backward(self, gy):
        x = self.inputs[0].data
        return gy / x
