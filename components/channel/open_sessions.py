"""The sessions of the pages that are open in this process, found by their ids."""

from __future__ import annotations

from weakref import WeakValueDictionary

from components.state import Session


class OpenSessions:
    """Find sessions for as long as their host keeps them: with the host's own session each one is gone.

    An id is 128 random bits, told to its own browser alone. So who knows it may speak for that page.
    """

    def __init__(self) -> None:
        self._sessions: WeakValueDictionary[str, Session] = WeakValueDictionary()

    def add(self, session: Session) -> None:
        """Let a session be found."""
        self._sessions[session.id] = session

    def find(self, session_id: object) -> Session | None:
        """Return the session with an id, as long as it is open."""
        return self._sessions.get(session_id) if isinstance(session_id, str) else None

    def __len__(self) -> int:
        return len(self._sessions)
