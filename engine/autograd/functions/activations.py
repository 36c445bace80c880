"""Activation functions of neural networks (Saito, steps 35 and 43)."""

import numpy as np

from engine.autograd.arraylike import ArrayLike
from engine.autograd.arrays import as_float
from engine.autograd.core import Function
from engine.autograd.parameters import Number
from engine.autograd.strong_zeros import NO_GRADIENT


class Tanh(Function):
    """Squash a value into −1 to 1 with the hyperbolic tangent.

    gx = gy · (1 − y²) (step 35).

    From |x| = 19 on, y is ±1 to all digits and the gradient is 0, as in PyTorch; without rounding it is 4 e^(−2|x|).
    """

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
    """Squash a value into 0 to 1 with the logistic function.

    gx = gy · y · (1 − y) (step 43).
    """

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
        x = as_float(self.inputs[0].data)
        return gy * (self.y * logistic(-x))  # 1 − y is σ(−x), of which nothing is left where y is nearly 1


class ReLU(Function):
    """Let positive values through and stop the others.

    gx = gy where x > 0, else 0 (step 51).

    At 0 the slope jumps from 0 to 1, and the gradient there is 0, as in PyTorch. What is stopped gets 0, even where the
    gradient that arrives is infinite.
    """

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
        return np.where(x <= 0, NO_GRADIENT, gy)


class LeakyReLU(Function):
    """Let positive values through and a small part of the others.

    gx = gy where x > 0, else c · gy (Maas, Hannun and Ng, 2013).

    At 0 the slope jumps from c to 1, and the gradient there is c times what arrives, as in PyTorch.
    """

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
        return np.where(x > 0, gy, self.slope * gy if self.slope else NO_GRADIENT)


class Softplus(Function):
    """Smooth the corner of ReLU.

    gx = gy / (1 + e^(−x)) (Dugas and others, 2001).
    """

    symbol = "softplus"
    formula = r"y = \ln(1 + e^x)"
    local = (r"\sigma(x)",)
    python = "np.log(1 + np.exp({x}))"
    torch = "torch.logaddexp({x}, torch.zeros_like({x}))"
    aliases = ("smooth relu",)

    def forward(self, x):
        # e^x would overflow far right of 0; e^(−|x|) cannot.
        x = as_float(x)
        return np.where(x <= 0, 0.0, x) + np.log1p(np.exp(-np.abs(x)))

    def backward(self, gy):
        return gy * logistic(self.inputs[0].data)


class GELU(Function):
    """Let values through by how large they are, in the tanh form of Hendrycks and Gimpel (2016).

    y = x · σ(u) and gx = gy · (σ(u) + x · σ(u) · σ(−u) · du/dx), where u = 2 √(2/π) (x + 0.044715 x³).
    """

    symbol = "GELU"
    formula = r"y = \frac{x}{2} (1 + \tanh(\sqrt{\frac{2}{\pi}} (x + 0.044715 x^3)))"
    local = (
        r"\frac{1 + t}{2} + \frac{x}{2} (1 - t^2) \sqrt{\frac{2}{\pi}} (1 + 0.134145 x^2) "
        r"\text{ where } t = \tanh(\sqrt{\frac{2}{\pi}} (x + 0.044715 x^3))",
    )
    python = "0.5 * {x} * (1 + np.tanh(0.7978845608028654 * ({x} + 0.044715 * {x} ** 3)))"
    torch = 'torch.nn.functional.gelu({x}, approximate="tanh")'
    aliases = ("gaussian error linear unit",)

    # ½ (1 + tanh u) is σ(2u), which keeps its digits where the tanh is nearly −1. Farther from 0 than _GELU_END a share
    # is 0 or 1 to all digits, and the cube would overflow.

    def forward(self, x):
        return np.maximum(x, -_GELU_END) * logistic(_gelu_exponent(x))

    def backward(self, gy):
        x = self.inputs[0].data
        near = np.maximum(np.minimum(x, _GELU_END), -_GELU_END)
        slope = 2.0 * _GELU_SCALE * (1.0 + 3.0 * _GELU_CUBIC * near * near)
        u = _gelu_exponent(x)
        return gy * (logistic(u) + near * (logistic(u) * logistic(-u)) * slope)


_GELU_SCALE = float(np.sqrt(2 / np.pi))
_GELU_CUBIC = 0.044715
_GELU_END = 25.0


def _gelu_exponent(x):
    near = np.maximum(np.minimum(x, _GELU_END), -_GELU_END)
    return 2.0 * _GELU_SCALE * (near + _GELU_CUBIC * near * near * near)


def logistic(x):
    """Return 1 / (1 + e^(−x)), exact even far from 0."""
    if isinstance(x, ArrayLike):
        return Sigmoid()(x)
    x = as_float(x)
    e = np.exp(-np.abs(x))  # e^(−x) would overflow far left of 0; e^(−|x|) cannot
    return np.where(x >= 0, 1.0, e) / (1.0 + e)
