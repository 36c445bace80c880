"""The four operations of arithmetic, the change of sign and its removal (Saito, steps 11 and 20 to 22)."""

import numpy as np

from engine.autograd.arrays import as_float
from engine.autograd.core import Function


class Add(Function):
    """Add two values.

    gx0 = gy and gx1 = gy (step 11).
    """

    symbol = "+"
    formula = r"y = x_0 + x_1"
    local = ("1", "1")
    python = "{x0} + {x1}"
    operator = "+"
    aliases = ("+", "plus", "sum")

    def forward(self, x0, x1):
        return x0 + x1

    def backward(self, gy):
        return gy, gy


class Sub(Function):
    """Subtract the second value from the first.

    gx0 = gy and gx1 = −gy (step 22).
    """

    symbol = "−"
    formula = r"y = x_0 - x_1"
    local = ("1", "-1")
    python = "{x0} - {x1}"
    operator = "-"
    aliases = ("-", "−", "minus", "subtract", "difference")

    def forward(self, x0, x1):
        return x0 - x1

    def backward(self, gy):
        return gy, -gy


class Mul(Function):
    """Multiply two values elementwise.

    gx0 = gy · x1 and gx1 = gy · x0 (step 20).
    """

    symbol = "×"
    formula = r"y = x_0 \, x_1"
    local = ("x_1", "x_0")
    python = "{x0} * {x1}"
    operator = "*"
    aliases = ("*", "×", "·", "times", "multiply", "product")

    def forward(self, x0, x1):
        return x0 * x1

    def backward(self, gy):
        x0, x1 = self.inputs[0].data, self.inputs[1].data
        return gy * x1, gy * x0


class Div(Function):
    """Divide the first value by the second.

    gx0 = gy / x1 and gx1 = −gy · x0 / x1² (step 22).
    """

    symbol = "÷"
    formula = r"y = \frac{x_0}{x_1}"
    local = (r"\frac{1}{x_1}", r"-\frac{x_0}{x_1^2}")
    python = "{x0} / {x1}"
    domain = ((-2.0, 2.0), (0.5, 2.0))
    operator = "/"
    aliases = ("/", "÷", "divide", "quotient")

    def forward(self, x0, x1):
        return x0 / x1

    def backward(self, gy):
        x0, x1 = self.inputs[0].data, self.inputs[1].data
        return gy / x1, -gy * (x0 / x1) / x1  # x1² would overflow, or vanish, before the quotient does


class Neg(Function):
    """Change the sign.

    gx = −gy (step 22).
    """

    symbol = "−x"
    formula = r"y = -x"
    local = ("-1",)
    python = "-{x}"
    operator = "neg"
    aliases = ("-x", "negate", "minus")

    def forward(self, x):
        return -x

    def backward(self, gy):
        return -gy


class Identity(Function):
    """Hand a value on under another name.

    gx = gy.
    """

    symbol = "="
    formula = r"y = x"
    local = ("1",)
    python = "np.positive({x})"
    torch = "{x}.clone()"  # torch.positive hands on the very tensor, and two names would share one gradient
    aliases = ("same", "name", "copy")

    def forward(self, x):
        return np.positive(x)

    def backward(self, gy):
        return gy


class Abs(Function):
    """Take the distance from 0.

    gx = gy · sign(x).

    At 0 the slope jumps from −1 to 1, and the gradient there is 0, as in PyTorch.
    """

    symbol = "|x|"
    formula = r"y = |x|"
    local = (r"1 \text{ if } x > 0 \text{, } 0 \text{ if } x = 0 \text{, else } -1",)
    python = "np.abs({x})"
    aliases = ("absolute value", "magnitude")

    @staticmethod
    def kinks(x):
        return np.abs(x)

    def forward(self, x):
        return np.abs(x)

    def backward(self, gy):
        x = as_float(self.inputs[0].data)
        return gy * np.sign(x)
