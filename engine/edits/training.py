"""The edits of training: the table of data, the rows that stand on the nodes, the optimizer, and updates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from engine.document import MAX_ROWS, Graph, Momentum, Optimizer, Strict, Training, TrainingRate
from engine.errors import EditError
from engine.messages import say, say_count
from engine.pieces import finish
from engine.training import MAX_UPDATES, read_table, train_in_pieces, untrained, with_rows

_Count = Annotated[int, Field(strict=True, ge=1, le=MAX_ROWS)]

# Set the table ----------------------------------------------------------------------------------------------------


class SetTable(Strict):
    """Read a table of data from pasted cells or CSV; an empty text takes the table away."""

    type: Literal["set table"] = "set table"
    text: str


def apply_set_table(graph: Graph, event: SetTable) -> Graph:
    """Return the graph with a table, its first row on the inputs; raises EditError, which names the place."""
    training = (graph.training or Training()).before_the_first()
    if not event.text.strip():
        return graph.with_training(replace(training, columns=MappingProxyType({}), first=0, count=1))
    columns = MappingProxyType(read_table(event.text, graph))
    rows = len(next(iter(columns.values())))
    return with_rows(graph.with_training(replace(training, columns=columns)), 0, min(training.count, rows))


def label_set_table(graph: Graph, event: SetTable) -> str:
    """Return the label: "set the table of data"."""
    return say("set the table of data") if event.text.strip() else say("take the table of data away")


# Show rows --------------------------------------------------------------------------------------------------------


class ShowRows(Strict):
    """Put rows of the table on the inputs, from the first one on, counted from 0."""

    type: Literal["show rows"] = "show rows"
    first: Annotated[int, Field(strict=True, ge=0, lt=MAX_ROWS)]
    count: _Count = 1


def apply_show_rows(graph: Graph, event: ShowRows) -> Graph:
    """Return the graph with rows on its inputs; raises EditError where there are none."""
    training = graph.training
    if training is None or event.first >= training.rows:
        raise EditError(say("The table has no row {number}.", number=event.first + 1))
    return with_rows(graph, event.first, min(event.count, training.rows))


def label_show_rows(graph: Graph, event: ShowRows) -> str:
    """Return the label: "show row 2"."""
    if event.count == 1:
        return say("show row {number}", number=event.first + 1)
    return say_count("show {count} row", "show {count} rows", event.count)


# Set how it trains ------------------------------------------------------------------------------------------------


class SetTraining(Strict):
    """Choose the optimizer, its learning rate and momentum, and whether gradients are cleared; None leaves one."""

    type: Literal["set training"] = "set training"
    optimizer: Optimizer | None = None
    rate: TrainingRate | None = None
    momentum: Momentum | None = None
    clears: Annotated[bool, Field(strict=True)] | None = None


def apply_set_training(graph: Graph, event: SetTraining) -> Graph:
    """Return the graph with other settings; what another optimizer kept of the weights goes."""
    training = graph.training or Training()
    changed = replace(
        training,
        optimizer=training.optimizer if event.optimizer is None else event.optimizer,
        rate=training.rate if event.rate is None else event.rate,
        momentum=training.momentum if event.momentum is None else event.momentum,
        clears=training.clears if event.clears is None else event.clears,
    )
    if (changed.optimizer, changed.clears) != (training.optimizer, training.clears):
        changed = replace(changed, optimizer_state=MappingProxyType({}))
    return graph.with_training(changed)


def label_set_training(graph: Graph, event: SetTraining) -> str:
    """Return the label: "change the training"."""
    return say("change the training")


# Train ------------------------------------------------------------------------------------------------------------


class Train(Strict):
    """Update the weights some times: forward, loss, backward and update, each with the next rows."""

    type: Literal["train"] = "train"
    updates: Annotated[int, Field(strict=True, ge=1, le=MAX_UPDATES)] = 1


def apply_train(graph: Graph, event: Train) -> Graph:
    """Return the graph after the updates; raises EditError where a weight cannot be updated."""
    return finish(train_in_pieces(graph, event.updates))


def label_train(graph: Graph, event: Train) -> str:
    """Return the label: "one update of the weights"."""
    return label_of_run([event])


def label_of_run(events: Sequence[Train]) -> str:
    """Return the label of all updates of a gesture: "120 updates of the weights"."""
    count = sum(event.updates for event in events)
    return say_count("one update of the weights", "{count} updates of the weights", count)


# Reset ------------------------------------------------------------------------------------------------------------


class ResetTraining(Strict):
    """Give the weights the values that they had before the first update."""

    type: Literal["reset training"] = "reset training"


def apply_reset_training(graph: Graph, event: ResetTraining) -> Graph:
    """Return the graph as before the first update."""
    return untrained(graph)


def label_reset_training(graph: Graph, event: ResetTraining) -> str:
    """Return the label: "begin the training anew"."""
    return say("begin the training anew")
