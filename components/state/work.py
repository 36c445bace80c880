"""What a session has to do after an outbox, in pieces: carry the events out, compute the numbers, draw the picture."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from components.border import or_none
from components.exchange import Browser, EventPart, OutboxEntry, refusal_of, remark_of
from components.panels import Look, panels_in_pieces
from components.picture import Picture
from components.state.attempt import attempt, attempt_in_pieces, fault
from components.state.commands import carry_out_in_pieces, is_stop, is_taken_in, parse_browser_event
from components.state.host_actions import HostAction, HostActions
from components.state.lessons.asked_numbers import asked_numbers
from components.state.page_picture import lesson_told, made_from, picture_without_panel
from components.state.playground import Kept, Playground
from components.state.restoring import Restore
from components.state.slices import IsOver, name_of_work
from engine.errors import EditError, PlaygroundError
from engine.messages import say
from engine.pieces import Pieces, finish

_PATIENCE: Final = 3
"""For so many slices a picture waits for the open panel, so that the panel does not go and come back at every edit."""


@dataclass
class Work:
    """Do what a browser asks for, as many pieces at a time as a slice holds.

    Events wait until the picture with those before them is drawn; then all that have come are carried out, and the
    graph is computed once. So nobody waits longer for many edits than for one.
    """

    playground: Playground
    browser: Browser
    picture: Picture = field(default_factory=dict)
    trouble: str = ""
    """Why the picture is not that of the graph; empty where it is."""
    is_shown: bool = True
    """Whether the picture shows all that was carried out: only then it and what is told beside it belong together."""
    failed: str = ""
    """What is said of an edit of the page's own that could not be computed, until the next one."""
    _unreadable: dict[int, EditError] = field(default_factory=dict)
    """Why events that came in parts could not be put together, by their numbers."""
    _waiting: deque[OutboxEntry | HostAction] = field(default_factory=deque)
    _host_actions: HostActions = field(default_factory=HostActions)
    _pieces: Pieces[None] | None = None
    _kind: object = ""
    """What is in work: an event, by its type, or one of "numbers", "picture" and "panel"."""
    _share: float = 0.0
    _entry: OutboxEntry | None = None
    """The event that is being carried out."""
    _since: list[OutboxEntry | HostAction] = field(default_factory=list)
    """What was carried out since the numbers were computed last."""
    _good: Kept | None = None
    """What everything was then."""
    _drawn: tuple[Any, ...] = ()
    """What the picture was made from."""
    _slices_of_panel: int = 0
    _cannot_watch: bool = False
    """Whether the lines that run cannot be recorded; then steps are shown without them."""
    _stopped: Look | None = None
    """What was looked at when the preparation of its panel was stopped; it is not begun again before another event."""

    # From outside -----------------------------------------------------------------------------------------------

    def take_in(self, entries: Iterable[OutboxEntry]) -> None:
        """Let new events wait for their turn; one that asks to stop ends what is in work."""
        self._begin_anew()
        for entry in entries:
            self._stopped = self.browser.remark = None
            if entry.part is not None:
                entry = self._joined(entry, entry.part)  # now: the parts of the next event take their place
            self._host_actions.begin(entry.seq, entry.event)
            if is_stop(entry.event):
                self._stop()
            elif self._kind == "check" or (self._kind == "panel" and self._slices_of_panel > _PATIENCE):
                self._leave()  # whose result would be that of another graph
            self._waiting.append(entry)

    def ask(self, action: HostAction) -> None:
        """Let what the page around the canvas asks for wait for its turn; before the browser has handed over what it
        kept, it is done at once, and again behind that.
        """
        comes_first = self.browser.taken == 0
        if not self._host_actions.is_over:
            self._host_actions.remember(action, is_done=comes_first)
        if self._host_actions.is_over or comes_first:
            self._begin_anew()
            if self._kind in ("numbers", "picture", "panel", "check"):
                self._leave()  # it would be of a graph that is replaced
            self._waiting.append(action)

    def _begin_anew(self) -> None:
        self._cannot_watch = False
        self._slices_of_panel += self._kind == "panel"
        if self._pieces is None and not self.playground.computation.is_due:
            self._good = self.playground.kept()
        if self.trouble:
            self._drawn = ()  # perhaps it can be drawn now

    def _joined(self, entry: OutboxEntry, part: EventPart) -> OutboxEntry:
        """Return an entry whose last part has come with its whole event; what cannot be read is refused in its turn."""
        try:
            event = self.browser.parts.joined(part.deflated)
        except EditError as error:
            event, self._unreadable[entry.seq] = None, error
        return entry.model_copy(update={"event": event, "part": None})

    def go_on(self, is_over: IsOver) -> bool:
        """Do pieces of the work until a slice is over, or nothing is left; return whether nothing is."""
        while True:
            if self._pieces is None:
                if self._is_done:
                    return True
                self._pieces = self._all()
            try:
                self._share = next(self._pieces)
            except StopIteration:
                self._pieces = None
            if is_over():
                return False

    @property
    def progress(self) -> dict[str, Any] | None:
        """Return what is in work and which share of it is done, in per cent; None where nothing is."""
        if self._pieces is None and self._is_done:
            return None
        return {"text": name_of_work(self._kind), "percent": round(100 * min(self._share, 1.0))}

    @property
    def _is_done(self) -> bool:
        self._watch()
        return not self._waiting and not self.playground.computation.is_due and self._is_drawn()

    # All there is to do -----------------------------------------------------------------------------------------

    def _all(self) -> Pieces[None]:
        self.playground.computation.put_off()
        while self._waiting:
            entry = self._waiting.popleft()
            self.is_shown = False
            if isinstance(entry, HostAction):
                yield from self._act(entry)
                continue
            self._entry = entry
            yield from self._carry_out(entry)
            self._end(entry)
        self._watch()
        yield from self._compute()
        yield from self._draw()

    def _watch(self) -> None:
        look = self.browser.look
        self.playground.computation.watch(look.watched and look != self._stopped and not self._cannot_watch)

    def _end(self, entry: OutboxEntry) -> None:
        self.browser.applied, self._entry = entry.seq, None
        self._waiting.extendleft(reversed(self._host_actions.applied(entry.seq)))

    def _act(self, action: HostAction) -> Pieces[None]:
        self._kind = ""
        error = yield from attempt_in_pieces(self.playground, self._action_in_pieces(action))
        if error is None:
            self._since.append(action)
        else:
            action.refused(error)

    def _action_in_pieces(self, action: HostAction) -> Pieces[None]:
        yield 0.0
        action.act()
        self.playground.computation.put_off()

    def _carry_out(self, entry: OutboxEntry) -> Pieces[None]:
        after = self._waiting[0] if self._waiting else None
        if isinstance(after, OutboxEntry) and is_taken_in(entry.event, after.event):
            return
        self._kind = entry.event.get("type") if isinstance(entry.event, dict) else ""
        before = self.playground.graph
        error = yield from attempt_in_pieces(self.playground, self._event_in_pieces(entry))
        if error is None and self._kind == "formula":
            self.browser.remark = or_none(lambda: remark_of(parse_browser_event(entry.event), entry.seq, before))
        if error is None and self.playground.exported is not None:
            self.browser.keep_file(entry.seq, self.playground.exported)
        self.playground.exported = None
        if error is None:
            self._since.append(entry)
        else:
            self._refuse(entry, error)

    def _event_in_pieces(self, entry: OutboxEntry) -> Pieces[None]:
        yield 0.0
        if error := self._unreadable.pop(entry.seq, None):
            raise error
        event = parse_browser_event(entry.event)
        yield from carry_out_in_pieces(self.playground, event, entry.gesture)
        self.playground.computation.put_off()
        if isinstance(event, Restore):
            self._host_actions.restored(entry.seq, event.followers)

    # The numbers ------------------------------------------------------------------------------------------------

    def _compute(self) -> Pieces[None]:
        self._kind, self.failed = "numbers", ""
        computation = self.playground.computation
        try:
            yield from computation.in_pieces()
        except Exception:
            if computation.watched:
                fault()
                self._cannot_watch = True
                computation.watch(False)
                yield from self._compute()
                return
            self._take_back()
        self._good, self._since = self.playground.kept(), []

    def _take_back(self) -> None:
        """Go back to where numbers were computed last, and from there one event at a time, without that which fails."""
        error, since = fault(), self._since
        if self._good is None:  # not even what the page began with can be computed
            self.playground.computation.give_up()
            return
        self.playground.put_back(self._good)
        if not since:  # what neither the browser nor the host has asked for here
            self.failed = str(error)
        if len(since) == 1:
            self._refuse(since[0], error)
            return
        for each in since:
            refused = attempt(self.playground, self._with_numbers, each)
            if refused is not None:
                self._refuse(each, refused)

    def _refuse(self, each: OutboxEntry | HostAction, error: PlaygroundError) -> None:
        if isinstance(each, HostAction):  # the canvas says it: what stands around it was drawn when it was done
            self.failed = str(error)
        else:
            self.browser.refuse(refusal_of(error, each.seq, self.playground.graph))

    def _with_numbers(self, each: OutboxEntry | HostAction) -> None:
        finish(self._action_in_pieces(each) if isinstance(each, HostAction) else self._event_in_pieces(each))
        finish(self.playground.computation.in_pieces())

    # The picture ------------------------------------------------------------------------------------------------

    def _is_drawn(self) -> bool:
        now = made_from(self.playground, self.browser.look)
        alike = all(a is b for a, b in zip(self._drawn[:4], now, strict=False))
        return alike and bool(self._drawn) and self._drawn[4:] == now[4:]

    def _draw(self) -> Pieces[None]:
        source, applied = made_from(self.playground, self.browser.look), self.browser.applied
        if self._is_drawn():
            self._shows(applied)
            return
        self._kind = "picture"
        told, picture = yield from picture_without_panel(self.playground, self.browser.look)
        if picture is None:
            self.trouble = say("This graph could not be drawn; the picture before it is shown. Undo it.")
            self._drawn = source
            self._shows(applied)
            return
        self.trouble = ""
        playground = self.playground
        whole = told | picture | {"document": playground.opening, "drawn": playground.drawn}
        whole |= lesson_told(playground, self.browser.look) | asked_numbers(playground)
        if self.browser.look.told_panels:
            whole = (yield from self._panels_beside(whole, applied)) | whole
        self.picture, self._drawn = whole, source
        self._shows(applied)

    def _panels_beside(self, whole: Picture, applied: int) -> Pieces[dict[str, Any]]:
        """Return the told panels' parts of a picture, which is shown without them where they take very long."""
        self._kind, self._slices_of_panel = "panel", 0
        look, playground = self.browser.look, self.playground
        if look == self._stopped:
            return {"panelTrouble": say("Stopped. Choose another value or another panel to begin anew.")}
        pieces = panels_in_pieces(
            playground.graph,
            playground.computation.shown_trace,
            playground.computation.picks,
            look.told_panels,
            playground.selected,
            playground.computation.checked,
            playground.hidden,
        )
        while True:
            try:
                share = next(pieces)
            except StopIteration as end:
                return dict(end.value)
            if self._slices_of_panel >= _PATIENCE:
                self.picture = whole
                self._shows(applied)
            yield share

    def _shows(self, applied: int) -> None:
        self.browser.shown, self.is_shown = applied, True

    # To end it --------------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        """End what is in work: an event changes nothing, numbers wait for Forward, a panel says so."""
        kind, entry = self._kind, self._entry
        if self._pieces is None or kind == "picture":
            return
        self._leave()
        if entry is not None:
            error = EditError(say("Stopped: nothing was changed."))
            self.browser.refuse(refusal_of(error, entry.seq, self.playground.graph))
        elif kind == "numbers":
            self.playground.computation.stop()
        elif kind == "panel":
            self._stopped = self.browser.look

    def _leave(self) -> None:
        """Leave what is in work where it is; an event that was being carried out has changed nothing then."""
        if self._pieces is not None:
            self._pieces.close()
        if self._entry is not None:
            self._end(self._entry)
        self._pieces, self._kind = None, ""
