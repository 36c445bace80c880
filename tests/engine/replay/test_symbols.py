from __future__ import annotations

import pytest

from engine import Function
from engine.errors import SymbolError
from engine.replay.expressions import ADDITIVE, CONDITIONAL, UNARY, Text
from engine.replay.program_writer import written_sum
from engine.replay.symbols import named
from engine.replay.written_rules import FLOATS, Arrived, written_rule


def test_symbols_refuse_to_branch_and_to_be_numbers() -> None:
    x = named("x", ())
    for ask in (bool, float, int, lambda x: x.__array__(), lambda x: 1.0 if x > 0 else 2.0, lambda x: max(x, 1.0)):
        with pytest.raises(SymbolError):
            ask(x)  # type: ignore[operator]


def test_a_sum_is_written_so_that_it_is_added_from_left_to_right() -> None:
    terms = [Text("a - b", ADDITIVE), Text("-c", UNARY), Text("-d + e", ADDITIVE), Text("f if g else h", CONDITIONAL)]
    assert written_sum(terms) == "a - b - c + (-d + e) + (f if g else h)"
    assert written_sum(terms[3:]) == "f if g else h"


def test_zero_times_what_may_be_infinite_is_not_dropped() -> None:
    x = named("x", ())
    assert (0.0 * (x > 1)).is_zero
    assert not (0.0 * x).is_zero
    assert (0.0 * (x > 1) + x) is x


def test_a_rule_that_branches_on_its_numbers_has_no_program() -> None:
    class Branching(Function):
        def forward(self, x):  # type: ignore[no-untyped-def]
            return x if x > 0 else -x

    with pytest.raises(SymbolError, match=r"np\.where"):
        written_rule(Branching(), [()], [()], (Arrived(True),), FLOATS)
