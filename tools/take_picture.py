"""Take the README's pictures from the running app, in light and in dark."""

from __future__ import annotations

from tests.browser.playground import Playground
from tools.opened import PICTURES, SIZE, opened_app


def main() -> None:
    """Open the first lesson, select a node, and save what is seen."""
    with opened_app() as (server, browser):
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]
            playground = Playground(context.new_page(), server.url).open()
            playground.select("a")
            playground.page.locator(".katex").first.wait_for()
            playground.page.screenshot(path=PICTURES / f"playground-{scheme}.png")
            context.close()


if __name__ == "__main__":
    main()
