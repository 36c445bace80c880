"""The edit that hides numbers, so that somebody may be asked for them, or shows them again."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.document import Graph, Id, Port, Quantity, QuantityKind, Strict
from engine.edits.node_lookup import existing_output
from engine.limits import MAX_EDGES
from engine.messages import say, say_count


class Hide(Strict):
    """Hide numbers, or show them: each by its node, "data" or "grad", and which output."""

    type: Literal["hide"] = "hide"
    numbers: Annotated[tuple[tuple[Id, QuantityKind, Port], ...], Field(min_length=1, max_length=2 * MAX_EDGES)]
    hidden: Annotated[bool, Field(strict=True)] = True


def apply_hide(graph: Graph, event: Hide) -> Graph:
    """Return the graph with these numbers hidden or shown; raises UnknownNodeError and PortError."""
    for node_id, _, output in event.numbers:
        existing_output(graph, node_id, output)
    meant = frozenset(Quantity(node_id, kind, output) for node_id, kind, output in event.numbers)
    return graph.with_hidden(graph.hidden | meant if event.hidden else graph.hidden - meant)


def label_hide(graph: Graph, event: Hide) -> str:
    """Return the label: "hide x.grad", "show 3 numbers"."""
    numbers = [Quantity(node_id, kind, output) for node_id, kind, output in event.numbers]
    if len(numbers) == 1 and numbers[0].is_in(graph):
        name = numbers[0].name_in(graph)
        return say("hide {name}", name=name) if event.hidden else say("show {name}", name=name)
    if event.hidden:
        return say_count("hide {count} number", "hide {count} numbers", len(numbers))
    return say_count("show {count} number", "show {count} numbers", len(numbers))
