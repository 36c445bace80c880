"""Going through forward and backward one visit at a time, by every way there is."""

from __future__ import annotations

import re
import unicodedata

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground
from tests.browser.seed_steps import SEED_CAPTIONS, TELLING, running
from tests.browser.server import Server
from tests.browser.tabs import Motion, Tabs

pytestmark = pytest.mark.browser


def seen(playground: Playground) -> str:
    """Return all that tells where one is: caption, formulas, work list, ledger, source, numbers, what travels."""
    parts = [playground.table, playground.page.locator(".time"), playground.page.locator(".steps-panel")]
    chips = playground.page.locator("[data-flow]").all_text_contents()
    ran = playground.page.locator(".source .ran").count()
    method = [part.inner_text() for part in parts]
    return "\n".join([*method, *chips, str(ran)])


def test_the_seed_graph_step_by_step_and_back_again(playground: Playground) -> None:
    playground.open_steps()
    playground.expect_data("z", "")
    playground.expect_grad("x", "")
    forward = []
    for caption in SEED_CAPTIONS:
        expect(playground.caption).to_have_text(caption)
        forward.append(seen(playground))
        playground.page.keyboard.press("ArrowRight")
    assert len(set(forward)) == len(SEED_CAPTIONS)
    playground.expect_grad("x", "4")
    playground.expect_grad("y", "6")
    for caption, before in zip(reversed(SEED_CAPTIONS), reversed(forward), strict=True):
        expect(playground.caption).to_have_text(caption)
        assert seen(playground) == before
        playground.page.keyboard.press("ArrowLeft")


def test_numbers_appear_when_their_turn_comes(playground: Playground) -> None:
    playground.open_steps()
    playground.step_to(3)
    playground.expect_data("z", "13")
    playground.expect_grad("z", "")
    playground.step_to(6)
    playground.expect_grad("x", "4")
    playground.expect_grad("y", "")


def test_the_active_function_and_what_travels(playground: Playground) -> None:
    playground.open_steps()
    playground.step_to(3)
    expect(playground.node("z")).to_have_class(re.compile("active"))
    expect(playground.page.locator("[data-flow]")).to_have_text(["4", "9"])
    expect(playground.page.locator(".flow path.forward")).to_have_count(2)
    playground.step_to(6)
    expect(playground.node("a")).to_have_class(re.compile("active"))
    expect(playground.page.locator("[data-flow]")).to_have_text(["4"])
    backward = playground.page.locator(".flow path.backward")
    assert backward.evaluate("(path) => getComputedStyle(path).strokeDasharray") != "none"
    expect(playground.page.get_by_test_id("formulas").locator(".formula")).to_have_count(1)
    # A slanted x is a letter of its own in MathML.
    spoken = unicodedata.normalize("NFKC", playground.page.get_by_test_id("formulas").inner_text())
    assert "".join(spoken.split()).replace("⋅", "·") == "x.grad=a.grad·2x=1×2×2=4"


def test_the_work_list_and_the_running_source(playground: Playground) -> None:
    playground.open_steps()
    playground.step_to(5)
    funcs = playground.page.locator("[data-func]")
    expect(funcs).to_have_text([re.compile("Square b.*gen 0"), re.compile("Square a.*gen 0")])
    expect(playground.page.get_by_test_id("popped")).to_have_text("Popped: the Add that computes z, generation 1")
    source = playground.page.get_by_test_id("source")
    expect(source.locator(".ran").filter(has_text="gxs = function.gradients(gys)")).to_have_count(1)
    expect(running(playground)).to_have_text(TELLING["backward"])
    expect(playground.page.get_by_test_id("method")).to_contain_text("def backward(self, gy)")
    playground.step_to(2)
    expect(source.locator(".ran").filter(has_text="self.forward(")).to_have_count(1)
    expect(running(playground)).to_have_text(TELLING["forward"])


@pytest.mark.parametrize("engine", [13, 14, 16])
def test_the_mark_rests_on_the_telling_line_however_one_steps(playground: Playground, engine: int) -> None:
    playground.open_lesson(8)
    playground.use_variant(engine)
    playground.open_steps()
    count = int(playground.page.get_by_test_id("step").get_attribute("max") or 0)
    kinds = [*["forward"] * 4, "seed", *["backward"] * (count - 5)]

    def expect_rest(number: int) -> None:
        expect(playground.caption).to_contain_text(f"Step {number} of {count}")
        expect(running(playground)).to_have_text(TELLING[kinds[number - 1]])
        expect(running(playground)).to_be_in_viewport(ratio=0.99)

    for number in range(1, count + 1):
        playground.page.keyboard.press("ArrowRight")
        expect_rest(number)
    for number in range(count - 1, 0, -1):
        playground.page.keyboard.press("ArrowLeft")
        expect_rest(number)
    for number in (5, 4, count):
        playground.step_to(number)  # without waiting anywhere
        expect_rest(number)


def test_keys_for_both_ends_and_both_directions(playground: Playground) -> None:
    playground.open_steps()
    playground.page.keyboard.press("End")
    expect(playground.caption).to_have_text(SEED_CAPTIONS[7])
    playground.page.keyboard.press("Home")
    expect(playground.caption).to_have_text(SEED_CAPTIONS[0])
    speed = playground.page.get_by_label("Speed of play")
    speed.select_option("4×")
    playground.caption.click()
    playground.page.keyboard.press("f")
    expect(playground.caption).to_have_text(SEED_CAPTIONS[3], timeout=10_000)
    playground.page.keyboard.press("b")
    expect(playground.caption).to_have_text(SEED_CAPTIONS[7], timeout=10_000)


