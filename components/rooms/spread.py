"""How the answers of a round are spread: which were given how often, and what they show of how they were found.

Before the reveal a class sees `bars` alone, in which no answer is told from another; `groups` are the teacher's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from components.rooms.judging import Judge, Judgement
from components.rooms.question import Question
from components.rooms.room_state import PresentQuestion, Student, StudentAnswer
from components.text import short_array
from engine.document import to_array
from engine.errors import PlaygroundError
from engine.messages import say
from engine.tasks import read_answer

MOST_BARS: Final = 12
"""Of more different numbers the rarest are gathered in one bar."""


@dataclass(frozen=True)
class Bar:
    """Hold how often an answer was given, and to which groups those who gave it belong, or would."""

    label: str
    count: int
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Hold how many answers were found in the same way."""

    name: str
    count: int
    is_right: bool | None
    share: str
    """Such as "7 of 28 overwrote instead of adding"."""
    sentence: str
    """What each of them is told after the reveal; of several that differ, the most frequent."""


@dataclass(frozen=True)
class Spread:
    """Hold the answers of one round."""

    round: int
    answered: int
    locked: int
    bars: tuple[Bar, ...]
    groups: tuple[Group, ...]

    def for_class(self) -> dict[str, Any]:
        """Return what does not tell which answers are right."""
        bars = [{"label": bar.label, "count": bar.count} for bar in self.bars]
        return {"round": self.round, "answered": self.answered, "bars": bars}

    def for_teacher(self) -> dict[str, Any]:
        """Return all of it."""
        return {
            "round": self.round,
            "answered": self.answered,
            "locked": self.locked,
            "bars": [{"label": bar.label, "count": bar.count, "groups": list(bar.groups)} for bar in self.bars],
            "groups": [
                {
                    "name": group.name,
                    "count": group.count,
                    "right": group.is_right,
                    "share": group.share,
                    "sentence": group.sentence,
                }
                for group in self.groups
            ],
        }


def spreads_of(present: PresentQuestion, students: Mapping[str, Student], judge: Judge) -> list[Spread]:
    """Return the spread of each round; own numbers have no bars, since each is of another task."""
    return [_spread(present, number, given, students, judge) for number, given in present.rounds.items()]


def _spread(
    present: PresentQuestion,
    number: int,
    given: Mapping[str, StudentAnswer],
    students: Mapping[str, Student],
    judge: Judge,
) -> Spread:
    question = present.question
    here = {student_id: answer for student_id, answer in given.items() if student_id in students}
    judged = {
        student_id: judge.judge(question, students[student_id].number, answer.text)
        for student_id, answer in here.items()
    }
    return Spread(
        number,
        len(here),
        sum(answer.is_locked for answer in here.values()),
        _bars(question, here, judged),
        _groups(list(judged.values())),
    )


def _groups(judged: list[Judgement]) -> tuple[Group, ...]:
    """Return the groups: what is wrong first, of that the most frequent first, and unexplained answers behind it."""
    by_name: defaultdict[str, list[Judgement]] = defaultdict(list)
    for each in judged:
        if each.is_right is not None:
            by_name[each.group].append(each)
    groups = [
        Group(
            name,
            len(members),
            members[0].is_right,
            members[0].share(len(members), len(judged)),
            Counter(each.sentence for each in members).most_common(1)[0][0],
        )
        for name, members in by_name.items()
    ]
    return tuple(sorted(groups, key=lambda each: (bool(each.is_right), not each.name, -each.count, each.name)))


def _bars(question: Question, given: Mapping[str, StudentAnswer], judged: Mapping[str, Judgement]) -> tuple[Bar, ...]:
    if question.has_own_numbers or question.kind == "build":
        return ()
    labels = _labels(question)
    counts: Counter[str] = Counter(dict.fromkeys(labels, 0))
    groups: defaultdict[str, dict[str, None]] = defaultdict(dict)
    order: dict[str, tuple[float, str]] = {}
    for student_id, answer in given.items():
        label, place = _label(question, answer.text, labels)
        counts[label] += 1
        groups[label][judged[student_id].group] = None
        order[label] = (place, label)
    for label in _right_labels(question):  # the right one is marked, also where nobody gave it
        groups[label].setdefault("right")
    if question.kind == "number":
        return _numeric(counts, groups, order)
    return tuple(Bar(label, counts[label], tuple(groups[label])) for label in counts)


def _labels(question: Question) -> tuple[str, ...]:
    """Return the answers that get a bar though nobody gave them."""
    return {"choice": question.choices, "function": question.function_names}.get(question.kind, ())


def _right_labels(question: Question) -> tuple[str, ...]:
    """Return which of those are right."""
    if question.kind == "choice":
        return () if question.right is None else (question.choices[question.right],)
    return question.next_names if question.kind == "function" else ()


def _label(question: Question, text: str, labels: tuple[str, ...]) -> tuple[str, float]:
    """Return how an answer is written on its bar, and where a number's bar stands."""
    if question.kind == "choice":
        return labels[int(text)], 0.0
    if question.kind != "number":
        return text, 0.0
    try:
        number = to_array(read_answer(text))
    except PlaygroundError:
        return text, np.inf
    first = float(number.ravel()[0]) if number.size else np.inf
    return short_array(number), first


def _numeric(
    counts: Counter[str], groups: Mapping[str, Mapping[str, None]], order: Mapping[str, tuple[float, str]]
) -> tuple[Bar, ...]:
    """Return a bar for each number, from the smallest on; the rarest of very many share the last one."""
    most = MOST_BARS if len(counts) <= MOST_BARS else MOST_BARS - 1
    shown = [label for label, _ in sorted(counts.items(), key=lambda each: (-each[1], order[each[0]]))][:most]
    bars = [Bar(label, counts[label], tuple(groups[label])) for label in sorted(shown, key=lambda each: order[each])]
    rest = [label for label in counts if label not in shown]
    if rest:
        others = tuple(dict.fromkeys(group for label in rest for group in groups[label]))
        bars.append(Bar(say("other numbers"), sum(counts[label] for label in rest), others))
    return tuple(bars)
