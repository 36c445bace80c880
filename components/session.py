"""One user's playground between reruns: the only user of `st.session_state`.

The browser hands over its events in an outbox; each is applied once, in order, and acknowledged. What goes back is
a message: the acknowledgement, the refusals, and the picture as a difference from one that the browser has.
"""

from __future__ import annotations

import logging
import uuid
from collections import deque
from dataclasses import dataclass, field
from typing import Annotated, Any

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from components.canvas import KEY as CANVAS_KEY
from components.drawing import numbers_of
from components.merge_patch import merge_patch
from components.numbers import short_array
from components.picture import Picture, make_picture
from engine.edits import Event, Replace, apply, parse_event
from engine.errors import EditError, PlaygroundError
from engine.evaluate import evaluate
from engine.examples import EXAMPLES
from engine.graph import Graph, Node
from engine.schema import from_json, to_json
from engine.staleness import carry_over
from engine.trace import Trace

_LOG = logging.getLogger(__name__)

_STATE_KEY = "playground"
_PICTURES_KEPT = 12
_REFUSALS_KEPT = 20
_EVENTS_AT_ONCE = 1_000


class OutboxEntry(BaseModel):
    """One event as the browser numbered it; the event itself is checked when its turn has come."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seq: Annotated[int, Field(ge=1, le=2**53)]
    event: Any


class Outbox(BaseModel):
    """What the browser hands over: every event that it has not seen acknowledged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    session: Annotated[str, Field(max_length=64)]
    post: Annotated[int, Field(ge=1, le=2**53)]
    have: Annotated[int, Field(ge=0, le=2**53)]
    selected: Annotated[str, Field(max_length=64)]
    events: Annotated[list[OutboxEntry], Field(max_length=_EVENTS_AT_ONCE)]


@dataclass(frozen=True)
class Refusal:
    """An edit that was not made: its number, the sentence, and the id of the node where it should be shown."""

    seq: int
    text: str
    node: str


@dataclass(frozen=True)
class FieldRefusal:
    """What a panel's field was refused, to be said below that field."""

    node: str
    field: str
    text: str


