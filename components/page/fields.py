"""What the list of lessons and files shows beside itself, between two runs of the page's script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from components.state import Session
from engine.errors import PlaygroundError


@dataclass
class Fields:
    """Hold what a page keeps of its own buttons and of the file that was opened."""

    refused: str = ""
    """What the button that was pressed last was refused."""
    uploaded: str = ""
    """The id of the file that was opened last: it is opened once, however often it is handed over."""
    upload_error: str = ""

    def perform(self, session: Session, action: Callable[..., object], *args: object) -> None:
        """Do what a button asks for; a refusal is kept to be said below the buttons, until the next time."""
        self.refused = ""
        session.perform(lambda: action(*args), self._refuse)

    def _refuse(self, error: PlaygroundError) -> None:
        self.refused = str(error)
