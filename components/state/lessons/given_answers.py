"""What somebody has answered in one opening of a graph."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.document import Quantity
from engine.lessons import Lesson
from engine.tasks import Answers, ChoiceAnswers


@dataclass(frozen=True)
class GivenAnswers:
    """Hold the answers, the choice, whose own numbers were shown, and the answers under other names."""

    answers: dict[Quantity, Answers] = field(default_factory=dict)
    choice: ChoiceAnswers = field(default_factory=ChoiceAnswers)
    own_name: str = ""
    others: dict[str, dict[Quantity, Answers]] = field(default_factory=dict)
    is_built: bool | None = None
    """Whether what was built is what the lesson asks for; None as long as nobody has asked."""
    is_explained: bool = False
    """Whether somebody asked for the lesson's insight."""
    writes: bool = False
    """Whether somebody writes the lesson here, and so is shown all of it."""

    def is_all_of(self, lesson: Lesson) -> bool:
        """Return whether all that a lesson asks was answered or revealed; of one that asks nothing, False."""
        numbers = all(each in self.answers and self.answers[each].shows for each in lesson.graph.hidden)
        chosen = not lesson.offered or self.choice.has_ended(lesson.right_place)
        built = lesson.answer != "build" or self.is_built is True
        return lesson.asks and numbers and chosen and built
