"""The edits of what is differentiated: choose the output, draw its gradient as a graph."""

from __future__ import annotations

from typing import Literal

from engine.document import Graph, Id, Port, Strict
from engine.edits.gradient_graph import gradient_in_pieces
from engine.edits.node_lookup import existing_output, name_in_label
from engine.messages import say
from engine.pieces import Pieces, finish

# Choose -----------------------------------------------------------------------------------------------------------


class Choose(Strict):
    """Choose the output to differentiate; None leaves it to the last sink."""

    type: Literal["choose"] = "choose"
    node: Id | None
    output: Port = 0


def apply_choose(graph: Graph, event: Choose) -> Graph:
    """Return the graph with another output chosen; raises UnknownNodeError and PortError."""
    if event.node is None:
        return graph.with_output(None)
    return graph.with_output(existing_output(graph, event.node, event.output))


def label_choose(graph: Graph, event: Choose) -> str:
    """Return the label: "differentiate z", "differentiate the last output"."""
    if event.node is None:
        return say("differentiate the last output")
    return say("differentiate {name}", name=name_in_label(graph, event.node))


# Differentiate ----------------------------------------------------------------------------------------------------


class Differentiate(Strict):
    """Add the nodes that compute the gradient of the output by one Variable, and choose it as the output."""

    type: Literal["differentiate"] = "differentiate"
    node: Id
    output: Port = 0


def apply_differentiate(graph: Graph, event: Differentiate) -> Graph:
    """Return the graph with the nodes of a gradient; raises EditError where there is none, or too many nodes."""
    return finish(differentiate_in_pieces(graph, event))


def differentiate_in_pieces(graph: Graph, event: Differentiate) -> Pieces[Graph]:
    """Do the same as `apply_differentiate` in pieces."""
    return gradient_in_pieces(graph, existing_output(graph, event.node, event.output))


def label_differentiate(graph: Graph, event: Differentiate) -> str:
    """Return the label: "draw the gradient by x"."""
    return say("draw the gradient by {name}", name=name_in_label(graph, event.node))
