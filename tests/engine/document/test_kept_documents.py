"""Documents and links of every earlier version still open; `kept` holds what those versions' own code wrote.

A name begins with the version of the format: `1` and `1_links` (the first links), `1_variants` (links that tell the
engine), `2` (parameters), `2_blocks`, `2_rooms`, `2_limits` (the latest). A change of the format adds a file; none of
them is ever changed. `…_every_op` holds each op of its time.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.autograd import Variant
from engine.document import Graph, from_document, from_json, from_link
from engine.evaluation import evaluate

KEPT = Path(__file__).parent / "kept"
LINKS = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted(KEPT.glob("*_links.json"))
    if path.stem != "1_links"
}
DOCUMENTS = [path for path in sorted(KEPT.glob("*.json")) if path.stem not in LINKS and "every_op" not in path.stem]
EVERY_OP = sorted(KEPT.glob("*_every_op.json"))


def assert_is_the_graph(graph: Graph, stage: str) -> None:
    """x = 2, p = 3, y = [1, −2, 3]: z = (xᵖ + max(x, p)) · min(x, p), and the lines beside it, by closed forms."""
    trace = evaluate(graph)
    numbers: dict[str, Any] = {
        "a": 4, "b": [4, -8, 12], "c": 8, "d": 11, "z": 22,
    }  # fmt: skip
    if stage.startswith("2"):
        numbers |= {"g": 16, "s": [8], "k": 0.5, "h": 8, "j": [1, -2, 3, 8], "r": [[3], [8]]}
    for name, expected in numbers.items():
        node = graph.node_named(name)
        assert node is not None
        np.testing.assert_array_equal(trace.nodes[node.id].data[0], expected)  # type: ignore[index]
    # z = (xᵖ + p) x while x < p.
    for name, expected in {"x": 11 + 2 * 3 * 4, "p": 2 * (8 * math.log(2) + 1)}.items():
        node = graph.node_named(name)
        assert node is not None
        assert float(trace.nodes[node.id].grad[0]) == pytest.approx(expected, rel=1e-14)  # type: ignore[arg-type]
    x, lone = graph.node_named("x"), graph.node_named("äλ_1")
    assert x is not None
    assert lone is not None
    assert ((x.x, x.y), (lone.x, lone.y), lone.op) == ((-400, -100.5), (200, 180), "Sin")
    assert graph.wires_into(lone.id) == {}
    blocks = {block.name: block for block in graph.blocks}
    if stage in ("2_blocks", "2_rooms", "2_limits"):
        named = {name: {graph.node(each).name for each in block.members} for name, block in blocks.items()}
        assert named == {"inner": {"c", "m"}, "outer": {"c", "m", "d"}}
        assert (blocks["inner"].is_open, blocks["outer"].is_open) == (True, False)
    else:
        assert not blocks


def test_there_are_files_of_every_version() -> None:
    assert [path.stem for path in DOCUMENTS] == ["1", "1_links", "1_variants", "2", "2_blocks", "2_limits", "2_rooms"]
    assert list(LINKS) == [
        f"{stage}_links" for stage in ("1_links", "1_variants", "2_blocks", "2_limits", "2", "2_rooms")
    ]
    assert EVERY_OP


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_saved_graph_opens_as_it_was(path: Path) -> None:
    graph = from_json(path.read_bytes())
    assert_is_the_graph(graph, path.stem)
    assert graph.output is not None
    assert graph.node(graph.output[0]).name == "z"


@pytest.mark.parametrize(
    ("stage", "settings"), [(stage, settings) for stage, links in LINKS.items() for settings in links]
)
def test_a_link_opens_as_it_was(stage: str, settings: str) -> None:
    graph, automatic, variant = from_link(LINKS[stage][settings])
    assert_is_the_graph(graph, stage.removesuffix("_links"))
    assert automatic is settings.startswith("automatic")
    told = settings.partition(", ")[2]
    assert variant is (Variant(told) if told else Variant.STEP_16)


@pytest.mark.parametrize("path", EVERY_OP, ids=lambda path: path.stem)
def test_every_op_that_there_was_opens_and_computes(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    graph = from_document(document)
    trace = evaluate(graph)
    renamed = {"Pow": "Power"} if document["version"] == 1 else {}
    for written in document["nodes"]:
        node = graph.node(written["id"])
        assert (node.op or "Input") == renamed.get(written["op"], written["op"])
        for name, value in written["parameters"].items():
            kept = node.parameters[name]
            assert (list(kept) if isinstance(kept, tuple) else kept) == value
        assert trace.nodes[node.id].state == "ok", node.name
    assert len(graph.edges()) == len(document["edges"])
