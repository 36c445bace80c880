"""Lesson 6's graph in JupyterLab and in marimo: a hand changes x, Python reads the gradient, Steps runs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.hosts.notebooks import ENVIRONMENT, jupyter_notebook, serving

PATIENCE = 120_000
# (x·y) · (x + y), lesson 6: x is used twice. Its gradient by x is 2xy + y².
FORMULA = "z = (x*y) * (x+y)"


def change_x(page: Page, home: Locator, value: str) -> None:
    """Type another value for x on the canvas, as a hand does."""
    node = home.locator('[data-node="x"]')
    expect(node).to_be_visible(timeout=PATIENCE)
    node.click()
    field = home.locator('[data-edit="x"]')
    field.fill(value)
    field.press("Enter")
    expect(node).to_have_attribute("aria-label", re.compile(f"data {value},"))


def step(home: Locator) -> None:
    """Go through the first step of the canvas's steps."""
    home.get_by_role("button", name="Steps", exact=True).click()
    caption = home.get_by_test_id("caption")
    caption.press("Home")
    caption.press("ArrowRight")
    expect(caption).to_contain_text("Step 1 of")


@pytest.mark.skipif(not (ENVIRONMENT / "bin/jupyter").exists(), reason="JupyterLab is not installed: make hosts")
def test_jupyterlab(browser: Browser, tmp_path: Path) -> None:
    cells = [
        f'from components.notebook import Playground\nw = Playground("{FORMULA}", x=2, y=3)\nw',
        "print('gradient', float(w.grad['x']))",
        "import numpy as np\nfrom engine import Variable\nx = Variable(np.array(2.0), 'x')\ny = x * x\ny.backward()\ny",
        "w.data['x'] = 1; Playground('q = 2*u', u=1)",
    ]
    (tmp_path / "lesson.ipynb").write_text(jupyter_notebook(cells), "utf-8")
    options = ["--no-browser", "--allow-root", "--port={port}", "--IdentityProvider.token=", "--ServerApp.root_dir=."]
    with serving(["jupyter", "lab", *options], tmp_path, "/lab/tree/lesson.ipynb") as address:
        page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
        page.goto(address)
        shown = page.locator(".jp-CodeCell")
        expect(shown).to_have_count(4, timeout=PATIENCE)
        expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible(timeout=PATIENCE)

        def run(place: int) -> Locator:
            shown.nth(place).locator(".jp-InputArea-editor").click()
            page.keyboard.press("Control+Enter")
            return shown.nth(place)

        first = run(0)
        change_x(page, first, "5")
        expect(run(1)).to_contain_text("gradient 39.0", timeout=PATIENCE)  # 2·5·3 + 3²
        step(first)
        expect(run(2).locator("svg text", has_text="grad")).to_have_count(2, timeout=PATIENCE)
        second = run(3)
        expect(second.locator('[data-node="u"]')).to_be_visible(timeout=PATIENCE)  # several on one page
        expect(first.locator('[data-node="x"]')).to_have_attribute("aria-label", re.compile("data 1,"))
        page.keyboard.press("Control+s")
        expect(page.locator(".jp-NotebookPanel-toolbar")).to_be_visible()
        page.wait_for_function(
            "async () => (await (await fetch('/api/contents/lesson.ipynb')).text()).includes('<svg')", timeout=PATIENCE
        )
        page.context.close()
    kept = json.loads((tmp_path / "lesson.ipynb").read_text("utf-8"))
    assert "<svg" in "".join(kept["cells"][0]["outputs"][0]["data"]["text/html"])  # what stands there without a kernel


@pytest.mark.skipif(not (ENVIRONMENT / "bin/marimo").exists(), reason="marimo is not installed: make hosts")
def test_marimo(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "lesson.py").write_text(
        f"""import marimo
app = marimo.App()

@app.cell
def _():
    import marimo as mo
    from components.notebook import Playground
    w = mo.ui.anywidget(Playground("{FORMULA}", x=2, y=3))
    w
    return mo, w

@app.cell
def _(mo, w):
    w.value
    mo.md(f"gradient {{float(w.widget.grad['x'])}}")
    return

if __name__ == "__main__":
    app.run()
""",
        "utf-8",
    )
    options = ["--headless", "--port", "{port}", "--no-token"]
    with serving(["marimo", "run", "lesson.py", *options], tmp_path, "/") as address:
        page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
        page.goto(address)
        home = page.locator("body")
        change_x(page, home, "5")
        expect(home).to_contain_text("gradient 39.0", timeout=PATIENCE)  # the cell behind follows the hand
        step(home)
        page.context.close()
