"""The ways of wires are those that the browser finds: `tests/canvas/detours.test.js` reads the same file."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from engine.picture.ways import Bounds, DrawnWire, Point, detours_of, point_on_curve

CASES = json.loads((Path(__file__).parents[2] / "canvas/ways.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=["three rows", "one row"])
def test_wires_go_around_as_in_the_browser(case: dict[str, Any]) -> None:
    wires = [DrawnWire(wire["source"], Point(*wire["from"]), Point(*wire["to"])) for wire in case["wires"]]
    found = detours_of(wires, [Bounds(*node) for node in case["nodes"]])
    assert {str(index) for index in found} == set(case["ways"])
    for index, way in found.items():
        for point, expected in zip(way, case["ways"][str(index)], strict=True):
            assert tuple(point) == pytest.approx(tuple(expected))


def test_a_curve_runs_level_out_of_its_port_and_two_beside_each_other_bow_apart() -> None:
    level = DrawnWire("x 0", Point(0, 0), Point(100, 50))
    assert point_on_curve(level, 0.5) == pytest.approx((50, 25))  # it is symmetric about its middle
    near = point_on_curve(level, 0.01)
    assert near.y < 0.05 * near.x
    up, down = (point_on_curve(DrawnWire("x 0", Point(0, 0), Point(100, 0), bow), 0.5) for bow in (0.28, -0.28))
    # The control point is at 0.64 of the length, at an angle of 0.64 π; the middle is half as high.
    assert up.y == pytest.approx(0.5 * 64 * math.cos(0.64 * math.pi))
    assert down.y == pytest.approx(0.5 * 64 * math.cos(0.36 * math.pi))
    assert up.y == pytest.approx(-down.y)
