"""Say what somebody did to a graph, and make the changed graph: the only room where graphs change."""

from __future__ import annotations

from engine.edits.gradient_graph import with_gradient
from engine.edits.reducer import (
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
    SetOpen,
    SetParameter,
    SetValue,
    Tidy,
    Ungroup,
    apply,
    parse_event,
)
from engine.edits.undo_label import word, word_gesture

__all__ = [
    "AddNode",
    "Choose",
    "Connect",
    "Delete",
    "Descend",
    "Differentiate",
    "Disconnect",
    "Event",
    "MakeBlock",
    "Move",
    "Rename",
    "Replace",
    "SetFormula",
    "SetOpen",
    "SetParameter",
    "SetValue",
    "Tidy",
    "Ungroup",
    "apply",
    "parse_event",
    "with_gradient",
    "word",
    "word_gesture",
]
