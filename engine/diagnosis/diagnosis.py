"""Compare an answer with the number that was asked for, and with what wrong rules give in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from engine.autograd import Array
from engine.diagnosis.sentences import tell_cause
from engine.diagnosis.tolerance import agrees, is_answer, is_as_shown
from engine.diagnosis.wrong_rules import WrongNumber, WrongRule, wrong_numbers
from engine.document import Graph, Quantity, Value, to_array
from engine.evaluation import Trace
from engine.pieces import Pieces, between, finish

_VAGUE: Final = frozenset(
    {WrongRule.NO_UPSTREAM, WrongRule.NO_LOCAL, WrongRule.SIGN, WrongRule.DATA_FOR_GRAD, WrongRule.OTHER_NODE}
)
"""Rules that can be broken at any node. Where one that needs a fork or a certain op gives the same, it tells more."""

Verdict = Literal["right", "wrong", "unknown"]
"""unknown: the trace holds no such number, so nothing can be said of an answer."""


@dataclass(frozen=True)
class Cause:
    """Name a wrong rule whose number the answer is.

    `node` is where it was broken, or the node whose number it is; `step` is the index in the trace of the step that
    decides, None where no step does. `sentence` says what happened, and tells no number that was not answered.
    """

    rule: WrongRule
    node: str
    step: int | None
    sentence: str


@dataclass(frozen=True)
class Diagnosis:
    """Say whether an answer is right, entry by entry, and which wrong rules give exactly it.

    `causes` is empty for a right answer, and for a wrong one that no rule explains. `step` is the index in the trace of
    the step that gives the number, None where none does.
    """

    verdict: Verdict
    right_entries: tuple[bool, ...] = ()
    causes: tuple[Cause, ...] = ()
    step: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the diagnosis as JSON holds it; steps count from 1."""
        return {
            "verdict": self.verdict,
            "rightEntries": list(self.right_entries),
            "causes": [
                {
                    "rule": cause.rule.value,
                    "node": cause.node,
                    "sentence": cause.sentence,
                    **({} if cause.step is None else {"step": cause.step + 1}),
                }
                for cause in self.causes
            ],
            **({} if self.step is None else {"step": self.step + 1}),
        }


def number_of(trace: Trace, asked: Quantity) -> Array | None:
    """Return the number that is asked for; None where it was not computed."""
    found = trace.nodes.get(asked.node)
    if found is None or found.data is None or asked.output >= len(found.data):
        return None
    return found.data[asked.output] if asked.kind == "data" else found.grad[asked.output]


def diagnose(graph: Graph, trace: Trace, asked: Quantity, answer: Value) -> Diagnosis:
    """Compare an answer with a number of a trace, and if it is wrong, with what wrong rules would give."""
    return finish(diagnose_in_pieces(graph, trace, asked, answer))


def diagnose_in_pieces(graph: Graph, trace: Trace, asked: Quantity, answer: Value) -> Pieces[Diagnosis]:
    """Do the same as `diagnose` in pieces, each a wrong rule."""
    right, given = number_of(trace, asked), to_array(answer)
    yield 0.0
    if right is None:
        return Diagnosis("unknown")
    step = step_of(graph, trace, asked)
    entries = tuple(bool(each) for each in agrees(given, right).ravel()) if given.shape == right.shape else ()
    if is_answer(given, right):
        return Diagnosis("right", entries, step=step)
    wrong = yield from between(0.0, 1.0, wrong_numbers(graph, trace, asked))
    matches = explaining(given, right, wrong)
    causes = [
        Cause(each.rule, each.node, place, tell_cause(graph, asked, each))
        for each in matches
        for place in [_step_at(trace, asked, each)]
    ]
    return Diagnosis("wrong", entries, tuple(causes), step)


def explaining(answer: Array, right: Array, wrong: Sequence[WrongNumber]) -> list[WrongNumber]:
    """Return those wrong numbers that an answer is, one for each rule, that are not the right one as well.

    Where the answer is some of them in all four digits, those that are merely near are left out. Those that say most of
    this graph come first.
    """
    near = [each for each in wrong if is_answer(answer, each.number) and not is_answer(each.number, right)]
    same = [each for each in near if is_as_shown(answer, each.number)]
    by_rule: dict[WrongRule, WrongNumber] = {}
    for each in same or near:
        by_rule.setdefault(each.rule, each)
    return sorted(by_rule.values(), key=lambda each: each.rule in _VAGUE)


def step_of(graph: Graph, trace: Trace, asked: Quantity) -> int | None:
    """Return the index of the step that gives a number: the last that adds to a grad, or computes the data."""
    found = None
    for place, step in enumerate(trace.steps):
        if asked.kind == "data":
            if step.kind == "forward" and step.node == asked.node:
                return place
        elif (step.kind == "seed" and (step.node, step.output) == asked.port) or (
            step.kind == "backward"
            and any((wire.source, wire.output) == asked.port for wire in graph.wires_into(step.node).values())
        ):
            found = place
    return found


def _step_at(trace: Trace, asked: Quantity, wrong: WrongNumber) -> int | None:
    """Return the index of the step at the node where a rule was broken."""
    kind = "forward" if asked.kind == "data" else "backward"
    steps = [place for place, step in enumerate(trace.steps) if step.kind == kind and step.node == wrong.node]
    return steps[-1] if steps else None


def same_number(left: Array, right: Array) -> bool:
    """Return whether two numbers cannot be told apart by an answer."""
    return left.shape == right.shape and (
        bool(np.array_equal(left, right)) or is_answer(left, right) or is_answer(right, left)
    )
