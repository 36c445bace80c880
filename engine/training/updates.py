"""Training: forward, loss, backward and update, over rows or batches of the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np

from engine.autograd import Array, Variant
from engine.document import MAX_LOSSES, Graph, Training, Value, check_value, to_array
from engine.errors import DescentError, EditError
from engine.evaluation import Trace
from engine.messages import say
from engine.pieces import Pieces
from engine.replay import Objective, objective_in_pieces
from engine.training.feeding import with_rows
from engine.training.optimizers import Update, updated

MAX_UPDATES: Final = 200
"""Of one edit."""
_DIGITS: Final = 9
_ROWS_A_PIECE: Final = 100
_LARGEST: Final = 1e300


def is_ready(graph: Graph) -> bool:
    """Return whether there is a weight to train."""
    return any(node.role == "weight" for node in graph.nodes())


def next_updates(graph: Graph, trace: Trace) -> dict[str, Update]:
    """Return what the next update makes of each weight, by id, from the gradients that are shown.

    Nothing where the output is no single number, or where the gradients are not those of one right Backward.
    """
    if trace.stale or trace.picked or trace.variant is not Variant.STEP_16 or trace.sweeps != (trace.output,):
        return {}
    if trace.output is None or (data := trace.nodes[trace.output[0]].data) is None or data[trace.output[1]].size != 1:
        return {}
    training, found = graph.training or Training(), {}
    for node in graph.nodes():
        grad = trace.nodes[node.id].grad[0] if node.role == "weight" else None
        if node.value is not None and grad is not None:
            found[node.id] = updated(
                training, to_array(node.value), grad, _arrays(training.optimizer_state.get(node.id, {}))
            )
    return found


def train_in_pieces(graph: Graph, updates: int) -> Pieces[Graph]:
    """Return the graph after some updates, with the rows of the next one on its inputs; each piece is an update.

    Raises EditError where no weight can be trained, or where a number is no longer finite.
    """
    if not is_ready(graph):
        raise EditError(say("There is no weight to train: give an input the role weight."))
    training = graph.training or Training()
    if not training.updates:
        start = {node.id: node.value for node in graph.nodes() if node.role == "weight" and node.value is not None}
        training = replace(training, start=MappingProxyType(start))
    graph = graph.with_training(training)
    goals = _Goals()
    if not training.losses:
        loss = yield from goals.loss(graph)
        graph = graph.with_training(replace(training, losses=_with_loss(training, loss)))
    for number in range(updates):
        graph = yield from _after_update(graph, goals)
        yield (number + 1) / updates
    return graph


def untrained(graph: Graph) -> Graph:
    """Return the graph with its weights as before the first update, and the first rows on its inputs."""
    training = graph.training
    if training is None:
        return graph
    nodes = [replace(graph.node(node_id), value=value) for node_id, value in training.start.items()]
    return with_rows(graph.with_nodes(*nodes).with_training(training.before_the_first()), 0, training.count)


class _Goals:
    """Hold the programs of a graph, one for each shape that its inputs have on the way."""

    def __init__(self) -> None:
        self._by_shape: dict[tuple[tuple[int, ...], ...], Objective] = {}

    def at(self, graph: Graph) -> Pieces[Objective]:
        """Return the loss as a function of the inputs at the present rows; raises EditError where it is no number."""
        values = {node.id: to_array(node.value) for node in graph.nodes() if node.value is not None}
        shapes = tuple(value.shape for value in values.values())
        if shapes not in self._by_shape:
            try:
                self._by_shape[shapes] = yield from objective_in_pieces(graph)
            except DescentError as error:
                raise EditError(str(error)) from None
        return replace(self._by_shape[shapes], values=values)

    def loss(self, graph: Graph) -> Pieces[float]:
        """Return the mean loss over all rows; of a graph that takes no single row, the loss of the present ones."""
        training = graph.training
        if training is None or not training.rows:
            goal = yield from self.at(graph)
            return goal.at(goal.values)[0]
        try:
            goal = yield from self.at(with_rows(graph, 0, 1))
        except EditError:
            goal = yield from self.at(graph)
            return goal.at(goal.values)[0]
        losses: list[float] = []
        for start in range(0, training.rows, _ROWS_A_PIECE):
            part = {
                node_id: np.array([to_array(cell) for cell in cells[start : start + _ROWS_A_PIECE]])
                for node_id, cells in training.columns.items()
            }
            losses += goal.over(part).tolist()
            yield 0.0
        return float(np.mean(losses))


def _after_update(graph: Graph, goals: _Goals) -> Pieces[Graph]:
    goal, training = (yield from goals.at(graph)), graph.training or Training()
    if not goal.movable:
        raise EditError(goal.refusal())
    _, grads = goal.at(goal.values)
    found = {
        node_id: updated(
            training, goal.values[node_id], grads[node_id], _arrays(training.optimizer_state.get(node_id, {}))
        )
        for node_id in goal.movable
    }
    for node_id, update in found.items():
        if not (np.abs(update.after) < _LARGEST).all():
            raise EditError(
                say(
                    "Update {number} would leave {name} without a finite value: try a smaller learning rate.",
                    number=training.updates + 1,
                    name=graph.node(node_id).name,
                )
            )
        if not all(np.isfinite(kept).all() for kept in update.state.values()):
            raise EditError(
                say(
                    "The gradient of {name} is too large for {optimizer}: its state after update {number} is infinite.",
                    name=graph.node(node_id).name,
                    optimizer=training.optimizer,
                    number=training.updates + 1,
                )
            )
    state = {node_id: _values(update.state) for node_id, update in found.items()}
    nodes = [
        replace(graph.node(node_id), value=check_value(update.after.tolist())) for node_id, update in found.items()
    ]
    training = replace(training, updates=training.updates + 1, optimizer_state=MappingProxyType(state))
    graph = graph.with_nodes(*nodes).with_training(training)
    loss = yield from goals.loss(graph)
    graph = graph.with_training(replace(training, losses=_with_loss(training, loss)))
    return with_rows(graph, training.first + training.count, training.count)


def _with_loss(training: Training, loss: float) -> tuple[tuple[int, float], ...]:
    """Return the loss curve with one more point; of more than are kept, every second goes."""
    if not np.isfinite(loss):
        return training.losses
    losses = (*training.losses, (training.updates, float(f"{loss:.{_DIGITS}g}")))
    return losses if len(losses) <= MAX_LOSSES else (*losses[:-1:2], losses[-1])


def _arrays(state: Mapping[str, Value]) -> dict[str, Array]:
    return {name: to_array(value) for name, value in state.items()}


def _values(state: Mapping[str, Array]) -> Mapping[str, Value]:
    return MappingProxyType({name: check_value(np.asarray(array).tolist()) for name, array in state.items()})
