"""What the page around the canvas asks for, beside what the browser hands over: what was asked for last wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.errors import PlaygroundError


@dataclass(frozen=True)
class HostAction:
    """Hold what the page around the canvas asks for, such as a lesson, and who is told where that is refused."""

    act: Callable[[], object]
    refused: Callable[[PlaygroundError], None]


@dataclass
class HostActions:
    """Know whether the browser has handed over what it kept, and what the host was asked for until then.

    A browser that has kept a graph hands it over with the first events of a session. What somebody asks the host for in
    the moment before, that graph would overwrite: so it is done again behind it.
    """

    is_over: bool = False
    _last: int = 1
    """The number of the last event of what is handed over."""
    _asked: list[tuple[HostAction, bool]] = field(default_factory=list)
    """Each with whether it was done at once."""
    _restored: bool = False

    def remember(self, action: HostAction, *, is_done: bool) -> None:
        """Remember what the host is asked for before all was handed over."""
        self._asked.append((action, is_done))

    def begin(self, seq: int, event: object) -> None:
        """Note that an event, as parsed JSON, has come: a browser that brings no graph back first has kept none."""
        is_restore = isinstance(event, dict) and event.get("type") == "restore"
        if seq == 1 and not is_restore:
            self.is_over, self._asked = True, []  # what was asked for before was done at once

    def restored(self, seq: int, followers: int) -> None:
        """Note that event `seq` brought a graph back, and that so many events behind it belong to that."""
        if not self.is_over and seq == 1:
            self._restored, self._last = True, seq + followers

    def applied(self, seq: int) -> list[HostAction]:
        """Note that events up to `seq` were applied; return what is to be done now, in the order it was asked for."""
        if self.is_over or seq < self._last:
            return []
        self.is_over = True
        asked, self._asked = self._asked, []
        return [action for action, is_done in asked if self._restored or not is_done]
