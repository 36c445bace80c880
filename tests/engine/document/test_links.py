"""Links that hold a graph."""

from __future__ import annotations

import base64
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autograd import Variant
from engine.document import Graph, LinkFields, Node, from_link, read_link, read_link_fields, to_document, to_link
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


FIELDS = st.builds(
    LinkFields,
    panel=st.sampled_from(["", "code", "steps", "a_panel_of_later"]),
    step=st.none() | st.integers(0, 10_000_000),
)


@given(graphs(max_nodes=4), FIELDS)
def test_a_link_brings_back_what_was_looked_at(graph: Graph, fields: LinkFields) -> None:
    link = read_link(to_link(graph, fields=fields))
    assert (renumbered(link.graph), link.fields) == (renumbered(graph), fields)


def test_a_link_says_of_the_page_only_what_is_not_as_it_is_to_begin_with() -> None:
    graph = layered_graph(30)
    assert unpacked(to_link(graph))[5:] == []
    assert unpacked(to_link(graph, fields=LinkFields(panel="code")))[5:] == [{"panel": "code"}]
    assert len(to_link(graph, fields=LinkFields(panel="descent", step=123_456))) < 1_850  # of the 2 000 of a whole link


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, st.dictionaries(st.text(max_size=8) | st.sampled_from(["panel", "step"]), JSON, max_size=4))
def test_a_field_that_is_unknown_or_malformed_is_as_if_it_were_missing(step: object, more: dict) -> None:
    found = read_link_fields({**more, "panel": "code", "step": step})
    is_step = type(step) is int and 0 <= step <= 10_000_000
    assert found == LinkFields(panel="code", step=step if is_step else None)


@given(JSON)
def test_a_link_opens_whatever_its_fields_hold(fields: object) -> None:
    text = json.dumps([2, 1, [["Input", "x", 0, 0, 2]], [], None, [], {"panel": fields, "later": fields, "step": 4}])
    link = read_link(packed(text))
    assert (len(link.graph), link.fields.step) == (1, 4)


@pytest.mark.parametrize("panel", [5, "<script>", "Code", "code\ud800", ["code"], "x" * 41, {"panel": "code"}])
def test_a_panel_is_a_short_plain_name(panel: object) -> None:
    assert read_link_fields({"panel": panel}).panel == ""


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
        packed("[2,1,[],[],null,[],5]"),
        packed("[2,1,[],[],null,[],[[1,2]]]"),
        packed("[2,1,[],[],null,[],{},5]"),
        packed("[2,1,[],[],null,5]"),
        packed("[" * 50_000),
        packed(" " * 5_000_000),
    ],
    ids=range(17),
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
