"""A task: a graph, a question about one of its numbers or about all that are hidden, and what of it is whose own.

A task is plain Python and plain JSON. A page, a worksheet and a room ask the same object whether an answer is right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from engine.autograd import Variant
from engine.diagnosis import Diagnosis, diagnose
from engine.document import (
    Graph,
    Id,
    Port,
    Quantity,
    QuantityKind,
    Strict,
    describe,
    from_document,
    to_document,
    to_json_quantity,
)
from engine.errors import DocumentError, TaskError
from engine.evaluation import Trace, evaluate, masked_trace
from engine.messages import say
from engine.pieces import finish
from engine.tasks.answer_text import read_answer
from engine.tasks.own_numbers import with_own_numbers

FORMAT: Final = "backprop-playground task"
VERSION: Final = 1


class _TaskModel(Strict):
    """A task as it is written."""

    format: Literal["backprop-playground task"]
    version: Literal[1]
    graph: Any
    question: Annotated[str, Field(max_length=2_000)] = ""
    asked: tuple[Id, QuantityKind, Port] | None = None
    variant: Variant = Variant.STEP_16


@dataclass(frozen=True)
class Task:
    """Ask for numbers of a graph, which holds what is hidden and from where own numbers are drawn.

    `asked` is the one number that the question is about; None where every hidden number is to be found.
    """

    graph: Graph
    question: str = ""
    asked: Quantity | None = None
    variant: Variant = Variant.STEP_16

    def __post_init__(self) -> None:
        """Hide what is asked for; raises TaskError where the graph has no such number."""
        if self.asked is not None and not self.asked.is_in(self.graph):
            raise TaskError(say("The question is about a number that the graph does not have."))
        if self.asked is not None and self.asked not in self.graph.hidden:
            object.__setattr__(self, "graph", self.graph.with_hidden(self.graph.hidden | {self.asked}))

    @cached_property
    def trace(self) -> Trace:
        """Return all numbers, the hidden ones too: for whoever holds the key."""
        return evaluate(self.graph, variant=self.variant)

    def shown_trace(self, found: Iterable[Quantity] = ()) -> Trace:
        """Return the numbers that are shown to somebody who has found some of the hidden ones."""
        return masked_trace(self.graph, self.trace, self.graph.hidden - frozenset(found))

    def of(self, name: str) -> Task:
        """Return the task with the own numbers of a name; raises TaskError."""
        if not self.graph.ranges:
            return self
        return replace(self, graph=finish(with_own_numbers(self.graph, name)))

    def diagnose(self, text: str, asked: Quantity | None = None) -> Diagnosis:
        """Say whether an answer is right, and which wrong rules give it; raises ValueRefusedError and TaskError."""
        asked = asked or self.asked
        if asked is None or asked not in self.graph.hidden:
            raise TaskError(say("This number is not asked for."))
        return diagnose(self.graph, self.trace, asked, read_answer(text))

    def to_json(self) -> dict[str, Any]:
        """Return the task as JSON can carry it. It holds the inputs, and with them all that can be computed."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "graph": to_document(self.graph),
            "question": self.question,
            "asked": None if self.asked is None else to_json_quantity(self.asked),
            "variant": self.variant.value,
        }

    @classmethod
    def from_json(cls, data: Any) -> Task:
        """Read a task from parsed JSON; raises DocumentError, which names the place, and TaskError."""
        try:
            model = _TaskModel.model_validate(data)
        except ValidationError as error:
            place, sentence = describe(error)
            raise DocumentError(sentence, place) from None
        asked = None if model.asked is None else Quantity(*model.asked)
        return cls(from_document(model.graph), model.question, asked, model.variant)
