"""What undo calls each edit, and a gesture of several."""

from __future__ import annotations

import pytest

from engine.document import Graph, to_document
from engine.edits import (
    AddNode,
    Choose,
    Connect,
    Delete,
    Descend,
    Differentiate,
    Disconnect,
    Event,
    MakeBlock,
    Move,
    Rename,
    Replace,
    SetFormula,
    SetParameter,
    SetValue,
    Tidy,
    undo_label,
)
from tests.engine.built import SEED


@pytest.mark.parametrize(
    ("event", "label"),
    [
        (AddNode(id="n", op="Input"), "add Input"),
        (Rename(node="x", name=" w "), "rename x to w"),
        (Move(positions={"x": (0, 0), "y": (1, 1)}), "move 2 nodes"),
        (Delete(nodes=["x"]), "delete x"),
        (Disconnect(target="a", port=0), "disconnect x → a"),
        (Disconnect(target="x", port=0), "disconnect x"),
        (SetValue(node="x", value="12345678901234567890"), "set x to 12345678901234567890"),
        (SetValue(node="x", value="123456789012345678901"), "set x to 12345678901234567890…"),
        (SetValue(node="x", value=[1, 2]), "set x to [1, 2]"),
        (SetParameter(node="a", name="axis", value=[0, 1]), "set axis of a to (0, 1)"),
        (SetParameter(node="a", value=" axis=0, keepdims=no "), "set a to axis=0, keepdims=no"),
        (Descend(rate=0.1), "one step of descent"),
        (Descend(rate=0.1, steps=2), "2 steps of descent"),
        (MakeBlock(id="s", nodes=["a"]), "make a block of a"),
        (MakeBlock(id="s", nodes=["a", "z"]), "make a block of 2 nodes"),
        (Choose(node=None), "differentiate the last output"),
        (Differentiate(node="x"), "draw the gradient by x"),
        (Replace(document=Graph()), "begin a new graph"),
        (Replace(document=to_document(SEED)), "open another graph"),
        (SetFormula(text="y = x"), "change the formula"),
        (Tidy(), "tidy"),
    ],
)
def test_each_edit_has_a_label(event: Event, label: str) -> None:
    assert undo_label(SEED, [event]) == label


ADD, ANOTHER = AddNode(id="p", op="Neg"), AddNode(id="q", op="Exp")


@pytest.mark.parametrize(
    ("events", "label"),
    [
        ([ADD, Connect(source="x", target="p", port=0)], "add Neg"),
        ([ADD, ANOTHER], "add 2 nodes"),
        ([ADD, ANOTHER, MakeBlock(id="s", nodes=["p", "q"], name="f")], "add the block f"),
        ([ADD, ANOTHER, MakeBlock(id="s", nodes=["p", "q"])], "add 2 nodes"),
        ([ADD, MakeBlock(id="s", nodes=["a", "p"], name="f")], "add Neg"),
        ([SetValue(node="x", value=1), SetValue(node="x", value=2)], "set x to 2"),
        ([SetValue(node="x", value=1), SetValue(node="y", value=2)], "set x and y"),
        ([SetValue(node=each, value=0) for each in "xyz"], "set z to 0"),
        ([SetValue(node="x", value=1), SetValue(node="y", value=2), Tidy()], "set x to 1"),
        ([Delete(nodes=["a"]), Connect(source="x", target="z", port=0)], "delete a"),
    ],
)
def test_a_gesture_of_several_edits_has_one(events: list[Event], label: str) -> None:
    assert undo_label(SEED, events) == label
