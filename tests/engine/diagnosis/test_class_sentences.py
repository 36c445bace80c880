"""Every wrong rule can be told of a class."""

from __future__ import annotations

from engine.diagnosis import WrongRule, tell_how_many_gave, tell_how_many_were_right


def test_every_rule_has_its_sentence() -> None:
    told = [tell_how_many_gave(rule, 7, 28) for rule in (*WrongRule, None)]
    assert len(set(told)) == len(WrongRule) + 1
    assert all(sentence.startswith("7 of 28 ") for sentence in told)
    assert tell_how_many_gave(WrongRule.OVERWRITTEN, 7, 28) == "7 of 28 overwrote instead of adding"
    assert tell_how_many_were_right(1, 28) == "1 of 28 gave the right answer"
