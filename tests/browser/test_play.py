"""Steps that play by themselves: how fast, when they rest, and where they end."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.playground import Playground
from tests.browser.seed_steps import SEED_CAPTIONS, TELLING, running

pytestmark = pytest.mark.browser


def test_a_fast_play_gives_the_mark_time_to_rest(playground: Playground) -> None:
    playground.open_steps()
    playground.page.get_by_label("Speed of play").select_option("4×")
    # Remember where the mark was when each step ended, and how many lines it had passed over by then.
    playground.canvas.evaluate(
        """(canvas) => {
          const root = canvas.getRootNode();
          window.rested = {};
          window.passed = new Set();
          const look = () => {
            const line = root.querySelector(".source .running")?.textContent;
            window.passed.add(line);
            window.rested[root.querySelector(".caption").textContent] = line;
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    playground.page.locator('[data-step="play"]').click()
    expect(playground.caption).to_have_text(SEED_CAPTIONS[7], timeout=10_000)
    expect(running(playground)).to_have_text(TELLING["backward"])
    # The mark passes over that line too, and over others after it: it rests where it stays for many frames.
    playground.page.evaluate(
        """() => new Promise((done) => {
          let [before, frames] = [null, 0];
          const look = () => {
            const now = JSON.stringify(window.rested);
            frames = now === before ? frames + 1 : 0;
            before = now;
            if (frames > 20) done();
            else requestAnimationFrame(look);
          };
          look();
        })"""
    )
    rested = playground.page.evaluate("() => window.rested")
    kinds = [*["forward"] * 3, "seed", *["backward"] * 3]
    for caption, kind in zip(SEED_CAPTIONS[1:], kinds, strict=True):
        assert TELLING[kind].match(rested[caption]), (caption, rested[caption])
    assert playground.page.evaluate("() => window.passed.size") > 4


def test_play_rests_when_told_to_and_goes_on_from_there(playground: Playground) -> None:
    playground.open_steps()
    playground.step_to(4)
    play = playground.page.locator('[data-step="play"]')
    speed = playground.page.get_by_label("Speed of play")
    speed.select_option("0.5×")
    play.click()
    playground.expect_playing()
    play.click()
    playground.expect_playing(playing=False)
    expect(playground.caption).to_have_text(SEED_CAPTIONS[4])
    speed.select_option("4×")
    play.click()
    expect(playground.caption).to_have_text(SEED_CAPTIONS[7], timeout=10_000)
    playground.expect_playing(playing=False)
    playground.page.locator('[data-step="restart"]').click()
    expect(playground.caption).to_have_text(SEED_CAPTIONS[0])
    expect(playground.caption).to_have_text(SEED_CAPTIONS[7], timeout=10_000)


def test_play_ends_where_there_are_fewer_steps_than_there_were(playground: Playground) -> None:
    playground.type_formula("u = x + x; v = u + u; w = v + v")
    playground.use_variant(14)  # which visits once per path: 1 + 2 + 4 times
    playground.open_steps()
    playground.page.keyboard.press("End")
    expect(playground.caption).to_contain_text("Step 11 of 11")
    playground.page.keyboard.press("ArrowLeft")
    play = playground.page.locator('[data-step="play"]')
    playground.page.get_by_label("Speed of play").select_option("0.5×")
    play.click()
    playground.expect_playing()
    playground.use_variant(16)
    expect(playground.caption).to_contain_text("Step 7 of 7")
    playground.expect_playing(playing=False)


def test_play_ends_where_the_numbers_are_of_another_graph(playground: Playground) -> None:
    playground.page.get_by_text("Automatic").click()
    playground.open_steps()
    playground.page.get_by_label("Speed of play").select_option("0.5×")
    playground.page.locator('[data-step="forward"]').click()
    playground.expect_playing()
    playground.set_value("x", "5")
    expect(playground.caption).to_contain_text("The graph has changed since Forward")
    playground.expect_playing(playing=False)
