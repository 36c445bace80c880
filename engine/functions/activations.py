"""Activation functions of neural networks (Saito, steps 35 and 43)."""

import numpy as np

from engine.function import Function


class Tanh(Function):
    """Squash a value into −1 to 1 with the hyperbolic tangent."""

    symbol = "tanh x"
    formula = r"y = \tanh x"
    local = (r"1 - \tanh^2 x",)
    python = "np.tanh({x})"
    aliases = ("hyperbolic tangent",)

    def forward(self, x):
        return np.tanh(x)

    def backward(self, gy):
        y = np.tanh(self.inputs[0].data)
        return gy * (1 - y**2)


class Sigmoid(Function):
    """Squash a value into 0 to 1 with the logistic function."""

    symbol = "σ(x)"
    formula = r"y = \sigma(x) = \frac{1}{1 + e^{-x}}"
    local = (r"\sigma(x) \, (1 - \sigma(x))",)
    python = "1 / (1 + np.exp(-{x}))"
    aliases = ("logistic", "σ")

    def forward(self, x):
        # e^(−x) would overflow far left of 0; e^(−|x|) cannot.
        e = np.exp(-np.abs(x))
        return np.where(x >= 0, 1, e) / (1 + e)

    def backward(self, gy):
        y = self.forward(self.inputs[0].data)
        return gy * y * (1 - y)


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
        return np.maximum(x, 0)

    def backward(self, gy):
        x = self.inputs[0].data
        return gy * (x > 0)
