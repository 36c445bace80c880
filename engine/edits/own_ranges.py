"""The edit that says from where to where each student's own numbers of an input are drawn."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.document import Graph, Id, Strict, parse_range
from engine.edits.node_lookup import existing_node, name_in_label
from engine.errors import EditError
from engine.messages import say


class SetRange(Strict):
    """Draw an input's numbers from a range, as it was typed: "-5 … 5"; the empty text draws none."""

    type: Literal["set range"] = "set range"
    node: Id
    text: Annotated[str, Field(max_length=100)]


def apply_set_range(graph: Graph, event: SetRange) -> Graph:
    """Return the graph with another range; raises UnknownNodeError, EditError and TaskError."""
    node = existing_node(graph, event.node)
    if not node.is_input:
        raise EditError(say("{name} is computed; numbers are drawn for inputs only.", name=node.name))
    others = {node_id: each for node_id, each in graph.ranges.items() if node_id != node.id}
    found = parse_range(event.text)
    return graph.with_ranges(others if found is None else {**others, node.id: found})


def label_set_range(graph: Graph, event: SetRange) -> str:
    """Return the label: "set the range of x"."""
    return say("set the range of {name}", name=name_in_label(graph, event.node))
