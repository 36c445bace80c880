"""What a lesson is: a graph, a question about it, and how both are to be shown."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from engine.autograd import Variant
from engine.document import Graph, Role
from engine.messages import mark

Answer = Literal["number", "choice", "function", "text", "build"]
"""What is asked for: hidden numbers, one of several choices, a Function, words, or a graph that somebody builds."""

LEVELS: Final = (
    mark("First steps"),
    mark("How gradients add up"),
    mark("Neurons and functions"),
    mark("Learning from data"),
)
"""The titles of the levels, from level 1 on."""

ALL_GRADS: Final = "grads"
"""In `hidden`, the gradients of all nodes."""


@dataclass(frozen=True)
class Lesson:
    """Name a graph, ask a question about it, and hold the insight behind the question.

    `title`, `question`, `hint`, `insight` and `choices` are messages as `engine.messages.mark` returns them, so a page
    writes `say(lesson.question)`; a catalogue collects them from the files.
    """

    name: str
    """The file's name without number and ending, such as "sum_of_squares"."""
    title: str
    question: str
    insight: str
    graph: Graph
    level: int = 1
    """The place in `LEVELS`, counted from 1."""
    minutes: int = 5
    """The time that a class needs for it."""
    answer: Answer = "text"
    choices: tuple[str, ...] = ()
    """What there is to choose from, where the answer is a choice."""
    right: str = ""
    """The right choice, the name of the right Function, or the formula to build; empty for numbers."""
    hidden: tuple[str, ...] = ()
    """The numbers that are not shown before the answer: "x.grad", "z.data", "m.low.grad", or `ALL_GRADS`."""
    hint: str = ""
    panel: str = ""
    """The name of the panel that opens with it; empty for none."""
    engine: Variant = Variant.STEP_16
    """The variant that runs backward when it opens."""
    automatic: bool = True
    """Whether Forward and Backward run by themselves, or are to be pressed."""
    fixed: tuple[str, ...] = ()
    """The names of the inputs whose value cannot be changed."""
    roles: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    """The roles of the inputs that have one, by name; the graph's nodes have them too."""
    is_added: bool = False
    """Whether it comes from a folder beside the playground's own."""
    is_carried: bool = False
    """Whether it came with its graph, by a link or a file that was opened, or was written on the page."""

    @property
    def offered(self) -> tuple[str, ...]:
        """Return what there is to choose from: the choices, or where a Function is asked for, all that compute."""
        if self.answer == "function":
            return tuple(node.name for node in self.graph.nodes() if not node.is_input)
        return self.choices

    @property
    def right_place(self) -> int:
        """Return the place of the right one among what is offered, or -1 where nothing is."""
        return self.offered.index(self.right) if self.offered else -1

    @property
    def asks(self) -> bool:
        """Return whether it asks for something that the page can look at: hidden numbers, a choice, or a graph."""
        return bool(self.offered or self.graph.hidden or self.answer == "build")

    @property
    def key(self) -> str:
        """Return the name that no other lesson has; a browser keeps by it what was done."""
        if self.is_carried:
            asked = "\n".join([self.title, self.question, *self.hidden, self.right])
            return f"*{hashlib.sha256(asked.encode('utf-8', 'replace')).hexdigest()[:16]}"
        return f"+{self.name}" if self.is_added else self.name
