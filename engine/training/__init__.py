"""Train a graph's weights: a table of data feeds its inputs, and an optimizer updates its weights (steps 42 to 46)."""

from __future__ import annotations

from engine.training.feeding import fed_inputs, shown_rows, with_rows
from engine.training.optimizers import Update, updated
from engine.training.predictions import Prediction, prediction_in_pieces
from engine.training.table_text import MAX_TABLE_LENGTH, read_table
from engine.training.updates import MAX_UPDATES, is_ready, next_updates, train_in_pieces, untrained

__all__ = [
    "MAX_TABLE_LENGTH",
    "MAX_UPDATES",
    "Prediction",
    "Update",
    "fed_inputs",
    "is_ready",
    "next_updates",
    "prediction_in_pieces",
    "read_table",
    "shown_rows",
    "train_in_pieces",
    "untrained",
    "updated",
    "with_rows",
]
