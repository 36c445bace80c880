"""What is large, or was kept by an earlier version, or finds no room: the page opens, and says what it cannot keep."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from engine.document import from_document, to_json
from engine.limits import MAX_DOCUMENT_BYTES
from tests.browser.playground import Playground
from tests.browser.server import Server

pytestmark = pytest.mark.browser

PIECE_BYTES = 256_000
FRAME = 20_000
"""What Streamlit puts around a piece: the state of its other widgets."""


def eleven_arrays() -> str:
    """Return a graph of as many numbers as there may be: 11 times `random(100, 100)`."""
    drawn = np.random.default_rng(0)
    nodes = [
        {
            "id": f"n{number}",
            "op": "Input",
            "name": f"x{number}",
            "position": [0, 90 * number],
            "value": drawn.standard_normal((100, 100)).tolist(),
        }
        for number in range(11)
    ]
    return to_json(from_document({"format": "backprop-playground", "version": 2, "nodes": nodes, "edges": []}))


def drop(playground: Playground, name: str, text: str) -> None:
    """Drop a file whose bytes are the text's characters."""
    transfer = playground.page.evaluate_handle(
        """([name, text]) => {
          const transfer = new DataTransfer();
          const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
          transfer.items.add(new File([bytes], name));
          return transfer;
        }""",
        [name, text],
    )
    playground.canvas.dispatch_event("drop", {"dataTransfer": transfer})


def kept(page: Page) -> list[Any]:
    """Return what this browser's store holds of graphs."""
    texts = page.evaluate(
        "() => Object.keys(localStorage).filter((key) => key.startsWith('backprop-playground:'))"
        ".map((key) => localStorage.getItem(key))"
    )
    return [json.loads(text) for text in texts]


def test_the_largest_graph_is_opened_and_comes_back_in_pieces(page: Page, server: Server) -> None:
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(len(frame))))
    playground = Playground(page, server.url).open()
    text = eleven_arrays()
    assert 2_000_000 < len(text) <= MAX_DOCUMENT_BYTES
    drop(playground, "arrays.json", text)
    expect(playground.rows).to_have_count(11, timeout=60_000)
    assert len(sent) > 5
    playground.wait_until(lambda: kept(page)[0]["pending"] == [] and len(kept(page)[0]["document"]["nodes"]) == 11)
    sent.clear()
    page.reload()
    expect(playground.rows).to_have_count(11, timeout=60_000)
    assert len(sent) > 5
    assert max(sent) <= PIECE_BYTES + FRAME
    saved, expected = playground.saved(), json.loads(text)
    for document in (saved, expected):
        for node in document["nodes"]:
            del node["position"]  # it was laid out for the window
    assert saved == {**expected, "version": saved["version"]}


def test_a_binary_is_refused_on_the_page_and_sent_nowhere(playground: Playground) -> None:
    drawn = np.random.default_rng(0).integers(0, 256, 950_000)
    drop(playground, "holiday.jpg", "".join(map(chr, drawn)))
    playground.expect_notice("holiday.jpg is not a text, so it is no graph that was saved.")
    assert playground.page.evaluate("() => JSON.stringify(localStorage).length") < 20_000
    playground.set_value("x", "7")
    playground.expect_data("z", "58")


def put_into_store(page: Page, server: Server, change: str) -> Playground:
    """Change the one entry in the browser's store as an earlier version of the page left it, and open the page."""
    playground = Playground(page, server.url).open()
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    playground.wait_until(lambda: kept(page)[0]["pending"] == [])
    context = page.context
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(f"{server.url}/_stcore/health")  # of the same origin, and without a page that keeps something itself
    page.evaluate(
        f"""() => {{
          const [key] = Object.keys(localStorage).filter((key) => key.startsWith("backprop-playground:"));
          const entry = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({{ ...entry, ...({change})(entry) }}));
        }}"""
    )
    return Playground(page, server.url).open()


