"""Take the README's pictures from the running app, in light and in dark."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.playground import Playground
from tools.opened import PICTURES, SIZE, opened_app


def main() -> None:
    """Open the first lesson and select a node; step through a wrong engine; save what is seen."""
    with opened_app() as (server, browser):
        for scheme in ("light", "dark"):
            # Without motion, so that every picture is of what comes to rest.
            context = browser.new_context(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            playground = Playground(context.new_page(), server.url).open()
            expect(playground.inspect("a").get_by_test_id("products")).to_be_visible()
            playground.page.screenshot(path=PICTURES / f"playground-{scheme}.png")
            playground.open_lesson(8)
            playground.use_variant(14)
            playground.open_steps()
            playground.step_to(8)
            expect(playground.page.get_by_test_id("slip")).to_be_visible()
            playground.page.screenshot(path=PICTURES / f"steps-{scheme}.png")
            context.close()


if __name__ == "__main__":
    main()
