"""What stands on a node: label, group and numbers, from results made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from components.picture import look_of, make_picture, numbers_of
from engine import Function
from engine.document import Graph, Node
from engine.edits import MakeBlock, SetValue, apply
from engine.evaluation import BLOCK, BlockNode, NodeTrace, carry_over, evaluate
from engine.picture import symbol_of
from tests.components.spoken import said_loud
from tests.engine.built import built

SPACE = "\N{NO-BREAK SPACE}"
X = Node("x", None, "x", 2.0)


def found(data: object, grad: object, state: str = "ok", message: str = "") -> NodeTrace:
    grads = (None if grad is None else np.array(grad),)
    return NodeTrace((np.array(data),), grads, state, message)  # type: ignore[arg-type]


def lines(node: Node, result: NodeTrace, right: str | None = None) -> list[str]:
    return look_of(node, result, right)["label"].split("\n")


def test_a_right_number_stands_beside_a_wrong_one_on_one_line() -> None:
    assert lines(X, found(2.0, 32.0), "64")[2] == f"<code>grad 32{SPACE}≠{SPACE}64</code>"
    # For two arrays there is no room: a cross, and two characters less for the wrong one.
    assert lines(X, found([2.0, 3.0], [32.0, 5.0]), "[64, 5] (2,)")[2] == f"<code>grad [32,{SPACE}5] ✗</code>"


@pytest.mark.parametrize(
    ("entries", "right", "written"),
    [
        # [1234, 5678, 9101] has 18 characters, [1234, 5678, 91011] one more.
        ([1234.0, 5678.0, 9101.0], None, "[1234, 5678, 9101]"),
        ([1234.0, 5678.0, 91011.0], None, "[1234, 5678, …]"),
        # [1234, 56, 7890] has 16, [1234, 56, 78901] one more.
        ([1234.0, 56.0, 78901.0], "[1]", "[1234, 56, …]"),
        ([1234.0, 56.0, 7890.0], "[1]", "[1234, 56, 7890]"),
        # All three of a softmax, in two digits, rather than two of them in four.
        ([0.09003, 0.24473, 0.66524], None, "[0.09, 0.24, 0.67]"),
    ],
)
def test_eighteen_characters_of_an_array_fit_on_a_line_and_sixteen_beside_a_cross(
    entries: list[float], right: str | None, written: str
) -> None:
    label = lines(X, found(entries, entries), right)
    assert label[0] == "<b>x</b> (3,)"
    assert label[1].replace(SPACE, " ") == f"<i>data {written}</i>"
    assert label[2].replace(SPACE, " ") == f"<code>grad {written}{'' if right is None else ' ✗'}</code>"


@pytest.mark.parametrize(
    ("state", "message", "label", "group"),
    [
        ("ok", "", ["<b>a</b>  x²", "<i>data 4</i>", "<code>grad —</code>"], "function"),
        ("waiting", "waiting for x", ["<b>a</b>  x²", "<b><i>waiting for x</i></b>"], "waiting"),
        (
            "stale",
            "out of date",
            ["<b>a</b>  x²", "<i>data 4</i>", "<code>grad —</code>", "<b><i>out of date</i></b>"],
            "waiting",
        ),
        (
            "trouble",
            "1 < 2 & so",
            ["<b>a</b>  x²", "<i>data 4</i>", "<code>grad —</code>", "<b><i>⚠ 1 &lt; 2 &amp; so</i></b>"],
            "trouble",
        ),
        (
            "error",
            "no",
            ["<b>a</b>  x²", "<i>data 4</i>", "<code>grad —</code>", "<b><i>⚠ no</i></b>"],
            "trouble",
        ),
    ],
)
def test_each_state_has_its_label_and_its_group(state: str, message: str, label: list[str], group: str) -> None:
    look = look_of(Node("a", "Square", "a"), found(4.0, None, state, message))
    assert (look["label"].split("\n"), look["group"]) == (label, group)
    assert (look["data"], look["grad"]) == ("4", "—")


def test_no_text_becomes_markup() -> None:
    look = look_of(Node("x", None, "<b>", 1.0), found(1.0, 1.0))
    assert look["label"].startswith("<b>&lt;b&gt;</b>\n")
    block = BlockNode("s", BLOCK, "a & b", n_members=1)
    assert look_of(block, found(1.0, 1.0))["label"].startswith("<b>a &amp; b</b>  1 node\n")


def test_the_sign_of_an_op_is_no_markup_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Function.registry["Square"], "symbol", "a<b>")
    assert lines(Node("a", "Square", "a"), found(4.0, 1.0))[0] == "<b>a</b>  a&lt;b&gt;"


def test_a_block_counts_its_nodes() -> None:
    assert symbol_of(BlockNode("s", BLOCK, "f", n_members=1)) == "1 node"
    assert symbol_of(BlockNode("s", BLOCK, "f", n_members=12)) == "12 nodes"
    assert symbol_of(BlockNode("s", BLOCK, "f")) == ""
    assert symbol_of(X) == ""
    with said_loud():
        assert symbol_of(BlockNode("s", BLOCK, "f", n_members=12)) == "<12 NODES>"


def test_each_output_has_its_number() -> None:
    assert numbers_of((np.array(1.0), None, np.array(-2.0))) == "1, —, −2"
    assert (numbers_of(None), numbers_of(())) == ("—", "—")


def test_the_width_of_a_node_follows_what_it_shows() -> None:
    graph = Graph.of([X, Node("v", None, "v", (1.0, 2.0)), Node("a", "Square", "a")], [])
    nodes = make_picture(graph, evaluate(graph), {"x": "5"})["nodes"]
    narrow = make_picture(graph, evaluate(graph))["nodes"]
    assert nodes["x"]["widthConstraint"] == narrow["x"]["widthConstraint"]  # a wrong number makes no room for itself
    assert (nodes["x"]["group"], narrow["x"]["group"]) == ("wrong", "input")
    assert narrow["x"]["widthConstraint"] < narrow["a"]["widthConstraint"] < narrow["v"]["widthConstraint"]


def test_a_block_is_as_wide_as_its_heading_within_bounds() -> None:
    def width(name: str) -> int:
        flat = built("x=2 a=Square(x) b=Square(a)")
        graph = apply(flat, MakeBlock(id="s", nodes=["a", "b"], name=name))
        return make_picture(graph, evaluate(graph))["nodes"]["s"]["widthConstraint"]

    short, longer, long, longest = (width("f" * letters) for letters in (1, 15, 24, 32))
    # Twelve px a letter, from 210 px to 420: 15 letters, a space and "2 nodes" are 23.
    assert (short, longer, long, longest) == (210, 12 * 23, 12 * 32, 420)


def test_no_derivative_stands_on_a_wire_whose_numbers_are_out_of_date() -> None:
    graph = built("x=2 a=Square(x)")
    changed = apply(graph, SetValue(node="x", value=5.0))
    stale = carry_over(evaluate(graph), graph, changed)
    assert "local" not in make_picture(changed, stale, local=True)["edges"]["a:0"]
    assert make_picture(graph, evaluate(graph), local=True)["edges"]["a:0"]["local"] == "×4"


def test_the_output_has_the_thickest_border() -> None:
    graph = built("x=2 a=Square(x)")
    nodes = make_picture(graph, evaluate(graph))["nodes"]
    assert nodes["a"]["borderWidth"] > nodes["x"]["borderWidth"]


def test_the_local_derivative_of_each_output_stands_on_a_wire() -> None:
    graph = built("x=3 y=5 m=MinMax(x,y) z=Mul(m,m.1)")
    edges = make_picture(graph, evaluate(graph), local=True)["edges"]
    assert [edges[wire]["label"] for wire in ("m:0", "m:1")] == ["×1 | ×0", "×0 | ×1"]
    # m leads to z twice: each wire says its port before its factor.
    assert [edges[wire]["label"] for wire in ("z:0", "z:1")] == ["x0: ×5", "x1: ×3"]
    assert [edges[wire]["smooth"]["type"] for wire in ("z:0", "z:1")] == ["curvedCW", "curvedCCW"]
    assert "smooth" not in edges["m:0"]
