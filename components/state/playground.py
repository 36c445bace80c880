"""The playground: the graph that is open, with its lesson, its history and its numbers. Knows of no page."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from components.picture import QrCode
from components.state.arrangement import arranged_after
from components.state.computation import Computation
from components.state.history import Arrangement, Gesture, History, Snapshot
from components.state.lessons.fixed_inputs import refuse_change
from components.state.lessons.given_answers import GivenAnswers
from components.state.lessons.telling_edits import refuse_telling
from components.state.lessons.tried import TriedLesson
from components.state.opening import asking, is_table, lesson_of_link, opened_file_in_pieces, table_in
from engine.autograd import Variant
from engine.document import Graph, Link, LinkFields, Quantity, read_link, to_json, to_link_in_pieces
from engine.edits import Differentiate, Event, Replace, SetFormula, SetTable, SetValue, apply_in_pieces
from engine.errors import AnswerError, EditError
from engine.evaluation import Trace
from engine.lessons import LESSONS, Lesson, packed_lesson
from engine.messages import say
from engine.pieces import Pieces, between, finish
from engine.tasks import Answers, ChoiceAnswers, normalized, shown_again, with_own_numbers

_OWN_GESTURES = itertools.count()
"""Gestures that no hand has made have numbers below 0."""


class Kept(NamedTuple):
    """Hold what an edit or a command may change."""

    own: dict[str, Any]
    computation: dict[str, Any]
    past: deque[Gesture]
    future: list[tuple[Gesture, Snapshot | None]]


@dataclass
class Playground:
    """Hold the graph that is open, and change, compute, open and share it."""

    present: Snapshot
    computation: Computation
    history: History = field(default_factory=History)
    viewport: tuple[float, float] | None = None
    """The width and the height, in pixels, that the graph may take in the browser, once it has told them."""
    selected: str = ""
    """The id of the one node or block that is selected, or the empty text."""
    drawn: int = 0
    """How often nodes were added that nobody placed; the canvas shows all of the graph each time."""
    answers: dict[Quantity, Answers] = field(default_factory=dict)
    """What somebody has answered to hidden numbers; undo takes no answer back."""
    choice: ChoiceAnswers = field(default_factory=ChoiceAnswers)
    """What somebody has chosen of what the lesson offers."""
    own_name: str = ""
    """Whose own numbers are shown."""
    is_built: bool | None = None
    """Whether what was built is what the lesson asks for; None until somebody asks, and after the next edit."""
    is_explained: bool = False
    """Whether somebody asked for the lesson's insight."""
    writes: bool = False
    """Whether somebody writes the open lesson here."""
    tried: TriedLesson | None = None
    """Where a lesson is written that is being tried, or was before something else was opened."""
    _answers_of_others: dict[str, dict[Quantity, Answers]] = field(default_factory=dict)
    _given: dict[int, GivenAnswers] = field(default_factory=dict)
    """What was answered in openings that were left: whoever comes back by Undo finds it, and nothing is unlocked."""
    link: str = ""
    """The graph in the characters of a link, once somebody has asked for it and until the next edit."""
    qr_code: QrCode | None = None
    """The one that somebody has asked for, until the next edit."""
    exported: dict[str, str] | None = None
    """The file that was asked for last, until it is handed over."""
    _openings: int = 1

    @classmethod
    def of(
        cls, graph: Graph, *, lesson: Lesson | None = None, automatic: bool = True, variant: Variant = Variant.STEP_16
    ) -> Playground:
        """Return a playground with this graph open and computed."""
        playground = cls(
            Snapshot(graph, lesson, arranged=Arrangement(graph, graph)), Computation(graph, automatic, variant)
        )
        playground._hide()
        return playground

    @property
    def graph(self) -> Graph:
        """Return the graph as it is now."""
        return self.present.graph

    @property
    def lesson(self) -> Lesson | None:
        """Return the lesson that the graph is of, or None."""
        return self.present.lesson

    @property
    def opening(self) -> int:
        """Return which opening of a graph this one stems from; the canvas fits its view to each new one."""
        return self.present.opening

    @property
    def trace(self) -> Trace:
        """Return the numbers that are shown."""
        return self.computation.trace

    @property
    def hidden(self) -> frozenset[Quantity]:
        """Return the numbers that are hidden now: those of the graph that were neither found nor revealed."""
        return frozenset(each for each in self.graph.hidden if each not in self.answers or not self.answers[each].shows)

    def _hide(self) -> None:
        self.computation.hidden = self.hidden

    @property
    def document(self) -> str:
        """Return the graph as a JSON document, with its lesson where that is in no course."""
        return to_json(self.graph, self.carried)

    @property
    def carried(self) -> str:
        """Return the lesson in characters, where it travels with its graph; else the empty text."""
        lesson = self.lesson
        return packed_lesson(lesson, self.graph) if lesson is not None and lesson.is_carried else ""

    # Take back a change that failed on the way -----------------------------------------------------------------

    def kept(self) -> Kept:
        """Return all that an edit or a command may change."""
        history = self.history
        return Kept(vars(self).copy(), vars(self.computation).copy(), history.past.copy(), history.future.copy())

    def put_back(self, kept: Kept) -> None:
        """Make everything as it was when it was kept."""
        vars(self).update(kept.own)
        vars(self.computation).update(kept.computation)
        self.history.past, self.history.future = kept.past, kept.future

    # Edits ------------------------------------------------------------------------------------------------------

    def edit(self, event: Event, gesture: int | None = None, *, lesson: Lesson | None = None) -> None:
        """Apply one edit, whose numbers come when somebody looks; raises EditError and changes nothing when refused.

        Edits of the same gesture are undone together. `lesson` is the lesson that a graph put in place comes from.
        """
        finish(self.edit_in_pieces(event, gesture, lesson=lesson))

    def edit_in_pieces(self, event: Event, gesture: int | None = None, *, lesson: Lesson | None = None) -> Pieces[None]:
        """Apply one edit in pieces; the numbers come when somebody looks at them."""
        before = self.present
        refuse_telling(self.graph, self.hidden, event)
        graph = yield from apply_in_pieces(self.graph, event)
        if self.lesson is not None and not self.writes and not isinstance(event, Replace):
            refuse_change(self.lesson, self.graph, graph)
        self.show(self._after(event, graph, lesson))
        self.history.record(event, before, gesture)

    def undo(self) -> None:
        """Take the last gesture back, if there is one."""
        snapshot = self.history.undo(self.present)
        if snapshot is not None:
            self.show(snapshot)

    def redo(self) -> None:
        """Do again what was taken back last, if there is something."""
        snapshot = self.history.redo(self.present)
        if snapshot is not None:
            self.show(snapshot)

    def take_back(self, gesture: int) -> None:
        """Take a gesture back that was given up: Undo and Redo are as they were before it. Of another, do nothing."""
        snapshot = self.history.take_back(self.present, gesture)
        if snapshot is not None:
            self.show(snapshot)

    def change_lesson(self, lesson: Lesson | None, label: str) -> None:
        """Let the graph ask something else, in one step of undo that is called so."""
        before = self.present
        self.present = replace(before, lesson=lesson)
        self.link = ""
        self.history.record_change(label, before)

    def put_in_place(self, graph: Graph, lesson: Lesson | None) -> None:
        """Open a graph in the place of the present one, which cannot be undone; hands may have placed its nodes."""
        self.show(replace(self._after(Replace(document=graph), graph, lesson), arranged=None))

    def _after(self, event: Event, graph: Graph, lesson: Lesson | None = None) -> Snapshot:
        if isinstance(event, Replace):
            self._openings += 1
            return Snapshot(graph, lesson, self._openings, Arrangement(event.document, graph))
        self.drawn += isinstance(event, Differentiate)
        # A formula that keeps no op makes another graph, about which no lesson asks but one to build, or being written.
        stays = not isinstance(event, SetFormula) or any(node.op and node.id in self.graph for node in graph.nodes())
        stays = stays or self.writes or (self.lesson is not None and self.lesson.answer == "build")
        arranged = arranged_after(event, self.present, graph)
        return replace(self.present, graph=graph, lesson=self.lesson if stays else None, arranged=arranged)

    def show(self, snapshot: Snapshot) -> None:
        """Take up another graph, or the same one as it stands elsewhere; this is no step of undo."""
        is_other, left = snapshot.opening != self.opening, self.opening
        self.present = snapshot
        self._openings = max(self._openings, snapshot.opening)
        self.link, self.qr_code = "", None
        if is_other:
            self.selected = ""
            self._given = {**self._given, left: self._present_given}
            given = self._given.get(snapshot.opening, GivenAnswers())
            self.answers, self.choice = given.answers, given.choice
            self.own_name, self._answers_of_others = given.own_name, given.others
            self.is_explained, self.writes = given.is_explained, given.writes
        self.is_built = self._given[snapshot.opening].is_built if is_other and snapshot.opening in self._given else None
        self.computation.follow(self.graph, opened=is_other)
        self._hide()

    # Answers ----------------------------------------------------------------------------------------------------

    def answer(self, asked: Quantity, text: str) -> Pieces[None]:
        """Lock an answer, in pieces; raises AnswerError and ValueRefusedError where it is not taken."""
        self._refuse_unasked(asked)
        given = self.answers.get(asked, Answers())
        answers = yield from given.lock_in_pieces(self.graph, self.trace, asked, text)
        self.answers = {**self.answers, asked: answers}
        self._hide()

    def reveal(self, asked: Sequence[Quantity]) -> None:
        """Show hidden numbers that were not found; raises AnswerError for one that nobody asks for."""
        for each in asked:
            self._refuse_unasked(each)
        self.answers = {**self.answers, **{each: self.answers.get(each, Answers()).reveal() for each in asked}}
        self._hide()

    def take_own_numbers(self, name: str) -> Pieces[None]:
        """Give the inputs the numbers that belong to a name, in one step of undo; raises TaskError."""
        own = yield from with_own_numbers(self.graph, name)
        gesture = -1 - next(_OWN_GESTURES)
        for node_id in self.graph.ranges:
            value = own.node(node_id).value
            yield from self.edit_in_pieces(SetValue(node=node_id, value=value), gesture)
        # Whoever comes back to a name finds what was answered under it: nothing is unlocked.
        others = {**self._answers_of_others, self.own_name: self.answers}
        self.own_name = normalized(name)
        self.answers, self._answers_of_others = others.pop(self.own_name, {}), others
        self._hide()

    def _refuse_unasked(self, asked: Quantity) -> None:
        if asked not in self.graph.hidden:
            raise AnswerError(say("This number is not hidden."))

    def take_up_answers(self, kept: Iterable[tuple[Quantity, Sequence[str], bool]]) -> None:
        """Take up what a browser has kept of answers to the numbers that are hidden."""
        known = [each for each in kept if each[0] in self.graph.hidden]
        if known:  # an answer is compared with numbers that are not out of date
            finish(self.computation.in_pieces())
        self.answers = {
            asked: shown_again(self.graph, self.trace, asked, tries, is_revealed) for asked, tries, is_revealed in known
        }
        self._hide()

    @property
    def _present_given(self) -> GivenAnswers:
        given = GivenAnswers(self.answers, self.choice, self.own_name, self._answers_of_others)
        return replace(given, is_built=self.is_built, is_explained=self.is_explained, writes=self.writes)

    @property
    def is_answered(self) -> bool:
        """Return whether all that the lesson asks was answered or revealed; of one that asks nothing, False."""
        return self.lesson is not None and self._present_given.is_all_of(self.lesson)

    def choose(self, place: int) -> None:
        """Lock a choice, by its place among what the lesson offers; raises AnswerError where it is not taken."""
        lesson = self.lesson
        if lesson is None or not lesson.offered:
            raise AnswerError(say("There is nothing to choose from here."))
        self.choice = self.choice.lock(place, len(lesson.offered), lesson.right_place)

    def explain(self) -> None:
        """Show the insight of the open lesson."""
        self.is_explained = True

    # Opening and handing on -------------------------------------------------------------------------------------

    def open_lesson(self, index: int) -> None:
        """Replace the graph by a lesson's, computed as the lesson says; undo brings the graph back.

        Raises EditError where there is no such lesson.
        """
        if not 0 <= index < len(LESSONS):
            raise EditError(say("There is no lesson {number}.", number=index + 1))
        self.open_about(LESSONS[index].graph, LESSONS[index], fits=True)

    def open_about(self, graph: Graph, lesson: Lesson, *, fits: bool = False) -> None:
        """Replace the graph by one that a lesson is about, computed as the lesson says; undo brings the graph back.

        `fits` lays it out for the viewport, where it could not be read otherwise.
        """
        self.computation.automatic, self.computation.variant = lesson.automatic, lesson.engine
        self.edit(Replace(document=graph, viewport=self.viewport if fits else None), lesson=lesson)
        if not lesson.automatic:
            self.computation.forward()

    def open_new(self) -> None:
        """Replace the graph by an empty one."""
        self.edit(Replace(document=Graph()))

    def open_document(self, text: bytes | str, name: str = "") -> None:
        """Replace the graph by that of a file: one that was saved, a lesson, a Python script, or a notebook.

        Raises DocumentError or LessonError and keeps the present one when it is malformed.
        """
        finish(self.open_document_in_pieces(text, name))

    def open_document_in_pieces(self, text: bytes | str, name: str = "") -> Pieces[None]:
        """Do the same as `open_document` in pieces; a table of data is put beside the graph that is there."""
        if is_table(name):
            return (yield from self.edit_in_pieces(SetTable(text=table_in(text))))
        graph, asked = yield from between(0.0, 0.9, opened_file_in_pieces(text, name, self.viewport))
        if asked is None:
            yield from between(0.9, 1.0, self.edit_in_pieces(Replace(document=graph, viewport=self.viewport)))
        else:
            self.open_about(graph, asked, fits=True)

    def open_link(self, characters: str) -> None:
        """Replace the graph by that of a link, to be computed as the link says; undo brings the present one back.

        Raises DocumentError.
        """
        link = read_link(characters)
        self.computation.automatic, self.computation.variant = link.automatic, link.variant
        self.edit(Replace(document=link.graph, viewport=self.viewport), lesson=lesson_of_link(link))
        if not link.automatic:
            self.computation.forward()

    def share(self) -> None:
        """Put the graph into the characters of a link; raises LimitError when it is too large."""
        finish(self.share_in_pieces())

    def share_in_pieces(self, fields: LinkFields | None = None) -> Pieces[None]:
        """Do the same as `share` in pieces, with what else the link shall say."""
        automatic, variant, lesson = self.computation.automatic, self.computation.variant, self.lesson
        said = asking(fields or LinkFields(), lesson, self.graph)
        if lesson is not None and self.writes:  # who writes a lesson hands it out as it is to open
            automatic, variant = lesson.automatic, lesson.engine
            said = said.model_copy(update={"panel": lesson.panel, "step": None})
        self.link = yield from to_link_in_pieces(Link(self.graph, automatic, variant, said))
