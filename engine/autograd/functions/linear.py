"""Linear algebra (Saito, step 41)."""

import numpy as np

from engine.autograd.arrays import sum_to
from engine.autograd.core import Function
from engine.errors import ShapeError
from engine.messages import mark, say

_NO_PRODUCT = mark("shapes {x0} and {x1} cannot be multiplied as matrices")


class MatMul(Function):
    """Multiply two matrices, or a matrix and a vector.

    gx0 = gy @ x1ᵀ and gx1 = x0ᵀ @ gy (step 41).
    """

    symbol = "@"
    formula = r"y = x_0 @ x_1"
    local = (r"\text{gy} @ x_1^\top", r"x_0^\top @ \text{gy}")
    python = "{x0} @ {x1}"
    operator = "@"
    function = "matmul"
    elementwise = False
    samples = (({}, ((2, 3), (3, 4))), ({}, ((3,), (3, 2))), ({}, ((2, 3), (3,))), ({}, ((2, 2, 3), (3, 2))))
    aliases = ("@", "matrix product")

    def forward(self, x0, x1):
        return x0 @ x1

    def backward(self, gy):
        return product_gradients(gy, self.inputs[0].data, self.inputs[1].data)

    def result_shape(self, *shapes):
        """Return the product's shape; raises ShapeError when rows and columns do not meet."""
        x0, x1 = shapes
        if not x0 or not x1:
            raise ShapeError(say("a single number here; write an array, as [1, 2]"))
        inner = x1[-2] if len(x1) > 1 else x1[0]
        if x0[-1] != inner:
            raise ShapeError(say(_NO_PRODUCT, x0=x0, x1=x1))
        try:
            stack = np.broadcast_shapes(x0[:-2], x1[:-2])
        except ValueError:
            raise ShapeError(say(_NO_PRODUCT, x0=x0, x1=x1)) from None
        return (*stack, *x0[-2:-1], *(x1[-1:] if len(x1) > 1 else ()))


class Linear(Function):
    """Multiply rows by a matrix of weights and add a bias: a layer of a network before its activation.

    gx = gy @ Wᵀ, gW = xᵀ @ gy, and gb = gy summed over the rows (step 43).
    """

    symbol = "xW + b"
    formula = r"y = x @ W + b"
    local = (r"\text{gy} @ W^\top", r"x^\top @ \text{gy}", r"\text{gy}")
    python = "{x} @ {W} + {b}"
    elementwise = False
    samples = (({}, ((2, 3), (3, 4), (4,))), ({}, ((3,), (3, 2), (2,))), ({}, ((2, 3), (3, 1), (1,))))
    aliases = ("layer", "affine", "dense", "fully connected")

    def forward(self, x, W, b):
        return x @ W + b

    def backward(self, gy):
        x, W, b = (each.data for each in self.inputs)
        return *product_gradients(gy, x, W), sum_to(gy, b.shape)

    def result_shape(self, *shapes):
        """Return the product's shape; raises ShapeError when rows and columns do not meet, or the bias does not fit."""
        x, W, b = shapes
        product = MatMul().result_shape(x, W)
        try:
            is_fitting = np.broadcast_shapes(product, b) == product
        except ValueError:
            is_fitting = False
        if is_fitting:
            return product
        raise ShapeError(say("a bias of shape {b} cannot be added to rows of shape {product}", b=b, product=product))


class Dot(Function):
    """Multiply two vectors elementwise and sum: how far they point the same way.

    gx0 = gy · x1 and gx1 = gy · x0.
    """

    symbol = "·"
    formula = r"y = \sum x_0 \, x_1"
    local = (r"\text{gy} \, x_1", r"\text{gy} \, x_0")
    python = "np.sum({x0} * {x1})"
    elementwise = False
    samples = (({}, ((3,), (3,))), ({}, ((2, 3), (2, 3))))
    aliases = ("dot product", "inner product", "scalar product")

    def forward(self, x0, x1):
        self.result_shape(x0.shape, x1.shape)  # or they would be broadcast in silence
        return np.sum(x0 * x1)

    def backward(self, gy):
        x0, x1 = self.inputs[0].data, self.inputs[1].data
        return gy * x1, gy * x0

    def result_shape(self, *shapes):
        """Return the shape of one number; raises ShapeError when the two differ."""
        if shapes[0] != shapes[1]:
            raise ShapeError(say("shapes {x0} and {x1} differ", x0=shapes[0], x1=shapes[1]))
        return ()


def product_gradients(gy, x0, x1):
    """Return the gradients of the two factors of a matrix product."""
    # A vector is a matrix of one row on the left, and of one column on the right.
    rows = x0 if x0.ndim > 1 else np.reshape(x0, (1, x0.size))
    columns = x1 if x1.ndim > 1 else np.reshape(x1, (x1.size, 1))
    gy = np.reshape(gy, gy_shape(rows, columns))
    gx0, gx1 = gy @ flipped(columns), flipped(rows) @ gy
    return (gx0 if x0.ndim > 1 else np.reshape(gx0, gx0.shape[:-2] + x0.shape)), (
        gx1 if x1.ndim > 1 else np.reshape(gx1, gx1.shape[:-2] + x1.shape)
    )


def flipped(x):
    """Return a matrix, or each of a stack of them, transposed."""
    return np.transpose(x, (*range(x.ndim - 2), x.ndim - 1, x.ndim - 2))


def gy_shape(rows, columns):
    """Return the shape of the product of two matrices, or of two stacks of them."""
    return (*np.broadcast_shapes(rows.shape[:-2], columns.shape[:-2]), rows.shape[-2], columns.shape[-1])
