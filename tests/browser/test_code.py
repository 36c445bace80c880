"""The graph as a formula and as a script, each in step with the picture."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.playground import Playground
from tests.engine.explain.test_scripts import ran

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("text", ["z = x**2 + y**2", "z = add(square(x), square(y))"])
def test_a_formula_becomes_the_graph(playground: Playground, text: str) -> None:
    playground.start_new()
    playground.type_formula(f"x = 2; y = 3; {text}")
    playground.expect_data("z", "13")
    playground.expect_grad("x", "4")
    playground.expect_grad("y", "6")
    assert len(playground.names()) == 5
    expect(playground.formula).to_have_value("z = x ** 2 + y ** 2")


def test_equal_names_are_one_variable(playground: Playground) -> None:
    playground.start_new()
    playground.type_formula("a = 2; b = 3; f = (a * b) * (a + b)")
    playground.expect_grad("a", "21")  # b (a + b) + a b = 15 + 6
    assert playground.names().count("a") == 1
    expect(playground.rows).to_have_count(5)


@pytest.mark.parametrize(
    ("text", "told", "at"),
    [
        ("z = x ** 2 + foo(y)", "Column 14", 13),
        ("z = x +", "Column 8", 7),
        ("z = x; w = __import__('os')", "Column 23", 22),
        ("z = x\nw = z *", "Line 2, column 8", 13),
    ],
)
def test_an_error_points_at_its_column(playground: Playground, text: str, told: str, at: int) -> None:
    playground.type_formula(text)
    fault = playground.page.get_by_test_id("formula-fault")
    expect(fault).to_contain_text(f"{told}: ")
    expect(playground.formula).to_be_focused()
    assert playground.formula.evaluate("(field) => field.selectionStart") == min(at, len(text))
    playground.expect_data("z", "13")
    playground.formula.press("Escape")
    expect(fault).to_be_hidden()
    expect(playground.formula).to_have_value("z = x ** 2 + y ** 2")


def test_what_is_not_edited_keeps_its_place_and_value(playground: Playground) -> None:
    playground.set_value("x", "5")
    places = {node["name"]: node["position"] for node in playground.saved()["nodes"]}
    playground.type_formula("z = x ** 2 + sin(y)")
    expect(playground.cell("b", "op")).to_have_text("Sin")
    for node in playground.saved()["nodes"]:
        if node["name"] in "xyaz":
            assert node["position"] == places[node["name"]]
    playground.expect_data("x", "5")
    playground.undo("change the formula")
    playground.expect_data("z", "34")


def test_a_new_graph_is_shown_whole(playground: Playground) -> None:
    playground.type_formula("; ".join(["u1 = v + v", *(f"u{n + 1} = u{n} + u{n}" for n in range(1, 8))]))
    playground.expect_data("u8", "256")
    canvas = playground.box(playground.canvas)
    for name in ("v", "u8"):
        playground.wait_until(lambda name=name: is_within(playground.box(playground.node(name)), canvas))


def is_within(box: dict[str, float], canvas: dict[str, float]) -> bool:
    return canvas["x"] <= box["x"] and box["x"] + box["width"] <= canvas["x"] + canvas["width"]


LINE = 20
"""How tall a line of the formula is, in pixels."""


def lines(count: int) -> str:
    """Return how tall the field of the formula is when it shows some lines."""
    return f"{count * LINE + 10}px"


def test_a_long_formula_is_seen_whole(playground: Playground) -> None:
    expect(playground.formula).to_have_css("height", lines(1))
    before = playground.canvas.bounding_box()
    playground.type_formula("x = 2; y = x ** 4 - 2 * x ** 2")
    playground.expect_data("y", "8")
    playground.inspect("x")
    playground.page.get_by_role("button", name="Show the graph of x.grad").click()
    expect(playground.formula).to_have_value(re.compile("gx = "))
    expect(playground.formula).to_have_css("height", lines(2))
    assert playground.formula.evaluate("(field) => field.scrollHeight - field.clientHeight") == 0
    after = playground.canvas.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] - before["y"] == LINE
    playground.page.set_viewport_size({"width": 1920, "height": 1080})
    expect(playground.formula).to_have_css("height", lines(1))


def test_a_formula_of_many_lines_scrolls_by_whole_lines(playground: Playground) -> None:
    playground.type_formula("; ".join(["u1 = v + v", *(f"u{n + 1} = u{n} + u{n}" for n in range(1, 24))]))
    playground.expect_data("u1", "2")
    expect(playground.formula).to_have_css("height", lines(3))
    playground.formula.blur()
    playground.formula.hover()
    playground.page.mouse.wheel(0, 27)
    expect(playground.formula).to_have_js_property("scrollTop", LINE)
    playground.type_formula("y = v ** 2")
    expect(playground.formula).to_have_css("height", lines(1))


def test_the_formula_makes_room_while_it_is_written(playground: Playground) -> None:
    playground.formula.fill("z = x")
    for count in (2, 3):
        playground.formula.press("Shift+Enter")
        expect(playground.formula).to_have_css("height", lines(count))
    playground.formula.press("Shift+Enter")
    expect(playground.formula).to_have_css("height", lines(3))
    playground.formula.press("Escape")
    expect(playground.formula).to_have_css("height", lines(1))


@pytest.mark.parametrize("form", ["engine", "torch", "program"])
def test_every_line_of_code_can_be_read_to_its_end(playground: Playground, form: str) -> None:
    name = "loss" * 10
    playground.type_formula(f"{name} = x ** 2 + sin(x)")
    expect(playground.cell(name, "data")).to_have_text("4.909")
    playground.open_panel("code")
    playground.page.locator(f'[data-form="{form}"]').click()
    expect(playground.lines_of_code(name).first).to_be_visible()
    ends = "(pane) => [pane, ...pane.children].map((each) => each.scrollWidth - each.clientWidth)"
    assert max(playground.page.get_by_test_id("code").evaluate(ends)) == 0


def test_a_line_of_code_and_its_node_point_at_each_other(playground: Playground) -> None:
    playground.open_panel("code")
    line = playground.lines_of_code("a = square(x)")
    line.hover()
    expect(playground.node("a")).to_have_class(re.compile("pointed"))
    expect(playground.node("b")).not_to_have_class(re.compile("pointed"))
    line.click()
    expect(playground.node("a")).to_have_class(re.compile("selected"))
    playground.node("y").click(position={"x": 8, "y": 40})
    expect(playground.lines_of_code("y = Variable")).to_have_class(re.compile("selected"))
    expect(line).not_to_have_class(re.compile("selected"))


def test_the_code_follows_every_edit(playground: Playground) -> None:
    playground.open_panel("code")
    playground.set_value("x", "5")
    expect(playground.lines_of_code("x = Variable(np.array(5.0))")).to_have_count(1)
    playground.use_variant(13)
    expect(playground.lines_of_code("z.backward(work_list=Variant.STEP_13.work_list())")).to_have_count(1)


def test_what_is_downloaded_runs_and_gives_the_numbers(playground: Playground) -> None:
    playground.open_lesson(8)
    playground.open_panel("code")
    expect(playground.lines_of_code("y = add(b, c)")).to_have_count(1)
    with playground.page.expect_download() as download:
        playground.page.get_by_test_id("save-code").click()
    assert download.value.suggested_filename == "graph.py"
    names = ran(Path(download.value.path()).read_text("utf-8"))
    assert (float(names["y"].data), float(names["x"].grad)) == (32.0, 64.0)


def test_a_notebook_is_downloaded(playground: Playground) -> None:
    playground.open_panel("code")
    expect(playground.lines_of_code("z = add(a, b)")).to_have_count(1)
    with playground.page.expect_download() as download:
        playground.page.get_by_test_id("save-notebook").click()
    assert download.value.suggested_filename == "graph.ipynb"
    notebook = json.loads(Path(download.value.path()).read_text("utf-8"))
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert float(ran("\n".join(code))["x"].grad) == 4.0


def test_the_script_for_pytorch_is_copied(playground: Playground) -> None:
    playground.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    playground.open_panel("code")
    playground.page.locator('[data-form="torch"]').click()
    expect(playground.lines_of_code("x = torch.tensor(2.0")).to_have_count(1)
    playground.page.get_by_test_id("copy-code").click()
    expect(playground.page.get_by_text("Copied.")).to_be_visible()
    copied = playground.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == (Path(__file__).parents[1] / "engine/golden/sum_of_squares_torch.py").read_text("utf-8")
