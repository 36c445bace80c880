from __future__ import annotations

import pytest

from engine.edits import SetValue, apply
from engine.evaluation import evaluate
from engine.explain import nudge
from tests.engine.built import SEED, built


def test_the_quotient_closes_in_on_the_gradient() -> None:
    trace = evaluate(SEED)
    for h in (1.0, 0.1, 0.001):
        quotients = {found.node: found.quotient for found in nudge(SEED, trace, h)}
        # ((x + h)² − x²) / h = 2x + h
        assert quotients == {"x": pytest.approx(4 + h), "y": pytest.approx(6 + h)}
    assert [found.grad for found in nudge(SEED, trace, 0.1)] == [4.0, 6.0]


def test_entries_of_an_array_are_nudged_one_by_one() -> None:
    graph = apply(built("x=0 y=Square(x)"), SetValue(node="x", value=[1, 2, 3, 4]))
    found = nudge(graph, evaluate(graph), 0.01)
    assert [each.index for each in found] == [(0,), (1,), (2,)]
    assert [each.quotient for each in found] == pytest.approx([2.01, 4.01, 6.01])


def test_outside_of_the_domain_there_is_no_quotient() -> None:
    graph = built("x=0.5 y=Log(x)")
    (found,) = nudge(graph, evaluate(graph), -1.0)
    assert found.quotient is None
