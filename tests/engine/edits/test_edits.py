"""Edits: what each does, what is refused, and that a refusal changes nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import limits
from engine.document import Edge, Graph, Node, from_json, to_document, to_json
from engine.edits import (
    AddNode,
    Choose,
    Connect,
    Delete,
    Descend,
    Disconnect,
    Event,
    Move,
    Rename,
    Replace,
    SetValue,
    Tidy,
    apply,
    parse_event,
)
from engine.errors import (
    CycleError,
    DocumentError,
    DuplicateNameError,
    EditError,
    InvalidNameError,
    LimitError,
    PortError,
    UnknownNodeError,
    ValueRefusedError,
)
from engine.lessons import LESSONS
from tests.engine.built import built
from tests.strategies import damaged, events, json_values

SEED = LESSONS[0].graph  # x n1, y n2, a n3, b n4, z n5


def after(*edits: Event, start: Graph = SEED) -> Graph:
    graph = start
    for event in edits:
        graph = apply(graph, event)
    return graph


def test_an_empty_graph_grows_into_the_seed() -> None:
    graph = after(
        AddNode(id="1", op="Input", value=2),
        AddNode(id="2", op="Input", value="3"),
        AddNode(id="3", op="Square"),
        AddNode(id="4", op="Square"),
        AddNode(id="5", op="Add"),
        Connect(source="1", target="3", port=0),
        Connect(source="2", target="4", port=0),
        Connect(source="3", target="5", port=0),
        Connect(source="4", target="5", port=1),
        start=Graph(),
    )
    assert [(node.name, node.value) for node in graph.nodes()] == [
        ("x", 2.0),
        ("y", 3.0),
        ("a", None),
        ("b", None),
        ("c", None),
    ]
    assert graph.edges() == [
        Edge("1", 0, "3", 0),
        Edge("2", 0, "4", 0),
        Edge("3", 0, "5", 0),
        Edge("4", 0, "5", 1),
    ]


def test_names_run_on_when_the_letters_are_used_up() -> None:
    graph = after(*(AddNode(id=f"i{number}", op="Input") for number in range(9)), start=Graph())
    assert [node.name for node in graph.nodes()] == ["x", "y", "z", "w", "u", "v", "t", "x1", "x2"]


def test_a_new_input_holds_one_unless_a_value_is_given_be_it_zero() -> None:
    graph = after(AddNode(id="p", op="Input"), AddNode(id="q", op="Input", value=0), start=Graph())
    assert [node.value for node in graph.nodes()] == [1.0, 0.0]


def test_a_wire_replaces_the_one_at_its_port() -> None:
    graph = after(Connect(source="n2", target="n3", port=0))
    assert graph.wires_into("n3") == {0: Edge("n2", 0, "n3", 0)}
    assert SEED.wires_into("n3") == {0: Edge("n1", 0, "n3", 0)}


def test_a_second_wire_between_the_same_two_nodes() -> None:
    graph = after(Connect(source="n3", target="n5", port=1))
    assert graph.wires_into("n5") == {0: Edge("n3", 0, "n5", 0), 1: Edge("n3", 0, "n5", 1)}
    graph = after(Disconnect(target="n5", port=0), start=graph)
    assert graph.wires_into("n5") == {1: Edge("n3", 0, "n5", 1)}


def test_delete_takes_the_wires_and_the_choice_along() -> None:
    graph = after(Choose(node="n3"), Delete(nodes=["n3", "n2"]))
    assert [node.name for node in graph.nodes()] == ["x", "b", "z"]
    assert graph.edges() == [Edge("n4", 0, "n5", 1)]
    assert graph.output is None


def test_move_rename_set_value_choose_and_replace() -> None:
    graph = after(
        Move(positions={"n1": (5, -7.5)}),
        Rename(node="n1", name=" α "),
        SetValue(node="n1", value=[1, 2]),
        Choose(node="n3"),
    )
    assert graph.node("n1") == Node("n1", None, "α", (1.0, 2.0), x=5.0, y=-7.5)
    assert graph.output == ("n3", 0)
    assert after(Replace(document=Graph()), start=graph) == Graph()
    assert after(Replace(document=to_document(graph))) == graph


def test_an_op_gives_way_to_an_input_that_is_to_have_the_letter_it_happens_to_have() -> None:
    graph = after(Rename(node="n1", name="a"))
    assert [node.name for node in graph.nodes()] == ["a", "y", "c", "b", "z"]
    with pytest.raises(DuplicateNameError):  # what was named by hand stays
        after(Rename(node="n3", name="area"), Rename(node="n1", name="area"))


def test_renaming_a_node_to_its_own_name_is_no_duplicate() -> None:
    assert after(Rename(node="n1", name="x")) == SEED


@pytest.mark.parametrize(
    ("event", "error", "sentence", "nodes"),
    [
        (Connect(source="n5", target="n3", port=0), CycleError, "z → a would close a cycle", ("z", "a")),
        (Connect(source="n3", target="n3", port=0), CycleError, "a → a would close a cycle", ("a", "a")),
        (Connect(source="n1", target="n2", port=0), PortError, "y is an input", ("x", "y")),
        (Connect(source="n1", target="n3", port=1), PortError, "a has no input no. 2", ("x", "a")),
        (Connect(source="n1", output=1, target="n3", port=0), PortError, "x has no output no. 2", ("x", "a")),
        (Connect(source="n9", target="n3", port=0), UnknownNodeError, "no node with the id n9", ()),
        (Disconnect(target="n1", port=0), PortError, "No wire leads into input no. 1 of x", ("x",)),
        (SetValue(node="n1", value="abc"), ValueRefusedError, "“abc” is not a number", ("x",)),
        (SetValue(node="n1", value=float("nan")), ValueRefusedError, "nan is not a finite number", ("x",)),
        (SetValue(node="n1", value={"a": 1}), ValueRefusedError, "A number is needed, and here is an object", ("x",)),
        (SetValue(node="n3", value=1.0), ValueRefusedError, "a is computed", ("a",)),
        (Rename(node="n1", name="y"), DuplicateNameError, "Another node is named y already", ("x", "y")),
        (Rename(node="n1", name=""), InvalidNameError, "A name is needed", ("x",)),
        (Rename(node="n1", name="a b"), InvalidNameError, "“a b” is not a name", ("x",)),
        (Rename(node="n1", name="lambda"), InvalidNameError, "word of the Python language", ("x",)),
        (Rename(node="n1", name="x" * 41), InvalidNameError, "41 characters; the limit is 40", ("x",)),
        (AddNode(id="n1", op="Add"), DuplicateNameError, "node with the id n1 already", ("x",)),
        (AddNode(id="n9", op="Add", name="x"), DuplicateNameError, "Another node is named x already", ("x",)),
        (AddNode(id="n9", op="Add", value=1), ValueRefusedError, "only an input has a value", ("c",)),
        (Move(positions={"n9": (0, 0)}), UnknownNodeError, "no node with the id n9", ()),
        (Delete(nodes=["n1", "n9"]), UnknownNodeError, "no node with the id n9", ()),
        (Choose(node="n1", output=1), PortError, "x has no output no. 2", ("x",)),
    ],
)
def test_a_refusal_names_the_nodes_and_changes_nothing(
    event: Event, error: type[EditError], sentence: str, nodes: tuple[str, ...]
) -> None:
    before = to_json(SEED)
    with pytest.raises(error) as refusal:
        apply(SEED, event)
    assert sentence in str(refusal.value)
    assert refusal.value.nodes == nodes
    assert to_json(SEED) == before


def test_a_descent_that_cannot_make_a_step_is_refused() -> None:
    steep = built("x=1e153 y=Square(x)")
    with pytest.raises(EditError, match=r"At step 1, y is no longer finite: the way ends before\."):
        apply(steep, Descend(rate=1000))


def test_there_is_a_largest_graph() -> None:
    full = Graph.of([Node(f"n{i}", None, f"x{i}", 0.0) for i in range(limits.MAX_NODES)], [])
    with pytest.raises(LimitError, match="500 nodes"):
        apply(full, AddNode(id="more", op="Input"))


def test_there_is_a_largest_number_of_wires(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_EDGES", 4)
    graph = after(AddNode(id="n6", op="Square"))
    with pytest.raises(LimitError, match="4 wires"):
        apply(graph, Connect(source="n1", target="n6", port=0))
    after(Connect(source="n2", target="n3", port=0), start=graph)  # one in place of another is no more


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "add",
        {},
        {"type": "explode"},
        {"type": "add"},
        {"type": "add", "id": "n1", "op": "Cube"},
        {"type": "add", "id": "n1", "op": "Add", "x": float("nan")},
        {"type": "add", "id": "a\nb", "op": "Add"},
        {"type": "add", "id": "n1\n", "op": "Add"},
        {"type": "connect", "source": "n1", "target": "n2", "port": "0"},
        {"type": "connect", "source": "n1", "target": "n2", "port": True},
        {"type": "connect", "source": "n1", "target": "n2", "port": -1},
        {"type": "move", "positions": {"n1": [0, float("inf")]}},
        {"type": "delete", "nodes": "n1"},
        {"type": "delete", "nodes": ["n1"], "more": 1},
    ],
)
def test_an_event_that_is_malformed_is_refused(data: object) -> None:
    with pytest.raises(EditError):
        parse_event(data)


def test_ports_are_counted_up_to_a_thousand() -> None:
    event = {"type": "disconnect", "target": "n1", "port": 1000}
    assert parse_event(event) == Disconnect(target="n1", port=1000)
    with pytest.raises(EditError, match=r"port: this should be 1000 or less, but it is 1001\."):
        parse_event({**event, "port": 1001})


def test_a_room_is_more_than_0_and_up_to_100000_pixels() -> None:
    for viewport in ([1, 100_000], [100_000, 0.5]):
        assert parse_event({"type": "tidy", "viewport": viewport}) == Tidy(viewport=(viewport[0], viewport[1]))
    assert parse_event({"type": "tidy", "room": [885, 604]}) == Tidy(viewport=(885, 604))  # as it was called before
    for viewport in ([0, 300], [300, 0], [100_001, 300], [300, 100_001]):
        with pytest.raises(EditError, match=r"tidy\.viewport\[\d\]: this "):
            parse_event({"type": "tidy", "viewport": viewport})


def test_a_document_in_an_event_is_checked_like_a_file() -> None:
    with pytest.raises((DocumentError, EditError), match="version"):
        parse_event({"type": "replace", "document": {"format": "backprop-playground", "version": 4}})


def is_sound(graph: Graph) -> bool:
    """Whether a graph is one that its own file format would take."""
    return from_json(to_json(graph)) == graph


@settings(max_examples=200, deadline=None)
@given(st.lists(events, max_size=25))
def test_any_sequence_of_edits_leaves_a_sound_document(sequence: list[Event]) -> None:
    graph = Graph()
    for event in sequence:
        before, written = graph, to_json(graph)
        try:
            graph = apply(graph, event)
        except EditError:
            assert graph is before
        assert to_json(before) == written
        assert is_sound(graph)


sound_events = events.map(lambda event: json.loads(event.model_dump_json()))


@settings(max_examples=300, deadline=None)
@given(json_values | damaged(sound_events))
def test_whatever_is_handed_over_is_an_event_or_refused(data: object) -> None:
    try:
        event = parse_event(data)
        assert is_sound(apply(SEED, event))
    except (EditError, DocumentError) as refusal:
        assert len(str(refusal)) < 400


@pytest.mark.parametrize(("written", "kept"), [("1/2", "1/2"), ("1/3", ""), ("open('x')", ""), ("", "")])
def test_a_copy_keeps_how_its_value_was_written_where_that_means_it(written: str, kept: str) -> None:
    node = apply(Graph(), AddNode(id="n1", op="Input", value=0.5, written=written)).node("n1")
    assert (node.value, node.written) == (0.5, kept)
