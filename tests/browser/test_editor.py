"""The editor's gestures: search, splice, scrub, copies, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from engine.document import to_json
from tests.browser.playground import Playground, Point
from tools.bench.graphs import layered_graph

pytestmark = pytest.mark.browser


# Adding ---------------------------------------------------------------------------------------------------------


def test_double_click_on_the_ground_searches_there(playground: Playground) -> None:
    place = playground.on_canvas(0.5, 0.9)
    playground.page.mouse.dblclick(place.x, place.y)
    playground.page.keyboard.type("+")
    expect(playground.page.get_by_test_id("search").get_by_role("option").first).to_have_text("+Add")
    playground.page.keyboard.press("Enter")
    expect(playground.cell("c", "op")).to_have_text("Add")
    centre = playground.centre(playground.node("c"))
    assert (centre.x, centre.y) == pytest.approx((place.x, place.y), abs=3)


def test_slash_searches_and_escape_closes(playground: Playground) -> None:
    playground.canvas.focus()
    playground.page.keyboard.press("/")
    search = playground.page.get_by_role("combobox", name="Search for an op")
    expect(search).to_be_focused()
    search.fill("nothing like that")
    expect(playground.page.get_by_test_id("search")).to_contain_text("No op is called that")
    playground.page.keyboard.press("Escape")
    expect(search).to_have_count(0)
    expect(playground.rows).to_have_count(5)


def test_a_palette_entry_dropped_on_a_wire_is_spliced_in(playground: Playground) -> None:
    start, end = playground.centre(playground.port("out", "x")), playground.centre(playground.port("in", "a"))
    playground.drag_in("Neg", Point((start.x + end.x) / 2, (start.y + end.y) / 2))
    expect(playground.cell("c", "inputs")).to_have_text("x")
    expect(playground.cell("a", "inputs")).to_have_text("c")
    playground.expect_grad("x", "4")
    playground.undo("add Neg")
    expect(playground.cell("a", "inputs")).to_have_text("x")
    expect(playground.rows).to_have_count(5)


def test_a_lone_node_moved_onto_a_wire_is_spliced_in(playground: Playground) -> None:
    name = playground.drag_in("Neg", playground.on_canvas(0.5, 0.9))
    start, end = playground.centre(playground.port("out", "x")), playground.centre(playground.port("in", "a"))
    grip = playground.centre(playground.node(name))
    playground.drag(grip, Point((start.x + end.x) / 2, (start.y + end.y) / 2))
    expect(playground.cell("a", "inputs")).to_have_text(name)
    expect(playground.cell(name, "inputs")).to_have_text("x")
    playground.undo(f"move {name}")
    expect(playground.cell("a", "inputs")).to_have_text("x")


def test_what_was_shown_too_soon_is_taken_back_and_explained(playground: Playground, tmp_path: Path) -> None:
    file = tmp_path / "full.json"
    file.write_text(to_json(layered_graph(500)), "utf-8")
    playground.open_file(file)
    expect(playground.rows).to_have_count(500)
    playground.page.keyboard.press("Escape")
    playground.palette("Input").click()
    playground.expect_notice("The graph has 500 nodes, which is the limit.")
    expect(playground.rows).to_have_count(500)
    expect(playground.page.locator(".node")).to_have_count(500)


def test_a_wire_dropped_on_the_ground_searches_for_what_fits(playground: Playground) -> None:
    playground.drag(playground.centre(playground.port("out", "z")), playground.on_canvas(0.9, 0.85))
    search = playground.page.get_by_role("combobox", name="Search for an op")
    search.fill("input")
    expect(playground.page.get_by_test_id("search")).to_contain_text("No op is called that")
    search.fill("square")
    search.press("Enter")
    expect(playground.cell("c", "inputs")).to_have_text("z")
    playground.expect_data("c", "169")
    playground.expect_grad("x", "104")  # 2z · 2x = 26 · 4


# Selecting and copying ------------------------------------------------------------------------------------------


def test_copy_paste_and_duplicate_keep_inner_wires_under_fresh_names(playground: Playground) -> None:
    playground.canvas.focus()
    playground.page.keyboard.press("Control+a")
    playground.page.keyboard.press("Control+c")
    playground.page.keyboard.press("Control+v")
    expect(playground.rows).to_have_count(10)
    assert len(set(playground.names())) == 10
    copies = [name for name in playground.names() if name not in "xyabz"]
    (total,) = [name for name in copies if playground.cell(name, "op").inner_text() == "Add"]
    playground.expect_data(total, "13")
    playground.page.keyboard.press("Control+d")
    expect(playground.rows).to_have_count(15)
    playground.page.keyboard.press("Control+z")
    expect(playground.rows).to_have_count(10)
    playground.undo("add 5 nodes")
    expect(playground.rows).to_have_count(5)


def test_a_box_selects_what_is_in_it_and_both_keys_delete(playground: Playground) -> None:
    for key in ("Delete", "Backspace"):
        playground.page.keyboard.down("Shift")
        playground.drag(playground.on_canvas(0.02, 0.1), playground.on_canvas(0.6, 0.5))
        playground.page.keyboard.up("Shift")
        expect(playground.page.locator(".node.selected")).to_have_count(2)
        playground.page.keyboard.press(key)
        expect(playground.rows).to_have_count(3)
        playground.undo("delete 2 nodes")
        expect(playground.rows).to_have_count(5)
        playground.expect_data("z", "13")


def test_shift_click_adds_to_the_selection_and_a_group_moves_as_one_step(playground: Playground) -> None:
    for name in ("a", "b"):
        centre = playground.centre(playground.node(name))
        playground.page.keyboard.down("Shift")
        playground.page.mouse.click(centre.x, centre.y - 30)
        playground.page.keyboard.up("Shift")
    expect(playground.page.locator(".node.selected")).to_have_count(2)
    before = playground.centre(playground.node("b"))
    grip = playground.centre(playground.node("a"))
    playground.drag(grip, Point(grip.x + 30, grip.y + 40))
    after = playground.centre(playground.node("b"))
    assert (after.x - before.x, after.y - before.y) == pytest.approx((30, 40), abs=2)
    playground.undo("move 2 nodes")
    expect(playground.control("undo")).to_be_disabled()


def test_a_wire_is_selected_by_a_click_and_deleted(playground: Playground) -> None:
    start, end = playground.centre(playground.port("out", "x")), playground.centre(playground.port("in", "a"))
    playground.page.mouse.click((start.x + end.x) / 2, (start.y + end.y) / 2)
    playground.page.keyboard.press("Delete")
    expect(playground.cell("a", "inputs")).to_have_text("—")
    playground.undo("disconnect x → a")
    expect(playground.cell("a", "inputs")).to_have_text("x")


def test_tidy_lays_the_graph_out_and_can_be_undone(playground: Playground) -> None:
    def places() -> dict[str, tuple[float, float]]:
        centres = {name: playground.centre(playground.node(name)) for name in "xyabz"}
        return {name: (centre.x, centre.y) for name, centre in centres.items()}

    grip = playground.centre(playground.node("z"))
    playground.drag(Point(grip.x, grip.y - 30), playground.on_canvas(0.3, 0.1))
    assert places()["z"][0] < places()["a"][0]
    playground.canvas.focus()
    playground.page.keyboard.press("t")
    expect(playground.control("undo")).to_have_attribute("title", "Undo: tidy")

    def is_tidy() -> bool:
        at = places()
        return at["x"][0] < at["a"][0] < at["z"][0] and at["a"][1] < at["z"][1] < at["b"][1]

    playground.wait_until(is_tidy)
    playground.undo("tidy")
    playground.wait_until(lambda: places()["z"][0] < places()["a"][0])


# Undo -----------------------------------------------------------------------------------------------------------


def test_undo_and_redo_by_key_and_button_say_what_they_do(playground: Playground) -> None:
    playground.set_value("x", "5")
    playground.expect_data("z", "34")
    playground.connect("y", "a")
    playground.expect_data("z", "18")
    expect(playground.control("undo")).to_have_attribute("title", "Undo: connect y → a")
    playground.canvas.focus()
    playground.page.keyboard.press("Control+z")
    playground.expect_data("z", "34")
    expect(playground.control("redo")).to_have_attribute("title", "Redo: connect y → a")
    playground.undo("set x to 5")
    playground.expect_data("z", "13")
    playground.canvas.focus()
    playground.page.keyboard.press("Control+Shift+z")
    playground.page.keyboard.press("Control+y")
    playground.expect_data("z", "18")


def test_opening_another_graph_can_be_undone(playground: Playground) -> None:
    playground.set_value("x", "5")
    playground.start_new()
    playground.undo("begin a new graph")
    playground.expect_data("z", "34")


# Values ---------------------------------------------------------------------------------------------------------


def test_scrubbing_recomputes_while_dragging_and_is_one_step(playground: Playground) -> None:
    value = playground.centre(playground.node("x"))
    playground.drag(value, Point(value.x + 20, value.y), release=False)
    playground.expect_data("x", "2.5")  # 20 px are five steps of 0.1
    playground.expect_data("z", "15.25")
    playground.page.mouse.move(value.x + 40, value.y, steps=10)
    playground.page.mouse.up()
    playground.expect_data("x", "3")
    playground.expect_grad("x", "6")
    playground.undo("set x to 3")
    playground.expect_data("x", "2")
    expect(playground.control("undo")).to_be_disabled()


def test_escape_puts_a_scrubbed_value_back(playground: Playground) -> None:
    value = playground.centre(playground.node("x"))
    playground.drag(value, Point(value.x + 40, value.y), release=False)
    playground.expect_data("x", "3")
    playground.page.keyboard.press("Escape")
    playground.expect_data("x", "2")
    playground.page.mouse.up()
    playground.expect_data("z", "13")


def test_escape_restores_a_typed_value(playground: Playground) -> None:
    playground.node("x").locator(".value").click()
    playground.page.keyboard.type("99")
    playground.page.keyboard.press("Escape")
    expect(playground.page.locator("[data-edit]")).to_have_count(0)
    playground.set_value("y", "4")
    playground.expect_data("z", "20")


# Keyboard -------------------------------------------------------------------------------------------------------


def test_the_seed_is_built_by_keyboard_alone(playground: Playground) -> None:
    playground.start_new()
    page = playground.page
    for op, name in (("Input", "x"), ("Input", "y"), ("Square", "a"), ("Square", "b"), ("Add", "c")):
        playground.palette(op).focus()
        page.keyboard.press("Enter")
        expect(playground.node(name)).to_be_focused()
    for source, target in (("x", "a"), ("y", "b"), ("a", "c"), ("b", "c")):
        playground.wire_by_keyboard(source, target)
    for name, text in (("x", "2"), ("y", "3")):
        playground.node(name).focus()
        page.keyboard.press("Enter")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(playground.node(name)).to_be_focused()
    playground.expect_data("c", "13")
    playground.expect_grad("x", "4")
    playground.expect_grad("y", "6")


def test_each_output_can_be_wired_by_keyboard(playground: Playground) -> None:
    playground.start_new()
    for op in ("MinMax", "Square"):
        playground.palette(op).focus()
        playground.page.keyboard.press("Enter")
    playground.node("a").focus()
    playground.page.keyboard.press("c")
    playground.page.keyboard.press("c")  # the second output
    playground.page.keyboard.press("Enter")
    expect(playground.cell("b", "inputs")).to_have_text("a")
    expect(playground.control("undo")).to_have_attribute("title", "Undo: connect a → b")
    assert playground.saved()["edges"] == [{"from": "n1", "output": 1, "to": "n2", "port": 0}]


def test_tab_walks_the_nodes_in_evaluation_order(playground: Playground) -> None:
    playground.node("x").focus()
    for name in ("y", "a", "b", "z"):
        playground.page.keyboard.press("Tab")
        expect(playground.node(name)).to_be_focused()


def test_the_shortcuts_are_shown(playground: Playground) -> None:
    playground.canvas.focus()
    playground.page.keyboard.press("?")
    dialog = playground.page.get_by_role("dialog", name="Shortcuts")
    expect(dialog).to_contain_text("undo, redo")
    playground.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize(("across", "down"), [(0.01, 0.5), (0.98, 0.5), (0.5, 0.02)])
def test_the_field_and_its_hint_are_seen_whole_at_the_edge_of_the_canvas(
    playground: Playground, across: float, down: float
) -> None:
    grip = playground.centre(playground.node("x"))
    playground.drag(type(grip)(grip.x, grip.y - 30), playground.on_canvas(across, down))
    expect(playground.control("undo")).to_have_attribute("title", "Undo: move x")
    playground.node("x").focus()
    playground.page.keyboard.press("Enter")
    stage = playground.box(playground.canvas)
    for part in (playground.page.locator('[data-edit="x"]'), playground.page.locator(".editor-hint")):
        box = playground.box(part)
        assert stage["x"] <= box["x"]
        assert box["x"] + box["width"] <= stage["x"] + stage["width"]
        if part.get_attribute("data-edit") is None:
            assert stage["y"] <= box["y"]


def test_undo_by_key_goes_on_after_it_took_away_what_had_the_focus(playground: Playground) -> None:
    playground.start_new()
    for op, across in (("Input", 0.2), ("Input", 0.5), ("Square", 0.8)):
        playground.drag_in(op, playground.on_canvas(across, 0.4))
    for left in (2, 1, 0):
        playground.page.keyboard.press("Control+z")
        expect(playground.rows).to_have_count(left)
    for back in (1, 2, 3):
        playground.page.keyboard.press("Control+y")
        expect(playground.rows).to_have_count(back)


def test_a_value_that_was_refused_is_there_to_be_mended(playground: Playground) -> None:
    field = playground.page.locator('[data-edit="x"]')
    playground.node("x").focus()
    playground.page.keyboard.press("Enter")
    field.fill("[-10, 2.5")
    field.press("Enter")
    playground.expect_notice("[-10, 2.5")
    expect(field).to_be_focused()
    expect(field).to_have_value("[-10, 2.5")
    playground.page.keyboard.type("]")
    field.press("Enter")
    expect(playground.cell("x", "data")).to_have_text("[−10, 2.5] (2,)")
