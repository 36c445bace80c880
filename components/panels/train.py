"""The panel of training: the table of data with the rows on the nodes, the optimizer, the loss curve, and the fit."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from components.panels import train_text
from components.panels.panel import Panel, View
from components.text import short, short_array
from engine.document import Graph, Training, to_array
from engine.messages import mark, say
from engine.pieces import Pieces, finish
from engine.replay import ticks
from engine.training import Prediction, fed_inputs, is_ready, next_updates, prediction_in_pieces, shown_rows

MAX_ROWS_SHOWN: Final = 200
MAX_UPDATES_TOLD: Final = 12
_SHARES: Final = 100
"""Into how many parts the heights of a map are divided on the wire."""
_BLANK: Final = -1


class TrainPanel(Panel):
    """Train the weights on a table of data."""

    name = "train"
    order = 6
    title = mark("Train")
    hint = mark("Train the weights on a table of data")

    def tell(self, view: View) -> dict[str, Any]:
        """Return the table, the settings, what the next update makes of the weights, the loss curve and the fit."""
        return finish(self.tell_in_pieces(view))

    def tell_in_pieces(self, view: View) -> Pieces[dict[str, Any]]:
        """Do the same as `tell` in pieces."""
        graph, training = view.graph, view.graph.training or Training()
        yield 0.0
        hides_data = any(each.kind == "data" for each in view.hidden)
        prediction = None if hides_data else (yield from prediction_in_pieces(graph))
        yield 0.8
        fed = fed_inputs(graph)
        loss = train_text.loss_text(training)
        return {
            "train": {
                "ready": is_ready(graph),
                "asks": train_text.asks_for([node.name for node in fed]),
                "header": "\t".join(node.name for node in fed),
                **_table(graph),
                "optimizer": training.optimizer,
                "rate": training.rate,
                "momentum": training.momentum,
                "clears": training.clears,
                "updates": training.updates,
                "count": training.count,
                "next": _next(view),
                "standing": train_text.standing(graph, loss),
                **({} if prediction is None else {"plot": _plot(graph, prediction)}),
            }
        }


def _table(graph: Graph) -> dict[str, Any]:
    """Return the table's columns and first rows as texts, and which of them stand on the nodes."""
    training = graph.training or Training()
    if not training.rows:
        return {"columns": [], "rows": [], "total": 0, "shown": [0, 0], "told": ""}
    cells = [values[:MAX_ROWS_SHOWN] for values in training.columns.values()]
    shown = shown_rows(graph)
    return {
        "columns": [graph.node(node_id).name for node_id in training.columns],
        "rows": [[short_array(to_array(cell)) for cell in row] for row in zip(*cells, strict=True)],
        "total": training.rows,
        "shown": [shown.start, shown.stop],
        "told": train_text.rows_shown(shown, training.rows),
    }


def _next(view: View) -> list[str]:
    updates = list(next_updates(view.graph, view.trace).items())
    told = [train_text.update(view.graph, node_id, made) for node_id, made in updates[:MAX_UPDATES_TOLD]]
    left = len(updates) - len(told)
    return [*told, *([say("And {count} more weights.", count=left)] if left else [])]


def _plot(graph: Graph, found: Prediction) -> dict[str, Any]:
    """Return the window, the table's points in it, and the line or the map of what is predicted."""
    training = graph.training or Training()
    columns = [[float(to_array(cell)) for cell in training.columns[axis]] for axis in (*found.axes, found.target)]
    axes = [graph.node(axis).name for axis in found.axes]
    target = graph.node(found.target).name
    frame = [[float(axis[0]), float(axis[-1])] for axis in found.grid]
    told: dict[str, Any] = {
        "name": found.name,
        "axes": axes,
        "target": target,
        "points": [list(point) for point in zip(*columns, strict=True)],
        "summary": train_text.plot(found.name, target, axes),
    }
    if len(frame) == 1:
        heights = found.heights[np.isfinite(found.heights)]
        low, high = _span(np.concatenate([heights, columns[-1]]))
        frame.append([low, high])
        told["line"] = [
            [[float(x), float(y)] for x, y in zip(found.grid[0][piece], found.heights[piece], strict=True)]
            for piece in np.split(np.arange(len(found.heights)), np.flatnonzero(~np.isfinite(found.heights)))
            for piece in [piece[np.isfinite(found.heights[piece])]]
            if len(piece) > 1
        ]
    else:
        low, high = min(columns[-1]), max(columns[-1])
        span = (high - low) or 1.0
        shares = np.clip(np.round((found.heights - low) / span * _SHARES), 0, _SHARES)
        told |= {
            "n": len(found.grid[0]),
            "cells": np.where(np.isfinite(shares), shares, _BLANK).astype(int).reshape(-1).tolist(),
            "middle": (low + high) / 2,
            "boundary": say("{name} = {middle}", name=found.name, middle=short((low + high) / 2)),
        }
    told["frame"] = frame
    told["ticks"] = [[[tick, short(tick)] for tick in ticks((low, high))] for low, high in frame]
    return told


def _span(heights: Any) -> tuple[float, float]:
    low, high = float(np.min(heights)), float(np.max(heights))
    margin = 0.1 * (high - low) or 1.0
    return low - margin, high + margin
