"""The list of lessons, inputs' roles, and training on a table of data, on the page."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.playground import Playground
from tests.browser.test_access import objections
from tests.browser.test_legible import text_px

BLUE = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) count += data[at + 2] > 140 && data[at] < 60 && data[at + 3] > 200;
  return count;
}"""
"""How many points of the drawing have the colour of data."""


def test_the_list_of_lessons_is_short_and_remembers_what_is_done(playground: Playground) -> None:
    page = playground.page
    groups = page.locator(".lesson-list details")
    expect(groups).to_have_count(4)
    expect(page.locator(".lesson-list .lesson:visible")).to_have_count(6)  # the level that is open
    expect(playground.lesson(5)).to_have_accessible_name("5 Used twice, 4 minutes")
    playground.open_lesson(5, reveal=False)
    page.get_by_role("button", name="Explain").click()
    expect(page.get_by_test_id("insight")).to_be_visible()
    expect(playground.lesson(5)).to_have_accessible_name("5 Used twice, 4 minutes")  # which is not answered yet
    playground.control("reveal-all").click()
    expect(playground.lesson(5)).to_have_accessible_name("5 Used twice, 4 minutes, done")
    expect(groups.first.locator(".count")).to_have_text("1 of 6 ✓")
    playground.control("next-lesson").click()
    expect(page.get_by_test_id("question")).to_have_text("How many paths lead from b to e?")
    expect(playground.control("next-lesson")).to_be_hidden()  # until this one is answered
    playground.reload()
    expect(playground.lesson(5)).to_have_accessible_name(re.compile("done$"))
    playground.open_lesson(27)
    expect(page.locator(".lesson-list .lesson:visible")).to_have_count(4)
    expect(page.locator(".train-panel")).to_be_visible()
    # Laid out for the room beside the panel, nodes have their numbers at once, without waiting for another frame.
    playground.wait_until(lambda: text_px(playground) >= 9)
    playground.wait_until(lambda: page.locator(".stage canvas").evaluate(BLUE) > 200)
    assert objections(page) == []


def test_roles_are_set_at_the_selection_and_training_runs_over_a_pasted_table(playground: Playground) -> None:
    page = playground.page
    playground.start_new()
    playground.type_formula("L = (w*x + b - t)**2")
    for name, role in {"x": "data", "t": "target", "w": "weight", "b": "weight"}.items():
        playground.select(name)
        playground.control("role").select_option(role)
        expect(playground.node(name)).to_have_accessible_name(re.compile(f", {role}, "))
    playground.open_panel("train")
    text = page.get_by_test_id("table-text")
    text.fill("x\tt\n0\t1\n1\t3\n2\tfive")
    page.locator('[data-act="use-table"]').click()
    expect(page.get_by_test_id("training-trouble")).to_have_text("Row 3, t: “five” is not a number.")
    text.fill("x\tt\n0\t1\n1\t3\n2\t5")
    page.locator('[data-act="use-table"]').click()
    expect(page.get_by_test_id("rows-told")).to_have_text("Row 1 of 3 stands on the nodes.")
    page.locator('[data-row="2"]').click()
    playground.expect_data("x", "2")
    playground.expect_data("t", "5")
    expect(page.locator(".data-table tr[aria-current]")).to_have_count(1)
    page.locator('[data-act="update"]').click()
    expect(page.get_by_test_id("training-standing")).to_contain_text("After 1 update")
    playground.expect_data("t", "1")  # the next row, and a target that has not moved
    page.get_by_test_id("at-a-time").select_option("50")
    run = page.locator('[data-act="run"]')
    run.click()
    several = re.compile("After [1-9]51 updates")
    expect(page.get_by_test_id("training-standing")).to_contain_text(several, timeout=20_000)
    run.click()
    expect(run).to_have_text("Run")
    expect(page.get_by_test_id("loss-curve").locator("polyline")).to_be_visible()
    expect(page.get_by_test_id("fit-plot").locator("polyline")).to_be_visible()
    playground.reload()
    expect(page.get_by_test_id("training-standing")).to_contain_text("After")
    page.locator('[data-act="reset"]').click()
    expect(page.get_by_test_id("training-standing")).to_have_text("No update yet.")
    playground.open_steps()
    page.keyboard.press("End")
    expect(playground.caption).to_contain_text("SGD updates b: b − rate × b.grad")
