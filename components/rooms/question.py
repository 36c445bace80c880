"""A question as a teacher asks it, what of it a student is told, and what decides whether an answer is right.

The right answer stands in what is kept, and in nothing that is told before the reveal.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from components.rooms.errors import RoomError
from engine.autograd import Variant
from engine.diagnosis import number_of, step_of
from engine.document import Graph, Quantity, Strict, from_document, from_link, quantity_named, to_document
from engine.evaluation import Trace, evaluate
from engine.formula import graph_of_formula
from engine.lessons import LESSONS
from engine.limits import MAX_FORMULA_LENGTH, MAX_LINK_LENGTH
from engine.messages import say
from engine.tasks import LONGEST_ANSWER, Task, next_functions, read_answer

Kind = Literal["number", "choice", "function", "build"]
"""number: of a hidden quantity of the graph · choice: one of several texts · function: which Function comes next ·
build: a graph that computes what another one does."""
LONGEST_TITLE: Final = 500
MOST_CHOICES: Final = 8
_LONGEST_CHOICE: Final = 200
_KEPT: Final = 64


class Asked(Strict):
    """Hold a question as a teacher's page hands it over, and as it is kept."""

    kind: Kind
    title: Annotated[str, Field(strict=True, max_length=LONGEST_TITLE)] = ""
    graph: Any = None
    """The graph as a document; of `build` what is to be built."""
    link: Annotated[str, Field(strict=True, max_length=MAX_LINK_LENGTH)] = ""
    """The graph as a link holds it, in the place of a document."""
    asked: Annotated[str, Field(strict=True, max_length=200)] = ""
    """The number that is asked for, such as "x.grad"."""
    choices: Annotated[
        tuple[Annotated[str, Field(strict=True, min_length=1, max_length=_LONGEST_CHOICE)], ...],
        Field(max_length=MOST_CHOICES),
    ] = ()
    right: Annotated[int, Field(strict=True, ge=0, lt=MOST_CHOICES)] | None = None
    """The place of the right choice, from 0; None where opinions are asked for."""
    done: Annotated[int, Field(strict=True, ge=0, le=10_000_000)] = 0
    """How many steps have been made, where the next Function is asked for."""
    formula: Annotated[str, Field(strict=True, max_length=MAX_FORMULA_LENGTH)] = ""
    """What is to be built, in the place of a graph."""
    lesson: Annotated[str, Field(strict=True, max_length=80)] = ""
    """The key of a lesson whose choices are offered: which of them is right, no page is told."""
    variant: Variant = Variant.STEP_16
    course: Annotated[int, Field(strict=True, ge=1, le=10_000)] | None = None
    """The place of the lesson that asks it, as people count, for the teacher's other devices; None where none does."""


