"""Gradient descent on the page: predicted, revealed, taken step by step, and taken back."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from tests.browser.finger import Finger
from tests.browser.playground import Playground, Point
from tests.browser.server import Server

pytestmark = pytest.mark.browser

ROSENBROCK = "x0 = 0; x1 = 2; y = 100*(x1 - x0**2)**2 + (x0 - 1)**2"


class Descent:
    """The panel as a hand meets it."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.page = playground.page

    def open(self, formula: str, rate: str, steps: str = "50") -> Descent:
        self.playground.type_formula(formula)
        self.playground.open_panel("descent")
        self.fill("rate", rate)
        self.fill("steps", steps)
        return self

    def fill(self, name: str, text: str) -> None:
        field = self.page.get_by_test_id(name)
        field.fill(text)
        field.press("Enter")

    def button(self, name: str) -> Locator:
        return self.page.locator(f'[data-descent="{name}"]')

    @property
    def told(self) -> Locator:
        return self.page.get_by_test_id("point-told")

    @property
    def rule(self) -> Locator:
        return self.page.get_by_test_id("descent-rule")

    @property
    def plot(self) -> Locator:
        return self.page.get_by_test_id("plot")

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("descent-points").locator("tbody tr:visible")

    def point_at(self, step: int) -> None:
        self.page.get_by_test_id("descent-step").fill(str(step))

    def place(self, across: float, up: float) -> Point:
        """Return where on the page a share of the plot's width and height lies."""
        box = self.plot.locator("rect.frame").bounding_box()
        assert box is not None
        return Point(box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"])

    def ends(self) -> list[tuple[float, float]]:
        """Return what is written at the first and the last tick of each axis, and where they stand as shares."""
        summary = self.page.get_by_test_id("descent-summary").inner_text().replace("−", "-")
        found = re.findall(r"from (-?[\d.]+) to (-?\d+(?:\.\d+)?)", summary)
        return [(float(low), float(high)) for low, high in found[:2]]


@pytest.fixture
def descent(playground: Playground) -> Descent:
    return Descent(playground)


def test_the_first_step_on_rosenbrock_is_predicted_revealed_and_taken(descent: Descent) -> None:
    playground = descent.playground
    descent.open(ROSENBROCK, "0.001")
    playground.expect_data("y", "401")
    playground.expect_grad("x0", "-2")
    playground.expect_grad("x1", "400")
    descent.button("predict").click()
    expect(descent.told).to_have_text("Now: x0 = 0, x1 = 2, y = 401.")
    expect(descent.rule).to_contain_text("x1 − rate × x1.grad = 2 − 0.001 × 400 = ?")
    expect(descent.rows).to_have_count(1)
    expect(descent.plot.locator(".path")).to_have_count(0)
    assert "1.6" not in descent.page.locator(".descent-panel").inner_text()
    at = descent.place(0.6, 0.5)
    descent.page.mouse.click(at.x, at.y)
    expect(descent.rule).to_contain_text("You predict x0 = ")
    playground.expect_data("x0", "0")  # a prediction moves nothing
    descent.button("reveal").click()
    expect(descent.told).to_have_text("Step 1: x0 = 0.002, x1 = 1.6, y = 257.")
    expect(descent.rule).to_contain_text("x0 − rate × x0.grad = 0 − 0.001 × (−2) = 0.002")
    expect(descent.rule).to_contain_text("You predicted x0 = ")
    descent.fill("rate", "0.002")
    expect(descent.rule).to_contain_text("2 − 0.002 × 400 = 1.2")  # what is revealed stays so
    expect(descent.rule).not_to_contain_text("You predicted")  # but with another rate it was another question
    descent.fill("rate", "0.001")
    expect(descent.rule).to_contain_text("2 − 0.001 × 400 = 1.6")
    descent.button("one-step").click()
    playground.expect_data("x0", "0.002")
    playground.expect_data("x1", "1.6")
    expect(descent.told).to_have_text("Now: x0 = 0.002, x1 = 1.6, y = 257.")  # and the next is hidden again
    expect(descent.button("reveal")).to_be_visible()
    expect(descent.button("one-step")).to_be_focused()
    playground.undo("one step of descent")
    playground.expect_data("x0", "0")
    playground.expect_data("x1", "2")


def test_while_somebody_predicts_no_button_is_dead(descent: Descent) -> None:
    playground = descent.playground
    descent.open("x = 8; y = 4; z = x**2 + y**2", "0.25", "3")
    predict, reveal, one, all_ = (descent.button(name) for name in ("predict", "reveal", "one-step", "to-the-end"))
    predict.click()
    expect(descent.told).to_have_text("Now: x = 8, y = 4, z = 80.")
    reveal.click()
    expect(descent.told).to_have_text("Step 1: x = 4, y = 2, z = 20.")
    for x in ("4", "2"):  # with what is revealed, and with what is not
        one.click()
        expect(playground.cell("x", "data")).to_have_text(x)
        expect(descent.told).to_contain_text(f"Now: x = {x}, ")
        expect(reveal).to_be_visible()
    all_.click()
    expect(playground.cell("x", "data")).to_have_text("0.25")
    expect(predict).to_have_attribute("aria-pressed", "false")
    expect(descent.told).to_contain_text("Step 1: x = 0.125")
    for button in (one, all_):
        expect(button).to_be_enabled()


def test_a_prediction_is_written_as_numbers_are_everywhere(descent: Descent) -> None:
    descent.open("x = -2; y = 3; z = x**2 + y**2", "0.1")
    expect(descent.told).to_contain_text("Step 1")
    descent.button("predict").click()
    at = descent.place(0.3, 0.6)
    descent.page.mouse.click(at.x, at.y)
    expect(descent.rule).to_contain_text(re.compile(r"You predict x = −\d\.\d+ and y = \d\.\d+\."))


@pytest.mark.parametrize(
    ("formula", "rate", "step"),
    [
        ("x = 2; y = 3; z = x**2 + 3*y", "30", (-120, -90)),
        ("x0 = 1; x1 = 2; y = 100*(x1 - x0**2)**2 + (x0 - 1)**2", "0.1", (40, -20)),
    ],
)
def test_a_step_out_of_the_map_is_drawn_in_its_true_direction(
    descent: Descent, formula: str, rate: str, step: tuple[float, float]
) -> None:
    descent.open(formula, rate, "1")
    expect(descent.told).to_contain_text("It lies outside the plot.")

    def seen() -> dict[str, list[float]]:
        """Read the map as it is in one moment: it may yet be drawn anew, for another size or for the other field."""
        texts = descent.plot.evaluate(
            """(plot) => {
              const read = (selector, name) => plot.querySelector(selector).getAttribute(name);
              return {
                frame: `${read("rect.frame", "width")} ${read("rect.frame", "height")}`,
                path: read("path.path", "d"),
                arrow: read('[data-testid="arrow"]', "points"),
              };
            }"""
        )
        return {name: [float(number) for number in re.findall(r"-?[\d.]+", text)] for name, text in texts.items()}

    def is_true() -> bool:
        (left, right), (bottom, top) = descent.ends()
        parts = seen()
        width, height = parts["frame"]
        true = math.atan2(-step[1] / (top - bottom) * height, step[0] / (right - left) * width)
        lines = (parts[name][:4] for name in ("path", "arrow"))
        return all(math.atan2(y1 - y0, x1 - x0) == pytest.approx(true, abs=0.001) for x0, y0, x1, y1 in lines)

    descent.playground.wait_until(is_true)
    parts = seen()
    width, height = parts["frame"]
    end = parts["path"][2:4]
    # It ends at the edge, and there is no point where there is none.
    assert any(
        abs(part - edge) < 10 for part, edges in zip(end, ((0, width), (0, height)), strict=True) for edge in edges
    )
    expect(descent.plot.locator(".stop, .pointed")).to_have_count(0)
    descent.point_at(0)
    expect(descent.plot.locator(".pointed")).to_have_count(1)


def test_a_rate_is_found_that_leads_down(descent: Descent) -> None:
    playground = descent.playground
    playground.type_formula(ROSENBROCK)
    playground.open_panel("descent")
    rate = descent.page.get_by_test_id("rate")
    expect(rate).to_have_value("0.001")
    expect(descent.told).to_have_text("Step 1: x0 = 0.002, x1 = 1.6, y = 257.")
    descent.button("one-step").click()
    playground.expect_data("x1", "1.6")
    expect(rate).to_have_value("0.001")  # the way goes on as it began
    playground.type_formula("x = 2; y = x**2")
    expect(rate).to_have_value("0.1")
    descent.fill("rate", "0.2")
    playground.type_formula(ROSENBROCK)
    expect(descent.told).to_contain_text("Step 1: x0 = 0.4, ")
    expect(rate).to_have_value("0.2")


def test_the_name_of_the_course_is_above_its_line(descent: Descent) -> None:
    descent.open(ROSENBROCK, "0.001")
    name = descent.page.locator(".output-chart text")
    expect(name).to_have_text("y by step, log scale")
    text, line = name.bounding_box(), descent.page.locator(".output-chart polyline").bounding_box()
    assert text
    assert line
    assert text["y"] + text["height"] <= line["y"]


def test_to_the_end_is_one_step_of_undo(descent: Descent) -> None:
    playground = descent.playground
    descent.open("x = 2; y = x**4 - 2*x**2", "0.01", "200")
    expect(descent.told).to_have_text("Step 1: x = 1.76, y = 3.4.")
    expect(descent.plot.locator(".curve")).to_have_count(1)
    expect(descent.page.get_by_test_id("way")).to_have_text("200 steps lead down: y goes from 8 to −1.")
    descent.button("to-the-end").click()
    expect(playground.cell("x", "data")).to_have_text("1")
    expect(playground.cell("y", "data")).to_have_text("−1")
    playground.undo("200 steps of descent")
    playground.expect_data("x", "2")


def test_the_points_are_a_table_and_a_slider_points_at_them(descent: Descent) -> None:
    descent.open("x = 8; y = 4; z = x**2 + y**2", "0.25", "3")
    # Half of the way at every step.
    expect(descent.rows).to_have_text(["now8480", "14220", "2215", "310.51.25"])
    for step, told in ((3, "Step 3: x = 1, y = 0.5, z = 1.25."), (2, "Step 2: x = 2, y = 1, z = 5.")):
        descent.point_at(step)
        expect(descent.told).to_have_text(told)
        expect(descent.page.get_by_test_id("descent-step")).to_have_attribute("aria-valuetext", told)
    descent.rows.nth(1).hover()
    expect(descent.told).to_have_text("Step 1: x = 4, y = 2, z = 20.")


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
    left, right = (descent.page.locator(f".stage > .{name}").bounding_box() for name in ("variant-bar", "controls"))
    assert left
    assert right
    assert left["x"] + left["width"] < right["x"]


def test_with_a_finger(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 1180, "height": 820}, has_touch=True)
    descent = Descent(Playground(context.new_page(), server.url).open())
    descent.open("x = 2; y = 3; z = x**2 + y**2", "0.1")
    expect(descent.told).to_contain_text("Step 1")
    Finger(descent.page).tap(descent.place(0.5, 0.5))
    expect(descent.playground.control("undo")).to_have_attribute("title", "Undo: set x and y")
    context.close()


@pytest.fixture(params=["light", "dark"])
def in_scheme(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Descent]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=request.param)
    yield Descent(Playground(context.new_page(), server.url).open())
    context.close()


def test_axe_finds_no_violation_in_the_panel(in_scheme: Descent) -> None:
    in_scheme.open(ROSENBROCK, "0.001")
    expect(in_scheme.told).to_contain_text("Step 1: x0 = 0.002")
    in_scheme.button("predict").click()
    found = Axe().run(in_scheme.page).response["violations"]
    told = [(each["id"], [node["html"][:160] for node in each["nodes"]][:4]) for each in found]
    assert told == [], json.dumps(told, indent=1)
