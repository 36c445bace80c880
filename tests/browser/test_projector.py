"""What a class sees from the back of the room: every lesson at 1920 × 1080."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Locator, expect

from components.picture import NODE_TEXT_PX
from tests.browser.playground import Playground
from tests.browser.screens import PROJECTOR, Screen

pytestmark = pytest.mark.browser

SMALLEST_IN_A_NODE = 24
SMALLEST_OF_A_STEP = 32


@pytest.fixture
def projected(on: Callable[[Screen], Playground]) -> Playground:
    return on(PROJECTOR)


def text_size(playground: Playground) -> float:
    layer = playground.page.locator(".overlay")
    return NODE_TEXT_PX * float(layer.evaluate("(layer) => new DOMMatrix(layer.style.transform).a"))


def boxes(found: Locator) -> list[dict[str, float]]:
    return [box for each in found.all() if (box := each.bounding_box()) is not None]  # type: ignore[misc]


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return all(
        one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("number", [*range(1, 10), 12])
def test_every_lesson_is_legible_and_nothing_lies_on_anything(projected: Playground, number: int) -> None:
    projected.open_lesson(number)
    look_at(projected)
    projected.use_variant(13)
    projected.page.locator('[data-panel="steps"]').click()
    expect(projected.caption).to_contain_text("Before the first step")
    projected.page.keyboard.press("End")
    expect(projected.caption).to_contain_text("Step ")
    look_at(projected)
    for part in (projected.caption, projected.page.get_by_test_id("formulas")):
        assert float(part.evaluate("(part) => parseFloat(getComputedStyle(part).fontSize)")) >= SMALLEST_OF_A_STEP


def look_at(playground: Playground) -> None:
    for name in playground.names():
        playground.settle(name)
    nodes = boxes(playground.page.locator(".node"))
    for one, other in combinations(nodes, 2):
        assert not overlap(one, other)
    for tool in boxes(playground.page.locator(".top, .question, .palette, .rail, .time, .stage > .selection-bar")):
        assert not any(overlap(tool, node) for node in nodes)
    assert text_size(playground) >= SMALLEST_IN_A_NODE