@pytest.mark.parametrize(
    ("change", "z"),
    [
        # 2 010 arrow presses; a binary of 950 kB, whose every byte takes six, which is
        # refused, so that the undo after it takes back x = 7; what was never an event
        (
            "() => ({ pending: Array(2010).fill(0)"
            ".map((_, x) => ({ type: 'move', positions: { n1: [x % 9 - 300, -90] } })) })",
            "58",
        ),
        ("() => ({ pending: [{ type: 'open', text: '\\u0001'.repeat(700000) }, { type: 'undo' }] })", "13"),
        ("() => ({ pending: [null, 5, {}, { type: 'nonsense' }, { type: 'set value', node: 'n1', value: 1 }] })", "10"),
        ("() => ({ shows: { panel: 'nobody', exponent: 'x' }, look: 5, history: 5, lesson: 'x', sweeps: 5 })", "58"),
    ],
    ids=["moves", "binary", "no events", "no looks"],
)
def test_whatever_an_earlier_version_kept_the_page_opens(page: Page, server: Server, change: str, z: str) -> None:
    playground = put_into_store(page, server, change)
    playground.expect_data("z", z)
    playground.set_value("x", "1")
    playground.expect_data("z", "10")


def test_a_graph_that_cannot_be_brought_back_stays_in_the_store(page: Page, server: Server) -> None:
    playground = put_into_store(page, server, "() => ({ document: { format: 'of tomorrow' } })")
    playground.expect_notice("This is not a graph of the playground")
    playground.expect_data("z", "13")
    playground.set_value("x", "1")
    playground.expect_data("z", "10")
    playground.wait_until(lambda: len(kept(playground.page)) == 2)
    assert {"format": "of tomorrow"} in [entry["document"] for entry in kept(playground.page)]


def test_a_full_store_is_told_and_the_page_goes_on(playground: Playground) -> None:
    playground.page.evaluate(
        """() => {
          for (let size = 4e6; size >= 1; size /= 2) {
            try {
              for (let each = 0; ; each += 1) localStorage.setItem(`other ${size} ${each}`, "x".repeat(size));
            } catch { /* no room for one more of this size */ }
          }
        }"""
    )
    playground.set_value("x", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]")
    playground.expect_notice("This browser has no room left to keep this graph")
    playground.set_value("x", "7")
    playground.expect_data("z", "58")


def test_a_link_opened_in_a_tab_with_work_leaves_the_work_where_it_was(playground: Playground, server: Server) -> None:
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    link = playground.share()
    playground.set_value("x", "10")
    playground.expect_data("z", "109")
    page = playground.page
    page.goto(link)
    playground.wait_until_drawn()
    playground.expect_data("z", "58")
    playground.set_value("x", "1")
    playground.expect_data("z", "10")
    playground.reload()
    playground.expect_data("z", "10")
    page.goto(server.url)
    playground.wait_until_drawn()
    playground.expect_data("z", "109")


def test_a_link_opened_after_the_tab_was_closed_leaves_its_work_to_the_next_tab(
    playground: Playground, server: Server
) -> None:
    link = playground.share()
    playground.set_value("x", "10")
    playground.expect_data("z", "109")
    context = playground.page.context
    playground.page.close(run_before_unload=False)
    by_link = Playground(context.new_page(), link).open()
    by_link.expect_data("z", "13")
    by_link.set_value("x", "1")
    by_link.expect_data("z", "10")
    again = Playground(context.new_page(), server.url).open()
    again.expect_data("z", "109")


def test_a_duplicated_tab_whose_elder_does_not_answer_writes_beside_it(playground: Playground, server: Server) -> None:
    playground.set_value("x", "7")
    playground.expect_data("z", "58")
    page = playground.page
    copied = page.evaluate("() => ({ ...sessionStorage })")
    twin = page.context.new_page()
    twin.add_init_script(
        "delete window.BroadcastChannel;"
        f"if (!sessionStorage.length) for (const [key, value] of Object.entries({json.dumps(copied)}))"
        " sessionStorage.setItem(key, value);"
    )
    second = Playground(twin, server.url).open()
    second.expect_data("z", "58")
    second.set_value("x", "1")
    second.expect_data("z", "10")
    playground.set_value("x", "2")
    playground.expect_data("z", "13")
    second.reload()
    second.expect_data("z", "10")
    playground.reload()
    playground.expect_data("z", "13")
