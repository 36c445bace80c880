"""Put rows of the table on the inputs that they feed, and tell which rows stand there."""

from __future__ import annotations

from dataclasses import replace

from engine.document import Graph, Node, Value


def fed_inputs(graph: Graph) -> list[Node]:
    """Return the inputs that a table may feed: those of role data, then the targets, each in the graph's order."""
    nodes = graph.nodes()
    return [node for role in ("data", "target") for node in nodes if node.role == role]


def with_rows(graph: Graph, first: int, count: int) -> Graph:
    """Return the graph with rows of its table on the inputs: one as it is, several as one array whose axis 0 is rows.

    Past the last row it goes on with fewer, then from the first row again.
    """
    training = graph.training
    if training is None or not training.rows:
        return graph
    first = first if first < training.rows else 0
    last = min(first + count, training.rows)
    fed = [
        replace(graph.node(node_id), value=_value(cells[first:last], is_batch=count > 1))
        for node_id, cells in training.columns.items()
    ]
    return graph.with_nodes(*fed).with_training(replace(training, first=first, count=count))


def shown_rows(graph: Graph) -> range:
    """Return which rows of the table stand on the inputs; none where somebody has given an input another value."""
    training = graph.training
    if training is None or not training.rows:
        return range(0)
    rows = range(training.first, min(training.first + training.count, training.rows))
    for node_id, cells in training.columns.items():
        if graph.node(node_id).value != _value(cells[rows.start : rows.stop], is_batch=training.count > 1):
            return range(0)
    return rows


def _value(cells: tuple[Value, ...], *, is_batch: bool) -> Value:
    return cells if is_batch else cells[0]
