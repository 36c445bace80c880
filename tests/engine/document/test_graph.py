"""The document: its questions, and its way to JSON and back."""

from __future__ import annotations

import copy
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import limits
from engine.document import Graph, Node, from_document, from_json, to_document, to_json
from engine.errors import DocumentError
from engine.lessons import LESSONS
from tests.strategies import damaged, graphs, json_values

SEED = LESSONS[0].graph


def seed_document() -> dict:
    return copy.deepcopy(to_document(SEED))


def test_it_answers_questions() -> None:
    z = SEED.node_named("z")
    assert z is not None
    assert [SEED.node(node_id).name for node_id in SEED.topological_order()] == ["x", "y", "a", "b", "z"]
    assert [node.name for node in SEED.sinks()] == ["z"]
    assert [SEED.node(edge.source).name for edge in SEED.wires_into(z.id).values()] == ["a", "b"]
    assert SEED.node_named("nobody") is None


def test_a_variable_may_feed_two_ports_of_one_function() -> None:
    graph = LESSONS[4].graph
    assert [(edge.source, edge.port) for edge in graph.edges()] == [("n1", 0), ("n1", 1)]


def test_ties_in_topological_order_break_by_insertion() -> None:
    nodes = [Node(node_id, None, node_id, 0.0) for node_id in ("c", "a", "b")]
    assert Graph.of(nodes, []).topological_order() == ["c", "a", "b"]


@given(graphs())
def test_the_round_trip_is_exact(graph: Graph) -> None:
    assert from_json(to_json(graph)) == graph
    assert from_json(to_json(graph).encode()) == graph


def test_the_sign_of_zero_and_the_smallest_numbers_survive() -> None:
    graph = Graph.of([Node("a", None, "x", (-0.0, 5e-324))], [])
    value = from_json(to_json(graph)).node("a").value
    assert value == (0.0, 5e-324)
    assert math.copysign(1, value[0]) == -1  # type: ignore[index,arg-type]


@pytest.mark.parametrize(
    ("change", "place", "sentence"),
    [
        (lambda d: d.update(version=4), "version", "The version is 4, and this playground reads versions 1, 2 and 3."),
        (lambda d: d.update(version=True), "version", "The version is true"),
        (lambda d: d["nodes"][0].update(parameters={"a": 1}), "nodes[0].parameters", "an input has no parameters"),
        (lambda d: d["nodes"][2].update(parameters={"a": 1}), "nodes[2].parameters", "Square has no parameter “a”"),
        (
            lambda d: d["nodes"][2].update(op="Pow", parameters={"exponent": "3"}),
            "nodes[2].parameters",
            "exponent of Pow is a number from −1 000 000 to 1 000 000; “3” is not.",
        ),
        (
            lambda d: d["nodes"][2].update(op="Pow", parameters={"exponent": True}),
            "nodes[2].parameters",
            "exponent of Pow is a number",
        ),
        (
            lambda d: d["nodes"][4].update(op="Concat", parameters={"n_inputs": 1}),
            "edges[3].port",
            "z has no input no. 2",
        ),
        (lambda d: d.pop("version"), "version", "The version is null"),
        (lambda d: d.update(format="other"), "", "not a graph of the playground"),
        (lambda d: d.update(extra=1), "extra", "not permitted"),
        (lambda d: d["nodes"][2].update(op="Cube"), "nodes[2].op", "There is no op named “Cube”."),
        (lambda d: d["nodes"][0].update(value="2"), "nodes[0].value", "“2” is not a number"),
        (lambda d: d["nodes"][0].update(value=None), "nodes[0].value", "an input needs a value"),
        (lambda d: d["nodes"][2].update(value=1.0), "nodes[2].value", "only an input has a value"),
        (lambda d: d["nodes"][1].update(name="x"), "nodes[1].name", "“x” stands twice"),
        (lambda d: d["nodes"][1].update(id="n1"), "nodes[1].id", "“n1” stands twice"),
        (lambda d: d["nodes"][1].update(id="<b>"), "nodes[1].id", "letters, digits"),
        (lambda d: d["nodes"][0].update(name="2x"), "nodes[0].name", "“2x” is not a name"),
        (lambda d: d["nodes"][0].update(position=[0]), "nodes[0].position[1]", ""),
        (lambda d: d["nodes"][0].update(position=[0, 1e300]), "nodes[0].position[1]", "1000000 or less"),
        (lambda d: d["edges"][0].update({"from": "n9"}), "edges[0]", "no node with the id “n9”"),
        (lambda d: d["edges"][0].update(port=1), "edges[0].port", "a has no input no. 2"),
        (lambda d: d["edges"][0].update(output=1), "edges[0].output", "x has no output no. 2"),
        (lambda d: d["edges"][3].update(port=0), "edges[3]", "stands twice"),
        (lambda d: d["edges"][0].update({"from": "n5"}), "edges", "close a cycle: z → a → z"),
        (lambda d: d.update(output={"node": "n9", "output": 0}), "output", "no such output"),
        (lambda d: d.update(nodes=d["nodes"] * 101), "nodes", "at most 500"),
    ],
)
def test_a_malformed_document_is_refused_with_the_place_named(change: object, place: str, sentence: str) -> None:
    document = seed_document()
    change(document)  # type: ignore[operator]
    with pytest.raises(DocumentError) as refusal:
        from_document(document)
    assert refusal.value.place == place
    assert sentence in str(refusal.value)


