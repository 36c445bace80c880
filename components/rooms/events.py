"""A room's stream of events (SSE): what a teacher or a student sees of it, whenever that has changed.

An event's id names the state that it tells. Who comes back with the id of the state as it is gets what comes after it,
and who comes back with another one, or late, gets the state as it is. So nothing is ever missed or told twice.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from functools import lru_cache
from typing import Any, Final

from components.rooms.feeds import Feed, Feeds
from components.rooms.judging import Judge
from components.rooms.question import question_kept
from components.rooms.room_state import PresentQuestion, RoomState
from components.rooms.rooms import Person
from components.rooms.views import told_class, told_student, told_teacher
from engine.messages import using_language

HEARTBEAT_SECONDS: Final = 15.0
"""Proxies end what has been silent for 60 s."""
HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",  # nginx hands on each event at once
    "X-Content-Type-Options": "nosniff",
}
_RETRY: Final = b"retry: 1000\n\n"
_HEARTBEAT: Final = b": still here\n\n"
_ID_CHARACTERS: Final = 16
_KEPT: Final = 64


class Stream:
    """Tell one browser of one room."""

    def __init__(
        self,
        feeds: Feeds,
        judge: Judge,
        person: Person,
        *,
        last_id: str = "",
        is_once: bool = False,
        language: str,
        heartbeat: float,
    ) -> None:
        """Take whose stream it is, the id of the last event that the browser has, and whether it ends with the next."""
        self._feeds = feeds
        self._judge = judge
        self._person = person
        self._language = language
        self._heartbeat = heartbeat
        self._is_once = is_once
        self._question_name, _, self._moment_name = last_id.partition(".")
        self._seen: object = None

    async def events(self) -> AsyncIterator[bytes]:
        """Yield events until the room has ended, the student was removed, or the server ends."""
        feed = self._feeds.look_at(self._person.room_id)
        reading = feed.read_anew()  # whoever has joined just now is in no state that was read before
        now = asyncio.get_running_loop().time
        version, beat = 0, now() + self._heartbeat
        try:
            yield _RETRY
            while not self._feeds.is_closing:
                told: list[bytes] = []
                if await feed.after(version, max(0.0, beat - now()), reading, student_id=self._person.student_id):
                    version, state = feed.version, feed.state
                    over = self._over(state)
                    if over or state is None:
                        yield event(over, "{}")
                        return
                    told = await self._told(feed, state)
                elif now() >= beat:
                    told = [_HEARTBEAT]
                for each in told:
                    yield each
                if told and self._is_once:
                    return
                if told:
                    beat = now() + self._heartbeat
        finally:
            self._feeds.leave(self._person.room_id)

    def _over(self, state: RoomState | None) -> str:
        """Return the event that ends the stream; the empty text where it goes on."""
        if state is None:
            return "ended"
        is_here = self._person.is_teacher or self._person.student_id in state.students
        return "" if is_here else "removed"

    async def _told(self, feed: Feed, state: RoomState) -> list[bytes]:
        """Return what the browser does not have yet: the question, and the moment that it is at."""
        with using_language(self._language):
            moment = await (
                self._for_teacher(feed, state) if self._person.is_teacher else self._for_student(feed, state)
            )
        if moment is None:
            return []
        question, question_name = ("", "") if state.question is None else question_written(state.question)
        moment_name = _name_of(moment)
        events = [event("question", question)] if question and question_name != self._question_name else []
        if moment_name != self._moment_name or events:
            events.append(event("moment", moment, f"{question_name}.{moment_name}"))
        self._question_name, self._moment_name = question_name, moment_name
        return events

    async def _for_teacher(self, feed: Feed, state: RoomState) -> str | None:
        return json.dumps({"teacher": told_teacher(state, await feed.spreads())})

    async def _for_student(self, feed: Feed, state: RoomState) -> str | None:
        """Return what a student is told; None where nothing of it has changed, as when others answer."""
        student, present = state.students[self._person.student_id], state.question
        is_revealed = present is not None and present.phase == "revealed"
        # What others answer is in the spread alone.
        spread = feed.version if state.shows_spread or is_revealed else 0
        moment = None if present is None else (present.id, present.round, present.phase)
        given = [] if present is None else [each.get(student.id) for each in present.rounds.values()]
        seen = (student, moment, given, spread)
        if seen == self._seen:
            return None
        self._seen = seen
        told = told_class(state, await feed.spreads() if spread else [])
        # After the reveal the engine may be asked, which must not keep the others of this loop from their turn.
        you = await asyncio.to_thread(told_student, state, student, self._judge)
        return json.dumps({"class": told, "you": you})


def question_written(present: PresentQuestion) -> tuple[str, str]:
    """Return the present question as everybody in the room is told it, and a name that is no other's."""
    return _written(present.id, present.number, present.kept)


@lru_cache(_KEPT)
def _written(question_id: str, number: int, kept: str) -> tuple[str, str]:
    told: dict[str, Any] = {"id": question_id, "number": number, **question_kept(kept).told()}
    text = json.dumps(told)
    return text, _name_of(text)


def event(name: str, data: str, event_id: str = "") -> bytes:
    """Return an event as it is written; JSON holds no line break, so one line of data is enough."""
    lines = [*([f"id: {event_id}"] if event_id else []), f"event: {name}", f"data: {data}"]
    return ("\n".join(lines) + "\n\n").encode()


def _name_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_ID_CHARACTERS]
