"""Activation functions of neural networks (Saito, steps 35 and 43)."""

import numpy as np

from engine.autograd.arraylike import ArrayLike
from engine.autograd.core import Function
from engine.autograd.parameters import Number


class Tanh(Function):
    """Squash a value into −1 to 1 with the hyperbolic tangent."""

    symbol = "tanh x"
    formula = r"y = \tanh x"
    local = (r"1 - \tanh^2 x",)
    python = "np.tanh({x})"
    aliases = ("hyperbolic tangent",)

    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, gy):
        return gy * (1.0 - self.y * self.y)


class Sigmoid(Function):
    """Squash a value into 0 to 1 with the logistic function."""

    symbol = "σ(x)"
    formula = r"y = \sigma(x) = \frac{1}{1 + e^{-x}}"
    local = (r"\sigma(x) \, (1 - \sigma(x))",)
    python = "1 / (1 + np.exp(-{x}))"
    torch = "torch.sigmoid({x})"
    aliases = ("logistic", "σ")

    def forward(self, x):
        self.y = logistic(x)
        return self.y

    def backward(self, gy):
        return gy * (self.y * (1.0 - self.y))


class ReLU(Function):
    """Let positive values through and stop the others."""

    symbol = "ReLU"
    formula = r"y = \max(x, 0)"
    local = (r"1 \text{ if } x > 0 \text{, else } 0",)
    python = "np.maximum({x}, 0)"
    torch = "torch.relu({x})"
    aliases = ("rectifier", "rectified linear unit")

    @staticmethod
    def kinks(x):
        return np.abs(x)

    def forward(self, x):
        return np.maximum(x, 0.0)

    def backward(self, gy):
        x = self.inputs[0].data
        return gy * (x > 0)


class LeakyReLU(Function):
    """Let positive values through and a small part of the others."""

    symbol = "LeakyReLU"
    formula = r"y = x \text{ if } x > 0 \text{, else } c x"
    local = (r"1 \text{ if } x > 0 \text{, else } c",)
    python = "np.where({x} > 0, {x}, {slope} * {x})"
    aliases = ("leaky rectifier",)

    def __init__(self, slope: Number = 0.2):
        self.slope = slope

    @staticmethod
    def kinks(x):
        return np.abs(x)

    def forward(self, x):
        return np.where(x > 0, x, self.slope * x)

    def backward(self, gy):
        x = self.inputs[0].data
        return np.where(x > 0, gy, self.slope * gy)


class Softplus(Function):
    """Smooth the corner of ReLU."""

    symbol = "softplus"
    formula = r"y = \ln(1 + e^x)"
    local = (r"\sigma(x)",)
    python = "np.log(1 + np.exp({x}))"
    aliases = ("smooth relu",)

    def forward(self, x):
        # e^x would overflow far right of 0; e^(−|x|) cannot.
        return np.where(x <= 0, 0.0, x) + np.log1p(np.exp(-np.abs(x)))

    def backward(self, gy):
        return gy * logistic(self.inputs[0].data)


class GELU(Function):
    """Let values through by how large they are, in the tanh form of Hendrycks and Gimpel (2016)."""

    symbol = "GELU"
    formula = r"y = \frac{x}{2} (1 + \tanh(\sqrt{\frac{2}{\pi}} (x + 0.044715 x^3)))"
    local = (
        r"\frac{1 + t}{2} + \frac{x}{2} (1 - t^2) \sqrt{\frac{2}{\pi}} (1 + 0.134145 x^2) "
        r"\text{ where } t = \tanh(\sqrt{\frac{2}{\pi}} (x + 0.044715 x^3))",
    )
    python = "0.5 * {x} * (1 + np.tanh(0.7978845608028654 * ({x} + 0.044715 * {x} ** 3)))"
    torch = 'torch.nn.functional.gelu({x}, approximate="tanh")'
    aliases = ("gaussian error linear unit",)

    def forward(self, x):
        return 0.5 * x * (1.0 + self._tanh(x))

    def backward(self, gy):
        x = self.inputs[0].data
        t = self._tanh(x)
        return gy * (0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * (_GELU_SCALE * (1.0 + 3.0 * _GELU_CUBIC * x * x)))

    def _tanh(self, x):
        return np.tanh(_GELU_SCALE * (x + _GELU_CUBIC * x * x * x))


_GELU_SCALE = float(np.sqrt(2 / np.pi))
_GELU_CUBIC = 0.044715


def logistic(x):
    """Return 1 / (1 + e^(−x)), exact also far from 0."""
    if isinstance(x, ArrayLike):
        return Sigmoid()(x)
    e = np.exp(-np.abs(x))  # e^(−x) would overflow far left of 0; e^(−|x|) cannot
    return np.where(x >= 0, 1.0, e) / (1.0 + e)
