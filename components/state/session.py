"""One page between two messages of its browser. Any host can serve it: `receive` what the browser said, show `message`.

One event's way: a gesture in the browser becomes an event in its outbox; `receive` reads the outbox, and each new
event in it as a typed one (`commands`); an edit is applied to the graph (`playground`), which is computed into a
trace (`computation`); `message` draws the trace as a picture with its sentences (`components.picture`,
`components.panels`), and answers with its difference from the picture that the browser has (`picture_revisions`).
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from components.panels import explanations
from components.picture import Picture, make_picture
from components.state.browser import Browser
from components.state.commands import carry_out, parse_browser_event
from components.state.outbox import Outbox
from components.state.playground import Playground
from components.state.refusals import refusal_of
from engine.document import from_link
from engine.errors import PlaygroundError
from engine.lessons import LESSONS
from engine.messages import say

_LOG = logging.getLogger(__name__)


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

    def receive(self, data: object) -> None:
        """Take in an outbox, as parsed JSON: apply each event once, in the order of its number.

        What is not in the agreed form is left unread; what is refused is said in the next message.
        """
        try:
            outbox = Outbox.model_validate(data)
        except ValidationError:
            _LOG.warning("The browser handed over an outbox that is not in the agreed form; it was left unread.")
            return
        if outbox.session != self.id:  # written to a session that is gone; the browser will hand it over anew
            return
        self.browser.take(outbox)
        self.playground.selected = outbox.selected
        self.playground.computation.watch(outbox.look.watched)
        for entry in self.browser.new_events(outbox):
            try:
                carry_out(self.playground, parse_browser_event(entry.event), entry.gesture)
            except PlaygroundError as error:
                self.browser.refusals.append(refusal_of(error, entry.seq, self.playground.graph))

    def message(self) -> dict[str, Any]:
        """Return what the browser is told: acknowledgement, refusals, and the picture as a merge patch."""
        playground, browser = self.playground, self.browser
        return {
            "session": self.id,
            "post": browser.post,
            "ack": browser.applied,
            "refusals": [vars(refusal) for refusal in browser.refusals],
            "undo": playground.history.undo_label,
            "redo": playground.history.redo_label,
            "automatic": playground.computation.automatic,
            "variant": playground.computation.variant.value,
            "notice": playground.computation.notice,
            "link": playground.link,
            "greeting": self.greeting,
            "openedByLink": self.opened_by_link,
            **browser.pictures.put(self._picture(), browser.have),
        }

    @property
    def faults(self) -> dict[str, Any]:
        """Return why each number that the latest picture shows wrong is so, by node."""
        faults: dict[str, Any] = self.browser.pictures.latest.get("faults", {})
        return faults

    def _picture(self) -> Picture:
        playground, look = self.playground, self.browser.look
        graph, computation = playground.graph, playground.computation
        explained = explanations(
            graph, playground.trace, computation.picks, look, playground.selected, computation.checked
        )
        marks = {node_id: fault["right"] for node_id, fault in explained.get("faults", {}).items()}
        picture = make_picture(graph, playground.trace, marks, local=look.local, bars=look.bars)
        return picture | explained | {"document": playground.opening, "drawn": playground.drawn}


def begin(link: str = "") -> Session:
    """Return a new session that has opened a link's graph; a damaged link is told, and the first lesson opened."""
    if not link:
        return Session(_first_lesson())
    try:
        graph, automatic, variant = from_link(link)
    except PlaygroundError as error:
        greeting = say("{error} The first lesson is open instead.", error=error)
        return Session(_first_lesson(), greeting=greeting, opened_by_link=link)
    return Session(Playground.of(graph, automatic=automatic, variant=variant), opened_by_link=link)


def _first_lesson() -> Playground:
    return Playground.of(LESSONS[0].graph, lesson=0)
