"""Sine and cosine (Saito, step 27)."""

import numpy as np

from engine.function import Function


class Sin(Function):
    """Take the sine of an angle in radians."""

    symbol = "sin x"
    formula = r"y = \sin x"
    local = (r"\cos x",)
    python = "np.sin({x})"
    aliases = ("sine",)

    def forward(self, x):
        return np.sin(x)

    def backward(self, gy):
        x = self.inputs[0].data
        return gy * np.cos(x)


class Cos(Function):
    """Take the cosine of an angle in radians."""

    symbol = "cos x"
    formula = r"y = \cos x"
    local = (r"-\sin x",)
    python = "np.cos({x})"
    aliases = ("cosine",)

    def forward(self, x):
        return np.cos(x)

    def backward(self, gy):
        x = self.inputs[0].data
        return -gy * np.sin(x)