@dataclass
class Session:
    """The graph of one browser page, what was computed of it, and how far its events have been applied."""

    graph: Graph
    trace: Trace
    computed: Graph
    """The graph as it was at the last Forward; numbers that it does not vouch for are stale."""
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    example: int | None = 0
    documents: int = 1
    """How many graphs have been opened; the canvas fits its view to each new one."""
    automatic: bool = True
    sweeps: int = 1
    """How often Backward has run since that Forward."""
    selected: str = ""
    notice: str = ""
    """What Forward, Backward or Open have to say until the next edit."""
    field_refusal: FieldRefusal | None = None
    fields_refused: int = 0
    open_error: str = ""
    applied: int = 0
    seen: int = 0
    have: int = 0
    revision: int = 0
    refusals: deque[Refusal] = field(default_factory=lambda: deque(maxlen=_REFUSALS_KEPT))
    pictures: dict[int, Picture] = field(default_factory=lambda: {0: {}})

    # Edits ------------------------------------------------------------------------------------------------------

    def edit(self, event: Event) -> None:
        """Apply one edit and bring the numbers up to date; raises EditError and changes nothing when it is refused."""
        self.graph = apply(self.graph, event)
        self.notice = ""
        if isinstance(event, Replace):
            self.example = None
            self.selected = ""
            self.documents += 1
            self.compute()
        else:
            self.refresh()

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
        self.have = outbox.have if outbox.have in self.pictures else 0
        self.selected = outbox.selected
        for entry in sorted(outbox.events, key=lambda entry: entry.seq):
            if entry.seq > self.applied:
                self._apply_numbered(entry)

    def _apply_numbered(self, entry: OutboxEntry) -> None:
        # The number is taken before anything else can fail: an event that cannot be applied is refused, not repeated.
        self.applied = entry.seq
        try:
            self.edit(parse_event(entry.event))
        except PlaygroundError as error:
            nodes = error.nodes if isinstance(error, EditError) else ()
            self.refusals.append(Refusal(entry.seq, str(error), self._id_of(nodes)))

    def _id_of(self, names: tuple[str, ...]) -> str:
        for name in reversed(names):
            node = self.graph.node_named(name)
            if node is not None:
                return node.id
        return ""

    def edit_field(self, event: Event, node: str, field: str) -> None:
        """Apply what was typed into a panel's field; a refusal is kept to be said below it."""
        self.field_refusal = None
        try:
            self.edit(event)
        except EditError as error:
            self.fields_refused += 1
            self.field_refusal = FieldRefusal(node, field, str(error))

    def open_example(self, index: int) -> None:
        """Replace the graph by a lesson's."""
        self.edit(Replace(document=EXAMPLES[index].graph))
        self.example = index

    def open_new(self) -> None:
        """Replace the graph by an empty one."""
        self.edit(Replace(document=Graph()))

    def open_document(self, text: bytes | str) -> None:
        """Replace the graph by a saved one; raises DocumentError and keeps the present one when it is malformed."""
        self.edit(Replace(document=from_json(text)))

    def selected_node(self) -> Node | None:
        """Return the one selected node, if there is one."""
        return self.graph.node(self.selected) if self.selected in self.graph else None

    def document(self) -> str:
        """Return the graph as a JSON document."""
        return to_json(self.graph)

    # Forward and Backward ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """After an edit: compute again, or, by hand, keep the last Forward's numbers and mark what is out of date."""
        if self.automatic:
            self.compute()
        else:
            self._show_computed()

    def compute(self) -> None:
        """Run Forward and Backward on the graph as it is."""
        self._run_forward(sweeps=1)

    def forward(self) -> None:
        """Run Forward: a new computational graph, every grad None."""
        self._run_forward(sweeps=0)
        self.notice = "Forward built the graph anew: every grad is None until Backward."

    def backward(self) -> None:
        """Run Backward on what Forward built; a second time it adds to what is there."""
        if self.trace.stale:
            self.notice = "The graph has changed since Forward: run Forward first."
            return
        self._run_forward(sweeps=self.sweeps + 1)
        self.notice = self._told_of_sweeps()

    def clear_grads(self) -> None:
        """Set every grad to None."""
        self.sweeps = 0
        self._show_computed()
        self.notice = "cleargrad: every grad is None again."

    def set_automatic(self, automatic: bool) -> None:
        """Compute after every edit, or leave it to the Forward and Backward buttons."""
        self.automatic = automatic
        self.notice = ""
        if automatic:
            self.compute()

    def _run_forward(self, *, sweeps: int) -> None:
        self.computed = self.graph
        self.sweeps = sweeps
        self.trace = evaluate(self.graph, sweeps=sweeps)

    def _show_computed(self) -> None:
        self.trace = carry_over(evaluate(self.computed, sweeps=self.sweeps), self.computed, self.graph)

    def _told_of_sweeps(self) -> str:
        """Say what a repeated Backward did, with the numbers of the first input it reached."""
        if self.sweeps < 2:
            return ""
        once = evaluate(self.graph, sweeps=1)
        for node in self.graph.nodes():
            grads = once.nodes[node.id].grad
            if node.is_input and grads and grads[0] is not None:
                summands = " + ".join([short_array(grads[0])] * self.sweeps)
                total = numbers_of(self.trace.nodes[node.id].grad)
                return (
                    f"Backward has run {self.sweeps} times since Forward, and gradients accumulate: "
                    f"{node.name}.grad = {summands} = {total}. Forward or cleargrad starts afresh."
                )
        return ""

    # The message to the browser ---------------------------------------------------------------------------------

    def message(self) -> dict[str, Any]:
        """Return what the canvas is told: acknowledgement, refusals, and the picture as a difference."""
        picture = {**make_picture(self.graph, self.trace), "document": self.documents}
        base = self.have if self.have in self.pictures else 0
        before = self.revision
        patch = merge_patch(self.pictures[before], picture)
        if patch:
            self.revision += 1
            self.pictures[self.revision] = picture
            self._forget_old_pictures()
        if base != before:
            patch = merge_patch(self.pictures[base], picture)
        return {
            "session": self.id,
            "seen": self.seen,
            "ack": self.applied,
            "refusals": [vars(refusal) for refusal in self.refusals],
            "revision": self.revision,
            "base": base,
            "picture": patch,
        }

    def _forget_old_pictures(self) -> None:
        for revision in sorted(self.pictures)[1:-_PICTURES_KEPT]:
            if revision != self.have:
                del self.pictures[revision]


def current() -> Session:
    """Return this page's session, opening the first lesson, computed, at the first call."""
    session: Session | None = st.session_state.get(_STATE_KEY)
    if session is None:
        graph = EXAMPLES[0].graph
        session = Session(graph=graph, trace=evaluate(graph), computed=graph)
        st.session_state[_STATE_KEY] = session
    return session


def take_outbox() -> None:
    """Take in what the canvas has just handed over."""
    handed = st.session_state.get(CANVAS_KEY)
    outbox = handed.get("outbox") if handed is not None else None
    if outbox is not None:
        current().receive(outbox)


def widget_value(key: str) -> Any:
    """Return what the user has put into a widget."""
    return st.session_state.get(key)
