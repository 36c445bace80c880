"""What is said of an event that was refused, and at which node."""

from __future__ import annotations

from dataclasses import dataclass

from engine.document import Graph, shown
from engine.errors import EditError, FormulaError, PlaygroundError


@dataclass(frozen=True)
class Refusal:
    """An event that changed nothing: its number, the sentence, and the id of the node where it should be shown."""

    seq: int
    text: str
    node: str
    line: int = 1
    column: int = 1
    """Where in a formula, counted from 1."""


def refusal_of(error: PlaygroundError, seq: int, graph: Graph) -> Refusal:
    """Return the refusal that the browser shows for an error of the event with this number."""
    line, column = (error.line, error.column) if isinstance(error, FormulaError) else (1, 1)
    node = _last_shown(graph, error.nodes) if isinstance(error, EditError) else ""
    return Refusal(seq, str(error), node, line, column)


def _last_shown(graph: Graph, names: tuple[str, ...]) -> str:
    """Return the id of the last of these names that the picture shows: a node, or the block that stands for it."""
    for name in reversed(names):
        node = graph.node_named(name)
        if node is not None:
            return shown(graph)[node.id]
        block = next((block for block in graph.blocks if block.name == name), None)
        if block is not None:
            return block.id
    return ""
