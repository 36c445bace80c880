"""Every op at special values is what PyTorch and exact arithmetic say, or a convention says why it is not."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Function
from tests.pytorch.conventions import CONVENTIONS, Convention, reason_of
from tools.fuzz.special_cases import Case, elementwise_cases, random_case
from tools.fuzz.special_values import differences, is_same, unexplained

CASES = list(elementwise_cases())
TABLE = [each for each in CONVENTIONS if each.op in Function.registry]


@pytest.mark.parametrize("op", sorted({case.op for case in CASES}))
def test_each_elementwise_op_at_every_special_value(op: str) -> None:
    assert not [str(each) for case in CASES if case.op == op for each in unexplained(case)]


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_random_cases_of_every_op(start: int) -> None:
    assert not [str(each) for seed in range(start, start + 100) for each in unexplained(random_case(seed))]


@pytest.mark.parametrize("convention", TABLE, ids=[f"{each.op}: {each.reason}" for each in TABLE])
def test_every_convention_is_still_needed(convention: Convention) -> None:
    cases = [case for case in CASES if case.op == convention.op]
    if not cases:  # an op that mixes elements
        cases = [random_case(seed, convention.op) for seed in range(200)]
    assert any(reason_of(each) == convention.reason for case in cases for each in differences(case))


def test_a_wrong_rule_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case("Div", {}, (np.array([1e200]), np.array([1e200])), (np.array([1.0]),))
    assert not list(differences(case))

    def squared(self, gy):  # type: ignore[no-untyped-def]
        x0, x1 = self.inputs[0].data, self.inputs[1].data
        return gy / x1, -gy * x0 / x1**2

    monkeypatch.setattr(Function.registry["Div"], "backward", squared)
    assert "gx1" in {each.what for each in differences(case)}


@pytest.mark.parametrize(
    ("found", "right", "same"),
    [
        (np.nan, np.nan, True),
        (np.nan, 0.0, False),
        (np.inf, -np.inf, False),
        (1.0, 1.0 + 1e-12, True),
        (0, 1e-17, False),
    ],
)
def test_what_counts_as_the_same(found: float, right: float, same: bool) -> None:
    assert is_same(found, right, 0.0) is same
