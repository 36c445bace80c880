"""How often somebody may do something: buckets that fill up again with time, kept in this process alone."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from components.rooms.codes import read_code
from components.rooms.errors import TooManyError
from engine.messages import say

_MOST_KEPT: Final = 20_000
_KNOWN_SECONDS: Final = 12 * 3600.0


class Limit:
    """Allow each key so many at once, and so many a minute after that."""

    def __init__(self, at_once: int, a_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once: Final = at_once
        self._a_second: Final = a_minute / 60
        self._clock: Final = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """How many each key had left, and when; whoever counted last comes last."""

    def __len__(self) -> int:
        return len(self._left)

    def _now_left(self, key: str) -> float:
        left, at = self._left.get(key, (float(self._at_once), self._clock()))
        return min(float(self._at_once), left + (self._clock() - at) * self._a_second)

    def check(self, key: str) -> None:
        """Refuse with TooManyError where none is left; count nothing."""
        if self._now_left(key) < 1:
            raise TooManyError(say("That was too often. Wait a minute, and try again."))

    def count(self, key: str) -> None:
        """Count one."""
        now = self._clock()
        self._left[key] = (max(0.0, self._now_left(key) - 1), now)
        self._left.move_to_end(key)
        self._forget_full(now)
        while len(self._left) > _MOST_KEPT:
            self._left.popitem(last=False)

    def _forget_full(self, now: float) -> None:
        """Forget who has everything left again: all of an empty bucket is back after this time."""
        full_before = now - self._at_once / self._a_second
        while next(iter(self._left.values()))[1] < full_before:
            self._left.popitem(last=False)

    def take(self, key: str) -> None:
        """Count one, or refuse it with TooManyError."""
        self.check(key)
        self.count(key)


class KnownTokens:
    """Remember which tokens have opened which room in the last hours.

    Whoever has one is let in whatever others do who come from the same address, as a whole school may.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock: Final = clock
        self._rooms: OrderedDict[str, tuple[float, set[bytes]]] = OrderedDict()
        """By code: when the room was last used, and the hashes of its tokens; the room used last comes last."""
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def holds(self, code: str, token: str) -> bool:
        """Return whether a token has opened the room with a code."""
        _, tokens = self._rooms.get(read_code(code), (0.0, set()))
        return _short_hash(token) in tokens

    def add(self, code: str, token: str) -> None:
        """Remember a token."""
        now, code = self._clock(), read_code(code)
        _, tokens = self._rooms.get(code, (now, set()))
        self._count -= len(tokens)
        tokens.add(_short_hash(token))
        self._count += len(tokens)
        self._rooms[code] = (now, tokens)
        self._rooms.move_to_end(code)
        while self._count > _MOST_KEPT or next(iter(self._rooms.values()))[0] < now - _KNOWN_SECONDS:
            self.forget_room(next(iter(self._rooms)))

    def forget(self, code: str, token: str) -> None:
        """Forget a token, if it is known."""
        _, tokens = self._rooms.get(read_code(code), (0.0, set()))
        self._count -= len(tokens)
        tokens.discard(_short_hash(token))
        self._count += len(tokens)
        if not tokens:
            self._rooms.pop(read_code(code), None)

    def forget_room(self, code: str) -> None:
        """Forget all tokens of a room, as when it has ended."""
        _, tokens = self._rooms.pop(read_code(code), (0.0, set()))
        self._count -= len(tokens)


def _short_hash(token: str) -> bytes:
    return hashlib.blake2b(token.encode("utf-8", "replace"), digest_size=16).digest()


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
