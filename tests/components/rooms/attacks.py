"""All that can be asked of a room, and who may ask it; a route or an action that is not told of here fails a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from components.rooms import RoomServer
from components.rooms.bodies import Action
from tests.components.rooms.test_routes import QUESTION

Who = Literal["anybody", "student", "teacher", "both"]
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

_ROUTES: Final[Mapping[tuple[str, str], tuple[Any, Who]]] = {
    ("POST", "rooms"): (None, "anybody"),
    ("POST", "rooms/{code}/join"): ({}, "anybody"),
    ("GET", "rooms/{code}/events"): (None, "both"),
    ("PUT", "rooms/{code}/answer"): ({"question": "q1", "round": 1, "text": "1", "locks": True}, "student"),
    ("PUT", "rooms/{code}/graph"): ({"link": ""}, "student"),
    ("GET", "rooms/{code}/graph/{student}"): (None, "teacher"),
    ("GET", "rooms/{code}/table"): (None, "teacher"),
    ("POST", "rooms/{code}/actions"): (None, "teacher"),
}
_ACTIONS: Final[Mapping[str, dict[str, Any]]] = {
    "ask": {"id": "evil", "question": QUESTION},
    "close": {"question": "q1", "round": 1},
    "vote_again": {"question": "q1", "round": 2},
    "reveal": {"question": "q1"},
    "show_spread": {"shown": True},
    "rename": {"student": "STUDENT", "name": "Mallory"},
    "remove": {"student": "STUDENT"},
    "end": {},
}


@dataclass(frozen=True)
class Attack:
    """Hold a request, and who may make it."""

    method: str
    path: str
    body: Any
    who: Who

    def is_allowed_to(self, role: str) -> bool:
        return self.who == "anybody" or (role in ("student", "teacher") and self.who in ("both", role))


def routes_of(server: RoomServer) -> set[tuple[str, str]]:
    """Return every method and path that the server's rooms answer to, as the app itself says."""
    found: set[tuple[str, str]] = set()
    for route in server.routes():
        path = str(route.path).removeprefix("/{prefix:path}")  # type: ignore[attr-defined]
        found |= {(method, path) for method in route.methods}  # type: ignore[attr-defined]
    return found


def attacks(server: RoomServer, code: str, student: str) -> Iterator[Attack]:
    """Yield every request that can be made of a room."""
    for method, shape in sorted(routes_of(server)):
        body, who = _ROUTES["GET" if method == "HEAD" else method, shape]
        path = shape.replace("{code}", code).replace("{student}", student)
        if shape.endswith("/actions"):
            for action in actions():
                told = {key: student if value == "STUDENT" else value for key, value in _ACTIONS[action].items()}
                yield Attack(method, path, {"action": {"type": action, **told}}, who)
        else:
            yield Attack(method, path, body, who)


def actions() -> tuple[str, ...]:
    """Return the names of all that a teacher can do, as the app itself says."""
    return tuple(get_args(each.model_fields["type"].annotation)[0] for each in get_args(Action))
