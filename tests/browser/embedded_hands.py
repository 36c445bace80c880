"""What hands do in a playground that stands in the page of docs/embedding.html, whatever host serves it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from playwright.sync_api import FrameLocator, Page, expect

from engine.document import LinkFields, to_link
from engine.lessons import LESSONS

USED_TWICE = LESSONS[4]
LINK = to_link(USED_TWICE.graph, fields=LinkFields(lesson=USED_TWICE.key))


def answer(frame: FrameLocator, text: str, state: str) -> None:
    frame.get_by_test_id("answer").fill(text)
    frame.locator("[data-control=lock]").click()
    expect(frame.locator("[data-asked='x.grad']")).to_have_attribute("data-state", state)


def answer_in_a_frame(page: Page, around: str, playground: str) -> FrameLocator:
    """Answer a lesson wrong and then right, and step; the page around grows and hears of it."""
    lesson = f"{playground}?{urlencode({'graph': LINK})}"
    page.goto(f"{around}?lesson={quote(lesson, safe='')}")
    frame, held = page.frame_locator("#lesson"), page.locator("#lesson")
    expect(frame.get_by_test_id("question")).to_have_text(USED_TWICE.question, timeout=20_000)
    told = page.locator("#told")
    expect(told).to_have_text("Nothing is answered yet.")
    expect(held).not_to_have_css("height", "560px")  # as high as the lesson is
    expect(frame.locator("[data-node]").first).to_be_visible()

    def spare() -> float:
        """How much the page in the frame is lower than its frame."""
        bottom = frame.locator(".playground > .time").evaluate(
            "(box) => innerHeight - box.getBoundingClientRect().bottom"
        )
        return float(bottom)

    before = held.evaluate("(frame) => frame.offsetHeight")
    answer(frame, "1", "again")
    expect(told).to_have_text("0 of 1 found so far.")
    page.wait_for_function("(before) => document.getElementById('lesson').offsetHeight > before", arg=before)
    assert -1 <= spare() <= 40
    answer(frame, "2", "late")
    expect(told).to_have_text("Done: 0 of 1 found at once, 1 at the second try, 0 revealed.")
    frame.locator('[data-step="next"]').click()  # steps run in the frame
    expect(frame.get_by_test_id("caption")).to_contain_text("Step 1 of")
    return frame
