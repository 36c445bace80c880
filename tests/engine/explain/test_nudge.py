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


@pytest.mark.parametrize(
    ("text", "h", "remark"),
    [
        ("x=-0.05 y=ReLU(x)", 0.1, "y (ReLU) has a kink here"),
        ("x=0.05 y=ReLU(x)", 0.1, None),
        ("x=-0.05 a=1 b=5 y=Where(x,a,b)", 0.1, None),  # on either side of 0 the same is chosen
        ("x=0 a=1 b=5 y=Where(x,a,b)", 0.1, "y (Where) jumps here"),
        ("x=709.7 y=Exp(x)", 0.1, "y (Exp) becomes too large here"),
        ("x=0.05 y=Log(x)", -0.1, "y is at the edge of its domain: Log of −0.05 is not a real number"),
    ],
)
def test_what_is_in_the_way_of_a_nudge_is_named(text: str, h: float, remark: str | None) -> None:
    graph = built(text)
    first = nudge(graph, evaluate(graph), h)[0]
    if remark is None:
        assert first.remarks == ()
    else:
        assert [each.startswith(remark) for each in first.remarks] == [True]
