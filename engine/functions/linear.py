"""Linear algebra (Saito, step 41)."""

import numpy as np

from engine.errors import ShapeError
from engine.function import Function


class MatMul(Function):
    """Multiply two matrices, or a matrix and a vector."""

    symbol = "@"
    formula = r"Y = X \, W"
    local = (r"W^\top", r"X^\top")
    python = "{x} @ {W}"
    operator = "@"
    function = "matmul"
    elementwise = False
    samples = (({}, ((2, 3), (3, 4))), ({}, ((3,), (3, 2))), ({}, ((2, 3), (3,))), ({}, ((2, 2, 3), (3, 2))))
    aliases = ("@", "matrix product", "linear")

    def forward(self, x, W):
        return x @ W

    def backward(self, gy):
        x, W = self.first.data, self.second.data
        # A vector is a matrix of one row on the left, and of one column on the right.
        rows = x if x.ndim > 1 else np.reshape(x, (1, x.size))
        columns = W if W.ndim > 1 else np.reshape(W, (W.size, 1))
        gy = np.reshape(gy, (*gy_shape(rows, columns),))
        gx, gW = gy @ flipped(columns), flipped(rows) @ gy
        return (gx if x.ndim > 1 else np.reshape(gx, gx.shape[:-2] + x.shape)), (
            gW if W.ndim > 1 else np.reshape(gW, gW.shape[:-2] + W.shape)
        )

    def result_shape(self, *shapes):
        """Return the product's shape; raises ShapeError when rows and columns do not meet."""
        x, W = shapes
        inner = W[-2] if len(W) > 1 else W[0] if W else None
        if not x or not W or x[-1] != inner:
            raise ShapeError(f"shapes {x} and {W} cannot be multiplied as matrices")
        try:
            stack = np.broadcast_shapes(x[:-2], W[:-2])
        except ValueError:
            raise ShapeError(f"shapes {x} and {W} cannot be multiplied as matrices") from None
        return (*stack, *x[-2:-1], *(W[-1:] if len(W) > 1 else ()))


class Dot(Function):
    """Multiply two vectors elementwise and sum: how far they point the same way."""

    symbol = "·"
    formula = r"y = \sum_i x_{0,i} \, x_{1,i}"
    local = ("x_1", "x_0")
    python = "np.sum({x0} * {x1})"
    elementwise = False
    samples = (({}, ((3,), (3,))), ({}, ((2, 3), (2, 3))))
    aliases = ("dot product", "inner product", "scalar product")

    def forward(self, x0, x1):
        return np.sum(x0 * x1)

    def backward(self, gy):
        x0, x1 = self.first.data, self.second.data
        return gy * x1, gy * x0

    def result_shape(self, *shapes):
        """Return the shape of one number; raises ShapeError when the two differ."""
        if shapes[0] != shapes[1]:
            raise ShapeError(f"shapes {shapes[0]} and {shapes[1]} differ")
        return ()


def flipped(x):
    """Return a matrix, or each of a stack of them, transposed."""
    return np.transpose(x, (*range(x.ndim - 2), x.ndim - 1, x.ndim - 2))


def gy_shape(rows, columns):
    """Return the shape of the product of two stacks of matrices."""
    return (*np.broadcast_shapes(rows.shape[:-2], columns.shape[:-2]), rows.shape[-2], columns.shape[-1])
