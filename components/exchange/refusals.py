"""What is said of an event that was refused, and at which node."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from engine.document import Graph, shown
from engine.edits import SetFormula
from engine.errors import EditError, FormulaError, PlaygroundError
from engine.formula import reading_of


@dataclass(frozen=True)
class Refusal:
    """Tell of an event that changed nothing: its number, the sentence, and the id of the node where it is shown."""

    seq: int
    text: str
    node: str
    line: int = 1
    column: int = 1
    """Where in a formula, counted from 1."""
    offers: list[dict[str, str]] = field(default_factory=list)
    """What may be meant: what is shown of it, and the whole text to send in the place of what was refused."""


@dataclass(frozen=True)
class Remark:
    """Tell of a formula that was taken: the number of its event, how it was read, and what else it may mean."""

    seq: int
    read: str
    hints: list[dict[str, str]]
    """A name that became an input, what else it may mean, and the whole text that says so."""


_LONGEST_READ: Final = 300
"""Characters of how a formula was read: more nobody compares with what was typed."""
_LONGEST_OFFERS: Final = 1_200


def remark_of(event: Any, seq: int, before: Graph) -> Remark | None:
    """Return what is to be said of an event that was applied to a graph; None of all but formulas."""
    if not isinstance(event, SetFormula):
        return None
    reading = reading_of(event.text, before)
    if reading is None:
        return None
    read = reading.text if len(reading.text) <= _LONGEST_READ else f"{reading.text[:_LONGEST_READ]}…"
    hints = [
        {"name": hint.name, **hint.offer._asdict()} for hint in reading.hints if len(hint.offer.text) <= _LONGEST_READ
    ]
    return Remark(seq, read, hints)


def refusal_of(error: PlaygroundError, seq: int, graph: Graph) -> Refusal:
    """Return the refusal that the browser shows for an error of the event with this number."""
    line, column = (error.line, error.column) if isinstance(error, FormulaError) else (1, 1)
    node = _last_shown(graph, error.nodes) if isinstance(error, EditError) else ""
    offers = [offer._asdict() for offer in error.offers] if isinstance(error, EditError) else []
    if sum(len(text) for offer in offers for text in offer.values()) > _LONGEST_OFFERS:
        offers = []  # the sentence alone says what to do
    return Refusal(seq, str(error), node, line, column, offers)


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
