"""Elements by their places, as `x[1]`, `x[:, 0]` and `x[x.data > 0]` take them from a Variable (Saito, step 47).

An index is no parameter that a node could show: on the page, Slice takes elements.
"""

from operator import attrgetter
from typing import Any

import numpy as np

from engine.autograd.arraylike import ArrayLike
from engine.autograd.core import Function
from engine.autograd.strong_zeros import NO_GRADIENT, strong_in


class GetItem(Function):
    """Take elements by any index of NumPy's.

    gx = gy at the places that were taken, added up where one was taken more than once, else 0 (step 47).
    """

    data_of = attrgetter("_data")  # with the zeros that stay 0

    def __init__(self, index: Any):
        self.index = index

    def forward(self, x):
        return x[self.index]

    def backward(self, gy):
        return GetItemGrad(self.index, self.inputs[0].shape)(gy)


class GetItemGrad(Function):
    """Put elements back where an index has taken them from, among zeros; what was taken twice is added.

    ggy = ggx at those places (step 47).
    """

    data_of = attrgetter("_data")

    def __init__(self, index: Any, shape: Any):
        self.index = index
        self.shape = shape

    def forward(self, gy):
        gx = np.zeros(self.shape, gy.dtype)
        np.add.at(gx, self.index, gy)
        is_taken = np.zeros(self.shape, dtype=bool)
        np.logical_or.at(is_taken, self.index, ~np.asarray(strong_in(gy)))
        return np.where(is_taken, gx, NO_GRADIENT)

    def backward(self, ggx):
        return ggx[self.index]


def get_item(x, slices):
    """Take elements by an index as NumPy knows it: a number, a slice, an array of places, or several of them."""
    parts = slices if isinstance(slices, tuple) else (slices,)
    index = tuple(part.data if isinstance(part, ArrayLike) else part for part in parts)
    return GetItem(index if isinstance(slices, tuple) else index[0])(x)
