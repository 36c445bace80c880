"""Every op's rules and formulas as a browser draws them: none is wider than its place, whatever the screen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser

from components.canvas.files import style_sheet
from components.text import rules_in_names
from engine.autograd import Function
from engine.evaluation import evaluate
from tests.components.equations.test_every_equation import ENTRIES, graph_of, shown

MATH = Path("components/canvas/parts/math.js")
NAMES = ("x", "z", "weights", "t")
NARROWEST = 276
"""Pixels within the narrowest panel, which has 300, and within that of a phone."""
PAGE = """
<style>{style}</style>
<style>.playground {{ height: auto }} .side {{ width: {width}px; padding: 0; border: 0 }}</style>
<div class="playground"><div class="side"></div></div>
<script>{script}
  const side = document.querySelector(".side");
  for (const [op, line, spoken] of {lines}) {{
    const box = document.createElement("div");
    box.className = "formulas";
    box.dataset.op = op;
    box.append(formula(line, spoken));
    side.append(box);
  }}
</script>
"""
MEASURED = """
() => {
  const boxes = [...document.querySelectorAll(".formulas")];
  const heightOf = (each) => each.getBoundingClientRect().height;
  const plain = [...document.querySelectorAll("mo")].find((each) => each.textContent === "(" && !each.classList.length);
  return {
    count: boxes.length,
    wide: boxes.filter((box) => box.scrollWidth > box.clientWidth + 1)
      .map((box) => `${box.dataset.op}: ${box.firstChild.getAttribute("aria-label")}`),
    empty: boxes.filter((box) => heightOf(box.querySelector("math")) < 8).map((box) => box.dataset.op),
    low: [...document.querySelectorAll("mo.tall, mo.taller")]
      .filter((each) => heightOf(each) < 1.5 * heightOf(plain)).map((each) => each.closest(".formulas").dataset.op),
    lines: boxes.filter((box) => heightOf(box) > 60).length,
  };
}
"""


def lines_of_all_ops() -> Iterator[tuple[str, Any, str]]:
    for name, op in sorted(Function.registry.items()):
        for parameters, shapes in op.samples or [({}, ((),) * len(op.ports)), ({}, ((2, 3),) * len(op.ports))]:
            values = tuple(np.resize(np.roll(ENTRIES, place), shape) for place, shape in enumerate(shapes))
            graph = graph_of(op, values, dict(parameters), NAMES)
            trace = evaluate(graph, watched=True)
            told = [equation for kind, equation, _ in shown(graph, trace) if kind == name]
            for equation in [*rules_in_names(graph, trace, "op"), *told]:
                yield from ((name, line, equation.plain()) for line in equation.math_lines())
                yield name, equation.math(), equation.plain()


def test_no_formula_of_any_op_is_wider_than_its_place(browser: Browser) -> None:
    lines = list(lines_of_all_ops())
    script = MATH.read_text("utf-8").replace("export function", "function")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.set_content(PAGE.format(style=style_sheet(), width=NARROWEST, script=script, lines=json.dumps(lines)))
    measured = page.evaluate(MEASURED)
    page.close()
    assert measured["count"] == len(lines)
    assert measured["wide"] == []
    assert measured["empty"] == []
    assert measured["low"] == []
    assert measured["lines"] > 20  # some do need several lines
