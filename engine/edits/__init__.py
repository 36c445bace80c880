"""Change graphs: each kind of edit is an event, what it does to a graph, and its undo label, side by side."""

from __future__ import annotations

from engine.edits.blocks import MakeBlock, SetOpen, Ungroup
from engine.edits.gradient_graph import with_gradient
from engine.edits.hiding import Hide
from engine.edits.nodes import AddNode, Delete, Move, Rename
from engine.edits.outputs import Choose, Differentiate
from engine.edits.own_ranges import SetRange
from engine.edits.reducer import Event, apply, apply_in_pieces, edit_label, parse_event, read_event, undo_label
from engine.edits.training import ResetTraining, SetTable, SetTraining, ShowRows, Train
from engine.edits.values import Descend, SetParameter, SetRole, SetValue
from engine.edits.whole_graph import Replace, SetFormula, Tidy, ViewportSize, legible_in_pieces
from engine.edits.wires import Connect, Disconnect

__all__ = [
    "AddNode",
    "Choose",
    "Connect",
    "Delete",
    "Descend",
    "Differentiate",
    "Disconnect",
    "Event",
    "Hide",
    "MakeBlock",
    "Move",
    "Rename",
    "Replace",
    "ResetTraining",
    "SetFormula",
    "SetOpen",
    "SetParameter",
    "SetRange",
    "SetRole",
    "SetTable",
    "SetTraining",
    "SetValue",
    "ShowRows",
    "Tidy",
    "Train",
    "Ungroup",
    "ViewportSize",
    "apply",
    "apply_in_pieces",
    "edit_label",
    "legible_in_pieces",
    "parse_event",
    "read_event",
    "undo_label",
    "with_gradient",
]
