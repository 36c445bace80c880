"""What Save writes, Open reads: one limit, and an edit that would pass it is refused before."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from engine import limits
from engine.document import Edge, Graph, Node, elements_of, from_json, to_json
from engine.edits import AddNode, Delete, Rename, Replace, SetValue, apply
from engine.errors import DocumentError, LimitError

ROOT = Path(__file__).parents[3]
LONGEST = -1.2345678901234567e-100


def nested(array: np.ndarray) -> tuple:
    return tuple(nested(row) for row in array) if array.ndim else float(array)


def arrays(count: int, *shape: int, number: float = LONGEST) -> Graph:
    value = nested(np.full(shape, number))
    return Graph.of([Node(f"n{i}", None, f"x{i}", value) for i in range(count)], [], None)


def test_five_random_arrays_are_saved_and_opened() -> None:
    graph = Graph.of([Node(f"n{i}", None, f"x{i}", 1.0) for i in range(5)], [], None)
    for i in range(5):
        graph = apply(graph, SetValue(node=f"n{i}", value=f"random(100, 100, seed={i})"))
    assert from_json(to_json(graph).encode()) == graph


def test_the_largest_graph_that_edits_make_is_saved_within_the_limit() -> None:
    """As many of the longest numbers, nodes, wires and names as there may be, each array in as many rows as can be."""
    name = "変" * 37
    value = nested(np.full((274, 1, 1, 1), LONGEST))
    inputs = [Node(f"n{i:0>39}", None, f"{name}{i:03}", value, x=-1e6 / 3, y=1e6 / 3) for i in range(401)]
    ops = [Node(f"m{i:0>39}", "Where", f"{name}{401 + i}", x=-1e6 / 3, y=1e6 / 3) for i in range(99)]
    wires = [Edge(inputs[i].id, 0, op.id, port) for i, op in enumerate(ops) for port in range(3)]
    graph = Graph.of([*inputs, *ops], wires, None)
    assert limits.MAX_ALL_ELEMENTS - 400 < elements_of(graph) <= limits.MAX_ALL_ELEMENTS
    assert len(graph) == limits.MAX_NODES
    text = to_json(graph).encode()
    assert len(text) <= limits.MAX_DOCUMENT_BYTES - 150 * (limits.MAX_EDGES - len(wires))
    assert from_json(text) == graph


def test_an_edit_beyond_what_can_be_saved_is_refused() -> None:
    graph = arrays(11, 100, 100)
    assert elements_of(graph) == limits.MAX_ALL_ELEMENTS
    with pytest.raises(LimitError, match="The arrays would have 110001 elements together"):
        apply(graph, AddNode(id="k1", op="Input"))
    assert elements_of(apply(graph, SetValue(node="n3", value="random(99, 100)"))) == limits.MAX_ALL_ELEMENTS - 100
    assert len(apply(graph, Delete(nodes=["n3"]))) == 10


def test_a_file_beyond_it_is_refused_and_one_that_is_open_can_be_changed_and_made_smaller() -> None:
    graph = arrays(12, 100, 100, number=1.0)
    with pytest.raises(DocumentError, match="the arrays have 120000 elements together"):
        from_json(to_json(graph))
    assert len(apply(graph, Delete(nodes=["n0"]))) == 11
    assert apply(graph, Rename(node="n0", name="w")).node("n0").name == "w"  # no larger than it was
    assert apply(graph, Replace(document=Graph())) == Graph()


def test_the_limit_counts_bytes() -> None:
    text = '{"name": "' + "変" * (limits.MAX_DOCUMENT_BYTES // 3) + '"}'
    assert len(text) < limits.MAX_DOCUMENT_BYTES
    for given in (text, text.encode()):
        with pytest.raises(DocumentError, match="larger than 4000000 bytes"):
            from_json(given)


def test_the_server_takes_what_the_limit_allows() -> None:
    server = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["server"]
    assert server["maxUploadSize"] * 2**20 >= limits.MAX_DOCUMENT_BYTES
    # As a text within JSON, its quotes and line ends take two characters each.
    assert server["maxWidgetStateSize"] * 2**20 >= 2 * limits.MAX_DOCUMENT_BYTES
    assert server["maxMessageSize"] * 2**20 >= limits.MAX_DOCUMENT_BYTES + 4 * limits.ANSWER_CHARACTERS


def test_a_small_file_is_written_line_by_line_and_a_large_one_compactly() -> None:
    assert "\n" in to_json(arrays(1, 4, 4))
    assert "\n" not in to_json(arrays(1, 100, 100))
