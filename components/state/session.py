"""One page between two messages of its browser. Any host can serve it: `receive` what the browser said, show `message`.

One event's way: a gesture in the browser becomes an event in its outbox; `receive` reads the outbox, and each new
event in it as a typed one (`commands`); an edit is applied to the graph (`playground`), which is computed into a
trace (`computation`); `message` draws the trace as a picture with its sentences (`components.picture`,
`components.panels`), and answers with its difference from the picture that the browser has (`picture_revisions`).
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from components.border import log_fault, or_none
from components.panels import explanations
from components.picture import Picture, make_picture
from components.state.attempt import attempt
from components.state.browser import Browser
from components.state.commands import carry_out, parse_browser_event
from components.state.outbox import OutboxEntry, read_outbox
from components.state.playground import Playground
from components.state.refusals import refusal_of
from engine.document import from_link
from engine.errors import PlaygroundError
from engine.lessons import LESSONS
from engine.limits import MAX_LINK_LENGTH
from engine.messages import say

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Seen:
    """Hold all that a picture is made of."""

    objects: tuple[object, ...]
    values: tuple[object, ...]

    @classmethod
    def of(cls, session: Session) -> _Seen:
        playground, computation = session.playground, session.playground.computation
        objects = (playground.graph, playground.trace, computation.picks, computation.checked)
        return cls(objects, (session.browser.look, playground.selected, playground.opening, playground.drawn))

    def is_same_as(self, other: _Seen) -> bool:
        same = all(mine is theirs for mine, theirs in zip(self.objects, other.objects, strict=True))
        return same and self.values == other.values


@dataclass
class Session:
    """Hold one page: its playground, and how far the exchange with its browser has come."""

    playground: Playground
    browser: Browser = field(default_factory=Browser)
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    greeting: str = ""
    """What the page has to say first, such as that its link was damaged."""
    opened_by_link: str = ""
    """The link that the page was opened with."""
    trouble: str = ""
    """Why the latest picture is not that of the graph; empty where it is."""
    _seen: _Seen | None = None
    """Of what the latest picture was made."""

    def receive(self, data: object) -> None:
        """Take in an outbox, as parsed JSON: apply each event once, in the order of its number.

        What is not in the agreed form is left unread; what is refused is said in the next message.
        """
        outbox = read_outbox(data)
        if outbox is None:
            _LOG.warning("The browser handed over an outbox that is not in the agreed form; it was left unread.")
            return
        if outbox.session != self.id:  # written to a session that is gone; the browser will hand it over anew
            return
        self.browser.take(outbox)
        self.playground.selected = outbox.selected
        # Where the lines that run cannot be recorded, the steps are shown without them.
        attempt(self.playground, self.playground.computation.watch, self.browser.look.watched)
        for entry in self.browser.new_events(outbox):
            error = attempt(self.playground, self._carry_out, entry)
            if error is not None:
                self.browser.refuse(refusal_of(error, entry.seq, self.playground.graph))

    def _carry_out(self, entry: OutboxEntry) -> None:
        event = entry.event if entry.part is None else self.browser.parts.joined(entry.part.deflated)
        carry_out(self.playground, parse_browser_event(event), entry.gesture)

    def message(self) -> dict[str, Any]:
        """Return what the browser is told: acknowledgement, refusals, and the picture as a merge patch."""
        playground, browser = self.playground, self.browser
        picture = self._picture()
        return {
            "session": self.id,
            "post": browser.post,
            "ack": browser.applied,
            **({"parts": browser.parts_come} if browser.parts_come else {}),
            "refusals": [vars(refusal) for refusal in browser.refusals],
            "undo": _label(lambda: playground.history.undo_label),
            "redo": _label(lambda: playground.history.redo_label),
            "automatic": playground.computation.automatic,
            "variant": playground.computation.variant.value,
            **self._done(),
            "notice": self.trouble or self._look_trouble() or playground.computation.told,
            "link": playground.link,
            "greeting": self.greeting,
            "openedByLink": self.opened_by_link,
            **browser.pictures.put(picture, browser.have, or_none(lambda: playground.history.told(playground.present))),
        }

    def _done(self) -> dict[str, Any]:
        """Return what a reload must know beside the graph: of Forward and Backward only where they run by hand."""
        playground, computation = self.playground, self.playground.computation
        done: dict[str, Any] = {}
        if playground.lesson is not None:
            done["lesson"] = playground.lesson
        if computation.picks is not None:
            done["picks"] = list(computation.picks)
        if not computation.automatic:
            trace = computation.trace
            done["forward"] = not trace.stale
            done["sweeps"] = [] if trace.stale else [list(start) for start in trace.sweeps]
        return done

    def _look_trouble(self) -> str:
        return (
            say("What the page asked to see was not understood; the rest goes on.") if self.browser.look_refused else ""
        )

    @property
    def faults(self) -> dict[str, Any]:
        """Return why each number that the latest picture shows wrong is so, by node."""
        faults: dict[str, Any] = self.browser.pictures.latest.get("faults", {})
        return faults

    def _picture(self) -> Picture:
        """Return the picture of what there is: the latest, where nothing has changed, as while a large event comes."""
        seen = _Seen.of(self)
        if self._seen is None or not self._seen.is_same_as(seen):
            picture = self._made()
            self._seen = None if self.trouble else seen
            return picture
        return self.browser.pictures.latest

    def _made(self) -> Picture:
        playground, look = self.playground, self.browser.look
        graph, computation = playground.graph, playground.computation
        explained = explanations(
            graph, playground.trace, computation.picks, look, playground.selected, computation.checked
        )
        marks = {node_id: fault["right"] for node_id, fault in explained.get("faults", {}).items()}
        picture = or_none(
            lambda: make_picture(graph, playground.trace, marks, local=look.local, bars=look.bars)
        ) or or_none(lambda: make_picture(graph, playground.trace))
        self.trouble = "" if picture else say("This graph could not be drawn; the picture before it is shown. Undo it.")
        if picture is None:
            return self.browser.pictures.latest
        return explained | picture | {"document": playground.opening, "drawn": playground.drawn}


def begin(link: str = "") -> Session:
    """Return a new session that has opened a link's graph; a damaged link is told, and the first lesson opened."""
    if not link:
        return Session(_first_lesson())
    # It is part of every answer: of one that is none, the beginning tells it from another.
    link = link[: MAX_LINK_LENGTH + 1].encode("utf-8", "replace").decode()
    try:
        graph, automatic, variant = from_link(link)
        return Session(Playground.of(graph, automatic=automatic, variant=variant), opened_by_link=link)
    except PlaygroundError as error:
        greeting = say("{error} The first lesson is open instead.", error=error)
        return Session(_first_lesson(), greeting=greeting, opened_by_link=link)
    except Exception:
        log_fault("A link's graph could not be opened.")
        greeting = say("The playground failed at this link's graph. The first lesson is open instead.")
        return Session(_first_lesson(), greeting=greeting, opened_by_link=link)


def _label(make: Callable[[], str]) -> str:
    label = or_none(make)
    return say("the last edit") if label is None else label


def _first_lesson() -> Playground:
    return Playground.of(LESSONS[0].graph, lesson=0)
