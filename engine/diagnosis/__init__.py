"""Compare an answer with the right number, and tell which wrong rule gives it on this very graph. Knows no page."""

from __future__ import annotations

from engine.diagnosis.class_sentences import tell_how_many_gave, tell_how_many_were_right
from engine.diagnosis.diagnosis import (
    Cause,
    Diagnosis,
    Verdict,
    diagnose,
    diagnose_in_pieces,
    explaining,
    number_of,
    same_number,
    step_of,
)
from engine.diagnosis.sentences import tell_cause, tell_not_yet
from engine.diagnosis.tolerance import agrees, is_answer
from engine.diagnosis.wrong_rules import WrongNumber, WrongRule, wrong_numbers

__all__ = [
    "Cause",
    "Diagnosis",
    "Verdict",
    "WrongNumber",
    "WrongRule",
    "agrees",
    "diagnose",
    "diagnose_in_pieces",
    "explaining",
    "is_answer",
    "number_of",
    "same_number",
    "step_of",
    "tell_cause",
    "tell_how_many_gave",
    "tell_how_many_were_right",
    "tell_not_yet",
    "wrong_numbers",
]
