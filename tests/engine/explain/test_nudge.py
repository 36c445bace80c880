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
    ("text", "h", "remarks"),
    [
        ("x=2 y=Square(x)", 0.1, ()),
        ("x=0 y=Abs(x)", 0.1, ("y (Abs) has a kink here: its slope jumps, and the quotient is the slope on one side",)),
        (
            "x=0 w=1 v=2 y=Where(x,w,v)",
            0.1,
            ("y (Where) jumps here: its value is another on each side, and the quotient divides by h",),
        ),
        ("x=0.5 y=Log(x)", -1.0, ("y is at the edge of its domain: Log of −0.5 is not a real number",)),
        (
            "x=709 y=Exp(x) z=Neg(y)",
            1.0,
            (
                "y is at the end of what a floating-point number can hold: "
                "Exp of 710 is too large for a floating-point number",
            ),
        ),
    ],
)
def test_a_sentence_says_why_quotient_and_gradient_differ(text: str, h: float, remarks: tuple[str, ...]) -> None:
    graph = built(text)
    assert nudge(graph, evaluate(graph), h)[0].remarks == remarks
