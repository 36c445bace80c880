"""What travels between browser and server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.document import to_json
from tests.browser.playground import Playground
from tests.browser.server import Server
from tools.bench.graphs import layered_graph

pytestmark = pytest.mark.browser

BASE_BYTES = 6_000
BYTES_A_NODE = 300


@pytest.mark.parametrize("nodes", [12, 115])
def test_an_edit_costs_few_bytes_in_both_directions(page: Page, server: Server, tmp_path: Path, nodes: int) -> None:
    sizes: list[int] = []

    def listen(socket) -> None:
        socket.on("framesent", lambda frame: sizes.append(len(frame)))
        socket.on("framereceived", lambda frame: sizes.append(len(frame)))

    page.on("websocket", listen)
    playground = Playground(page, server.url).open()
    file = tmp_path / "graph.json"
    file.write_text(to_json(layered_graph(nodes)), "utf-8")
    playground.open_file(file)
    page.locator(f'[data-node="v{nodes - 1}"]').wait_for(state="attached")  # the graph before it has an x too
    playground.page.keyboard.press("Escape")
    playground.type_value("x", "0.25")
    playground.expect_data("x", "0.25")
    page.wait_for_load_state("networkidle")
    sizes.clear()
    playground.type_value("x", "0.75")  # every node hangs on x
    playground.expect_data("x", "0.75")
    page.wait_for_load_state("networkidle")
    # Selecting the node and setting its value are two messages each way.
    assert 0 < sum(sizes) <= 2 * BASE_BYTES + BYTES_A_NODE * nodes


def test_nothing_is_fetched_from_elsewhere(page: Page, server: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    playground = Playground(page, server.url).open()
    expect(playground.inspect("a").locator("math").first).to_be_visible()
    own = ("http://localhost", "ws://localhost", "blob:http://localhost", "data:")
    assert [url for url in asked if not url.startswith(own)] == []


def test_a_saved_file_opens_again(playground: Playground, tmp_path: Path) -> None:
    playground.set_value("x", "−1.5")
    playground.expect_data("z", "11.25")
    with playground.page.expect_download() as download:
        playground.page.get_by_role("button", name="Save").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert json.loads(file.read_text("utf-8"))["version"] == 3
    playground.start_new()
    playground.open_file(file)
    playground.expect_data("z", "11.25")
    playground.expect_grad("x", "-3")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "not JSON: line 1"),
        (
            '{"format": "backprop-playground", "version": 9}',
            "The version is 9, and this playground reads versions 1, 2 and 3.",
        ),
    ],
)
def test_a_malformed_file_is_refused_where_it_was_opened(
    playground: Playground, tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "broken.json"
    file.write_text(text, "utf-8")
    playground.open_file(file)
    expect(playground.page.get_by_test_id("stAlert")).to_contain_text(sentence)
    playground.expect_data("z", "13")
