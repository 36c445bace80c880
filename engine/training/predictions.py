"""What a graph predicts from its data: a line over one input, or a map over two, beside the table's points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import networkx as nx
import numpy as np

from engine.autograd import Array
from engine.document import Graph, OutputPort, to_array
from engine.errors import SymbolError
from engine.evaluation import evaluate_in_pieces
from engine.pieces import Pieces
from engine.replay import compile_graph
from engine.training.feeding import with_rows

POINTS: Final = 60
"""Of the line."""
CELLS: Final = 24
"""Of the map, along each side."""
_MARGIN: Final = 0.15


@dataclass(frozen=True)
class Prediction:
    """Hold what is predicted at each place of a window around the table's points.

    Over one input `grid` is (x,) and `heights` of shape (POINTS,); over two it is (x1, x2), and `heights` of shape
    (CELLS, CELLS), a row for each x2. It may be nan where nothing can be computed.
    """

    name: str
    """The name of the node that predicts."""
    axes: tuple[str, ...]
    """The ids of the inputs that the window is over."""
    target: str
    """The id of the target."""
    grid: tuple[Array, ...]
    heights: Array


def prediction_in_pieces(graph: Graph) -> Pieces[Prediction | None]:
    """Return what a graph predicts; None where its table has no one target over one or two inputs, all numbers."""
    training = graph.training
    if training is None or not training.rows:
        return None
    columns = {node_id: np.array([to_array(cell) for cell in cells]) for node_id, cells in training.columns.items()}
    axes = [node_id for node_id in columns if graph.node(node_id).role == "data"]
    targets = [node_id for node_id in columns if graph.node(node_id).role == "target"]
    if len(axes) not in (1, 2) or len(targets) != 1 or any(column.ndim > 1 for column in columns.values()):
        return None
    row = with_rows(graph, 0, 1)
    trace = yield from evaluate_in_pieces(row)
    predicting = None if trace.output is None else _predicting(row, axes, targets[0], trace.output)
    if predicting is None or any(np.ndim(data) for found in trace.nodes.values() for data in found.data or ()):
        return None
    try:
        program = compile_graph(row, trace, columns=True)
    except SymbolError:
        return None
    yield 0.5
    grid = tuple(_window(columns[axis], POINTS if len(axes) == 1 else CELLS) for axis in axes)
    places = np.meshgrid(*grid)
    given = {axis: place.ravel() for axis, place in zip(axes, places, strict=True)}
    values = {node.id: to_array(node.value) for node in row.nodes() if node.value is not None}
    arguments = [given.get(node_id, values[node_id]) for node_id in program.inputs]
    ran = program.run_columns(arguments, places[0].size, backward=False)
    if ran is None or predicting not in program.places:
        return None
    heights = ran[0][program.places[predicting][0]].reshape(places[0].shape).copy()
    heights[~np.isfinite(heights)] = np.nan
    return Prediction(row.node(predicting[0]).name, tuple(axes), targets[0], grid, heights)


def _predicting(graph: Graph, axes: list[str], target: str, output: OutputPort) -> OutputPort | None:
    """Return the last output that every path from the data to the loss passes, and to which no target leads."""
    network = nx.DiGraph(graph.network)
    after_target = {target, *nx.descendants(network, target)}
    before_loss = {output[0], *nx.ancestors(network, output[0])}
    for node_id in reversed(graph.topological_order()):
        if node_id in axes or node_id in after_target or node_id not in before_loss:
            continue
        others = network.subgraph(before_loss - {node_id})
        # Without a loss, where no target leads to the output, that itself is what is predicted.
        if node_id == output[0] or not any(axis in others and nx.has_path(others, axis, output[0]) for axis in axes):
            return (node_id, 0) if graph.node(node_id).n_outputs == 1 else None
    return None


def _window(column: Array, count: int) -> Array:
    low, high = float(column.min()), float(column.max())
    margin = _MARGIN * (high - low) or 1.0
    return np.linspace(low - margin, high + margin, count)
