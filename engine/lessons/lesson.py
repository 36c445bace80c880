"""What a lesson is: a graph, a question about it, and how both are to be shown."""

from __future__ import annotations

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

    @property
    def right_place(self) -> int:
        """Return the place of the right one among the choices, or -1 where there are none."""
        return self.choices.index(self.right) if self.choices else -1

    @property
    def asks(self) -> bool:
        """Return whether it asks for something that the page can look at: hidden numbers, or a choice."""
        return bool(self.choices or self.graph.hidden)

    @property
    def key(self) -> str:
        """Return the name that no other lesson has; a browser keeps by it what was done."""
        return f"+{self.name}" if self.is_added else self.name
