"""Forward and backward as a person writes them for one formula, in floats: every number that a replay returns."""

from __future__ import annotations


def seed_graph(x: float, y: float) -> tuple[float, ...]:
    """Return data and grads of z = x² + y²."""
    a = x * x
    b = y * y
    z = a + b
    gz = 1.0
    ga = gz
    gb = gz
    gy = 2.0 * y * gb
    gx = 2.0 * x * ga
    return x, y, a, b, z, gx, gy, ga, gb, gz


def goldstein_price(x: float, y: float) -> tuple[float, ...]:
    """Return data and grads of the Goldstein–Price function, node by node; constants have grads as well."""
    a0 = x + y
    a1 = a0 + 1.0
    a2 = a1 * a1
    b0 = 14.0 * x
    b1 = 19.0 - b0
    b2 = x * x
    b3 = 3.0 * b2
    b4 = b1 + b3
    b5 = 14.0 * y
    b6 = b4 - b5
    b7 = 6.0 * x
    b8 = b7 * y
    b9 = b6 + b8
    b10 = y * y
    b11 = 3.0 * b10
    b12 = b9 + b11
    c = a2 * b12
    first = 1.0 + c
    d0 = 2.0 * x
    d1 = 3.0 * y
    d2 = d0 - d1
    d3 = d2 * d2
    e0 = 32.0 * x
    e1 = 18.0 - e0
    e2 = x * x
    e3 = 12.0 * e2
    e4 = e1 + e3
    e5 = 48.0 * y
    e6 = e4 + e5
    e7 = 36.0 * x
    e8 = e7 * y
    e9 = e6 - e8
    e10 = y * y
    e11 = 27.0 * e10
    e12 = e9 + e11
    f = d3 * e12
    second = 30.0 + f
    z = first * second
    gz = 1.0
    gfirst = gz * second
    gsecond = gz * first
    gf = gsecond
    gd3 = gf * e12
    ge12 = gf * d3
    ge11 = ge9 = ge12
    ge10 = 27.0 * ge11
    ge8 = -ge9
    ge6 = ge9
    ge7 = ge8 * y
    ge5 = ge4 = ge6
    ge3 = ge1 = ge4
    ge2 = 12.0 * ge3
    ge0 = -ge1
    gd2 = 2.0 * d2 * gd3
    gd1 = -gd2
    gd0 = gd2
    gc = gfirst
    ga2 = gc * b12
    gb12 = gc * a2
    gb11 = gb9 = gb12
    gb10 = 3.0 * gb11
    gb8 = gb6 = gb9
    gb7 = gb8 * y
    gb5 = -gb6
    gb4 = gb6
    gb3 = gb1 = gb4
    gb2 = 3.0 * gb3
    gb0 = -gb1
    ga1 = 2.0 * a1 * ga2
    ga0 = ga1
    gx = ga0 + 14.0 * gb0 + 2.0 * x * gb2 + 6.0 * gb7 + 2.0 * gd0 + 32.0 * ge0 + 2.0 * x * ge2 + 36.0 * ge7
    gy = ga0 + 14.0 * gb5 + gb8 * b7 + 2.0 * y * gb10 + 3.0 * gd1 + 48.0 * ge5 + ge8 * e7 + 2.0 * y * ge10
    data = (x, y, a0, a1, a2, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, c, first)
    data += (d0, d1, d2, d3, e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12, f, second, z)
    grads = (gx, gy, ga0, ga1, ga2, gb0, gb1, gb2, gb3, gb4, gb5, gb6, gb7, gb8, gb9, gb10, gb11, gb12, gc, gfirst)
    grads += (gd0, gd1, gd2, gd3, ge0, ge1, ge2, ge3, ge4, ge5, ge6, ge7, ge8, ge9, ge10, ge11, ge12, gf, gsecond, gz)
    return data + grads
