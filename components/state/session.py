"""One user's playground between reruns: the only user of `st.session_state`.

The browser hands over its events in an outbox; each is applied once, in order, and acknowledged. What goes back is
a message: the acknowledgement, the refusals, and the picture as a difference from one that the browser has.
"""

from __future__ import annotations

import logging
import uuid
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st
from pydantic import ValidationError

from components.canvas import KEY as CANVAS_KEY
from components.panels import Look, explanations
from components.picture import make_picture
from components.state.history import History, Snapshot
from components.state.picture_revisions import PictureRevisions
from components.state.protocol import (
    FieldRefusal,
    OpenText,
    Outbox,
    OutboxEntry,
    Pick,
    Refusal,
    Restore,
    SetVariant,
)
from components.state.run import Run
from engine.autograd import Variant
from engine.document import Block, Graph, Node, from_document, from_json, from_link, shown, to_json, to_link
from engine.edits import Differentiate, Event, Replace, SetFormula, apply, parse_event
from engine.errors import EditError, FormulaError, PlaygroundError
from engine.evaluation import Trace
from engine.explain import Checked, check_graph
from engine.lessons import LESSONS

_LOG = logging.getLogger(__name__)

LINK_PARAMETER = "graph"

_STATE_KEY = "playground"
_PANELS = [
    {"name": name, "title": title, "hint": hint}
    for name, title, hint in (
        ("steps", "Steps", "Go through forward and backward one step at a time (S)"),
        ("paths", "Paths", "See every path from the selected Variable to the output"),
        ("check", "Check", "Nudge the inputs, and check every gradient"),
        ("descent", "Descent", "Gradient descent, on a map of the output"),
        ("code", "Code", "The graph as a Python script"),
    )
]
_REFUSALS_KEPT = 20


