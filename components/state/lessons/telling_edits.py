"""Edits that would tell a hidden number: they wait until it is found or revealed."""

from __future__ import annotations

from collections.abc import Collection

from engine.document import Graph, Quantity
from engine.edits import Descend, Differentiate, Event, Train
from engine.errors import EditError
from engine.messages import listed, say


def refuse_telling(graph: Graph, hidden: Collection[Quantity], event: Event) -> None:
    """Raise EditError where an edit would show a number that is hidden."""
    if not hidden:
        return
    if isinstance(event, Differentiate):
        raise EditError(say("The graph of a gradient would show its number, and numbers are hidden here."))
    if not isinstance(event, Descend | Train):
        return
    ends = {node.id for node in graph.nodes() if node.is_input} | {node.id for node in graph.sinks()}
    ends |= set() if graph.output is None else {graph.output[0]}
    if told := sorted(each.name_in(graph) for each in hidden if each.node in ends):
        raise EditError(say("A step would give {names}. Find what is hidden first.", names=listed(told)))