def test_parameters_are_kept_complete_and_as_tuples() -> None:
    document = seed_document()
    document["nodes"][2].update(op="Sum", parameters={"axis": [0, 1]})
    node = from_document(document).node("n3")
    assert node.parameters == {"axis": (0, 1), "keepdims": False}
    assert to_document(Graph.of([node], []))["nodes"][0]["parameters"] == {"axis": [0, 1], "keepdims": False}


def test_a_document_of_version_1_is_read_with_its_power_of_two_inputs() -> None:
    document = seed_document()
    document.update(version=1)
    document["nodes"][4].update(op="Pow", parameters={})
    graph = from_document(document)
    assert (graph.node("n5").op, graph.node("n5").ports) == ("Power", ("x", "p"))
    document.update(version=2)
    with pytest.raises(DocumentError, match=r"z has no input no\. 2"):
        from_document(document)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"\xff\xfe\xfa", "not text in UTF-8"),
        ("", "The file is empty"),
        ('{"format": ', "not JSON: line 1"),
        ("[]", "not a graph of the playground"),
        ("null", "not a graph of the playground"),
        ('{"format": NaN}', "holds NaN"),
        ("[" * 100_000, "not JSON that can be read"),
        ("1" * 5_000, "not JSON that can be read"),
        (" " * (limits.MAX_DOCUMENT_BYTES + 1), "larger than 4000000 bytes"),
    ],
)
def test_a_file_that_is_no_document_is_refused(text: str | bytes, sentence: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        from_json(text)
    assert sentence in str(refusal.value)


def test_a_file_may_be_as_large_as_the_limit() -> None:
    assert from_json(to_json(SEED).ljust(limits.MAX_DOCUMENT_BYTES)) == SEED


def test_the_second_output_is_the_last_of_two() -> None:
    document = seed_document()
    document["nodes"][4].update(op="MinMax")
    for output, is_there in ((1, True), (2, False)):
        document["output"] = {"node": "n5", "output": output}
        if is_there:
            assert from_document(document).output == ("n5", 1)
        else:
            with pytest.raises(DocumentError, match="no such output to differentiate"):
                from_document(document)


@pytest.mark.parametrize(("length", "is_one"), [(40, True), (41, False)])
def test_an_id_has_up_to_forty_characters(length: int, is_one: bool) -> None:
    document = to_document(Graph.of([Node("a" * length, None, "x", 1.0)], []))
    if is_one:
        assert from_document(document).node("a" * 40).name == "x"
    else:
        with pytest.raises(DocumentError, match=r"up to 40 letters, digits, “-” and “_”"):
            from_document(document)


@settings(max_examples=300, deadline=None)
@given(st.one_of(json_values, damaged(graphs(max_nodes=4).map(to_document).map(json.dumps).map(json.loads))))
def test_whatever_comes_is_read_or_refused(data: object) -> None:
    try:
        graph = from_document(data)
    except DocumentError as refusal:
        assert len(str(refusal)) < 400
    else:
        assert from_json(to_json(graph)) == graph
