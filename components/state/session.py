"""One page between two messages of its browser. Any host can serve it: `receive` what the browser said, show `message`.

One event's way: a gesture in the browser becomes an event in its outbox; `receive` reads the outbox, and each new
event in it as a typed one (`commands`); an edit is applied to the graph (`playground`), which is computed into a
trace (`computation`), and drawn as a picture with its sentences (`components.picture`, `components.panels`). All this
is done in slices (`work`); `message` answers with the difference from the picture that the browser has
(`picture_revisions`).
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from components.border import log_fault, or_none
from components.exchange import Browser, read_outbox
from components.picture import constant_part
from components.state.history import Arrangement
from components.state.host_actions import HostAction
from components.state.opening import lesson_of_link
from components.state.playground import Playground
from components.state.slices import IsOver, slice_of_time
from components.state.work import Work
from engine.document import Graph, Link, LinkFields, read_link
from engine.edits import Replace, apply
from engine.errors import PlaygroundError
from engine.lessons import LESSONS
from engine.limits import MAX_LINK_LENGTH
from engine.messages import ENGLISH, best_language, say, using_language
from engine.pieces import finish

_LOG = logging.getLogger(__name__)
_NOTHING: Final = LinkFields()
"""What most links say beside the graph, and a page that no link has opened."""
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def _in_its_language(
    act: Callable[Concatenate[Session, _Arguments], _Result],
) -> Callable[Concatenate[Session, _Arguments], _Result]:
    """Have a session's method speak the session's language."""

    @wraps(act)
    def spoken(session: Session, /, *args: _Arguments.args, **more: _Arguments.kwargs) -> _Result:
        with using_language(session.language):
            return act(session, *args, **more)

    return spoken


@dataclass
class Session:
    """Hold one page: its playground, and how far the exchange with its browser has come."""

    playground: Playground
    browser: Browser = field(default_factory=Browser)
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    """Not to be guessed: who knows it may speak for the page."""
    greeting: str = ""
    """What the page has to say first, such as that its link was damaged."""
    opened_by_link: str = ""
    """The link that the page was opened with."""
    link_fields: LinkFields = _NOTHING
    """What that link says beside the graph."""
    language: str = ENGLISH
    """The code of the language in which all is said."""
    begin_slice: Callable[[], IsOver] = slice_of_time
    """Begins what is done of the work before the page answers."""
    lock: Lock = field(default_factory=Lock)
    """Held by a host while it speaks to the session, where there are several."""
    work: Work = field(init=False)
    _beside: dict[str, Any] = field(default_factory=dict, init=False)
    """What is told beside the picture that is shown."""
    _slice: IsOver | None = field(default=None, init=False)
    """What was begun for the next message."""
    _is_over: bool = field(default=False, init=False)
    """Whether that has ended with work left, so that not a piece more is done before the page answers."""

    def __post_init__(self) -> None:
        self.work = Work(self.playground, self.browser)

    @_in_its_language
    def spare_constant_part(self, *, is_known: bool) -> None:
        """Leave out of pictures what all of them hold, where the browser has it from its host."""
        self.browser.pictures.spare(constant_part() if is_known else {})

    @_in_its_language
    def receive(self, data: object) -> None:
        """Take in an outbox, as parsed JSON: apply each event once, in the order of its number.

        What is not in the agreed form is left unread; what is refused is said in the next message. What takes longer
        than a slice goes on with the next outbox.
        """
        if self.take_in(data):
            self.go_on(self.begin_slice())

    @_in_its_language
    def take_in(self, data: object) -> bool:
        """Do the first half of `receive`: note what has come. Return whether it was for this session."""
        outbox = read_outbox(data)
        if outbox is None:
            _LOG.warning("The browser handed over an outbox that is not in the agreed form; it was left unread.")
            return False
        if outbox.session != self.id:  # written to a session that is gone; the browser will hand it over anew
            return False
        self.browser.take(outbox)
        self.playground.selected = outbox.selected
        if outbox.viewport is not None:
            self._take_viewport(outbox.viewport, is_untouched=not outbox.events)
        self.work.take_in(self.browser.new_events(outbox))
        return True

    def _take_viewport(self, viewport: tuple[float, float], *, is_untouched: bool) -> None:
        """Note the viewport; what stands there as the page began is laid out for it once it is known."""
        playground, is_first = self.playground, self.playground.viewport is None
        playground.viewport = viewport
        if is_first and is_untouched and not playground.history.past and not playground.history.future:
            graph = apply(playground.graph, Replace(document=playground.graph, viewport=viewport))
            if graph is not playground.graph:
                arranged = Arrangement(playground.graph, graph)
                playground.show(replace(playground.present, graph=graph, arranged=arranged))

    @_in_its_language
    def go_on(self, is_over: IsOver) -> bool:
        """Do the second half of `receive`: go on until a slice is over. Return whether nothing is left to do."""
        self._slice, self._is_over = is_over, not self.work.go_on(is_over)
        return not self._is_over

    @_in_its_language
    def perform(self, act: Callable[[], object], refused: Callable[[PlaygroundError], None]) -> None:
        """Do what the page around the canvas asks for, in its turn among the browser's events.

        `refused` is told what refuses it. Before the browser has handed over what it kept, it is done at once, and once
        more behind that: what was asked for last wins.
        """
        self.work.ask(HostAction(act, refused))
        self.go_on(self.begin_slice())

    @_in_its_language
    def message(self) -> dict[str, Any]:
        """Return what the browser is told: acknowledgement, refusals, and the picture as a merge patch.

        Where there is more to do, `progress` says what and which share of it is done; the browser asks to go on.
        """
        playground, browser, work = self.playground, self.browser, self.work
        is_done = False
        if not self._is_over:  # something may have come since
            is_done = work.go_on(self._slice or self.begin_slice())
        self._slice, self._is_over = None, False
        if not work.picture:  # a page cannot begin with none
            is_done = work.go_on(lambda: bool(work.picture))
        progress = None if is_done else work.progress
        if work.is_shown or not self._beside:
            self._beside = self._told_beside()
        beside = dict(self._beside)
        history = beside.pop("history")
        return {
            "session": self.id,
            "post": browser.post,
            "ack": browser.shown,
            **({"parts": browser.parts_come} if browser.parts_come else {}),
            "refusals": [vars(refusal) for refusal in browser.refusals],
            **({} if browser.remark is None else {"remark": vars(browser.remark)}),
            **beside,
            "notice": self.trouble or self._look_trouble() or playground.computation.told,
            "link": playground.link,
            **({} if playground.qr_code is None else {"qrCode": vars(playground.qr_code)}),
            **browser.file_told,
            "greeting": self.greeting,
            "openedByLink": self.opened_by_link,
            **({"linked": linked} if (linked := self._linked()) else {}),
            **({} if progress is None else {"progress": progress}),
            **browser.pictures.put(work.picture, browser.have, history),
        }

    def _linked(self) -> dict[str, Any]:
        """Return what the link says of the page; its lesson is told as every lesson is."""
        fields = self.link_fields
        return {name: told for name, told in fields.written().items() if name != "lesson"} if fields != _NOTHING else {}

    def _told_beside(self) -> dict[str, Any]:
        """Return what a browser keeps with the picture; of events that it does not show yet it may hold nothing.

        Else a browser that hands over both would have them carried out twice.
        """
        history, computation = self.playground.history, self.playground.computation
        return {
            "undo": _label(lambda: history.undo_label),
            "redo": _label(lambda: history.redo_label),
            "automatic": computation.automatic,
            "variant": computation.variant.value,
            **self._done(),
            "history": or_none(self._history),
        }

    def _history(self) -> Any:
        return self.playground.history.told(self.playground.present)

    def _done(self) -> dict[str, Any]:
        """Return what a reload must know beside the graph: of Forward and Backward only where they run by hand."""
        playground, computation = self.playground, self.playground.computation
        asked = playground.lesson  # one that travels with its graph is in the document
        lesson = {} if asked is None or asked.is_carried else {"lesson": asked.key}
        picks = {} if computation.picks is None else {"picks": list(computation.picks)}
        own = {"own": playground.own_name} if playground.own_name else {}
        answers = [
            {
                "node": asked.node,
                "kind": asked.kind,
                "output": asked.output,
                "tries": list(given.tries),
                "revealed": given.is_revealed,
            }
            for asked, given in playground.answers.items()
        ]
        choice = {"choice": list(playground.choice.tries)} if playground.choice.tries else {}
        given = {**({"answers": answers} if answers else {}), **choice}
        return {**lesson, **picks, **given, **own, **computation.done_by_hand()}

    def _look_trouble(self) -> str:
        return (
            say("What the page asked to see was not understood; the rest goes on.") if self.browser.look_refused else ""
        )

    @property
    def trouble(self) -> str:
        """Return why the latest picture is not that of the graph, or why an edit failed; empty where nothing did."""
        return self.work.trouble or self.work.failed


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def encoded(message: Mapping[str, Any]) -> bytes:
    """Return a message as JSON in UTF-8; raises ValueError for a NaN, which no browser would read."""
    text = _ENCODER.encode(message)
    return text.encode("utf-8", "replace")  # half a character, which UTF-8 cannot hold, must not end the page


def begin(link: str = "", *, chosen: str = "", preferred: Sequence[str] = (), graph: Graph | None = None) -> Session:
    """Return a new session that has opened a link's graph; a damaged link is told, and the first lesson opened.

    Without a link it has opened the `graph` that is given, or else the first lesson.

    It speaks the language that was `chosen`, else the link's, else the first of the `preferred` that there is.
    """
    language = best_language((chosen, *preferred))
    if not link:
        return _opened(_first_lesson if graph is None else lambda: _computed(Link(graph)), language)
    # It is part of every answer: of one that is none, the beginning tells it from another.
    link = link[: MAX_LINK_LENGTH + 1].encode("utf-8", "replace").decode()
    try:
        with using_language(language):
            opened = read_link(link)
        language = best_language((chosen, opened.fields.language, *preferred))
        session = _opened(lambda: _computed(opened), language)
        session.link_fields = opened.fields
    except PlaygroundError as error:
        session = _opened(_first_lesson, language)
        with using_language(language):
            session.greeting = say("{error} The first lesson is open instead.", error=error)
    except Exception:
        log_fault("A link's graph could not be opened.")
        session = _opened(_first_lesson, language)
        with using_language(language):
            session.greeting = say("The playground failed at this link's graph. The first lesson is open instead.")
    session.opened_by_link = link
    return session


def _opened(make: Callable[[], Playground], language: str) -> Session:
    with using_language(language):
        return Session(make(), language=language)


def _computed(link: Link) -> Playground:
    lesson = lesson_of_link(link)
    playground = Playground.of(link.graph, lesson=lesson, automatic=link.automatic, variant=link.variant)
    finish(playground.computation.in_pieces())  # here a failure still leaves the first lesson to open
    return playground


def _label(make: Callable[[], str]) -> str:
    label = or_none(make)
    return say("the last edit") if label is None else label


def _first_lesson() -> Playground:
    return Playground.of(LESSONS[0].graph, lesson=LESSONS[0])
