"""How often somebody may do something: buckets that fill up again with time, kept in this process alone."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from components.rooms.codes import hash_of, read_code
from components.rooms.errors import TooManyError
from engine.messages import say

_MOST_KEPT: Final = 20_000


class Limit:
    """Allow each key so many at once, and so many a minute after that."""

    def __init__(self, at_once: int, a_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once: Final = at_once
        self._a_second: Final = a_minute / 60
        self._clock: Final = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def _now_left(self, key: str) -> float:
        left, at = self._left.get(key, (float(self._at_once), self._clock()))
        return min(float(self._at_once), left + (self._clock() - at) * self._a_second)

    def check(self, key: str) -> None:
        """Refuse with TooManyError where none is left; count nothing."""
        if self._now_left(key) < 1:
            raise TooManyError(say("That was too often. Wait a minute, and try again."))

    def count(self, key: str) -> None:
        """Count one."""
        self._left[key] = (max(0.0, self._now_left(key) - 1), self._clock())
        self._left.move_to_end(key)
        while len(self._left) > _MOST_KEPT:
            self._left.popitem(last=False)

    def take(self, key: str) -> None:
        """Count one, or refuse it with TooManyError."""
        self.check(key)
        self.count(key)


class KnownTokens:
    """Remember which tokens have opened which room lately.

    Whoever has one is let in whatever others do who come from the same address, as a whole school may.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], None] = OrderedDict()

    def holds(self, code: str, token: str) -> bool:
        """Return whether a token has opened the room with a code."""
        return _named(code, token) in self._kept

    def add(self, code: str, token: str) -> None:
        """Remember a token."""
        self._kept[_named(code, token)] = None
        self._kept.move_to_end(_named(code, token))
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)

    def forget(self, code: str, token: str) -> None:
        """Forget a token, if it is known."""
        self._kept.pop(_named(code, token), None)


def _named(code: str, token: str) -> tuple[str, str]:
    return read_code(code), hash_of(token)


def source_of(address: str) -> str:
    """Return what counts as one source: an address, of IPv6 the network of 64 bits that a single computer may have."""
    with suppress(ValueError):
        found = ip_address(address)
        if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
            return str(IPv6Network((int(found), 64), strict=False))
    return address


class RoomLimits:
    """Hold the limits of a server. A school may come from one address, so those by address leave room for it."""

    def __init__(self) -> None:
        self.known: Final = KnownTokens()
        self.rooms: Final = Limit(20, 2)
        """Rooms that are opened, by address."""
        self.joins: Final = Limit(600, 300)
        """Joins, by address."""
        self.returns: Final = Limit(30, 60)
        """Students who come back, by token."""
        self.guesses: Final = Limit(40, 30)
        """Codes that no room has, by address: who has used them up is not let in for a while."""
        self.all_guesses: Final = Limit(400, 300)
        """The same from all addresses together."""
        self.failures: Final = Limit(600, 300)
        """Tokens that open nothing, by address. They are not to be guessed; this keeps them from the database."""
        self.answers: Final = Limit(40, 120)
        """Answers, by student."""
        self.actions: Final = Limit(60, 240)
        """What a teacher does."""
        self.streams: Final = Limit(30, 60)
        """Streams of events that are opened, by token."""
        self.readings: Final = Limit(20, 30)
        """Tables and graphs that a teacher reads."""

    def check_guesses(self, address: str) -> None:
        """Refuse whoever has guessed too often."""
        self.guesses.check(address)
        self.all_guesses.check("")

    def count_guess(self, address: str) -> None:
        """Count a code that no room has."""
        self.guesses.count(address)
        self.all_guesses.count("")
