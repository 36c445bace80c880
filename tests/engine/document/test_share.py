"""Links that hold a graph."""

from __future__ import annotations

import base64
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autograd import Variant
from engine.document import Graph, Node, from_link, to_document, to_link
from engine.errors import DocumentError, LimitError
from engine.evaluation import evaluate
from tests.strategies import graphs
from tools.bench.graphs import layered_graph


def renumbered(graph: Graph) -> dict:
    """The document with ids by place: a link leaves the ids out."""
    text = to_document(graph)
    ids = {node["id"]: f"n{place}" for place, node in enumerate(text["nodes"], start=1)}
    for node in text["nodes"]:
        node["id"] = ids[node["id"]]
    for edge in text["edges"]:
        edge["from"], edge["to"] = ids[edge["from"]], ids[edge["to"]]
    if text["output"]:
        text["output"]["node"] = ids[text["output"]["node"]]
    return text


@given(graphs(), st.booleans(), st.sampled_from(list(Variant)))
def test_a_link_brings_back_graph_values_places_and_settings(graph: Graph, automatic: bool, variant: Variant) -> None:
    again, *settings = from_link(to_link(graph, automatic=automatic, variant=variant))
    assert renumbered(again) == renumbered(graph)
    assert settings == [automatic, variant]


def test_thirty_nodes_take_less_than_two_thousand_characters() -> None:
    link = to_link(layered_graph(30))
    assert len(link) < 1_800  # which leaves 200 for the server's address
    assert set(link) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_graph_too_large_for_a_link_is_told_to_be_saved() -> None:
    numbers = tuple(float(hash((i, 0.5)) % 10**9) / 7 for i in range(2_000))
    with pytest.raises(LimitError, match="save it as a file"):
        to_link(Graph.of([Node("a", None, "x", numbers)], []))


def test_links_of_version_1_still_open() -> None:
    graph, *_ = from_link(packed('[1,1,[["Input","x",0,0,2],["Pow","y",200,0]],[[0,0,1,0],[0,0,1,1]],null]'))
    assert [node.op for node in graph.nodes()] == [None, "Power"]
    trace = evaluate(graph)
    assert float(trace.nodes["n2"].data[0]) == 2.0**2.0  # type: ignore[index]


def test_a_link_holds_parameters_only_where_they_are_not_the_defaults() -> None:
    default, other = (
        Graph.of([Node("n1", "Pow", "y", parameters={"exponent": exponent})], []) for exponent in (3.0, 4.0)
    )
    assert unpacked(to_link(default))[2] == [["Pow", "y", 0, 0]]
    assert unpacked(to_link(other))[2] == [["Pow", "y", 0, 0, {"exponent": 4}]]
    assert from_link(to_link(other))[0].node("n1").parameters == {"exponent": 4.0}


def unpacked(link: str) -> list:
    return json.loads(zlib.decompress(base64.urlsafe_b64decode(link + "=" * (-len(link) % 4))))


def packed(text: str) -> str:
    return base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")


@pytest.mark.parametrize(
    "link",
    [
        "A",
        "AAAA",
        "💥",
        "x" * 9_000,
        packed("[]"),
        packed("{}"),
        packed("[1,1,[[]],[],null]"),
        packed("[1,1,5,[],null]"),
        packed('[1,1,[["Input","x",0,0,"y"]],[],null]'),
        packed('[1,1,[["Input","x",0,0,1]],[["a",0,0,0]],null]'),
        packed("[9,1,[],[],null]"),
        packed("[" * 50_000),
        packed(" " * 5_000_000),
    ],
    ids=range(13),
)
def test_a_damaged_link_is_refused(link: str) -> None:
    with pytest.raises(DocumentError):
        from_link(link)


@settings(max_examples=200)
@given(st.text(max_size=60) | graphs(max_nodes=3).map(to_link).map(lambda link: link[: len(link) // 2]))
def test_whatever_stands_in_a_link_is_read_or_refused(link: str) -> None:
    try:
        from_link(link)
    except DocumentError as refusal:
        assert len(str(refusal)) < 300