def test_keys_step_wherever_the_focus_is(playground: Playground) -> None:
    playground.open_steps()
    playground.open_lesson(5)  # the focus is on the lesson's button
    expect(playground.caption).to_have_text("Before the first step: x = 3 given, nothing computed.")
    playground.page.keyboard.press("ArrowRight")
    expect(playground.caption).to_have_text("Step 1 of 3: Add computes y = 6 from x = 3.")
    playground.select("x")  # a row of the table
    playground.page.keyboard.press("End")
    expect(playground.caption).to_contain_text("Step 3 of 3")
    playground.formula.press("Home")  # what is typed into a field is the field's
    expect(playground.caption).to_contain_text("Step 3 of 3")


def test_the_stage_keeps_its_size_whatever_a_step_says(playground: Playground) -> None:
    playground.open_lesson(7)
    playground.open_steps()
    playground.page.keyboard.press("End")
    expect(playground.caption).to_contain_text("Step 7 of 7")
    longest = playground.caption.bounding_box()
    size = playground.canvas.bounding_box()
    playground.page.keyboard.press("Home")
    expect(playground.caption).to_contain_text("Before the first step")
    shortest = playground.caption.bounding_box()
    assert longest is not None
    assert shortest is not None
    assert longest["height"] > shortest["height"]
    assert playground.canvas.bounding_box() == size


def test_an_empty_graph_has_no_steps_and_shows_the_palette(playground: Playground) -> None:
    playground.open_panel("steps")
    expect(playground.palette("Square")).to_be_hidden()
    playground.start_new()
    expect(playground.caption).to_have_text("There is nothing to step through yet: the graph is empty.")
    playground.palette("Square").click()
    expect(playground.rows).to_have_count(1)


def test_the_slider_covers_all_steps(playground: Playground) -> None:
    playground.open_steps()
    slider = playground.page.get_by_test_id("step")
    assert (slider.get_attribute("min"), slider.get_attribute("max")) == ("0", "7")
    slider.fill("6")
    expect(playground.caption).to_have_text(SEED_CAPTIONS[6])
    slider.press("ArrowLeft")
    expect(playground.caption).to_have_text(SEED_CAPTIONS[5])


def test_stepping_asks_nothing_of_the_server(page: Page, server: Server) -> None:
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    playground = Playground(page, server.url).open()
    playground.open_steps()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    playground.wait_until_drawn()  # laid out for the stage beside the panel
    sent.clear()
    playground.step_to(7)
    playground.page.keyboard.press("ArrowLeft")
    expect(playground.caption).to_have_text(SEED_CAPTIONS[6])
    assert sent == []


def test_an_edit_while_stepping_keeps_the_place(playground: Playground) -> None:
    playground.open_steps()
    playground.step_to(6)
    playground.set_value("x", "5")
    expect(playground.caption).to_have_text("Step 6 of 7: Square sends x.grad = 1 × 10 = 10.")
    playground.expect_grad("y", "")


def test_leaving_the_steps_shows_everything_again(playground: Playground) -> None:
    playground.canvas.focus()
    playground.page.keyboard.press("s")
    expect(playground.caption).to_have_text(SEED_CAPTIONS[0])
    playground.page.keyboard.press("s")
    expect(playground.caption).to_be_hidden()
    playground.expect_grad("x", "4")
    expect(playground.page.locator("[data-flow]")).to_have_count(0)


@pytest.mark.parametrize(("motion", "travels"), [("reduce", False), ("no-preference", True)])
def test_numbers_travel_unless_less_motion_is_asked_for(
    tabs: Tabs, server: Server, motion: Motion, travels: bool
) -> None:
    playground = Playground(tabs.fresh(motion=motion), server.url).open()
    playground.open_steps()
    # Remember every place at which a frame shows the number.
    playground.canvas.evaluate(
        """(canvas) => {
          window.places = new Set();
          const look = () => {
            const chip = canvas.getRootNode().querySelector("[data-flow]");
            if (chip) window.places.add(getComputedStyle(chip).translate);
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    playground.page.keyboard.press("ArrowRight")
    expect(playground.caption).to_have_text(SEED_CAPTIONS[1])
    playground.page.locator("[data-flow]").evaluate(
        """(chip) => new Promise((resolve) => {
          let [place, frames] = ["", 0];
          const look = () => {
            const now = getComputedStyle(chip).translate;
            frames = now === place ? frames + 1 : 0;
            place = now;
            if (frames > 20) resolve();
            else requestAnimationFrame(look);
          };
          look();
        })"""
    )
    # However it got there, it rests halfway along its wire.
    resting = playground.centre(playground.page.locator("[data-flow]")).x
    ends = [playground.centre(playground.port(side, name)).x for side, name in (("out", "x"), ("in", "a"))]
    assert resting == pytest.approx(sum(ends) / 2, abs=8)
    places = playground.page.evaluate("() => window.places.size")
    assert (places > 2) is travels
