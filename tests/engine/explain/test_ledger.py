from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.autograd import Variant
from engine.evaluation import evaluate
from engine.explain import ledgers
from tests.engine.built import FORK, built
from tests.strategies import graphs, smooth_graphs


def entries(name: str, **options: object) -> list[tuple[str | None, float, float]]:
    trace = evaluate(FORK, **options)  # type: ignore[arg-type]
    ledger = ledgers(FORK, trace)[name, 0]
    return [(each.sender, float(each.gradient), float(each.total)) for each in ledger.contributions]


def test_each_contribution_arrives_separately_and_is_added() -> None:
    # y = b + c with b = c = a²: each sends 2a = 8 to a, at a = 4.
    assert entries("a") == [("b", 8, 8), ("c", 8, 16)]
    assert entries("x") == [("a", 64, 64)]
    assert entries("y") == [(None, 1, 1)]


def test_the_other_variants_overwrite_or_send_again() -> None:
    assert entries("x", variant=Variant.STEP_13) == [("a", 32, 32), ("a", 32, 32)]
    assert entries("x", variant=Variant.STEP_14) == [("a", 32, 32), ("a", 64, 96)]


def test_both_uses_of_one_variable_are_entered() -> None:
    graph = built("x=3 y=Add(x,x)")
    ledger = ledgers(graph, evaluate(graph))["x", 0]
    assert ledger.expected == 2
    assert [(each.port, float(each.gradient), float(each.total)) for each in ledger.contributions] == [
        (0, 1, 1),
        (1, 1, 2),
    ]


def test_a_second_pass_goes_on_in_the_same_ledger() -> None:
    graph = built("x=3 y=Add(x,x) s=Add(x,x) v=Add(x,s)", output="y")
    trace = evaluate(graph, sweeps=(("y", 0), ("v", 0)))
    ledger = ledgers(graph, trace)["x", 0]
    assert ledger.due == (2, 3)
    assert [(each.sweep, float(each.total)) for each in ledger.contributions] == [
        (1, 1),
        (1, 2),
        (2, 3),
        (2, 4),
        (2, 5),
    ]


@given(graphs(), st.sampled_from(Variant))
def test_the_last_entry_is_the_gradient_that_is_shown(graph, variant) -> None:
    trace = evaluate(graph, variant=variant)
    for (node_id, output), ledger in ledgers(graph, trace).items():
        grad = trace.nodes[node_id].grad[output]
        if not ledger.contributions:
            assert grad is None
        else:
            np.testing.assert_array_equal(ledger.contributions[-1].total, grad)


@given(smooth_graphs())
def test_step_16_brings_what_is_expected(graph) -> None:
    for ledger in ledgers(graph, evaluate(graph)).values():
        assert len(ledger.contributions) == ledger.expected


def test_the_last_pass_says_what_is_expected() -> None:
    graph = built("x=3 y=Add(x,x) s=Add(x,x) v=Add(x,s)")
    ledger = ledgers(graph, evaluate(graph, sweeps=(("y", 0), ("v", 0))))["x", 0]
    assert (ledger.due, ledger.expected) == ((2, 3), 3)
    assert ledgers(graph, evaluate(graph, sweeps=()))["x", 0].expected == 0


def test_the_seed_arrives_at_the_output_that_is_chosen() -> None:
    graph = built("x=2 y=5 m=MinMax(x,y)")
    found = ledgers(graph, evaluate(graph, sweeps=(("m", 1),)))
    assert found["m", 0].contributions == ()
    (seed,) = found["m", 1].contributions
    assert (seed.sender, float(seed.gradient), seed.before) == (None, 1.0, None)


def test_a_sum_that_is_too_large_is_entered_as_it_is() -> None:
    graph = built("x=1 k=1e308 a=Mul(x,k) b=Mul(x,k) y=Add(a,b)")
    ledger = ledgers(graph, evaluate(graph))["x", 0]
    assert [float(each.total) for each in ledger.contributions] == [1e308, np.inf]
