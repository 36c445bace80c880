"""Numbers that are no inputs."""

import numpy as np

from engine.autograd.core import Function
from engine.autograd.parameters import Finite


class Constant(Function):
    """Stand for a number that is never differentiated by."""

    symbol = "{value}"
    formula = r"y = c"
    local = ()
    python = "{value}"
    torch = "torch.tensor({value}, dtype=torch.float64)"
    aliases = ("number", "literal")

    def __init__(self, value: Finite = 2.0):
        self.value = value

    def forward(self):
        return np.float64(self.value)

    def backward(self, gy):
        return ()
