"""What a room refuses: each a sentence for whoever is refused."""

from __future__ import annotations

from engine.errors import PlaygroundError


class RoomError(PlaygroundError):
    """Be the base of what a room refuses: what was asked for is malformed, or does not fit the room's state."""


class NoRoomError(RoomError):
    """Report that no room has a code: it was mistyped, or the room has ended."""


class NotAllowedError(RoomError):
    """Report a token that does not open what was asked for."""


class ClosedError(RoomError):
    """Report an answer that came when none was taken any more: after the close, or after it was locked."""


class TooManyError(RoomError):
    """Report that a limit was reached."""


class TooLargeError(RoomError):
    """Report more data than is read."""
