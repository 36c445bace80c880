"""Sine, cosine and tangent (Saito, step 27)."""

import numpy as np

from engine.autograd.core import Function


class Sin(Function):
    """Take the sine of an angle in radians.

    gx = gy · cos x (step 27).
    """

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
    """Take the cosine of an angle in radians.

    gx = −gy · sin x (step 34).
    """

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


class Tan(Function):
    """Take the tangent of an angle in radians.

    gx = gy · (1 + y²).
    """

    symbol = "tan x"
    formula = r"y = \tan x"
    local = (r"1 + \tan^2 x",)
    python = "np.tan({x})"
    domain = ((-1.2, 1.2),)
    aliases = ("tangent",)

    def forward(self, x):
        self.y = np.tan(x)
        return self.y

    def backward(self, gy):
        return gy * (1.0 + self.y * self.y)
