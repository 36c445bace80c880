"""The map and the curve of gradient descent: clicked, moved over by keyboard and finger, looked at by everybody."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.descent_panel import ROSENBROCK, Descent
from tests.browser.finger import Finger
from tests.browser.playground import Playground
from tests.browser.screens import ON_ITS_SIDE, Screen
from tests.browser.server import Server
from tests.browser.tabs import Tabs

pytestmark = pytest.mark.browser


@pytest.fixture
def descent(playground: Playground) -> Descent:
    return Descent(playground)


def test_a_click_in_the_plot_sets_both_inputs(descent: Descent) -> None:
    playground = descent.playground
    descent.open("x = 2; y = 3; z = x**2 + y**2", "0.1")
    expect(descent.told).to_have_text("Step 1: x = 1.6, y = 2.4, z = 8.32.")
    (left, right), (bottom, top) = descent.ends()
    at = descent.place(0.25, 0.75)
    descent.page.mouse.click(at.x, at.y)
    expect(playground.control("undo")).to_have_attribute("title", "Undo: set x and y")
    x, y = (float(playground.cell(name, "data").get_attribute("data-value") or "") for name in "xy")
    assert x == pytest.approx(left + 0.25 * (right - left), abs=0.02 * (right - left))
    assert y == pytest.approx(bottom + 0.75 * (top - bottom), abs=0.02 * (top - bottom))
    playground.undo("set x and y")
    playground.expect_data("x", "2")
    playground.expect_data("y", "3")


def test_by_keyboard_a_cross_is_moved_and_set(descent: Descent) -> None:
    playground = descent.playground
    descent.open("x = 2; y = 3; z = x**2 + y**2", "0.1")
    expect(descent.told).to_contain_text("Step 1")
    expect(descent.plot).to_have_attribute("aria-label", re.compile("Contour plot. Arrow keys move a cross"))
    descent.plot.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "Shift+ArrowUp"):
        descent.page.keyboard.press(key)
    spoken = descent.page.locator(".stage > .spoken")
    expect(spoken).to_have_text(re.compile(r"^x = 1\.\d+, y = 2\.\d+$"))
    x, y = re.findall(r"[\d.]+", spoken.inner_text())
    descent.page.keyboard.press("Enter")
    playground.expect_data("x", x)
    playground.expect_data("y", y)


def test_the_window_stays_while_inputs_move_in_it(descent: Descent) -> None:
    descent.open("x = 2; y = 3; z = x**2 + y**2", "0.1")
    expect(descent.told).to_contain_text("Step 1")
    before = descent.ends()
    for data in ("1.6", "1.28"):
        descent.button("one-step").click()
        expect(descent.playground.cell("x", "data")).to_have_text(data)
    assert descent.ends() == before
    descent.button("fit-window").click()
    expect(descent.page.get_by_test_id("descent-summary")).not_to_contain_text(f"to {before[1][1]:g}")


def test_other_inputs_can_be_chosen_and_held(descent: Descent) -> None:
    descent.open("a = 1; b = 2; c = 3; y = a*a + b*b + c*c", "0.25", "2")
    expect(descent.told).to_have_text("Step 1: a = 0.5, b = 1, c = 1.5, y = 3.5.")
    descent.page.get_by_test_id("axis-up").select_option(label="c")
    expect(descent.told).to_have_text("Step 1: a = 0.5, c = 1.5, b = 1, y = 3.5.")
    descent.page.get_by_test_id("hold").check()
    expect(descent.told).to_have_text("Step 1: a = 0.5, c = 1.5, y = 6.5.")
    descent.button("one-step").click()
    descent.playground.expect_data("c", "1.5")
    descent.playground.expect_data("b", "2")
    descent.page.get_by_test_id("axis-up").select_option("none")
    expect(descent.plot.locator(".curve")).to_have_count(1)
    expect(descent.plot).to_have_attribute("aria-label", re.compile("^Curve"))


def test_a_rate_is_slid_on_a_log_scale_or_typed_and_nonsense_is_refused(descent: Descent) -> None:
    descent.open("x = 1; y = x**2", "0.25", "1")
    expect(descent.told).to_have_text("Step 1: x = 0.5, y = 0.25.")
    descent.page.get_by_test_id("rate-slider").fill("-3")
    expect(descent.page.get_by_test_id("rate")).to_have_value("0.1")
    expect(descent.told).to_have_text("Step 1: x = 0.8, y = 0.64.")
    refusal = descent.page.get_by_test_id("descent-refusal")
    for name, text in (("rate", "fast"), ("rate", "-1"), ("rate", ""), ("steps", "1.5"), ("steps", "0")):
        descent.fill(name, text)
        expect(refusal).to_be_visible()
        descent.page.keyboard.press("Escape")
        expect(refusal).to_be_hidden()
        expect(descent.page.get_by_test_id(name)).to_have_value({"rate": "0.1", "steps": "1"}[name])
    expect(descent.told).to_have_text("Step 1: x = 0.8, y = 0.64.")


def test_what_has_no_way_down_says_so_and_the_page_lives_on(descent: Descent) -> None:
    playground = descent.playground
    descent.open(ROSENBROCK, "0.1")
    trouble = descent.page.get_by_test_id("descent-trouble")
    expect(trouble).to_have_text(re.compile(r"^At step \d, y is no longer finite: the way ends before\."))
    playground.type_formula("x = [1, 2]; y = x * x")
    expect(trouble).to_contain_text("only a single number can go down")
    expect(descent.plot).to_be_hidden()
    playground.type_formula("x = -1; y = log(x) + 1")
    expect(trouble).to_contain_text("not finite here")
    playground.type_formula("x = 0.5; w = 1; y = log(x) + w")
    expect(descent.told).to_contain_text("Step 1: x = 0.3")
    assert descent.plot.locator("canvas").is_visible()
    expect(descent.page.get_by_test_id("legend")).to_contain_text("hatched: not finite")


def test_the_map_has_the_bands_of_its_function(descent: Descent) -> None:
    """Read colours off the canvas: along a circle they are one, and they darken outwards."""
    descent.open("x = 2; y = 2; z = x**2 + y**2", "0.1")
    expect(descent.told).to_contain_text("Step 1")
    (left, right), (bottom, top) = descent.ends()

    def colour(x: float, y: float) -> list[int]:
        share = [(x - left) / (right - left), (y - bottom) / (top - bottom)]
        found: list[int] = descent.plot.locator("canvas").evaluate(
            """(canvas, [across, up]) => [...canvas.getContext("2d").getImageData(
              Math.round(across * canvas.width), Math.round((1 - up) * canvas.height), 1, 1).data]""",
            share,
        )
        return found

    bands = [colour(r, 0) for r in (0.1, 0.9, 1.7, 2.5)]
    assert [sum(band) for band in bands] == sorted((sum(band) for band in bands), reverse=True)
    assert len({tuple(band) for band in bands}) == 4
    for index, r in enumerate((0.1, 0.9)):
        for dx, dy in ((0, 1), (-0.6, 0.8), (0.8, -0.6)):
            near = [abs(one - other) for one, other in zip(colour(r * dx, r * dy), bands[index], strict=True)]
            assert max(near) < 45  # the same band or, rounded to the grid, the next


def test_the_stage_keeps_room_for_its_buttons(descent: Descent) -> None:
    descent.open(ROSENBROCK, "0.001")
    expect(descent.told).to_contain_text("Step 1")
    left, right = (descent.playground.box(descent.page.locator(name)) for name in (".run-controls", ".view-controls"))
    stage = descent.playground.box(descent.playground.canvas)
    assert left["x"] + left["width"] < right["x"]
    assert stage["y"] + stage["height"] <= min(left["y"], right["y"])


def test_with_a_finger(on: Callable[[Screen], Playground]) -> None:
    descent = Descent(on(ON_ITS_SIDE))
    descent.open("x = 2; y = 3; z = x**2 + y**2", "0.1")
    expect(descent.told).to_contain_text("Step 1")
    Finger(descent.page).tap(descent.place(0.5, 0.5))
    expect(descent.playground.control("undo")).to_have_attribute("title", "Undo: set x and y")


@pytest.fixture(params=["light", "dark"])
def in_scheme(request: pytest.FixtureRequest, tabs: Tabs, server: Server) -> Descent:
    return Descent(Playground(tabs.fresh(scheme=request.param), server.url).open())


def test_axe_finds_no_violation_in_the_panel(in_scheme: Descent) -> None:
    in_scheme.open(ROSENBROCK, "0.001")
    expect(in_scheme.told).to_contain_text("Step 1: x0 = 0.002")
    in_scheme.button("predict").click()
    found = Axe().run(in_scheme.page).response["violations"]
    told = [(each["id"], [node["html"][:160] for node in each["nodes"]][:4]) for each in found]
    assert told == [], json.dumps(told, indent=1)
