"""Say how many of a class gave a wrong rule's number: what `sentences` tells one student, told of many."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.diagnosis.wrong_rules import WrongRule
from engine.messages import mark, say

# In the past tense, so that one and many are said alike.
_SHARES: Final[Mapping[WrongRule, str]] = MappingProxyType(
    {
        WrongRule.NO_UPSTREAM: mark("{count} of {all} left out the gradient that comes in"),
        WrongRule.NO_LOCAL: mark("{count} of {all} left out the local derivative"),
        WrongRule.OVERWRITTEN: mark("{count} of {all} overwrote instead of adding"),
        WrongRule.ONE_PATH: mark("{count} of {all} took one path alone"),
        WrongRule.TOO_EARLY: mark("{count} of {all} went on before every gradient had arrived"),
        WrongRule.SWAPPED: mark("{count} of {all} took the two inputs for each other"),
        WrongRule.SIGN: mark("{count} of {all} lost a sign"),
        WrongRule.DATA_FOR_GRAD: mark("{count} of {all} gave the data in place of the gradient"),
        WrongRule.GRAD_FOR_DATA: mark("{count} of {all} gave the gradient in place of the data"),
        WrongRule.OTHER_NODE: mark("{count} of {all} gave another node's number"),
        WrongRule.EXPONENT: mark("{count} of {all} went wrong at the rule of a power"),
        WrongRule.NOT_CLEARED: mark("{count} of {all} forgot cleargrad"),
        WrongRule.NOT_SUMMED: mark("{count} of {all} did not sum what was repeated"),
        WrongRule.OTHER_ENGINE: mark("{count} of {all} gave what the correct engine gives"),
    }
)


def tell_how_many_gave(rule: WrongRule | None, count: int, of: int) -> str:
    """Return how many of all who answered gave a wrong rule's number; None stands for a number no rule gives."""
    message = mark("{count} of {all} gave another answer") if rule is None else _SHARES[rule]
    return say(message, count=count, all=of)


def tell_how_many_were_right(count: int, of: int) -> str:
    """Return how many of all who answered are right."""
    return say("{count} of {all} gave the right answer", count=count, all=of)