@dataclass(frozen=True)
class Question:
    """Hold a question that was found to be sound."""

    kind: Kind
    title: str
    graph: Graph
    asked: Quantity | None = None
    choices: tuple[str, ...] = ()
    right: int | None = None
    done: int = 0
    variant: Variant = Variant.STEP_16
    course: int | None = None
    _own: dict[int, Task] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, asked: Asked) -> Question:
        """Read a question; raises RoomError, or what else refuses its graph, with a sentence for the teacher."""
        asked = _with_choices(asked)
        graph = _graph_of(asked)
        quantity = quantity_named(graph, asked.asked) if asked.kind == "number" else None
        of_kind = (asked.choices, asked.right, asked.done, asked.variant, asked.course)
        question = cls(asked.kind, asked.title, graph, quantity, *of_kind)
        question._refuse_unsound(asked)
        return question

    def _refuse_unsound(self, asked: Asked) -> None:
        match self.kind:
            case "number" if self.asked is None:
                raise RoomError(say("There is no number “{name}” in this graph.", name=asked.asked))
            case "number" if self.asked is not None and number_of(self.task.trace, self.asked) is None:
                raise RoomError(
                    say("{name} is not computed in this graph, so it cannot be asked for.", name=asked.asked)
                )
            case "choice" if len(self.choices) < 2:
                raise RoomError(say("A choice needs two choices or more."))
            case "choice" if self.right is not None and self.right >= len(self.choices):
                raise RoomError(say("The right answer is not among the choices."))
            case "function" if not self.next_names:
                raise RoomError(say("No Function comes next: all steps have been made."))
            case "build" if not any(not node.is_input for node in self.graph.nodes()):
                raise RoomError(say("What is to be built is missing: a graph, or a formula."))

    @cached_property
    def fingerprint(self) -> bytes:
        """Return what no other question has, of whatever room: the hash of all that is asked and of its answer."""
        return hashlib.sha256(self.kept().encode()).digest()

    # What decides ---------------------------------------------------------------------------------------------------

    @cached_property
    def task(self) -> Task:
        """Return the task, whose graph hides the number that is asked for."""
        return Task(self.graph, self.title, self.asked, self.variant)

    @property
    def has_own_numbers(self) -> bool:
        """Return whether each student computes with other inputs."""
        return self.kind == "number" and bool(self.graph.ranges)

    def task_of(self, number: int) -> Task:
        """Return the task with the numbers of the student who has a number; raises TaskError."""
        if not self.has_own_numbers:
            return self.task
        if number not in self._own:
            self._own[number] = self.task.of(drawn_as(number))
        return self._own[number]

    @cached_property
    def trace(self) -> Trace:
        """Return the numbers and steps of the graph."""
        return evaluate(self.graph, variant=self.variant)

    @cached_property
    def next_names(self) -> tuple[str, ...]:
        """Return the names of the Functions that may come next."""
        found = next_functions(self.graph, self.trace, self.done)
        return tuple(node.name for node in self.graph.nodes() if node.id in found)

    @cached_property
    def deciding_step(self) -> int | None:
        """Return the step that decides, counted from 1: the one that gives the number, or that comes next."""
        if self.kind == "number" and self.asked is not None:
            found = step_of(self.graph, self.task.trace, self.asked)
            return None if found is None else found + 1
        if self.kind != "function":
            return None
        steps = enumerate(self.trace.steps[self.done :], self.done + 1)
        return next((place for place, step in steps if step.kind != "seed"), None)

    @cached_property
    def function_names(self) -> tuple[str, ...]:
        """Return the names of all Functions."""
        return tuple(node.name for node in self.graph.nodes() if not node.is_input)

    def refuse_answer(self, text: str) -> None:
        """Raise what refuses an answer that is none, such as a word for a number; whether it is right is not said."""
        match self.kind:
            case "number":
                read_answer(text)
            case "choice" if not (
                text.isascii() and text.isdigit() and len(text) < 3 and int(text) < len(self.choices)
            ):
                raise RoomError(say("There is no such choice."))
            case "function" if text not in self.function_names:
                raise RoomError(say("There is no Function “{name}” in this graph.", name=text[:LONGEST_ANSWER]))
            case "build":
                from_link(text)

    # What is told ---------------------------------------------------------------------------------------------------

    def told(self) -> dict[str, Any]:
        """Return what a student is told: all but the answer."""
        told: dict[str, Any] = {"kind": self.kind, "title": self.title, "variant": self.variant.value}
        match self.kind:
            case "number":
                told |= {"asked": self.asked.name_in(self.graph) if self.asked is not None else ""}
                told |= {"graph": to_document(self.task.graph)}
                told |= {"own": True} if self.has_own_numbers else {}
            case "choice":
                told |= {"choices": list(self.choices)}
                told |= {"graph": to_document(self.graph)} if len(self.graph) else {}
            case "function":
                told |= {"functions": list(self.function_names), "done": self.done, "graph": to_document(self.graph)}
        return told

    def kept(self) -> str:
        """Return the question as the database keeps it, with the answer."""
        name = "" if self.asked is None else self.asked.name_in(self.graph)
        kept = Asked(
            kind=self.kind,
            title=self.title,
            graph=to_document(self.graph),
            asked=name,
            choices=self.choices,
            right=self.right,
            done=self.done,
            variant=self.variant,
            course=self.course,
        )
        return json.dumps(kept.model_dump(mode="json"), ensure_ascii=False)


def drawn_as(number: int) -> str:
    """Return from what the own numbers of a student are drawn: not from the name, which the teacher may change."""
    return f"student {number}"


@lru_cache(_KEPT)
def question_kept(text: str) -> Question:
    """Return the question that the database keeps."""
    return Question.of(Asked.model_validate(json.loads(text)))


def _with_choices(asked: Asked) -> Asked:
    """Return a question with the choices of its lesson, as they are said in the language of whoever asks."""
    lesson = next((each for each in LESSONS if asked.lesson and each.key == asked.lesson), None)
    if lesson is None or not lesson.choices:
        return asked
    return asked.model_copy(
        update={"choices": tuple(map(say, lesson.choices)), "right": lesson.right_place, "lesson": ""}
    )


def _graph_of(asked: Asked) -> Graph:
    if asked.graph is not None:
        return from_document(asked.graph)
    if asked.link:
        return from_link(asked.link)[0]
    empty = Graph.of([], [])
    return graph_of_formula(asked.formula, empty) if asked.formula else empty
