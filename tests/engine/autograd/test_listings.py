"""Listings of *Deep Learning from Scratch 3*, as they stand in it but for the import."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Variable


def goldstein(x, y):
    return (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)) * (
        30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    )


@pytest.mark.parametrize(
    ("function", "gx", "gy"),
    [
        (lambda x, y: x**2 + y**2, 2.0, 2.0),
        (lambda x, y: 0.26 * (x**2 + y**2) - 0.48 * x * y, 0.04, 0.04),
        (goldstein, -5376.0, 8064.0),
    ],
    ids=["sphere", "matyas", "goldstein"],
)
def test_step_24(function, gx: float, gy: float) -> None:
    x, y = Variable(np.array(1.0)), Variable(np.array(1.0))
    z = function(x, y)
    z.backward()
    assert (x.grad, y.grad) == (pytest.approx(gx, rel=1e-12), pytest.approx(gy, rel=1e-12))


def test_step_28_gradient_descent_on_rosenbrock() -> None:
    def rosenbrock(x0, x1):
        return 100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2

    x0, x1 = Variable(np.array(0.0)), Variable(np.array(2.0))
    plain = [0.0, 2.0]
    for _ in range(200):
        y = rosenbrock(x0, x1)
        x0.cleargrad()
        x1.cleargrad()
        y.backward()
        x0.data -= 0.001 * x0.grad
        x1.data -= 0.001 * x1.grad
        a, b = plain
        plain = [a - 0.001 * (-400 * a * (b - a * a) + 2 * (a - 1)), b - 0.001 * 200 * (b - a * a)]
    np.testing.assert_allclose([x0.data, x1.data], plain, rtol=1e-9)


def test_step_29_newtons_method_with_the_second_derivative_by_hand() -> None:
    x = Variable(np.array(2.0))
    for _ in range(10):
        y = x**4 - 2 * x**2
        x.cleargrad()
        y.backward()
        x.data -= x.grad / (12 * x.data**2 - 4)
    assert x.data == pytest.approx(1.0, rel=1e-12)


def test_step_33_newtons_method_by_itself() -> None:
    x = Variable(np.array(2.0))
    for _ in range(10):
        y = x**4 - 2 * x**2
        x.cleargrad()
        y.backward(create_graph=True)
        gx = x.grad
        x.cleargrad()
        gx.backward()
        gx2 = x.grad
        x.data -= gx.data / gx2.data
    assert x.data == pytest.approx(1.0, rel=1e-12)
