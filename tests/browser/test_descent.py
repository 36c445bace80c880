"""Gradient descent on the page: predicted, revealed, taken step by step, and taken back."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import expect

from tests.browser.descent_panel import ROSENBROCK, Descent
from tests.browser.playground import Playground

pytestmark = pytest.mark.browser


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
    expect(descent.told).to_have_text("Step 1: x0 = 0.002, x1 = 1.6, y ≈ 257.")
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
    expect(descent.told).to_have_text("Now: x0 = 0.002, x1 = 1.6, y ≈ 257.")  # and the next is hidden again
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
    expect(descent.told).to_have_text("Step 1: x0 = 0.002, x1 = 1.6, y ≈ 257.")
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
    expect(descent.told).to_have_text("Step 1: x = 1.76, y ≈ 3.4.")
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
