"""What the panels show, what their fields hold, and what they were refused, between two runs of the page's script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from components.state import Playground, attempt
from engine.edits import Event


@dataclass(frozen=True)
class FieldRefusal:
    """What a panel's field was refused, to be said below that field."""

    node: str
    field: str
    text: str


@dataclass
class Fields:
    """Hold what a page keeps of its panels and fields; Streamlit hands over their texts, sometimes late or twice."""

    shown: dict[str, str] = field(default_factory=dict)
    """The widget's key of each field that is shown; one that is not may no longer make an edit."""
    left: int = 0
    """How often a field has been left with another text in it."""
    refusal: FieldRefusal | None = None
    refused: str = ""
    """What the button that was pressed last was refused."""
    uploaded: str = ""
    """The id of the file that was opened last: it is opened once, however often it is handed over."""
    upload_error: str = ""
    lesson: int | None = None
    """Which lesson the panel of lessons shows, as it was drawn last."""

    def edit(self, playground: Playground, event: Event, node: str, field: str) -> None:
        """Apply what was typed into a field; a refusal is kept to be said below it."""
        self.left += 1
        self.perform(playground, playground.edit, event)
        self.refusal, self.refused = FieldRefusal(node, field, self.refused) if self.refused else None, ""

    def perform(self, playground: Playground, action: Callable[..., object], *args: object) -> None:
        """Do what a button asks for; a refusal is kept to be said below the buttons, until the next time."""
        self.refusal = None
        error = attempt(playground, action, *args)
        self.refused = "" if error is None else str(error)

    def refusal_at(self, node: str, field: str) -> str:
        """Return what a field was refused, or the empty text."""
        refusal = self.refusal
        return refusal.text if refusal is not None and (refusal.node, refusal.field) == (node, field) else ""
