"""What steps leave out: counts of one, ledgers of what nothing reaches, and what would be too much to read."""

from __future__ import annotations

from typing import Any

from components.panels import Look, steps_of
from engine.document import Graph
from engine.edits import SetValue, apply
from engine.evaluation import carry_over, evaluate
from engine.formula import graph_of_formula
from tests.components.panels.shown import explanations
from tests.engine.built import SEED, built


def steps(graph: Graph) -> dict[str, Any]:
    return steps_of(graph, evaluate(graph, watched=True))


def test_one_of_one_is_not_counted() -> None:
    assert not any("arrived" in look for step in steps(SEED)["steps"].values() for look in step["gives"].values())


def test_what_nothing_is_due_to_has_no_ledger() -> None:
    assert set(steps(built("x=1 u=2 y=Square(x)"))["ledgers"]) == {"x", "y"}


def test_of_many_inputs_four_are_named_and_have_their_formulas() -> None:
    names = ["a", "b", "c", "d", "e"]
    for count, given in ((4, "a = 1, b = 1, c = 1, d = 1 given"), (5, "a = 1, b = 1, c = 1, d = 1, … given")):
        values = "; ".join(f"{name} = [1]" for name in names[:count])
        found = steps(graph_of_formula(f"{values}; y = concat({', '.join(names[:count])})", Graph()))
        assert found["begin"] == f"Before the first step: {given.replace('= 1', '= [1] (1,)')}, nothing computed."
        (*_, last) = found["steps"].values()
        assert len(last["spoken"]) == len(last["formulas"]) == 4


def test_numbers_that_are_out_of_date_have_no_steps() -> None:
    changed = apply(SEED, SetValue(node="x", value=5.0))
    stale = carry_over(evaluate(SEED, watched=True), SEED, changed)
    assert explanations(changed, stale, None, Look(panel="steps"), "", None)["steps"] == {"stale": True}
