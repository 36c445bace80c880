"""What Python tells the browser once, that both sides must know alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from components.picture.settings import settings
from components.text import short
from engine.document import Graph, from_document, tidy, to_document
from engine.edits import AddNode, Connect, apply
from engine.errors import PlaygroundError
from engine.replay import descend

NUMBERS = Path(__file__).parents[2] / "canvas/numbers.json"


@pytest.mark.parametrize(("number", "text"), json.loads(NUMBERS.read_text("utf-8")))
def test_numbers_are_written_as_the_browser_writes_them(number: float, text: str) -> None:
    assert short(number) == text  # the browser's tests read the same file


def test_the_distances_are_those_of_a_tidy_graph() -> None:
    graph = Graph()
    for node, op in (("n1", "Input"), ("n2", "Input"), ("n3", "Add")):
        graph = apply(graph, AddNode(id=node, op=op))
    for port, node in enumerate(("n1", "n2")):
        graph = apply(graph, Connect(source=node, target="n3", port=port))
    places = tidy(graph)
    distances = settings()["distances"]
    assert places["n3"][0] - places["n1"][0] == distances["column"]
    assert places["n2"][1] - places["n1"][1] == distances["row"]


def test_new_nodes_get_the_names_that_the_browser_guesses() -> None:
    names = settings()["names"]
    graph = Graph()
    for number, op in enumerate(["Input"] * 3 + ["Square"] * 3):
        graph = apply(graph, AddNode(id=f"n{number}", op=op))
    assert [node.name for node in graph.nodes() if node.is_input] == names["input"][:3]
    assert [node.name for node in graph.nodes() if not node.is_input] == names["op"][:3]


def test_a_document_has_the_format_that_the_browser_writes() -> None:
    told = settings()["document"]
    document = to_document(Graph())
    assert (document["format"], document["version"]) == (told["format"], told["version"])
    with pytest.raises(PlaygroundError):
        from_document({**document, "version": told["version"] + 1})


def test_descent_goes_no_further_than_the_browser_lets_ask() -> None:
    graph = apply(Graph(), AddNode(id="n1", op="Input", value=1.0))
    graph = apply(graph, AddNode(id="n2", op="Square"))
    graph = apply(graph, Connect(source="n1", target="n2", port=0))
    assert len(descend(graph, 0.01, settings()["descent"]["maxSteps"]).points) == settings()["descent"]["maxSteps"] + 1
