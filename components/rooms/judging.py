"""Say of an answer whether it is right, and what it shows of how it was found; kept, since a class answers alike."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from components.rooms.question import Question
from components.text import short_array
from engine.diagnosis import Diagnosis, WrongRule, number_of, tell_how_many_gave, tell_how_many_were_right, tell_not_yet
from engine.document import from_link
from engine.errors import PlaygroundError
from engine.messages import current_language, listed, mark, say
from engine.tasks import BuiltVerdict, compare_built

_MOST_KEPT: Final = 5_000
_BUILT: Final[dict[BuiltVerdict, str]] = {
    "right": mark("It computes what was asked for."),
    "other numbers": mark("It computes other numbers than what was asked for."),
    "other inputs": mark("Its inputs are not those that were asked for."),
    "no output": mark("It has no output, or several of which none is chosen."),
}
_BUILT_SHARES: Final[dict[BuiltVerdict, str]] = {
    "other numbers": mark("{count} of {all} built something that computes other numbers"),
    "other inputs": mark("{count} of {all} built it from other inputs"),
    "no output": mark("{count} of {all} built something without one output"),
}


@dataclass(frozen=True)
class Judgement:
    """Hold what an answer is worth; `is_right` is None where there is no right one."""

    is_right: bool | None
    group: str
    """What tells it from answers that were found otherwise: "right", a wrong rule, or empty where none explains it."""
    sentence: str = ""
    """What happened, for whoever gave it."""
    step: int | None = None
    """The step that decides, counted from 1."""

    def share(self, count: int, of: int) -> str:
        """Return how many of all gave answers of this group."""
        if self.group == "right":
            return tell_how_many_were_right(count, of)
        if (built := next((each for each in _BUILT_SHARES if each == self.group), None)) is not None:
            return say(_BUILT_SHARES[built], count=count, all=of)
        rule = next((rule for rule in WrongRule if rule.value == self.group), None)
        return tell_how_many_gave(rule, count, of)


class Judge:
    """Judge answers, each once: of students with the same numbers only the first waits for the engine."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[bytes, int, bytes, str], Judgement] = OrderedDict()
        self._lock: Final = Lock()

    def judge(self, question: Question, number: int, text: str) -> Judgement:
        """Return what an answer of the student with a number is worth."""
        number = number if question.has_own_numbers else 0
        # By what is asked: whoever opens a room gives its questions their ids, which may be those of another room.
        key = (question.fingerprint, number, hashlib.sha256(text.encode()).digest(), current_language())
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = _judged(question, number, text)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found


def _judged(question: Question, number: int, text: str) -> Judgement:
    try:
        match question.kind:
            case "number":
                return _judged_number(question, question.task_of(number).diagnose(text))
            case "choice":
                return _judged_choice(question, text)
            case "function":
                is_right = text in question.next_names
                return Judgement(is_right, "right" if is_right else "", "", question.deciding_step)
            case "build":
                verdict = compare_built(from_link(text)[0], question.graph)
                return Judgement(verdict == "right", verdict, say(_BUILT[verdict]))
    except PlaygroundError as error:  # such as a graph that no longer opens: it is an answer, and explains nothing
        return Judgement(False, "", str(error))


def _judged_number(question: Question, found: Diagnosis) -> Judgement:
    step = None if found.step is None else found.step + 1
    if found.verdict == "right":
        return Judgement(True, "right", "", step)
    if found.causes:
        cause = found.causes[0]
        return Judgement(False, cause.rule.value, cause.sentence, step if cause.step is None else cause.step + 1)
    assert question.asked is not None
    return Judgement(False, "", tell_not_yet(question.asked, question.graph), step)


def _judged_choice(question: Question, text: str) -> Judgement:
    if question.right is None:
        return Judgement(None, "")
    is_right = int(text) == question.right
    return Judgement(is_right, "right" if is_right else "")


def right_answer(question: Question, number: int) -> str:
    """Return the right answer as people read it: for after the reveal."""
    match question.kind:
        case "number":
            return _shown_number(question, number)
        case "choice":
            return "" if question.right is None else question.choices[question.right]
        case "function":
            return listed(question.next_names)
    return ""


def _shown_number(question: Question, number: int) -> str:
    found = None if question.asked is None else number_of(question.task_of(number).trace, question.asked)
    return "" if found is None else short_array(found)
