"""Write a graph as a program and run it again and again: nudges, gradient descent, maps of the output."""

from __future__ import annotations

from engine.replay.descent import (
    MAX_RATE,
    MAX_STEPS,
    MIN_RATE,
    RATES,
    Descent,
    Point,
    Rate,
    Steps,
    descend,
    descend_on,
    first_rate,
)
from engine.replay.expressions import ADDITIVE, CONDITIONAL, MATH_WORDS, UNARY, Text
from engine.replay.landscape import (
    GRID,
    Interval,
    curve,
    heights_shown,
    levels,
    places_in_bands,
    surface,
    ticks,
    window,
)
from engine.replay.objective import Objective, objective
from engine.replay.program import Program, compile_graph
from engine.replay.program_writer import written_sum
from engine.replay.rules import FLOATS, Arrived, rule_of
from engine.replay.script_line import Line
from engine.replay.symbols import named

__all__ = [
    "ADDITIVE",
    "CONDITIONAL",
    "FLOATS",
    "GRID",
    "MATH_WORDS",
    "MAX_RATE",
    "MAX_STEPS",
    "MIN_RATE",
    "RATES",
    "UNARY",
    "Arrived",
    "Descent",
    "Interval",
    "Line",
    "Objective",
    "Point",
    "Program",
    "Rate",
    "Steps",
    "Text",
    "compile_graph",
    "curve",
    "descend",
    "descend_on",
    "first_rate",
    "heights_shown",
    "levels",
    "named",
    "objective",
    "places_in_bands",
    "rule_of",
    "surface",
    "ticks",
    "window",
    "written_sum",
]
