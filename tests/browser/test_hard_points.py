"""What a class finds hard, made visible: each row of the teaching notes' table, by the numbers on the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.playground import Playground

pytestmark = pytest.mark.browser


# Gradients add up at forks --------------------------------------------------------------------------------------


def test_the_ledger_of_x_plus_x_shows_one_plus_one(playground: Playground) -> None:
    playground.open_lesson(5)
    playground.open_steps()
    playground.step_to(2)
    playground.select("x")
    expect(playground.ledger("x")).to_contain_text("0 of 2 arrived")
    expect(playground.ledger("x")).to_contain_text("grad is None, which is not 0")
    playground.step_to(3)
    expect(playground.ledger("x")).to_contain_text("2 of 2 arrived")
    arrivals = playground.ledger("x").locator("tr")
    expect(arrivals).to_have_text(
        [re.compile("the Add that computes y.*1= 1"), re.compile(r"the Add that computes y.*\+ 1= 2")]
    )
    expect(playground.caption).to_contain_text("x.grad = 1 + 1 = 2")


def test_step_13_replaces_what_had_arrived(playground: Playground) -> None:
    playground.open_lesson(5)
    playground.use_variant(13)
    playground.open_steps()
    playground.step_to(3)
    arrivals = playground.ledger("x").locator("tr")
    expect(arrivals).to_have_text(
        [re.compile("the Add that computes y.*1= 1"), re.compile("the Add that computes y.*1 replaces 1= 1")]
    )
    expect(playground.page.get_by_test_id("slip")).to_contain_text("overwrites x.grad")


def test_another_lesson_begins_with_nothing_selected(playground: Playground) -> None:
    playground.select("a")
    expect(playground.page.locator(".node.selected")).to_have_count(1)
    playground.open_lesson(8)
    playground.expect_data("y", "32")
    expect(playground.page.locator(".node.selected")).to_have_count(0)
    playground.open_steps()
    playground.step_to(7)
    expect(playground.page.locator("[data-ledger]")).to_have_count(1)  # of who has just received something
    expect(playground.ledger("a")).to_contain_text("1 of 2 arrived")


@pytest.mark.parametrize(("step", "grad"), [(13, "1"), (14, "2"), (16, "2")])
def test_the_engine_switch_on_x_plus_x(playground: Playground, step: int, grad: str) -> None:
    playground.open_lesson(5)
    playground.use_variant(step)
    playground.expect_grad("x", grad)
    faults = playground.page.locator(".badge.fault")
    expect(faults).to_have_text(["✗ 2 is right"] if grad == "1" else [])


def test_x_plus_x_is_drawn_as_two_wires_with_a_number_on_each(playground: Playground) -> None:
    playground.open_lesson(5)
    playground.open_steps()
    playground.step_to(3)
    contributions = playground.page.locator("[data-flow]")
    expect(contributions).to_have_text(["1", "1"])
    upper, lower = (contributions.nth(index).bounding_box() for index in range(2))
    assert upper is not None
    assert lower is not None
    assert upper["y"] + upper["height"] < lower["y"]
    for index in range(2):
        expect(playground.port("in", "y", index)).to_have_attribute("aria-label", re.compile("wired from x"))


# The order of the sweep -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "grad"), [(13, "32"), (14, "96"), (16, "64")])
def test_the_three_engines_on_generations(playground: Playground, step: int, grad: str) -> None:
    playground.open_lesson(8)
    playground.use_variant(step)
    playground.expect_grad("x", grad)
    fault = playground.badge("x", "fault")
    if grad == "64":
        expect(playground.page.locator(".badge.fault")).to_have_count(0)
        return
    expect(fault).to_have_text("✗ 64 is right")
    lost = "what had arrived before is lost (x.grad = gx)."
    why = {
        "32": f"It comes from a. At step 9, the Square that computes b overwrites a.grad: {lost}",
        "96": "At step 8, the Square that computes a has its turn too early: "
        "1 of 2 contributions had arrived at a.grad.",
    }
    told = f"x.grad is {grad}, and 64 is right. {why[grad]}"
    expect(fault).to_have_attribute("title", told)
    expect(playground.inspect("x").get_by_text(told)).to_be_visible()


def test_one_of_two_arrived_while_a_wrong_engine_goes_on(playground: Playground) -> None:
    playground.open_lesson(8)
    playground.use_variant(14)
    playground.open_steps()
    playground.step_to(7)
    expect(playground.badge("a", "arrived")).to_have_text("1 of 2 arrived")
    playground.step_to(8)
    expect(playground.page.get_by_test_id("slip")).to_have_text(
        "✗ The Square that computes a has its turn too early: 1 of 2 contributions had arrived at a.grad."
    )
    playground.expect_grad("x", "32")
    playground.page.keyboard.press("End")
    playground.expect_grad("x", "96")
    expect(playground.badge("x", "arrived")).to_have_text("2 arrived, 1 due")
    expect(playground.badge("a", "arrived")).to_have_text("2 of 2 arrived")


def pick(playground: Playground, name: str) -> None:
    playground.page.locator(f'button[data-func="{name}"]').click()
    expect(playground.page.get_by_test_id("popped")).to_contain_text(f"computes {name},")


def test_a_class_that_picks_the_wrong_order_sees_a_wrong_number(playground: Playground) -> None:
    playground.open_lesson(8)
    playground.open_steps()
    playground.page.get_by_test_id("choose").click()
    for name in "yba":
        pick(playground, name)
    expect(playground.page.get_by_test_id("slip")).to_contain_text("too early: 1 of 2")
    pick(playground, "c")
    playground.expect_grad("x", "32")
    verdict = playground.page.get_by_test_id("verdict")
    expect(verdict).to_contain_text("x.grad is 32, and 64 is right.")
    playground.page.get_by_role("button", name="Start over").click()
    for name in "ybca":
        pick(playground, name)
    playground.expect_grad("x", "64")
    expect(verdict).to_contain_text("every number is right")


def test_play_rests_while_the_class_chooses(playground: Playground) -> None:
    playground.open_lesson(6)
    playground.open_steps()
    play = playground.page.locator('[data-step="play"]')
    playground.page.get_by_label("Speed of play").select_option("0.5×")
    play.click()
    playground.expect_playing()
    playground.page.get_by_test_id("choose").click()
    expect(playground.page.get_by_test_id("verdict")).to_contain_text("Whose turn is it?")
    playground.expect_playing(playing=False)
    expect(playground.caption).to_contain_text("Backward starts at")


@pytest.mark.parametrize("step", [13, 14])
def test_a_class_is_told_that_its_own_order_has_one_turn_for_each(playground: Playground, step: int) -> None:
    playground.open_lesson(8)
    playground.use_variant(step)
    playground.open_steps()
    rule = playground.page.get_by_test_id("rule")
    expect(rule).to_be_hidden()
    playground.page.get_by_test_id("choose").click()
    expect(rule).to_have_text("You pick; every Function has one turn.")
    expect(rule).to_be_visible()
    for name in "ybac":
        pick(playground, name)
    expect(playground.page.locator("[data-func]")).to_have_count(0)  # the engine itself would visit a twice
    playground.page.get_by_test_id("choose").click()
    expect(rule).to_be_hidden()
    expect(playground.caption).to_contain_text("of 10")


# One gradient per path, then the sum ----------------------------------------------------------------------------


def test_the_products_along_all_paths_sum_up_to_grad(playground: Playground) -> None:
    playground.open_lesson(7)
    playground.select("a")
    playground.open_panel("paths")
    # f = a b (a + b) at (−2, 3): through d b · (a + b) = 3 · 1, and through e 1 · a b = −6.
    paths = playground.page.locator(".path .product")
    expect(playground.page.get_by_test_id("path-count")).to_have_text("2 paths lead from a to f.")
    assert sorted(paths.nth(index).get_attribute("data-value") or "" for index in range(2)) == ["3", "−6"]
    total = playground.page.get_by_test_id("path-total")
    expect(total).to_have_attribute("data-value", "−3")
    expect(total).to_contain_text("a.grad")
    playground.expect_grad("a", "-3")


def test_paths_of_a_wrong_engine_do_not_claim_its_number(playground: Playground) -> None:
    playground.open_lesson(8)
    playground.use_variant(14)
    playground.select("x")
    playground.open_panel("paths")
    expect(playground.page.get_by_test_id("path-total")).to_have_text("Sum: 32 + 32 = 64")
    expect(playground.page.get_by_test_id("path-differs")).to_have_text("✗ But x.grad is 96.")


def test_what_paths_and_both_modes_would_cost(playground: Playground) -> None:
    # Ten times u + u: 2¹⁰ paths from x, and 2ⁿ from the n-th sum on.
    text = "; ".join(["u1 = x + x", *(f"u{n + 1} = u{n} + u{n}" for n in range(1, 10))])
    playground.type_formula(text)
    playground.expect_grad("x", "1024")
    playground.settle("x")
    playground.select("x")
    playground.open_panel("paths")
    expect(playground.page.get_by_test_id("path-count")).to_contain_text("1 024 paths lead from x to u10.")
    expect(playground.page.get_by_test_id("path-count")).to_contain_text("These are the 20 largest.")
    expect(playground.page.locator(".path")).to_have_count(20)
    costs = playground.page.locator("[data-cost]").all_inner_texts()
    numbers = [int(re.sub(r"\D", "", cost)) for cost in costs]
    assert numbers[0] > 100 * numbers[2]


# Upstream × local = downstream ----------------------------------------------------------------------------------


def test_a_function_shows_its_three_numbers(playground: Playground) -> None:
    playground.open_lesson(3)
    inspector = playground.inspect("f")
    expect(inspector.get_by_text("upstream × local = downstream")).to_be_visible()
    # f = q z at q = 3, z = −4: upstream is 1, and each input's local derivative is the other's value.
    written = inspector.get_by_test_id("products").locator(".formula")
    expect(written).to_have_count(6)  # two products of three lines
    told = ["".join(text.split()).replace("⋅", "·") for text in written.all_text_contents()]
    assert "".join(told[:3]) == "q.grad=f.grad·z=1×(−4)=−4"
    assert "".join(told[3:]) == "z.grad=f.grad·q=1×3=3"


def test_local_derivatives_on_the_wires_are_a_toggle(playground: Playground) -> None:
    wired = playground.port("in", "a")
    expect(wired).to_have_attribute("aria-label", "input of a, wired from x")
    playground.canvas.focus()
    playground.page.keyboard.press("l")
    expect(wired).to_have_attribute("aria-label", "input of a, wired from x, local derivative ×4")
    playground.toggle("local")
    expect(wired).to_have_attribute("aria-label", "input of a, wired from x")


# Gradients depend on the forward values; None is not 0 ----------------------------------------------------------


def set_by_hand(playground: Playground) -> None:
    playground.page.get_by_test_id("automatic").uncheck()
    expect(playground.page.get_by_role("button", name="Forward", exact=True)).to_be_enabled()


def test_by_hand_an_edit_leaves_stale_numbers_and_no_gradients(playground: Playground) -> None:
    set_by_hand(playground)
    playground.set_value("x", "5")
    expect(playground.node("z")).to_have_attribute("aria-label", re.compile("out of date"))
    expect(playground.node("b")).not_to_have_attribute("aria-label", re.compile("out of date"))
    playground.expect_grad("x", "")
    playground.page.get_by_role("button", name="Forward", exact=True).click()
    playground.expect_data("z", "34")
    expect(playground.cell("x", "grad")).to_have_text("—")
    playground.page.get_by_role("button", name="Backward", exact=True).click()
    playground.expect_grad("x", "10")


def test_none_is_not_zero(playground: Playground) -> None:
    playground.type_formula("y = x - x; z = w + 1")
    expect(playground.cell("x", "grad")).to_have_text("—")  # z is differentiated, and x does not lead there
    playground.type_formula("y = x - x")
    playground.expect_grad("x", "0")


def test_a_forgotten_cleargrad_is_explained(playground: Playground) -> None:
    set_by_hand(playground)
    backward = playground.page.get_by_role("button", name="Backward", exact=True)
    playground.page.get_by_role("button", name="Forward", exact=True).click()
    expect(playground.cell("x", "grad")).to_have_text("—")
    backward.click()
    playground.expect_grad("x", "4")
    backward.click()
    playground.expect_grad("x", "8")
    expect(playground.page.get_by_text("x.grad = 4 + 4 = 8")).to_be_visible()
    playground.page.get_by_role("button", name="cleargrad", exact=True).click()
    playground.expect_grad("x", "")
    backward.click()
    playground.expect_grad("x", "4")


def test_a_second_backward_in_the_steps_shows_both_summands(playground: Playground) -> None:
    set_by_hand(playground)
    playground.open_panel("steps")
    playground.page.get_by_label("Speed of play").select_option("4×")
    playground.page.locator('[data-step="forward"]').click()
    expect(playground.caption).to_contain_text("Step 3 of 3", timeout=10_000)
    for _ in range(2):
        count = playground.page.get_by_test_id("step").get_attribute("max")
        playground.page.locator('[data-step="backward"]').click()
        expect(playground.caption).to_contain_text(f"Step {int(count or 0) + 4} of", timeout=10_000)
    playground.select("x")
    expect(playground.ledger("x").locator("tr")).to_have_text([re.compile("4= 4"), re.compile(r"\+ 4= 8")])
    expect(playground.ledger("x")).to_contain_text("x.grad 1 of 1 arrived in Backward no. 2")
    playground.page.locator('[data-step="cleargrad"]').click()
    playground.expect_grad("x", "")


def test_lesson_9_as_the_book_tells_it(playground: Playground) -> None:
    playground.open_lesson(9)
    backward = playground.page.get_by_role("button", name="Backward", exact=True)
    expect(playground.page.get_by_role("switch", name="Automatic")).not_to_be_checked()
    playground.expect_data("v", "9")
    expect(playground.cell("x", "grad")).to_have_text("—")
    backward.click()
    playground.expect_grad("x", "2")
    playground.inspect("v").get_by_role("button", name="Differentiate v").click()
    backward.click()
    playground.expect_grad("x", "5")
    playground.page.get_by_role("button", name="cleargrad", exact=True).click()
    backward.click()
    playground.expect_grad("x", "3")