@dataclass
class Session:
    """The graph of one browser page, what was computed of it, and how far its events have been applied."""

    graph: Graph
    run: Run
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    lesson: int | None = 0
    shown_lesson: int | None = 0  # which one the panel of lessons shows, as it was drawn last
    opened: int = 1
    """Which opening of a graph this one stems from; the canvas fits its view to each new one."""
    _openings: int = 1
    drawn: int = 0
    """How often a part was drawn that nobody placed; the canvas shows all of the graph each time."""
    selected: str = ""
    look: Look = field(default_factory=Look)
    checked: list[Checked] | None = None
    """What the last gradient check found, until the next edit."""
    faults: dict[str, Any] = field(default_factory=dict)
    """Why each number that is shown wrong is so, by node."""
    field_refusal: FieldRefusal | None = None
    fields: dict[str, str] = field(default_factory=dict)
    """The keys of the panel's fields that are shown now; one that is not may no longer make an edit."""
    fields_left: int = 0
    """How often a field has been left with another text in it."""
    open_error: str = ""
    uploaded: str = ""
    """The id of the file that was opened last: it is opened once, however often it is handed over."""
    applied: int = 0
    seen: int = 0
    have: int = 0
    refusals: deque[Refusal] = field(default_factory=lambda: deque(maxlen=_REFUSALS_KEPT))
    pictures: PictureRevisions = field(default_factory=PictureRevisions)

    history: History = field(default_factory=History)
    greeting: str = ""
    """What the page has to say first, such as that its link was damaged."""
    opened_by_link: str = ""
    link: str = ""
    """The graph in the characters of a link, once somebody has asked for it."""

    # Edits ------------------------------------------------------------------------------------------------------

    def edit(self, event: Event, gesture: int | None = None, *, lesson: int | None = None) -> None:
        """Apply one edit and bring the numbers up to date; raises EditError and changes nothing when it is refused.

        Edits of the same gesture are one step of undo. `lesson` is the lesson that a graph put in place comes from.
        """
        before = self.snapshot
        self._show(self._snapshot_after(event, lesson))
        self.history.record(event, before, gesture)

    @property
    def snapshot(self) -> Snapshot:
        """Return the graph with what belongs to it alone."""
        return Snapshot(self.graph, self.lesson, self.opened)

    def _snapshot_after(self, event: Event, lesson: int | None = None) -> Snapshot:
        graph = apply(self.graph, event)
        if isinstance(event, Replace):
            self._openings += 1
            return Snapshot(graph, lesson, self._openings)
        self.drawn += isinstance(event, Differentiate)
        # A formula that keeps no op of the lesson, an input at best, is none of its questions' business.
        stays = not isinstance(event, SetFormula) or any(node.op and node.id in self.graph for node in graph.nodes())
        return replace(self.snapshot, graph=graph, lesson=self.lesson if stays else None)

    def _show(self, snapshot: Snapshot) -> None:
        is_other = snapshot.opened != self.opened
        self.graph, self.lesson, self.opened = snapshot.graph, snapshot.lesson, snapshot.opened
        self.link = ""
        self.checked = None
        if is_other:
            self.selected = ""
        self.run.follow(self.graph, opened=is_other)

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        snapshot = self.history.undo(self.snapshot)
        if snapshot is not None:
            self._show(snapshot)

    def redo(self) -> None:
        """Do again what was taken back last, if there is something."""
        snapshot = self.history.redo()
        if snapshot is not None:
            self._show(snapshot)

    def restore(self, data: object) -> None:
        """Take up what a tab remembers; no step that could be undone."""
        remembered = Restore.model_validate(data)
        self._show(self._snapshot_after(Replace(document=from_document(remembered.document))))
        self.run.set_variant(self.graph, remembered.variant)
        self.set_automatic(remembered.automatic)

    def share(self) -> None:
        """Put the graph into the characters of a link; raises LimitError when it is too large."""
        self.link = to_link(self.graph, automatic=self.run.automatic, variant=self.run.variant)

    def open_text(self, data: object) -> None:
        """Open the text of a file that was dropped on the page; raises DocumentError."""
        self.open_document(OpenText.model_validate(data).text)

    def receive(self, data: object) -> None:
        """Apply what the browser hands over: each event once, in the order of its number."""
        try:
            outbox = Outbox.model_validate(data)
        except ValidationError:
            _LOG.warning("The browser handed over an outbox that is not in the agreed form; it was left unread.")
            return
        if outbox.session != self.id:  # written to a session that is gone; the browser will hand it over anew
            return
        self.seen = max(self.seen, outbox.post)
        self.have = outbox.have
        self.selected = outbox.selected
        self.look = outbox.look
        self.run.watch(self.graph, outbox.look.panel == "steps")
        for entry in sorted(outbox.events, key=lambda entry: entry.seq):
            if entry.seq > self.applied:
                self._apply_numbered(entry)

    def _apply_numbered(self, entry: OutboxEntry) -> None:
        # The number is taken before anything else can fail: an event that cannot be applied is refused, not repeated.
        self.applied = entry.seq
        try:
            self._obey(entry)
        except PlaygroundError as error:
            nodes = error.nodes if isinstance(error, EditError) else ()
            place = (error.line, error.column) if isinstance(error, FormulaError) else (1, 1)
            self.refusals.append(Refusal(entry.seq, str(error), self._id_of(nodes), *place))
        except ValidationError:
            self.refusals.append(Refusal(entry.seq, "That was not understood.", ""))

    def _obey(self, entry: OutboxEntry) -> None:
        """Carry a command out, or else apply the event as an edit."""
        data = entry.event
        kind = data.get("type") if isinstance(data, dict) else None
        rest = {key: value for key, value in data.items() if key != "type"} if isinstance(data, dict) else {}
        match kind:
            case "undo":
                self.undo()
            case "redo":
                self.redo()
            case "share":
                self.share()
            case "restore":
                self.restore(rest)
            case "open":
                self.open_text(rest)
            case "variant":
                self.set_variant(SetVariant.model_validate(rest).variant)
            case "pick":
                self.run.pick(self.graph, Pick.model_validate(rest).order)
            case "forward":
                self.forward()
            case "backward":
                self.backward()
            case "cleargrad":
                self.clear_grads()
            case "check":
                self.checked = check_graph(self.graph, self.run.variant)
            case _:
                self.edit(parse_event(data), entry.gesture)

    def _id_of(self, names: tuple[str, ...]) -> str:
        for name in reversed(names):
            node = self.graph.node_named(name)
            if node is not None:
                return shown(self.graph)[node.id]
            block = next((block for block in self.graph.blocks if block.name == name), None)
            if block is not None:
                return block.id
        return ""

    def edit_field(self, event: Event, node: str, field: str) -> None:
        """Apply what was typed into a panel's field; a refusal is kept to be said below it."""
        self.field_refusal = None
        self.fields_left += 1
        try:
            self.edit(event)
        except EditError as error:
            self.field_refusal = FieldRefusal(node, field, str(error))

    def open_lesson(self, index: int) -> None:
        """Replace the graph by a lesson's, for the right engine to compute; undo brings the graph back."""
        lesson = LESSONS[index]
        self.run.automatic, self.run.variant = not lesson.by_hand, Variant.STEP_16
        self.edit(Replace(document=lesson.graph), lesson=index)
        if lesson.by_hand:
            self.forward()

    def open_new(self) -> None:
        """Replace the graph by an empty one."""
        self.edit(Replace(document=Graph()))

    def open_document(self, text: bytes | str) -> None:
        """Replace the graph by a saved one; raises DocumentError and keeps the present one when it is malformed."""
        self.edit(Replace(document=from_json(text)))

    def selected_node(self) -> Node | None:
        """Return the one selected node, if there is one."""
        return self.graph.node(self.selected) if self.selected in self.graph else None

    def selected_block(self) -> Block | None:
        """Return the one selected block, closed or open, if there is one."""
        return self.graph.block(self.selected)

    def document(self) -> str:
        """Return the graph as a JSON document."""
        return to_json(self.graph)

    # Forward and Backward ---------------------------------------------------------------------------------------

    @property
    def trace(self) -> Trace:
        """Return the numbers that are shown."""
        return self.run.trace

    def forward(self) -> None:
        """Run Forward: a new computational graph, every grad None."""
        self.run.forward(self.graph)

    def backward(self) -> None:
        """Run Backward on what Forward built; a second time it adds to what is there."""
        self.run.backward(self.graph)

    def clear_grads(self) -> None:
        """Set every grad to None."""
        self.run.clear_grads(self.graph)

    def set_automatic(self, automatic: bool) -> None:
        """Compute after every edit, or leave it to the Forward and Backward buttons."""
        self.run.set_automatic(self.graph, automatic)

    def set_variant(self, variant: Variant) -> None:
        """Let another of the book's engines run backward."""
        self.checked = None
        self.run.set_variant(self.graph, variant)

    # The message to the browser ---------------------------------------------------------------------------------

    def message(self) -> dict[str, Any]:
        """Return what the canvas is told: acknowledgement, refusals, and the picture as a difference."""
        told = explanations(self.graph, self.trace, self.run.picks, self.look, self.selected, self.checked)
        self.faults = told.get("faults", {})
        marks = {node_id: fault["right"] for node_id, fault in self.faults.items()}
        picture = make_picture(self.graph, self.trace, marks, local=self.look.local, bars=self.look.bars)
        picture |= told | {"document": self.opened, "drawn": self.drawn, "panels": _PANELS}
        return {
            "session": self.id,
            "post": self.seen,
            "ack": self.applied,
            "refusals": [vars(refusal) for refusal in self.refusals],
            "undo": self.history.undo_words,
            "redo": self.history.redo_words,
            "automatic": self.run.automatic,
            "variant": self.run.variant.value,
            "notice": self.run.notice,
            "link": self.link,
            "greeting": self.greeting,
            "openedByLink": self.opened_by_link,
            **self.pictures.put(picture, self.have),
        }


def current() -> Session:
    """Return this page's session; the first call opens the graph of the page's link, or else the first lesson."""
    session: Session | None = st.session_state.get(_STATE_KEY)
    if session is None:
        session = begin(st.query_params.get(LINK_PARAMETER, ""))
        st.session_state[_STATE_KEY] = session
    return session


def begin(link: str) -> Session:
    """Return a new session that has opened a link's graph; a damaged link is told, and the first lesson opened."""
    greeting, lesson = "", 0 if not link else None
    graph, automatic, variant = LESSONS[0].graph, True, Variant.STEP_16
    if link:
        try:
            graph, automatic, variant = from_link(link)
        except PlaygroundError as error:
            greeting, lesson = f"{error} The first lesson is open instead.", 0
    run = Run(graph, automatic, variant)
    return Session(graph, run, lesson=lesson, greeting=greeting, opened_by_link=link)


def take_outbox() -> None:
    """Take in what the canvas has just handed over."""
    handed = st.session_state.get(CANVAS_KEY)
    outbox = handed.get("outbox") if handed is not None else None
    if outbox is not None:
        current().receive(outbox)


def widget_value(key: str) -> Any:
    """Return what the user has put into a widget."""
    return st.session_state.get(key)
